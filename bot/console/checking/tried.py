"""What a check is made of: one number of an entry with its form, or the page of an entry that has no number at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.console.checking.recording import HOURS
from bot.console.checking.standings import check_line, means, standings_of, would_mean
from bot.console.editing.typed import Typed
from bot.console.wording import say
from bot.referral.call_sheet import Block, sheet
from bot.referral.check import How, Result
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone
from bot.referral.given import today_in
from bot.referral.moments import zone_for

#: A page is read; there is nobody to call.
_READ = (How.OFFICIAL_PAGE, How.STORED_PAGE)


@dataclass(frozen=True, slots=True)
class Tried:
    """A number of an entry with its form. `number` "" is its page, where it has none.

    `block` says what to ask, None while texters may not get it. `ways` and `results` are what can be chosen: the value
    of each, its words, and what a result would mean if it were recorded today.
    """

    place: int
    number: str
    printed: str
    means: str
    ways: list[tuple[str, str]]
    results: list[tuple[Result, str, str]]
    block: Block | None
    checks: list[str]
    typed: Typed
    today: date


def tried_of(content: Content, entry: Entry, typed: Typed | None, now: datetime) -> list[Tried]:
    """List what of an entry can be tried. `typed` is what was refused, and stands in the form it came from."""
    day = today_in(content, entry.area, now)
    made = sheet(content, standings_of(content, entry, day), day)
    blocks = {block.number: block for _, found in made.sections for block in found}
    phones: list[Phone | None] = [*{phone.number: phone for phone in entry.phone}.values()]
    return [
        _tried(content, entry, phone, place=place, blocks=blocks, typed=typed, now=now)
        for place, phone in enumerate(phones or [None])
    ]


def _tried(
    content: Content,
    entry: Entry,
    phone: Phone | None,
    *,
    place: int,
    blocks: Mapping[str, Block],
    typed: Typed | None,
    now: datetime,
) -> Tried:
    today = now.astimezone(zone_for(content, entry, phone)).date()
    number, printed = phone.number if phone else "", printed_of(entry, phone)
    empty = Typed({"on": f"{today}", "hours": HOURS[0]})
    return Tried(
        place,
        number,
        printed,
        means(content, entry, number, now),
        [(how.value, say(_HOW[how])) for how in ways_of(phone)],
        [(result, say(words), would) for result, words, would in _results(content, entry, phone, today)],
        blocks.get(printed),
        [check_line(check) for check in reversed(phone.checks if phone else ())],
        typed if typed and typed["number"] == number else empty,
        today,
    )


def printed_of(entry: Entry, phone: Phone | None) -> str:
    """Return a number as it is printed; without one the address of the page."""
    return phone.printed if phone else entry.link or say("Its page")


def ways_of(phone: Phone | None) -> tuple[How, ...]:
    """Return the ways in which a number can be tried, or a page."""
    return tuple(How) if phone else _READ


def _results(content: Content, entry: Entry, phone: Phone | None, today: date) -> Iterator[tuple[Result, str, str]]:
    words = _ANSWERED if phone else _OPENED
    return ((result, words[result], would) for result, would in would_mean(content, entry, phone, today))


_HOW = {
    How.CALLED: "I called",
    How.TEXTED: "I texted",
    How.VISITED: "I went there",
    How.OFFICIAL_PAGE: "I read their own page today",
    How.STORED_PAGE: "I read a stored copy of their page",
}
_ANSWERED = {
    Result.OK: "They answered, and it is them",
    Result.NO_ANSWER: "Nobody answered",
    Result.WRONG_NUMBER: "Somebody else answered: a wrong number",
    Result.CLOSED: "They are closed for good",
}
_OPENED = {
    Result.OK: "It is theirs, and what we say of them is right",
    Result.NO_ANSWER: "It did not open",
    Result.WRONG_NUMBER: "It is somebody else's now",
    Result.CLOSED: "They are closed for good",
}
HOURS_SAID = {"not asked": "I did not ask", "confirmed": "They are right", "changed": "They have changed"}
