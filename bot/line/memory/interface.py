"""What the line's short memory promises, whoever keeps it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Protocol

from bot.counts.record import UNCOUNTED, Record
from bot.referral.conversation import Conversation

#: The window of a sender's budget, and of the line's.
SENDER_WINDOW_SECONDS = 300
LINE_WINDOW_SECONDS = 3600
#: Replies remembered per texter, so that a message delivered twice gets the same answer twice.
REPLIES_KEPT = 20


class Spent(Enum):
    """What the budgets say to one more reply: there is room, say once that theirs or the line's is used up, nothing."""

    WITHIN = auto()
    SLOW_DOWN = auto()
    BUSY = auto()
    OVER = auto()


class State(StrEnum):
    """Where conversations are held at the moment."""

    MEMORY = "memory"
    REDIS = "redis"
    REDIS_AWAY = "redis away"


@dataclass(frozen=True, slots=True)
class Allowances:
    """How many replies a sender gets in 5 minutes and the line gives in an hour; 0 = no limit."""

    sender: int = 20
    line: int = 3000


@dataclass(frozen=True, slots=True)
class Recalled:
    """What is held of a texter when a message comes in.

    `conversation` None: nothing, a new one begins. `reply` is set only when this very message was answered
    before; "" means that it was answered with silence. `record`: what the conversation was counted as.
    """

    conversation: Conversation | None = None
    reply: str | None = None
    record: Record = UNCOUNTED


class Memory(Protocol):
    """Remember a texter for a quarter of an hour, and nowhere but in memory.

    `who` and `message` are told apart, never kept: whatever is stored is stored under a keyed digest of them.
    Every method is safe to call from several threads and never raises because the memory is away.
    """

    @property
    def state(self) -> State:
        """Say where conversations are held, without asking anybody."""

    def turn(self, who: str) -> AbstractContextManager[None]:
        """Give one message of a texter at a time its turn, so that a double delivery waits for the first.

        The wait is short: a text whose turn does not come is answered all the same.
        """

    def recall(self, who: str, message: str) -> Recalled:
        """Return the conversation with a texter, and the reply if this message had one already."""

    def keep(
        self, who: str, message: str, conversation: Conversation, reply: str, *, record: Record = UNCOUNTED
    ) -> None:
        """Hold the conversation, what it was counted as, and the reply for as long as conversations are held."""

    def told(self, who: str, message: str, reply: str) -> str:
        """Return the reply that this process has given the message; if none, take note of this one, and return it.

        Nobody is waited for: no turn is taken, and no other process asked.
        """

    def forget(self, who: str) -> None:
        """Erase the conversation and the cached replies now. Budgets stay: a flood is not an erasure."""

    def spend(self, who: str) -> Spent:
        """Take one reply from the texter's budget and, if there was room, from the line's; "" is no texter.

        SLOW_DOWN comes once in a texter's window, BUSY once per texter and hour.
        """

    def sweep(self) -> None:
        """Erase what is older than it may be. A thread in the background calls it, no answer waits."""
