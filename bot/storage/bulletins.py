"""Bulletins: what staff tell the line between two releases. Numbered, written once, never changed.

Nothing is ever taken back by deleting: a pause is lifted, a banner lowered, by a later bulletin.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from sqlalchemy import Connection, Engine, func, insert, select, text

from bot.referral.bulletin import Banner, Bulletins, Pause, Target, Why
from bot.referral.check import PROVEN, Check, Result
from bot.storage.database import reading
from bot.storage.document import digest
from bot.storage.said import Asked, Checked, Lifted, Lowered, Row, Said, UnreadableRowError, said_in, written
from bot.storage.tables import BulletinRow


@dataclass(frozen=True, slots=True)
class Folded:
    """What holds after all bulletins, and the numbers of those that could not be read."""

    bulletins: Bulletins
    unreadable: tuple[int, ...] = ()


def add(engine: Engine, said: Said, *, day: date, by: str) -> int:
    """Write down what staff said, under the next number, and give that number.

    `day` is where the entry is, `by` are initials. Those who write in several processes take turns, so numbers
    have no gap and no twin. Raises DatabaseError; nothing is written then.
    """
    with engine.begin() as connection:
        # SQLite's transaction began with the write lock. This lock lets readers through and no second writer.
        if connection.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE bulletin IN EXCLUSIVE MODE"))
        number = (connection.scalar(select(func.max(BulletinRow.number))) or 0) + 1
        row = written(said, number=number, day=day, by=by)
        connection.execute(
            insert(BulletinRow).values(
                number=number, kind=row.kind, entry=row.entry, phone=row.phone, on=row.on, by=row.by, body=row.body
            )
        )
        return number


def mark(engine: Engine) -> str:
    """Give what tells this state of the table from every other, by reading its last row alone; "" = no row.

    Not the number only: a database made anew, or restored, counts from a lower one.
    """
    with reading(engine) as connection:
        last = _rows(connection, newest=True)
    return f"{last[0].number} {digest(ascii(last[0]))}" if last else ""


def rows(engine: Engine) -> list[Row]:
    """Read every bulletin, in order."""
    with reading(engine) as connection:
        return _rows(connection)


def fold(found: Iterable[Row]) -> Folded:
    """Return what holds after all these bulletins, in whatever order they come.

    Pauses of one target add up: it stays left out until the latest of them is over, or a lift. A banner takes
    the place of an older one of its name. A check that proves something, made on that day or later, ends what
    texters complained of. What cannot be read is left out and told.
    """
    state, unreadable, last = _State(), [], 0
    for row in sorted(found, key=lambda one: one.number):
        last = row.number
        try:
            said = said_in(row)
        except UnreadableRowError:
            unreadable.append(row.number)
        else:
            state.hear(said, row)
    return Folded(state.bulletins(last), tuple(unreadable))


@dataclass(slots=True)
class _State:
    """What holds after the bulletins heard so far."""

    checks: dict[Target, list[Check]] = field(default_factory=dict)
    pauses: dict[Target, Pause] = field(default_factory=dict)
    banners: dict[str, Banner] = field(default_factory=dict)
    asked: dict[str, date] = field(default_factory=dict)

    def hear(self, said: Said, row: Row) -> None:
        match said:
            case Checked(entry, check, phone):
                self.checks.setdefault((entry, phone), []).append(check)
                if self._settles(entry, check):
                    del self.asked[entry]
            case Pause(entry=entry, phone=phone):
                known = self.pauses.get((entry, phone))
                if known is None or _outlasts(said, known):
                    self.pauses[entry, phone] = said
            case Lifted(entry, phone):
                for target in [one for one in self.pauses if one[0] == entry and phone in ("", one[1])]:
                    del self.pauses[target]
            case Banner(slug=slug):
                self.banners.pop(slug, None)  # the newest stands last
                self.banners[slug] = said
            case Lowered(slug):
                self.banners.pop(slug, None)
            case Asked(entry):
                self.asked.setdefault(entry, date.fromisoformat(row.on))

    def _settles(self, entry: str, check: Check) -> bool:
        asked = self.asked.get(entry)
        proves = check.how in PROVEN and check.result is not Result.NO_ANSWER
        return asked is not None and proves and check.on >= asked

    def bulletins(self, number: int) -> Bulletins:
        checks = {target: tuple(made) for target, made in self.checks.items()}
        return Bulletins(number, checks, tuple(self.pauses.values()), tuple(self.banners.values()), dict(self.asked))


def _outlasts(pause: Pause, known: Pause) -> bool:
    """Say whether a pause lasts at least as long as one that was said before it.

    What is wrong stays wrong: to say after it that they are full must not make it a pause that is lightly lifted.
    """
    if known.why is Why.WITHDRAWN and known.until is None and pause.why is not Why.WITHDRAWN:
        return False
    return pause.until is None or (known.until is not None and pause.until >= known.until)


def _rows(connection: Connection, *, newest: bool = False) -> list[Row]:
    row = BulletinRow
    query = select(row.number, row.kind, row.entry, row.phone, row.on, row.by, row.body)
    query = query.order_by(row.number.desc()).limit(1) if newest else query.order_by(row.number)
    with _any_text(connection):
        return [Row(*found) for found in connection.execute(query)]


@contextmanager
def _any_text(connection: Connection) -> Iterator[None]:
    """Let SQLite give text that is no UTF-8 as well: one such row must not hide the others."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = cast(sqlite3.Connection, connection.connection.driver_connection)
    usual = driver.text_factory
    driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = usual


__all__ = ["Asked", "Checked", "Folded", "Lifted", "Lowered", "Row", "Said", "add", "fold", "mark", "rows"]
