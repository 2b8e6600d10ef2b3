"""Counts as a page shows them: parts with names for people, and a chart each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.console.counting import charts
from bot.console.wording import say
from bot.counts.cell import UNKNOWN, Cell, Table
from bot.counts.report import Column
from bot.counts.sheet import Figure, Row, rows, shares
from bot.referral.content import ELSEWHERE, Content
from bot.referral.turn import Outcome

#: The most bars of one chart: the largest; the table beside it has all.
MOST_BARS = 20
TITLES = {
    Table.CONVERSATIONS: "All conversations",
    Table.AREA: "Where",
    Table.LANGUAGE: "Language",
    Table.OUTCOME: "What became of it",
    Table.TOPIC: "What for",
    Table.TOPIC_AREA: "What for, and where",
    Table.TOPIC_LANGUAGE: "What for, and in which language",
    Table.ENTRY: "Referred to",
    Table.SEGMENTS: "Parts of messages sent",
}
OUTCOMES = {
    Outcome.CRISIS: "a crisis: told whom to call now",
    Outcome.LOCAL: "a local service found",
    Outcome.NATIONAL: "a national line found",
    Outcome.ONLY_211: "only 211 found",
    Outcome.NO_ENTRY: "nothing found",
    Outcome.UNCLEAR: "not understood",
    Outcome.OPT_OUT: "asked for no more texts",
}
_LANGUAGES = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row for the eye: its name, where it leads ("" = nowhere), its figures."""

    name: str
    figures: tuple[str, ...]
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A table with its chart; `drawn`: which column that is of, "" = all; `cut`: how many rows it leaves out."""

    key: str
    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    chart: Markup = Markup()
    cut: int = 0
    drawn: str = ""


def part(table: Table, columns: Sequence[Column], whole: Column | None, named: "Named", *, of: str = "") -> Part:
    """Return a table over some periods, before them their sum `whole`, if there is one.

    The chart is of the sum, or of the last period; all conversations, and segments, are drawn period by period.
    """
    across = [whole, *columns] if whole else list(columns)
    found = rows(table, across, of=of)
    lines = tuple(Line(named(row.cell), tuple(map(str, row.figures)), _topic(row.cell)) for row in found)
    in_time = table in (Table.CONVERSATIONS, Table.SEGMENTS)
    drawn = _over_time(columns, found) if in_time else _largest(found, named, 0 if whole else -1)
    title, heads = say(TITLES[table]), tuple(_head(column) for column in across)
    chart = charts.bars(f"chart-{table}", title, say("The same figures stand in the table."), drawn)
    cut = 0 if in_time else max(0, len(found) - MOST_BARS)
    return Part(
        str(table),
        title,
        heads,
        lines,
        chart if drawn else Markup(),
        cut,
        drawn="" if in_time else heads[0 if whole else -1],
    )


def share_part(columns: Sequence[Column], whole: Column | None) -> Part:
    """Return which share of all conversations went which way."""
    across = [whole, *columns] if whole else list(columns)
    found = shares(across)
    lines = tuple(
        Line(say(OUTCOMES[outcome]), tuple(say("cannot be told") if one is None else f"{one:.0%}" for one in told))
        for outcome, told in found.items()
    )
    return Part("shares", say("Share of all conversations"), tuple(_head(column) for column in across), lines)


def compared(table: Table, pair: tuple[Column, Column], named: "Named") -> Part:
    """Return a table of two periods with the change from one to the other."""
    lines = tuple(
        Line(named(row.cell), (*map(str, row.figures), changed(row)), _topic(row.cell)) for row in rows(table, pair)
    )
    return Part(str(table), say(TITLES[table]), (pair[0].name, pair[1].name, say("Change")), lines)


def changed(row: Row) -> str:
    """Return a change in words: nothing that a spreadsheet takes for a formula."""
    if row.change is None:
        return say("cannot be told")
    if row.change == 0:
        return say("the same")
    return say("{n} more", n=row.change) if row.change > 0 else say("{n} fewer", n=-row.change)


def names(content: Content | None) -> "Named":
    """Return what tells the name of a figure; without a release it is the one it is kept under."""
    if content is None:
        return lambda cell: ", ".join(filter(None, cell[1:])) or say(TITLES[Table(cell[0])])

    def name(cell: Cell) -> str:
        table, first, second = cell
        if table == Table.TOPIC_AREA:
            return _area(content, second)
        if table == Table.TOPIC_LANGUAGE:
            return _language(second)
        return _single(content, table, first)

    return name


def _single(content: Content, table: str, first: str) -> str:
    if table == Table.AREA:
        return _area(content, first)
    if table == Table.LANGUAGE:
        return _language(first)
    if table == Table.OUTCOME:
        return say(OUTCOMES[Outcome(first)]) if first in list(OUTCOMES) else first
    if table == Table.TOPIC:
        return topic_name(content, first)
    if table == Table.ENTRY:
        entry = content.entries.get(first)
        return entry.name if entry else first
    return say("parts") if table == Table.SEGMENTS else say("conversations")


def topic_name(content: Content | None, slug: str) -> str:
    """Return what a topic is called, with the word people text for it."""
    topic = content.topics.get(slug) if content else None
    word = topic.label.get("en", "") if topic else ""
    return f"{slug} ({word})" if word and word != slug else slug


def _area(content: Content, slug: str) -> str:
    if slug in content.line.areas:
        return content.line.areas[slug].name
    return {ELSEWHERE: say("another county"), UNKNOWN: say("place not said")}.get(slug, slug)


def _language(slug: str) -> str:
    return {**{key: say(word) for key, word in _LANGUAGES.items()}, UNKNOWN: say("language not known")}.get(slug, slug)


def _topic(cell: Cell) -> str:
    return cell[1] if cell[0] == Table.TOPIC else ""


def _head(column: Column) -> str:
    return say("Sum") if column.name == "sum" else column.name


def _over_time(columns: Sequence[Column], found: Sequence[Row]) -> list[charts.Bar]:
    return [_bar(column.name, one) for column, one in zip(columns, found[0].figures[-len(columns) :], strict=True)]


def _largest(found: Sequence[Row], named: "Named", at: int) -> list[charts.Bar]:
    # Hidden ones stand last, each alike: their order must say nothing.
    ordered = sorted(found, key=lambda row: -1 if (n := row.figures[at].n) is None else n, reverse=True)
    return [_bar(named(row.cell), row.figures[at]) for row in ordered[:MOST_BARS]]


def _bar(label: str, figure: Figure) -> charts.Bar:
    return charts.Bar(label, figure.n, str(figure), least=figure.least)


#: The name of a figure, for people.
Named = Callable[[Cell], str]
