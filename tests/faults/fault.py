"""What a fault is, how long it lasts, and what it may cost while it does."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

from tests.faults.scene import Scene

#: A fault that any scene can have, a shared one can have too.
AnyScene = TypeVar("AnyScene", bound=Scene, contravariant=True)


@dataclass(frozen=True, slots=True)
class Pace:
    """How much of everything: texts a second, seconds of a fault, seconds of delay, phones in a crowd."""

    rate: float
    hold: float
    slow: float
    crowd: int
    #: How many times the rate a burst has, and for how many seconds.
    burst: float
    burst_seconds: float
    #: Texts that must have been answered before the next fault comes.
    between: int
    heals_within: float
    half_sent: int = 50
    #: Connections of strangers who forge texts.
    strangers: int = 50
    #: Of the usual pauses between two texts of a phone, so much.
    pauses: float = 1.0
    #: Whether a line may have found Redis too slow because the machine was busy, if its log says so.
    busy: bool = False


#: What `make faults` does: over 20,000 texts in under 12 minutes on two quiet cores.
LONG = Pace(40.0, 8.0, 10.0, 1000, 10.0, 5.0, between=160, heals_within=5.0)
#: What every change has to pass, on a machine that may be busy: times are no part of it.
SHORT = Pace(
    15.0, 0.5, 1.5, 60, 4.0, 1.0, between=10, heals_within=20.0, half_sent=20, strangers=10, pauses=0.5, busy=True
)


@dataclass(frozen=True, slots=True)
class Fault(Generic[AnyScene]):
    """Something that breaks while texts flow, and what that excuses.

    `dies`: a process dies, so the provider may get no answer; `stands`: it stands still, so answers take longer.
    `forgets`: memory is lost, or out of reach for a moment, so that conversations may begin afresh. `loses`: counts
    may be lost, with a process or with a restored database. `after`: so many seconds after it is over memory may
    still be on its way back.
    """

    name: str
    breaks: Callable[[AnyScene, Pace], AbstractContextManager[None]]
    dies: bool = False
    forgets: bool = False
    loses: bool = False
    stands: bool = False
    after: float = 0.0
