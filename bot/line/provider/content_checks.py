"""Is what others say for this line, and what never steps back, still right?"""

from collections.abc import Sequence
from datetime import datetime

from bot.line.provider.finding import Finding, look, ok, wrong
from bot.referral.answer import OptOutMode


def release(number: int, published_at: datetime, now: datetime) -> Finding:
    """Say which release is live and how old it is. Both times are aware."""
    return ok(f"release {number} is live since {published_at:%Y-%m-%d} ({max(0, (now - published_at).days)} days)")


def no_release(why: str) -> Finding:
    """Return that the database gives no release: a running line goes on with its last good copy meanwhile."""
    return wrong(f"no release can be read: {why}", "see that the database runs; in a new one: quietline init")


def reserved_words(mode: OptOutMode) -> Finding:
    """Say who answers STOP, HELP and START. The provider's interface shows neither the words nor the texts."""
    if mode is OptOutMode.APP:
        return look(
            "this line answers STOP, HELP and START itself (OPT_OUT_MODE=app)",
            "text STOP, then START, from a phone of yours: exactly one answer each, or Twilio still handles them too",
        )
    if mode is OptOutMode.PROVIDER_DEFAULT:
        return look(
            "Twilio answers STOP, HELP and START in its own words (OPT_OUT_MODE=provider_default)",
            "better: switch on Advanced Opt-Out with our texts and set OPT_OUT_MODE=provider_custom",
        )
    return look(
        "Twilio answers STOP, HELP and START in our words, which it shows in the Console only",
        "the Messaging Service > Opt-Out Management: compare words (docs/twilio.md, part 3) and the texts below",
    )


def last_resorts(overdue: Sequence[str]) -> Finding:
    """Say whether the numbers that are sent whatever happens were checked in time. `overdue` names the others."""
    if not overdue:
        return ok("the numbers that are always sent were checked in time")
    return wrong(f"nobody has checked these numbers in time: {', '.join(overdue)}", "dial them and record the check")


def unreadable(why: str) -> Finding:
    """Return that there is no content to look at."""
    return wrong(f"the content cannot be read: {why}", "see what this says: quietline lint")
