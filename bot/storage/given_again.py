"""Numbers that texters do not get now and would get again: taken away as wrong, paused for good, or taken out before.

A draft that was begun before a number was withdrawn still has it, and so has every older release. Whoever publishes
either is told which numbers come back, and why they went; nothing is published before they said that they are sure.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, select

from bot.referral.bulletin import Pause
from bot.referral.bulletin import Why as PausedWhy
from bot.referral.differences import parts
from bot.referral.standing import WRONG
from bot.storage.bulletins import fold, rows
from bot.storage.database import reading
from bot.storage.document import Document, digest
from bot.storage.reviews import ReviewError
from bot.storage.said import Row, UnreadableRowError, said_in
from bot.storage.tables import ReleaseRow

#: So many releases are looked through, the newest first; and so many numbers are looked for before one is read.
_RELEASES, _FEW = 50, 40
Table = Mapping[str, Any]


class Why(StrEnum):
    """Why a number is not given, the gravest first."""

    WITHDRAWN = "withdrawn"
    WRONG = "wrong"
    PAUSED = "paused"
    TAKEN_OUT = "taken out"


@dataclass(frozen=True, slots=True, order=True)
class Again:
    """A number of an entry (its part) that would be given again."""

    part: str
    number: str
    why: Why


class GivenAgainError(ReviewError):
    """Numbers would be given again that were taken away, and nobody said that it is meant so: `found`."""

    def __init__(self, found: tuple[Again, ...]) -> None:
        """Keep the numbers."""
        super().__init__("numbers that were taken away would be given again: tick that this is meant so")
        self.found = found


def mark(found: Iterable[Again]) -> str:
    """Return what somebody ticks: it holds for these numbers alone; "" where nothing has to be ticked."""
    told = [[one.part, one.number, one.why.value] for one in sorted(found)]
    return digest(json.dumps(told)) if told else ""


def ask(engine: Engine, live: Document, after: Document, ticked: str) -> None:
    """Raise GivenAgainError when a document gives numbers again and `ticked` is not their `mark`."""
    found = given_again(engine, live, after)
    if mark(found) not in ("", ticked):
        raise GivenAgainError(found)


def given_again(engine: Engine, live: Document, after: Document) -> tuple[Again, ...]:
    """Return the numbers that a document gives and the `live` one does not, because they were taken away.

    Raises DatabaseError.
    """
    before, there = _tables(live), _tables(after)
    new = {
        (part, number)
        for part, table in there.items()
        if table != before.get(part)
        for number in _given(table) - _given(before.get(part, {}))
    }
    if not new:
        return ()
    known: dict[str, set[str]] = {}
    for part, table in (*before.items(), *there.items()):
        known.setdefault(part.partition("#")[2], set()).update(str(p.get("number", "")) for p in table.get("phone", ()))
    halted = dict(_halted(rows(engine), known))
    found = {(part, number): halted[number] for part, number in new if number in halted}
    everywhere = {number for table in before.values() for number in _given(table)}
    left = {number for part, number in new if (part, number) not in found} - everywhere
    once = _given_once(engine, left)
    found |= {(part, number): Why.TAKEN_OUT for part, number in new if number in once and (part, number) not in found}
    return tuple(sorted(Again(part, number, why) for (part, number), why in found.items()))


def _halted(said: list[Row], known: Mapping[str, set[str]]) -> Iterator[tuple[str, Why]]:
    """Give the numbers that may not be given as they stand; of two reasons the graver one comes last."""
    holds = fold(said).bulletins
    for pause in holds.pauses:
        if pause.until is None:
            yield from ((number, Why.PAUSED) for number in _of(pause.entry, pause.phone, known))
    for (entry, number), checks in holds.checks.items():
        if checks and checks[-1].result in WRONG:
            yield from ((one, Why.WRONG) for one in _of(entry, number, known))
    for row in said:
        # It is lifted when the release without the number is out: that it was said at all is what counts.
        if (told := _pause(row)) is not None and told.why is PausedWhy.WITHDRAWN:
            yield from ((number, Why.WITHDRAWN) for number in _of(told.entry, told.phone, known))


def _pause(row: Row) -> Pause | None:
    try:
        said = said_in(row)
    except UnreadableRowError:
        return None
    return said if isinstance(said, Pause) else None


def _of(entry: str, number: str, known: Mapping[str, set[str]]) -> set[str]:
    return {number} if number else known.get(entry, set())


def _given_once(engine: Engine, wanted: set[str]) -> set[str]:
    """Return which of some numbers an older release gave."""
    left, found = set(wanted), set[str]()
    query = select(ReleaseRow.number).order_by(ReleaseRow.number.desc()).limit(_RELEASES)
    with reading(engine) as connection:
        for release in connection.scalars(query).all() if left else ():
            text = connection.scalars(select(ReleaseRow.document).where(ReleaseRow.number == release)).one()
            if left and (len(left) > _FEW or any(number in text for number in left)):
                given = {number for table in _tables(json.loads(text)).values() for number in _given(table)}
                found |= left & given
                left -= given
    return found


def _tables(document: Document) -> dict[str, Table]:
    return {part: table for part, table in parts(document).items() if "#" in part}


def _given(table: Table) -> set[str]:
    if table.get("status") != "publish":
        return set()
    return {str(phone.get("number", "")) for phone in table.get("phone", ()) if phone.get("publish")}
