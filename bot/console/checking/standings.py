"""How numbers stand, in words for staff: what waits for a check, and what a check means for texters."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.console.wording import say
from bot.referral.bulletin import Pause
from bot.referral.check import Check, How, Result
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone, Status
from bot.referral.given import Given, is_code, today_in
from bot.referral.moments import zone_for
from bot.referral.standing import GIVEN, WRONG, Standing, State, due_list, state_of
from bot.referral.trying import is_tried


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which numbers are looked for: those of an area ("" = all), due within so many days (None = whenever).

    `untried`: only those that nobody has ever called, texted or visited.
    """

    area: str = ""
    within: int | None = None
    untried: bool = False


def queue(content: Content, now: datetime, wanted: Wanted) -> list[Standing]:
    """List the numbers that fit: late ones that are always given lead, then late ones, then by the day they are due."""
    return fitting(due_list(content, today_in(content, "", now)), today_in(content, "", now), wanted)


def fitting(standings: Iterable[Standing], today: date, wanted: Wanted) -> list[Standing]:
    """List those of the numbers that fit, in the order of `queue`; they come in the order of `due_list`."""
    most = None if wanted.within is None else today + timedelta(days=wanted.within)
    found = [
        one
        for one in standings
        if wanted.area in ("", one.entry.area)
        and (most is None or one.late or (one.due is not None and one.due <= most))
        and not (wanted.untried and is_tried(one))
    ]
    # Python's sort keeps the order of `due_list` among equals: what is worst first.
    return sorted(found, key=lambda one: (not (one.entry.keep and one.late), not one.late, one.due or date.min))


def standings_of(content: Content, entry: Entry, today: date) -> list[Standing]:
    """List the numbers of one entry that texters may get, without a look at thousands of others."""
    return due_list(replace(content, entries={entry.id: entry}), today)


def due_said(standing: Standing) -> str:
    """Say when a number is due: a day, or now."""
    return say("now") if standing.late or standing.due is None else standing.due.isoformat()


def short(standing: Standing) -> str:
    """Say in a word or two how a number stands, for a table."""
    if standing.asked is not None:
        return say("texters complained")
    return say(_SHORT[standing.state])


def check_line(check: Check) -> str:
    """Say in a line what was checked: "2026-11-21, called: no answer (AB): hours changed"."""
    result = "" if check.result is Result.OK else f": {say(check.result.value)}"
    by = f" ({check.by})" if check.by else ""
    return f"{check.on}, {say(check.how.value)}{result}{by}{f': {check.note}' if check.note else ''}"


_SHORT = {
    State.VERIFIED: "checked",
    State.EVIDENCED: "seen on a stored page only",
    State.DUE: "due",
    State.STEPPED_BACK: "stepped back",
    State.UNVERIFIED: "found wrong, or never checked",
}


def means(content: Content, entry: Entry, number: str, now: datetime) -> str:
    """Say in a sentence or two what the checks of a number mean for texters now. `number` "": its page."""
    today = today_in(content, entry.area, now)
    listed = standings_of(content, entry, today)
    standing = next((one for one in listed if (one.phone.number if one.phone else "") == number), None)
    if standing is None or entry.status is not Status.PUBLISH:
        return say("Texters do not get it: it is not published.")
    given = Given.at(content, entry.area, now)
    got = any(p.number == number for p in given.phones(entry)) if standing.phone else given.site(entry)
    return _given(standing) if got else _held_back(content, standing, number, now)


def _given(standing: Standing) -> str:
    if standing.asked is not None:
        return say("Texters get it. Since {day} they say that it does not work: check it now.", day=standing.asked)
    if standing.late and standing.entry.keep:
        return say("Texters get it whatever happens. Check it now.")
    if standing.failed:
        days = _days(standing.failed)
        return say("Texters get it, after others: nobody answered on {days}. Try again another day.", days=days)
    if standing.late:
        return say("Texters get it, after others: it is due since {day}.", day=standing.due)
    return say("Texters get it. It is due on {day}.", day=standing.due)


def _held_back(content: Content, standing: Standing, number: str, now: datetime) -> str:
    wrong = [check for check in standing.failed if check.result in WRONG]
    if wrong:
        told = say(wrong[-1].result.value)
        return say("Texters do not get it: {told} on {day}. It is not given until somebody reaches them at it.",
                   told=told, day=wrong[-1].on)  # fmt: skip
    if standing.state is State.STEPPED_BACK:
        if standing.failed:
            days = _days(standing.failed)
            return say("It stepped back: nobody answered on {days}. It is not given until somebody does.", days=days)
        return say("It stepped back: nobody checked it for too long. It is not given until somebody does.")
    if standing.state is State.UNVERIFIED:
        return say("Texters do not get it. It is not given until somebody has checked it.")
    for pause in _pauses(content, standing.entry.id, number, now):
        if pause.until is None:
            return say("Texters do not get it: it is paused until somebody ends the pause.")
        until = pause.until.astimezone(zone_for(content, standing.entry)).strftime("%Y-%m-%d %H:%M")
        return say("Texters do not get it: it is paused, and not given until {moment} there.", moment=until)
    season = standing.entry.season
    if season:
        return say("Texters do not get it now: it is there from {season} only.", season=season.replace("/", " to "))
    return say("Texters do not get it now.")


def would_mean(content: Content, entry: Entry, phone: Phone | None, today: date) -> list[tuple[Result, str]]:
    """Say for each result of a call made today, or of a page read today, what it would mean for texters."""
    how = How.CALLED if phone else How.OFFICIAL_PAGE
    return [(result, _would(content, entry, phone, Check(today, how, result=result))) for result in Result]


def _would(content: Content, entry: Entry, phone: Phone | None, check: Check) -> str:
    term = content.line.term(entry)
    made = replace(phone, checks=(*phone.checks, check)) if phone else None
    phones = tuple(made if phone and made and one.number == phone.number else one for one in entry.phone)
    checks = entry.checks if phone else (*entry.checks, check)
    state = state_of(replace(entry, phone=phones, checks=checks), made, check.on, term)
    if entry.status is not Status.PUBLISH or (phone and not phone.publish):
        return say("it stays unpublished")
    if entry.keep and (check.result not in WRONG or (phone and is_code(phone))):
        return say("it is given, as always")
    if state is State.DUE:
        return say("it is given, after others: try again another day")
    if state in GIVEN:
        return say("it is given, and due on {day}", day=check.on + term + timedelta(days=1))
    if state is State.STEPPED_BACK:
        return say("it steps back: not given until somebody answers")
    if phone is None:
        return say("it is not given until somebody has read it again, and it is theirs")
    return say("it is not given until somebody reaches them at this number")


def _pauses(content: Content, entry: str, number: str, now: datetime) -> Iterable[Pause]:
    """Give the pauses that are on for a number, the one that lasts longest first."""
    on = [
        pause
        for pause in content.bulletins.pauses
        if pause.entry == entry and pause.phone in ("", number) and (pause.until is None or now < pause.until)
    ]
    return sorted(on, key=lambda pause: (pause.until is not None, pause.until and -pause.until.timestamp()))


def _days(checks: Iterable[Check]) -> str:
    return ", ".join(dict.fromkeys(check.on.isoformat() for check in checks))
