"""Are the numbers that texters get still right? Nothing here asks the provider."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.line.provider.content_checks import last_resorts
from bot.line.provider.finding import Finding, look, ok, wrong
from bot.referral.content import Content
from bot.referral.given import today_in
from bot.referral.standing import Standing, State, due_list, overdue
from bot.referral.trying import is_tried


def numbers(content: Content, now: datetime) -> Iterator[Finding]:
    """Yield how the numbers stand. Only one that is always given makes it wrong: the others step back."""
    today = today_in(content, "", now)
    standings = due_list(content, today)
    yield last_resorts(overdue(content, today))
    yield _tried(standings)
    yield _stale(standings)
    yield _complained(standings)
    yield _paused([pause.entry for pause in content.bulletins.pauses if pause.until is None or now < pause.until])


def unread(bulletins: Sequence[int]) -> Finding:
    """Say whether all that staff told since the release can be read; a pause that cannot is not heeded."""
    if not bulletins:
        return ok("all that staff told since the release can be read")
    named = ", ".join(map(str, bulletins))
    return wrong(
        f"this program cannot read bulletins {named}: a check or a pause in them does not count here",
        "bring this program up to date, or say again what they said",
    )


def _tried(standings: Sequence[Standing]) -> Finding:
    untried = sum(not is_tried(standing) for standing in standings)
    if not untried:
        return ok(f"a person has tried each of the {len(standings)} numbers")
    return look(
        f"nobody has tried {untried} of the {len(standings)} numbers yet",
        "before the line is launched a person calls or texts every number: quietline checks sheet --out sheet.html",
    )


def _stale(standings: Sequence[Standing]) -> Finding:
    states = Counter(standing.state for standing in standings)
    due, back, unsure = (states[state] for state in (State.DUE, State.STEPPED_BACK, State.UNVERIFIED))
    if not due + back + unsure:
        return ok("no check is too old, and none failed")
    return look(
        f"numbers due: {due}; not given any more: {back} that stepped back, {unsure} found wrong",
        "see which: quietline checks due",
    )


def _complained(standings: Sequence[Standing]) -> Finding:
    names = dict.fromkeys(standing.entry.id for standing in standings if standing.asked is not None)
    if not names:
        return ok("no service is waiting for a check that texters asked for")
    return look(f"texters say that these do not work: {', '.join(names)}", "try them and record it")


def _paused(entries: Sequence[str]) -> Finding:
    if not entries:
        return ok("nothing is paused")
    return look(f"paused: {', '.join(dict.fromkeys(entries))}", "are they back? quietline resume ENTRY")
