"""What the checks of an entry allow to be said of it on a day: to people, and in the standard's one field for it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bot.referral.check import PROVEN, Check, Result
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone
from bot.referral.standing import failures, state_of, state_of_entry


def assured_on(entry: Entry, today: date) -> date | None:
    """Return the day on which all of an entry that is published was known to be right, None = it never was.

    Only somebody who called, texted, visited or read the official page counts, and nobody who failed since. Of
    several numbers the one proven longest ago decides: the date stands for the whole service.
    """
    days = []
    for phone in _published(entry):
        proven = [c.on for c in _passed(entry, phone, today) if c.how in PROVEN]
        if not proven or failures(entry, phone):
            return None
        days.append(max(proven))
    return min(days)


def said_of(entry: Entry, content: Content, today: date) -> dict[str, str]:
    """Return what we say of an entry's checks: its state, the newest one passed, and when the next one is due."""
    term = content.line.term(entry)
    told = {"state": str(state_of_entry(entry, today, term))}
    phones = list(_published(entry))
    newest = max((c for p in phones for c in _passed(entry, p, today)), key=_sureness, default=None)
    if newest is not None:
        told |= {"checked on": newest.on.isoformat(), "checked how": str(newest.how)}
    days = [day for phone in phones if (day := _due(entry, phone, today, term)) is not None]
    return told | ({"due on": min(days).isoformat()} if days else {})


def said_of_phone(entry: Entry, phone: Phone, content: Content, today: date) -> dict[str, str]:
    """Return the same of a number that has checks of its own; of others nothing but what is said of the entry."""
    if not phone.checks:
        return {}
    term = content.line.term(entry)
    told = {"state": str(state_of(entry, phone, today, term))}
    newest = max(_passed(entry, phone, today), key=_sureness, default=None)
    if newest is None:
        return told
    due = _due(entry, phone, today, term)
    told |= {"checked on": newest.on.isoformat(), "checked how": str(newest.how)}
    return told | ({"due on": due.isoformat()} if due else {})


def _published(entry: Entry) -> Iterator[Phone | None]:
    published = [phone for phone in entry.phone if phone.publish]
    yield from published or (None,)


def _passed(entry: Entry, phone: Phone | None, today: date) -> Iterator[Check]:
    own: Iterable[Check] = phone.checks if phone else ()
    return (c for c in (*entry.checks, *own) if c.result is Result.OK and c.on <= today)


def _due(entry: Entry, phone: Phone | None, today: date, term: timedelta) -> date | None:
    last = max((c.on for c in _passed(entry, phone, today)), default=None)
    return None if last is None else last + term + timedelta(days=1)


def _sureness(check: Check) -> tuple[date, bool, str]:
    return check.on, check.how in PROVEN, check.how
