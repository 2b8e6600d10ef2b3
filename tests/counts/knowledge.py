"""What every attacker knows about a week without looking at it: how its figures must fit together.

Written from the promise, not from the code that hides cells. Each thing known is a row: one sum of cells is at
most another, or equal to it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

#: A table's name and up to two labels, "" where there is none.
Cell = tuple[str, str, str]
#: A week or a rest as it was published; None stands for hidden.
Published = Mapping[Cell, int | None]

ALL: Cell = ("conversations", "", "")
CRISIS: Cell = ("outcome", "crisis", "")
#: How a topic that is no crisis can end; each such topic of a conversation ends in one of them.
ENDINGS: tuple[Cell, ...] = tuple(("outcome", name, "") for name in ("local entry", "national", "211 only", "no entry"))
#: Cells nobody publishes and everybody knows to be there; they may be 0.
UNPUBLISHED = "unpublished "


class Row(NamedTuple):
    """The sum of `less` is at most the sum of `more`, or equal to it."""

    less: tuple[Cell, ...]
    more: tuple[Cell, ...]
    equal: bool = False


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is public besides the figures, and what one attacker believes.

    `links`: the cells through which a conversation can come to an entry. `upper`: the attacker takes every hidden
    week's cell to be at most this. `joint`: they also use that a conversation has its area and its language at once,
    though no table of the two together is published.
    `always`: they texted the line themselves and know that each conversation in one of these cells gets the entry.
    `endings`: they use that a local ending comes only with a local entry, and a national one with a national entry.
    """

    links: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    crises: frozenset[str] = frozenset()
    upper: int | None = None
    joint: bool = False
    always: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    endings: bool = False

    def rows(self, published: Published) -> Iterator[Row]:
        """Give all that must hold between the cells of one week. ValueError: a cell of some table is missing."""
        tables = _tables(published)
        yield from _totals(tables)
        yield from _parts(tables)
        yield from self._outcomes(tables)
        yield from self._entries(tables)
        if self.joint:
            yield from _joint(tables)

    def _outcomes(self, tables: Mapping[str, tuple[Cell, ...]]) -> Iterator[Row]:
        crises = tuple(topic for topic in tables["topic"] if topic[1] in self.crises)
        others = tuple(topic for topic in tables["topic"] if topic[1] not in self.crises)
        endings = tuple(cell for cell in ENDINGS if cell in tables["outcome"])
        if CRISIS in tables["outcome"]:
            yield Row((CRISIS,), crises)
            yield from (Row((topic,), (CRISIS,)) for topic in crises)
        if len(endings) == len(ENDINGS):
            yield from (Row((topic,), endings) for topic in others)
        yield from (Row((ending,), others) for ending in endings)

    def _entries(self, tables: Mapping[str, tuple[Cell, ...]]) -> Iterator[Row]:
        there = {cell for cells in tables.values() for cell in cells}
        for entry in tables["entry"]:
            links = self.links.get(entry[1])
            if links is not None:
                if not there.issuperset(links):
                    raise ValueError(f"{entry[1]} is linked to cells that this week does not have")
                yield Row((entry,), links)
            # Nobody is in two areas or writes in two languages, so the cells of one topic add up.
            always = [cell for cell in self.always.get(entry[1], ()) if cell in there]
            for kind in sorted({cell[:2] for cell in always}):
                yield Row(tuple(cell for cell in always if cell[:2] == kind), (entry,))
        if self.endings:
            yield from self._by_entries(tables)

    def _by_entries(self, tables: Mapping[str, tuple[Cell, ...]]) -> Iterator[Row]:
        tables_of = {entry: {cell[0] for cell in self.links.get(entry[1], ())} for entry in tables["entry"]}
        for ending, table in ((ENDINGS[0], "topic_area"), (ENDINGS[1], "topic")):
            if ending in tables["outcome"]:
                yield Row((ending,), tuple(entry for entry, linked in tables_of.items() if table in linked))


def _tables(published: Published) -> Mapping[str, tuple[Cell, ...]]:
    found: defaultdict[str, tuple[Cell, ...]] = defaultdict(tuple)
    for cell in published:
        found[cell[0]] += (cell,)
    for table, second in (("topic_area", "area"), ("topic_language", "language")):
        whole = {(table, topic[1], other[1]) for topic in found["topic"] for other in found[second]}
        if whole != set(found[table]):
            raise ValueError(f"{table} does not have exactly one cell for each topic and {second}")
    if found["conversations"] != (ALL,):
        raise ValueError("the number of conversations is missing")
    return found


def _totals(tables: Mapping[str, tuple[Cell, ...]]) -> Iterator[Row]:
    yield Row((ALL,), tables["area"], equal=True)
    yield Row((ALL,), tables["language"], equal=True)
    for table in ("topic_area", "topic_language"):
        of_topic = defaultdict(list)
        for cell in tables[table]:
            of_topic[cell[1]].append(cell)
        yield from (Row((topic,), tuple(of_topic[topic[1]]), equal=True) for topic in tables["topic"])


def _parts(tables: Mapping[str, tuple[Cell, ...]]) -> Iterator[Row]:
    yield from (Row((cell,), (("area", cell[2], ""),)) for cell in tables["topic_area"])
    yield from (Row((cell,), (("language", cell[2], ""),)) for cell in tables["topic_language"])
    yield from (Row((cell,), (ALL,)) for table in ("topic", "outcome", "entry") for cell in tables[table])


def _joint(tables: Mapping[str, tuple[Cell, ...]]) -> Iterator[Row]:
    areas = [cell[1] for cell in tables["area"]]
    languages = [cell[1] for cell in tables["language"]]
    for topic in ("", *(cell[1] for cell in tables["topic"])):
        by_area, by_language = ("topic_area", "topic_language") if topic else ("area", "language")
        name = UNPUBLISHED + topic
        for a in areas:
            whole: Cell = (by_area, topic, a) if topic else (by_area, a, "")
            yield Row((whole,), tuple((name, a, language) for language in languages), equal=True)
        for language in languages:
            whole = (by_language, topic, language) if topic else (by_language, language, "")
            yield Row((whole,), tuple((name, a, language) for a in areas), equal=True)
        if topic:
            pairs = [(a, language) for a in areas for language in languages]
            yield from (Row(((name, *pair),), ((UNPUBLISHED, *pair),)) for pair in pairs)
