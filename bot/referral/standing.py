"""How sure we are of a number on a day: what its checks say, how old they are, and what must be checked first.

Pure, and of the calendar only: whether somebody paused a number is no matter of how sure we are of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.referral.check import PROVEN, Check, Result
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone, Status


class State(StrEnum):
    """How sure we are of a number on a day, best first; the last two are never given."""

    VERIFIED = "verified"
    EVIDENCED = "evidenced"
    DUE = "due"
    STEPPED_BACK = "stepped back"
    UNVERIFIED = "unverified"


#: Best first: `SURENESS[State.DUE]` is 2.
SURENESS = {state: place for place, state in enumerate(State)}
#: States in which texters may be given a number.
GIVEN = frozenset({State.VERIFIED, State.EVIDENCED, State.DUE})
#: States in which nobody has to check a number now.
_IN_ORDER = frozenset({State.VERIFIED, State.EVIDENCED})
#: After these the number is not theirs, or they are gone.
WRONG = frozenset({Result.WRONG_NUMBER, Result.CLOSED})
#: So many days on which nobody answered make a number step back.
_UNANSWERED_DAYS = 2


def state_of(entry: Entry, phone: Phone | None, today: date, term: timedelta) -> State:
    """Say how sure we are of a number of an entry; without a number, of the entry as such (it may have only a site).

    Checks of the entry count for all its numbers. A pass dated after `today` is a slip of the pen or a wrong clock
    and proves nothing yet; a failure counts at once, whatever its date.
    """
    if entry.status is not Status.PUBLISH or (phone is not None and not phone.publish):
        return State.UNVERIFIED
    own, shared = _lists(entry, phone)
    proven = seen = None
    failed: tuple[Check, ...] = ()
    for check in (*own, *shared) if own else shared:
        if check.result is not Result.OK:
            failed = failed or _failed(own, shared)
        elif check.on <= today:
            seen = check.on if seen is None else max(seen, check.on)
            if check.how in PROVEN:
                proven = check.on if proven is None else max(proven, check.on)
    if seen is None or any(check.result in WRONG for check in failed):
        return State.UNVERIFIED
    age, unanswered = today - seen, len({check.on for check in failed})
    if unanswered >= _UNANSWERED_DAYS or age > 2 * term:
        return State.STEPPED_BACK
    if unanswered or age > term:
        return State.DUE
    return State.VERIFIED if proven is not None and today - proven <= term else State.EVIDENCED


@dataclass(frozen=True, slots=True)
class Standing:
    """A number that texters are given, and how it stands. `phone` None: the entry has only a site.

    `last`: the newest check, whatever came of it; `due`: the first day on which the number is due, None when no pass
    proves it; `failed`: failures that nothing put right; `asked`: the day on which complaints asked for a check.
    """

    entry: Entry
    phone: Phone | None
    state: State
    term: timedelta
    last: Check | None
    due: date | None
    failed: tuple[Check, ...] = ()
    asked: date | None = None

    @property
    def late(self) -> bool:
        """Say whether somebody must check it now: it is due, stepped back, found wrong, or complained about."""
        return self.state not in _IN_ORDER or self.asked is not None

    @property
    def urgency(self) -> tuple[bool, bool, int, date, str, str]:
        """Return what puts the most urgent first: what is always given, then what is worst, then what is oldest."""
        worst = -SURENESS[self.state] if self.state not in _IN_ORDER else 0
        number = self.phone.number if self.phone else ""
        return not self.entry.keep, not self.late, worst, self.due or date.min, self.entry.id, number


def due_list(content: Content, today: date) -> list[Standing]:
    """List every number that texters are given, the most urgent first: 911, 988, 211 and last-resort lines lead.

    A number that an entry has twice (911 to call, 911 to text) stands there once: whoever tries it tries both.
    """
    found = (_standing(content, entry, phone, today) for entry, phone in _numbers(content))
    return sorted(found, key=lambda standing: standing.urgency)


def late_list(content: Content, today: date) -> list[Standing]:
    """List those of `due_list` that somebody must check now; where most are in order it takes a third of the time."""
    asked, line, found = content.bulletins.asked, content.line, list[Standing]()
    for entry, phone in _numbers(content):
        if entry.id in asked or state_of(entry, phone, today, line.term(entry)) not in _IN_ORDER:
            found.append(_standing(content, entry, phone, today))
    return sorted((standing for standing in found if standing.late), key=lambda standing: standing.urgency)


def _numbers(content: Content) -> Iterator[tuple[Entry, Phone | None]]:
    for entry in content.entries.values():
        if entry.status is Status.PUBLISH:
            yield from ((entry, phone) for phone in {p.number: p for p in entry.phone if p.publish}.values() or (None,))


def overdue(content: Content, today: date) -> list[str]:
    """Return the ids of the entries that never step back (911, 988, 211 ...) with a number that must be checked now.

    Late, found wrong or complained about: whoever watches /readyz or runs `doctor` is told.
    """
    kept = (e for e in content.entries.values() if e.keep and e.status is Status.PUBLISH)
    return sorted(
        e.id
        for e in kept
        if any(_standing(content, e, p, today).late for p in e.phone or (None,) if p is None or p.publish)
    )


def _standing(content: Content, entry: Entry, phone: Phone | None, today: date) -> Standing:
    term = content.line.term(entry)
    own, shared = _lists(entry, phone)
    checks = sorted((*shared, *own), key=_day)
    passed = [c.on for c in checks if c.result is Result.OK and c.on <= today]
    asked = content.bulletins.asked.get(entry.id)
    # Bulletins settle complaints themselves; a check that came with a newer release does as well.
    if asked is not None and any(c.on > asked and c.how in PROVEN and c.result is not Result.NO_ANSWER for c in checks):
        asked = None
    return Standing(
        entry,
        phone,
        state_of(entry, phone, today, term),
        term,
        checks[-1] if checks else None,
        max(passed) + term + timedelta(days=1) if passed else None,
        _failed(own, shared),
        asked,
    )


def state_of_entry(entry: Entry, today: date, term: timedelta) -> State:
    """Say how sure we are of the surest of an entry's published numbers; of the entry as such when it has none."""
    phones = [phone for phone in entry.phone if phone.publish]
    return min((state_of(entry, p, today, term) for p in phones or (None,)), key=SURENESS.__getitem__)


def failures(entry: Entry, phone: Phone | None) -> tuple[Check, ...]:
    """Return the failed checks of a number that no later pass has put right, its own first.

    What somebody tried is put right only by somebody who tried again, not by a page; and a number of several that
    was found wrong only by a pass of that very number. On one day a failure outweighs a pass, unless the pass
    stands behind it in the same list: lists are kept in the order in which things were written down.
    """
    return _failed(*_lists(entry, phone))


def _lists(entry: Entry, phone: Phone | None) -> tuple[tuple[Check, ...], tuple[Check, ...]]:
    if phone is None or not phone.checks:
        return (), entry.checks
    others = any(p.publish and p.number != phone.number for p in entry.phone)
    # With one number alone, to check the entry is to check that number.
    return (phone.checks, entry.checks) if others else ((*entry.checks, *phone.checks), ())


def _failed(own: Sequence[Check], shared: Sequence[Check]) -> tuple[Check, ...]:
    if all(check.result is Result.OK for check in (*own, *shared)):
        return ()
    found = []
    for mine, theirs, lenient in ((own, shared, False), (shared, own, True)):
        ordered = sorted(mine, key=_day) if len(mine) > 1 else mine
        for place, check in enumerate(ordered):
            if check.result is Result.OK:
                continue
            elsewhere = theirs if lenient or check.result is Result.NO_ANSWER else ()
            if any(_rights(passed, check) for passed in ordered[place + 1 :]):
                continue
            if not any(passed.on > check.on and _rights(passed, check) for passed in elsewhere):
                found.append(check)
    return tuple(found)


def _rights(passed: Check, failed: Check) -> bool:
    return passed.result is Result.OK and (passed.how in PROVEN or failed.how not in PROVEN)


def _day(check: Check) -> date:
    return check.on
