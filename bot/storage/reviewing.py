"""Drafts that are handed in together, and the second person who looks at them before texters get them.

A review is of the very texts that were handed in, against what was live then: when either changed since, it has to be
handed in again. Nobody approves what they wrote or handed in themselves, unless there is nobody else; then they say
why, and the audit shows it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from bot.referral.differences import parts as parts_of
from bot.storage.audit import Act
from bot.storage.audit import write as write_down
from bot.storage.document import Document, digest
from bot.storage.drafts import Draft, turn
from bot.storage.editing import version_of
from bot.storage.reviews import MovedError, Review, ReviewError, SamePersonError, State, read
from bot.storage.tables import DraftRow, ReviewRow

#: A reason for acting alone says something: so many characters at least.
SHORTEST_REASON = 12
_AT_ONCE = 500


def submit(engine: Engine, chosen: Iterable[str], live: Document, *, by: str, note: str, now: datetime) -> int:
    """Hand in the drafts of some parts, to be published over the `live` document; give the number of the review.

    Raises ReviewError when there is none, or a part has no draft, and DatabaseError.
    """
    with turn(engine) as connection:
        wanted = sorted(dict.fromkeys(chosen))
        drafts = _drafts(connection, wanted)
        if lacking := [part for part in wanted if part not in drafts]:
            raise ReviewError(f"there is no draft of {', '.join(lacking)}")
        if not wanted:
            raise ReviewError("no draft was chosen")
        there = parts_of(live)
        seen = {part: (digest(drafts[part].body), version_of(there.get(part))) for part in wanted}
        number = add(connection, seen, note=note, by=by, now=now)
        write_down(connection, Act.SUBMITTED, by=by, about=f"review {number}", detail=_named(wanted, note), now=now)
    return number


def add(
    connection: Connection,
    seen: Mapping[str, tuple[str, str]],
    *,
    note: str,
    by: str,
    now: datetime,
    state: State = State.OPEN,
) -> int:
    """Write a review in the transaction of somebody who has taken the turn; give its number."""
    number = (connection.scalar(select(func.max(ReviewRow.number))) or 0) + 1
    told = {"number": number, "parts": json.dumps(seen, sort_keys=True), "note": note, "alone": "", "state": state}
    connection.execute(insert(ReviewRow).values(**told, submitted_by=by, submitted_at=now))
    return number


def approve(engine: Engine, number: int, *, by: str, approvers: int, now: datetime, reason: str = "") -> None:
    """Approve a review. `approvers`: how many people may do so; with one alone they say why, and it is marked.

    Raises SamePersonError, MovedError when a draft was changed since, ReviewError, and DatabaseError.
    """
    with turn(engine) as connection:
        found = _open(connection, number, State.OPEN)
        drafts = _drafts(connection, found.parts)
        if moved := [p for p, (mine, _) in found.parts.items() if p not in drafts or digest(drafts[p].body) != mine]:
            raise MovedError(moved)
        own = by == found.submitted_by or any(row.by == by for row in drafts.values())
        alone = _alone(reason, approvers) if own else ""
        _set(connection, number, approved_by=by, approved_at=now, alone=alone, state=State.APPROVED)
        told = {"alone": alone} if alone else {}
        write_down(connection, Act.APPROVED, by=by, about=f"review {number}", detail=told, now=now)


def take_back(engine: Engine, number: int, *, by: str, now: datetime) -> None:
    """Take a review back that is not published; its drafts stay. Raises ReviewError."""
    with turn(engine) as connection:
        _open(connection, number, State.OPEN, State.APPROVED)
        _set(connection, number, state=State.WITHDRAWN)
        write_down(connection, Act.TAKEN_BACK, by=by, about=f"review {number}", now=now)


def looked_at(engine: Engine, number: int, *, by: str, now: datetime) -> None:
    """Say that another person looked at what one had to publish at once. Raises SamePersonError, ReviewError."""
    with turn(engine) as connection:
        found = _open(connection, number, State.UNSEEN)
        if found.submitted_by == by:
            raise SamePersonError("somebody else has to look at it")
        _set(connection, number, approved_by=by, approved_at=now, state=State.PUBLISHED)
        write_down(connection, Act.APPROVED, by=by, about=f"review {number}", detail={"after": "it was live"}, now=now)


def drafts_of(connection: Connection, review: Review, live: Document) -> list[Draft]:
    """Return the drafts of a review. Raises MovedError when one of them, or what is live, is not as it was."""
    rows, there = _drafts(connection, review.parts), parts_of(live)
    moved = [
        part
        for part, (mine, was) in review.parts.items()
        if part not in rows or digest(rows[part].body) != mine or version_of(there.get(part)) != was
    ]
    if moved:
        raise MovedError(moved)
    return [Draft(part, json.loads(rows[part].body), rows[part].origin) for part in review.parts]


def published(connection: Connection, number: int, release: int, state: State = State.PUBLISHED) -> None:
    """Write down, in the transaction of whoever publishes, which release a review became."""
    _set(connection, number, release=release, state=state)


def _alone(reason: str, approvers: int) -> str:
    if approvers > 1:
        raise SamePersonError("somebody else has to approve it: you wrote it, or handed it in")
    if len(reason.strip()) < SHORTEST_REASON:
        raise SamePersonError(f"nobody else can approve it: say why it cannot wait ({SHORTEST_REASON} letters or more)")
    return reason.strip()


def _open(connection: Connection, number: int, *states: State) -> Review:
    found = read(connection, number)
    if found.state not in states:
        raise ReviewError(f"review {number} is {found.state}")
    return found


def _set(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(ReviewRow).where(ReviewRow.number == number).values(**values))


def _drafts(connection: Connection, parts: Iterable[str]) -> dict[str, Row[str, str, str | None, str]]:
    wanted = list(parts)
    found: dict[str, Row[str, str, str | None, str]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        row = DraftRow
        query = select(row.part, row.body, row.by, row.origin).where(row.part.in_(wanted[start : start + _AT_ONCE]))
        found |= {one.part: one for one in connection.execute(query).all()}
    return found


def _named(parts: Sequence[str], note: str) -> dict[str, str]:
    return {"parts": ", ".join(parts), "note": note}
