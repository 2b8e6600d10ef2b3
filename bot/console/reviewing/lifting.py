"""Lifting a pause: what was stopped as wrong comes back only when somebody reached it today, number by number."""

from collections.abc import Iterable, Sequence

from bot.console.checking.recording import HOURS, Recorded, record
from bot.console.desk import Desk, Member
from bot.console.editing.typed import Typed
from bot.console.wording import say
from bot.referral.bulletin import Pause, Why
from bot.referral.check import Check, How
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone, Status
from bot.referral.moments import zone_for
from bot.storage.bulletins import fold, rows

#: How a number can be reached. A page that says it is theirs is not enough for one that was wrong before.
WAYS = (How.CALLED, How.TEXTED, How.VISITED)
#: What is ticked for an entry that has no number at all: its page.
PAGE = "page"


def to_reach(content: Content, held: Iterable[Pause], name: str, number: str) -> list[Phone | None]:
    """Return what has to be reached before a pause is lifted; None in it = the page of an entry without numbers.

    `held` are the pauses that are on. To lift the pause of a whole entry lifts those of its numbers with it. What the
    release does not give comes back by no lift, so nothing has to be reached then.
    """
    one = content.entries.get(name)
    stopped = {p.phone for p in held if p.entry == name and p.why is Why.WITHDRAWN and number in ("", p.phone)}
    if one is None or not stopped or one.status is not Status.PUBLISH:
        return []
    published = list({phone.number: phone for phone in one.phone if phone.publish}.values())
    if "" in stopped:
        return [*published] or [*one.phone] or [None]
    return [phone for phone in published if phone.number in stopped]


def still_to_reach(content: Content, the_desk: Desk, name: str, number: str) -> list[Phone | None]:
    """Return what has to be reached before a pause is lifted that is on now. Raises DatabaseError."""
    # Read anew: somebody may have stopped it in another process a second ago.
    said = fold(rows(the_desk.database)).bulletins.pauses
    held = [one for one in said if one.until is None or the_desk.now < one.until]
    return to_reach(content, held, name, number)


def key(phone: Phone | None) -> str:
    """Return what is ticked for a number."""
    return phone.number if phone is not None else PAGE


def reached(typed: Typed, wanted: Sequence[Phone | None], ticked: Iterable[str]) -> How | None:
    """Return how all of them were reached; None where one was not, which then stands beside its field."""
    if not {key(phone) for phone in wanted} <= set(ticked):
        told = say(
            "Tick each of them, once somebody reached it today. If one was not reached, leave the pause as it is."
        )
        typed.wrong("reached", told)
    if None in wanted:
        return How.OFFICIAL_PAGE if not typed.errors else None
    how = typed.one_of("how", [way.value for way in WAYS])
    return How(how) if not typed.errors else None


def write_reached(the_desk: Desk, member: Member, one: Entry, wanted: Sequence[Phone | None], *, how: How) -> None:
    """Write a check of today for each that was reached; it counts in every line at once. Raises DatabaseError."""
    content = the_desk.shelf.in_use().content
    for phone in wanted:
        today = the_desk.now.astimezone(zone_for(content, one, phone)).date()
        made = Recorded(Check(today, how, member.initials), HOURS[0])
        record(the_desk, member, one, phone, made=made, today=today)
