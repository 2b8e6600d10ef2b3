"""What staff tell the line between two releases, at once: checks made, pauses, banners."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.referral.check import Check

#: An entry's id and one of its numbers as the release writes it ("+18007997233"); "" = the whole entry.
Target = tuple[str, str]


class Why(StrEnum):
    """Why an entry is left out for a while."""

    FULL = "full"
    CLOSED = "closed"
    OUTAGE = "outage"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Pause:
    """An entry, or one of its numbers, that is not given until a moment (aware); None = until somebody lifts it."""

    entry: str
    until: datetime | None
    why: Why = Why.CLOSED
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    """A sentence said before the entries until a moment (aware), per language; () = all areas, all topics.

    It is held to the same rules as every other sentence of the line (`lint.banner_faults`).
    """

    slug: str
    text: Mapping[str, str]
    until: datetime
    areas: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bulletins:
    """All that holds now: `number` grows with each bulletin and tells two states apart (0 = none yet).

    `asked`: entries that texters complained about often enough that staff should check them, with the day.
    """

    number: int = 0
    checks: Mapping[Target, tuple[Check, ...]] = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    banners: tuple[Banner, ...] = ()
    asked: Mapping[str, date] = field(default_factory=dict)


#: Nothing was told since the release.
NO_BULLETINS = Bulletins()
