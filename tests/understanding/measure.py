"""The figures: what share of which texts, and how far such a share may be off."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.referral.content import Content
from bot.referral.meaning import Kind
from bot.referral.understand import understand
from tests.understanding.sets import CRISES, Row, questions, relief

#: 95 % of the time the true share lies within this many standard errors.
_SURE = 1.96


@dataclass(frozen=True, slots=True)
class Figure:
    """`hits` of `texts`; `more_is_better` says which way is up."""

    name: str
    hits: int
    texts: int
    more_is_better: bool = True

    @property
    def share(self) -> float:
        """The share of hits, 0 to 1."""
        return self.hits / self.texts if self.texts else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval: where the true share lies 19 times of 20."""
        if not self.texts:
            return 0.0, 1.0
        n, p, z = self.texts, self.share, _SURE
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        reach = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, middle - reach), min(1.0, middle + reach)

    def __str__(self) -> str:
        """Write it as a row of a table."""
        low, high = self.interval
        return f"| {self.name} | {self.texts} | {self.hits} | {self.share:.1%} | {low:.0%}-{high:.0%} |"


def figure(name: str, over: Iterable[Row], test: Callable[[Row], bool], *, more_is_better: bool = True) -> Figure:
    """Count the rows that pass a test."""
    rows = list(over)
    return Figure(name, sum(map(test, rows)), len(rows), more_is_better)


def headline(rows: Sequence[Row]) -> list[Figure]:
    """The figures that matter most, of one set."""

    def group(name: str) -> list[Row]:
        return [r for r in rows if r.group == name]

    def is_crisis(row: Row) -> bool:
        return row.kind == "crisis"

    found = [
        figure("label right", rows, lambda r: r.right),
        figure("right, or offered as a choice", rows, lambda r: r.offered),
        figure("wrong topic instead of choices or menu", rows, lambda r: r.wrong, more_is_better=False),
    ]
    for label in sorted(CRISES):
        meant = [r for r in rows if r.labels[0] == label]
        found.append(figure(f"{label}: answered as a crisis", meant, is_crisis))
    others = [r for r in rows if not CRISES & set(r.labels)]
    found += [
        figure("look-alikes taken for a crisis", group("crisis-lookalike"), is_crisis, more_is_better=False),
        figure("any other text taken for a crisis", others, is_crisis, more_is_better=False),
        figure("opt-outs recognised", group("opt-out"), lambda r: r.label == "stop"),
        figure(
            "texts wrongly silenced",
            [r for r in rows if "stop" not in r.labels],
            lambda r: r.label == "stop",
            more_is_better=False,
        ),
        figure("chatter, spam, wrong numbers given a topic", group("none"), _is_topic, more_is_better=False),
        figure("language told", [r for r in rows if r.language != "mix"], lambda r: r.told["language"] == r.language),
        figure("facet right, where the label is", [r for r in rows if _has_facet(r)], _facet_right),
    ]
    return [f for f in found if f.texts]


def _is_topic(row: Row) -> bool:
    return row.kind in ("topic", "crisis")


def _has_facet(row: Row) -> bool:
    return bool(row.facet) and row.label == row.labels[0]


def _facet_right(row: Row) -> bool:
    return bool(row.told["facet"] == row.facet)


def of_others(content: Content) -> list[Figure]:
    """The figures on texts that others wrote: relief messages (F1 as a share) and questions that fit no topic."""
    pairs = list(relief(content))
    both = sum(len(told & meant) for told, meant in pairs)
    sizes = sum(len(told) + len(meant) for told, meant in pairs)
    asked = [understand(text, content) for text in questions()]
    topics = sum(m.kind in (Kind.TOPIC, Kind.CRISIS) for m in asked)
    return [
        Figure("relief messages: food, shelter, health, micro F1", 2 * both, sizes),
        Figure("out-of-scope questions given a topic", topics, len(asked), more_is_better=False),
    ]


def table(title: str, figures: Iterable[Figure]) -> str:
    """Write figures as a Markdown table."""
    lines = [f"## {title}", "| figure | texts | hits | share | 95 % |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *map(str, figures)]) + "\n"


def groups(title: str, rows: Iterable[Row], by: Callable[[Row], str]) -> str:
    """Write the shares of right, offered and wrong for each group of rows."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    lines = [f"### {title}", "| group | texts | right | right or offered | wrong topic |", "|---|---|---|---|---|"]
    for name, inside in sorted(found.items()):
        shares = (sum(getattr(r, key) for r in inside) / len(inside) for key in ("right", "offered", "wrong"))
        lines.append(f"| {name} | {len(inside)} | {' | '.join(f'{share:.0%}' for share in shares)} |")
    return "\n".join(lines) + "\n"
