"""Recording what came of a call: the form, what is refused, and what is written down. Always of one number.

Only an entry that has no number at all is recorded as a whole: there is nothing else to record it of.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot import reckoning
from bot.console.desk import Desk, Member
from bot.console.editing.typed import Typed
from bot.console.wording import say
from bot.referral.check import PROVEN, Check, How, Result
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone
from bot.referral.misprints import Banned, may_hold
from bot.referral.private import doubts, faults
from bot.storage import bulletins
from bot.storage.audit import Act, write
from bot.storage.said import Checked

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: A note, in characters.
NOTE_MOST = 180
HOURS = ("not asked", "confirmed", "changed")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What somebody typed, fit to be written down. `hours` is one of HOURS."""

    check: Check
    hours: str


def read(typed: Typed, content: Content, *, today: date, by: str, ways: Iterable[How] = tuple(How)) -> Recorded | None:
    """Return what a form says; None where something is wrong, which then stands beside its field."""
    how = typed.one_of("how", [how.value for how in ways])
    result = typed.one_of("result", [result.value for result in Result])
    hours = typed.one_of("hours", HOURS)
    note = typed.line("note", most=NOTE_MOST)
    for fault in note_faults(content, note):
        typed.wrong("note", fault)
    day = _day(typed, today)
    if typed.errors or day is None:
        return None
    told = "" if hours == HOURS[0] else f"hours {hours}"
    return Recorded(Check(day, How(how), by, Result(result), "; ".join(filter(None, (told, note)))), hours)


def record(desk: Desk, member: Member, entry: Entry, phone: Phone | None, *, made: Recorded, today: date) -> None:
    """Write a check down, of one number or of an entry that has none; it counts in every line at once.

    Raises DatabaseError, and ValueError for an entry as a whole that has numbers.
    """
    if phone is None and entry.phone:
        raise ValueError("a check is of one number")
    check = made.check
    bulletins.add(desk.database, Checked(entry.id, check, phone.number if phone else ""), day=today, by=member.initials)
    tried = {"number": phone.printed} if phone else {"page": entry.link}
    detail = {**tried, "how": check.how.value, "result": check.result.value, "on": f"{check.on}"}
    write(desk.database, Act.CHECKED, by=member.name, about=entry.id, detail=detail, now=desk.now)
    if check.how in PROVEN and check.result is not Result.NO_ANSWER and check.on == today:
        # Of an earlier day texters may have said it since.
        reckoning.checked(desk.database, entry.id)
    desk.shelf.look()


def namesakes(content: Content, entry: Entry, phone: Phone | None) -> list[str]:
    """List the other entries that have the number: a check of one says nothing of them."""
    owners = content.printed.get(phone.printed, ()) if phone else ()
    return sorted({owner.id for owner in owners if owner.id != entry.id})


def note_faults(content: Content, note: str) -> Iterator[str]:
    """Say why a note may not be kept: it is about their service, never about anybody, and holds no address."""
    for fault in faults(note):
        yield say("It {fault}: leave that out.", fault=say(fault))
    if may_hold(note, Banned.of(content).everywhere):
        yield say("It holds a number that must not be listed: leave that out.")
    for name in doubts(content, note):
        yield say("“{word}” may be a name: leave it out. If it is none, write it without a capital letter.", word=name)


def _day(typed: Typed, today: date) -> date | None:
    words = typed["on"].strip()
    try:
        day = date.fromisoformat(words if _DAY.fullmatch(words) else "") if words else today
    except ValueError:
        typed.wrong("on", say("Write a day like {day}.", day=today))
        return None
    if day > today:
        typed.wrong("on", say("That day is still to come. There it is {day}.", day=today))
        return None
    return day
