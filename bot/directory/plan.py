"""The plan of an import: what would be added, changed, kept back, refused, and why. Nothing is written by it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol, TypeVar

from bot.directory.decide import decide
from bot.directory.drawing.draw import Drawn
from bot.directory.plan_rows import Found, Kept, Row, Standing, Verdict

T = TypeVar("T")
#: So many services are looked up together.
AT_ONCE = 500
#: An entry's area and id.
Place = tuple[str, str]


class Base(Protocol):
    """What is here already: earlier imports, drafts, the live release."""

    def kept(self, services: Sequence[str]) -> Mapping[str, Kept]:
        """Return those of the services that were imported before, by id."""

    def standing(self, places: Sequence[Place]) -> Mapping[Place, Standing]:
        """Return what stands for each: the draft at that very place, else the live release's entry, else nothing."""

    def released(self, drawn: Drawn) -> tuple[bool | None, bool]:
        """Tell whether the release holds a service as an entry that says the same, and whether the file says more."""

    def still_listed(self) -> Iterable[str]:
        """List the ids of the services that the last import of this source held."""


def plan(drawn: Iterable[Drawn], base: Base, *, source: str, taken: Collection[str] = ()) -> Iterator[Row]:
    """Give what becomes of each service, in the order they come; last the ones that are gone.

    `taken`: ids of services or entries whose clash a person decided for the source. Each id is planned once, and
    each entry has one service: another one of the same id is refused.
    """
    seen: set[str] = set()
    entries: set[str] = set()
    for batch in _batches(drawn):
        kept = base.kept([each.service.id for each in batch])
        places = {place for each in batch for place in _places(each, kept.get(each.service.id))}
        standing = base.standing(sorted(places))
        for each in batch:
            was = kept.get(each.service.id)
            wanted = not {each.service.id, was.entry if was else each.entry_id}.isdisjoint(taken)
            row = decide(each, _found(each, was, standing, base), source=source, taken=wanted)
            row = _sealed(_once(row, seen, entries), _places(each, was), standing)
            seen.add(row.service)
            if row.write and row.write.draft is not None:
                entries.add(row.entry)
            yield row
    for gone in _batches(service for service in base.still_listed() if service not in seen):
        for service, was in sorted(base.kept(gone).items()):
            why = "the last import of this source held it, this one does not: it is marked, and nothing is deleted"
            name = str(was.drawn.get("name", ""))
            yield Row(Verdict.GONE, service, was.entry, was.area, name, why=(why,))


def _found(drawn: Drawn, kept: Kept | None, standing: Mapping[Place, Standing], base: Base) -> Found:
    places = _places(drawn, kept)
    before, after = standing.get(places[0]), standing.get(places[-1])
    if kept is not None or drawn.refused:
        return Found(kept, before, after)
    released, says_more = base.released(drawn)
    return Found(None, before, after, released, says_more)


def _places(drawn: Drawn, kept: Kept | None) -> tuple[Place, ...]:
    if kept is None:
        return ((drawn.area, drawn.entry_id),)
    # An entry keeps the id it was first given, whatever its service is called today.
    return (kept.area, kept.entry), (drawn.area, kept.entry)


def _sealed(row: Row, places: Sequence[Place], standing: Mapping[Place, Standing]) -> Row:
    if row.write is None:
        return row
    seals = {place[0]: standing[place].seal for place in places if place in standing}
    return replace(row, write=replace(row.write, seals=seals))


def _once(row: Row, seen: set[str], entries: set[str]) -> Row:
    if row.service in seen:
        why = "another service of this directory has the same id"
    elif row.write and row.write.draft is not None and row.entry in entries:
        why = f"another service of this directory is the entry {row.entry} already"
    else:
        return row
    return replace(row, verdict=Verdict.REFUSE, why=(why,), changes=(), here=(), write=None, taken=False)


def _batches(many: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(many)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch
