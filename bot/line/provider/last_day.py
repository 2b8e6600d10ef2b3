"""How the account stands, as points of a check: what is left to pay with, the campaign, what went wrong today."""

from collections.abc import Iterator, Mapping

from bot.line.provider.codes import MEANINGS, SERIOUS, SILENT
from bot.line.provider.finding import Finding, State, look, ok, wrong
from bot.line.provider.today import Today

#: A campaign in any other state is not, or not yet, carried by all.
_REGISTERED = "VERIFIED"


def last_day(told: Today) -> Iterator[Finding]:
    """Yield the balance, the campaigns, and the errors of the last day as totals by code, the most serious first."""
    yield _balance(told.balance)
    yield _campaigns(told.campaigns)
    yield from _errors(told.errors)
    for why in told.unasked:
        yield Finding(
            State.COULD_NOT_ASK,
            f"part of how the account stands today ({why})",
            "see whether the API key may read the balance, the campaign and the log of errors, and try again",
        )


def _balance(balance: str | None) -> Finding:
    if balance is None:
        return look("what is left to pay with was not told", "look at the account's balance: at 0 the line is silent")
    if balance.startswith(("-", "0.00 ")):
        return wrong(f"there is {balance} left to pay with: the line is silent", "pay, and switch on auto-recharge")
    return ok(f"there is {balance} left to pay with")


def _campaigns(states: tuple[str, ...] | None) -> Finding:
    if states is None:
        return look("whether the campaign is registered was not told", "look at the Messaging Service > A2P")
    if not states:
        return look(
            "no campaign is registered for the Messaging Service",
            "from a ten-digit number replies do not arrive without one (docs/launch.md); a toll-free one is verified",
        )
    if all(state == _REGISTERED for state in states):
        return ok("the campaign is registered")
    return wrong(f"the campaign is {', '.join(states)}", "carriers may drop replies: see what the provider asks for")


def _errors(errors: Mapping[int, int] | None) -> Iterator[Finding]:
    if errors is None:
        yield look("the errors of the last day were not told", "look at the provider's log of errors")
    elif not errors:
        yield ok("no error in the last day")
    else:
        for code in sorted(errors, key=lambda one: (one not in SERIOUS, one not in SILENT, -errors[one], one)):
            yield _error(code, errors[code])


def _error(code: int, count: int) -> Finding:
    what = f"error {code} in the last day: {count}. {MEANINGS.get(code, '')}".rstrip()
    do = f"https://www.twilio.com/docs/api/errors/{code}"
    return wrong(what, do) if code in SERIOUS else look(what, do)
