"""Charts: figures in, SVG out. No colours and no sizes of their own but em: console.css gives both, dark mode too.

A figure that is hidden is an empty dashed frame with the word in it, as wide as the chart: it may be any number, so it
must not look like a small one, and never like none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

#: Of a bar: the line its words stand on, its own line, and the gap below, together, in em.
_STEP = 2.9
_WORDS, _BAR, _HIGH = 1.05, 1.35, 0.9


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `n` None = hidden; `shown` = the figure as people read it ("20", "20+", "hidden")."""

    label: str
    n: int | None
    shown: str
    least: bool = False


def bars(name: str, title: str, about: str, made_of: Sequence[Bar]) -> Markup:
    """Return a chart of bars that lie below each other, each under its words. `name`: an id nothing else has.

    `title` and `about` are what a screen reader says of it; the table beside it has the same figures.
    """
    most = max((bar.n for bar in made_of if bar.n), default=1)
    high = f"{_STEP * len(made_of):.2f}em"
    drawn = Markup().join(_bar(place, bar, most) for place, bar in enumerate(made_of))
    return Markup(
        '<svg class="chart" role="img" width="100%" height="{high}" aria-labelledby="{name}-title {name}-about">'
        '<title id="{name}-title">{title}</title><desc id="{name}-about">{about}</desc>{drawn}</svg>'
    ).format(high=high, name=name, title=title, about=about, drawn=drawn)


def _bar(place: int, bar: Bar, most: int) -> Markup:
    top = _STEP * place
    words = Markup('<text x="0" y="{y:.2f}em"><tspan class="chart-label">{label}</tspan> {shown}</text>').format(
        y=top + _WORDS, label=bar.label, shown=bar.shown
    )
    if bar.n is None:
        return words + _frame("chart-hidden", top, 100.0)
    if bar.least:  # it ends somewhere beyond: the frame around it stays open to the end
        return words + _frame("chart-hidden", top, 100.0) + _frame("chart-bar", top, 100.0 * bar.n / most)
    return words + _frame("chart-bar", top, 100.0 * bar.n / most)


def _frame(kind: str, top: float, wide: float) -> Markup:
    return Markup('<rect class="{kind}" x="0" y="{y:.2f}em" width="{wide:.1f}%" height="{high}em" />').format(
        kind=escape(kind), y=top + _BAR, wide=wide, high=_HIGH
    )
