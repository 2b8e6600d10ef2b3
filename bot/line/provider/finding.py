"""What a check found, and what a person should do about it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.line.provider.faults import ProviderError


class State(StrEnum):
    """How it is with one point."""

    OK = "ok"
    WRONG = "wrong"
    LOOK = "look yourself"
    COULD_NOT_ASK = "could not ask"


@dataclass(frozen=True, slots=True)
class Finding:
    """One point: how it is, what was found, and what to do, "" when there is nothing to do."""

    state: State
    what: str
    do: str = ""

    @property
    def bad(self) -> bool:
        """Say whether the line may not be left like this."""
        return self.state in (State.WRONG, State.COULD_NOT_ASK)


def ok(what: str) -> Finding:
    """Return a point that is as it should be."""
    return Finding(State.OK, what)


def wrong(what: str, do: str) -> Finding:
    """Return a point that is not as it should be."""
    return Finding(State.WRONG, what, do)


def look(what: str, do: str) -> Finding:
    """Return a point only a person can judge."""
    return Finding(State.LOOK, what, do)


def could_not_ask(what: str, error: ProviderError) -> Finding:
    """Return a point the provider gave no answer on, with the reason by type or status."""
    if error.locked_out:
        do = "check TWILIO_ACCOUNT_SID and the API key or token, and what that key may read"
    elif error.gone:
        do = "check TWILIO_ACCOUNT_SID and TWILIO_MESSAGING_SERVICE_SID: the provider knows no such thing"
    else:
        do = "try again in a while; if it stays, look at the provider's status page and at this machine's network"
    return Finding(State.COULD_NOT_ASK, f"{what} ({error})", do)
