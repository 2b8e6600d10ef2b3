"""Whether a person has ever tried a number: before a line goes live, somebody has tried every one."""

from bot.referral.check import How
from bot.referral.entry import Phone
from bot.referral.standing import Standing

#: By these somebody reached whoever answers there.
TRIED = frozenset({How.CALLED, How.TEXTED, How.VISITED})
#: Nobody dials these only to try them; their own page will do.
NOT_TO_BE_TRIED = frozenset({"911", "988"})


def is_tried(standing: Standing) -> bool:
    """Say whether a person has called, texted or visited a number, or read a site, whatever came of it."""
    own = standing.phone.checks if standing.phone else ()
    ways = TRIED if is_for_trying(standing.phone) else TRIED | {How.OFFICIAL_PAGE}
    return any(check.how in ways for check in (*own, *standing.entry.checks))


def is_for_trying(phone: Phone | None) -> bool:
    """Say whether a person should call or text it; a site is read, and 911 is never dialled for a test."""
    return phone is not None and phone.number not in NOT_TO_BE_TRIED
