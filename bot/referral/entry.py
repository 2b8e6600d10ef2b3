"""A service one can be referred to: its numbers, what they are for, and how sure we are of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from bot.referral.check import Check
from bot.referral.where import Point

#: A text per language slug: {"en": "For a bed:", "es": "Para una cama:"}.
Text = Mapping[str, str]


class Way(StrEnum):
    """How a number is reached."""

    CALL = "call"
    TEXT = "text"
    TTY = "tty"
    VIDEO = "video"


class Status(StrEnum):
    """Whether texters may get an entry at all."""

    PUBLISH = "publish"
    CHECK_FIRST = "check-first"


class Source(StrEnum):
    """Whose page shows the number."""

    OFFICIAL = "official"
    GOVERNMENT = "government"
    SECONDARY = "secondary"


class Policy(StrEnum):
    """What an entry does about telling police, as far as evidence states it."""

    NEVER_UNASKED = "never unasked"
    IF_LAW_REQUIRES = "only if law requires"
    IF_DANGER = "may if danger"
    WORKS_WITH_POLICE = "works with police"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What kind of place it is: how long a check of it stays good depends on that (line.toml, [terms])."""

    CRISIS_LINE = "crisis line"
    HOTLINE = "hotline"
    SHELTER = "shelter"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Serves:
    """A topic an entry or phone is for. Lower `rank` is offered first; no facets = the whole topic."""

    topic: str
    rank: int
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phone:
    """A number with its own hours (OSM opening_hours, "" unknown), languages ("*" = interpreters) and purpose.

    `source`, `evidence` and `checks` are about this number alone; those of its entry hold for it as well.
    """

    number: str
    ways: tuple[Way, ...]
    keyword: Text = field(default_factory=dict)
    hours: str = ""
    timezone: str = ""
    languages: tuple[str, ...] = ()
    purpose: Text = field(default_factory=dict)
    publish: bool = False
    serves: tuple[Serves, ...] | None = None
    source: Source | None = None
    evidence: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def printed(self) -> str:
        """The number as people read it: 800-799-7233, 988, 88788."""
        return _printed(self.number)

    def speaks(self, language: str) -> bool:
        """Say whether the language is known to be spoken (or interpreted) there."""
        return language in self.languages or "*" in self.languages


@dataclass(frozen=True, slots=True)
class Entry:
    """A service one can be referred to. `area` is national or the area its file is named after.

    `keep`: one of the numbers that are given whatever happens (911, 988, 211, the last-resort line).
    `season`: the days of the year on which it is there, such as "11-15/03-31"; "" = all year.
    `place`: where anybody may come to, never a place where people hide; `radius_miles`: how far around it serves.
    """

    id: str
    name: str
    short: Text
    area: str
    status: Status
    source: Source
    serves: tuple[Serves, ...] = ()
    phone: tuple[Phone, ...] = ()
    aliases: tuple[str, ...] = ()
    who: Text = field(default_factory=dict)
    ages: tuple[int, ...] = ()
    police: Policy = Policy.UNKNOWN
    minors: Policy = Policy.UNKNOWN
    is_police: bool = False
    keep: bool = False
    note: Text = field(default_factory=dict)
    link: str = ""
    evidence: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    kind: Kind = Kind.SERVICE
    season: str = ""
    place: Point | None = None
    radius_miles: int | None = None

    def all_serves(self) -> Iterator[Serves]:
        """Give what the entry serves, and what its published phones serve on their own."""
        yield from self.serves
        for phone in self.phone:
            if phone.publish:
                yield from phone.serves or ()


@lru_cache(maxsize=4096)  # numbers of services, never of texters
def _printed(number: str) -> str:
    bare = number.removeprefix("+1")
    return f"{bare[:3]}-{bare[3:6]}-{bare[6:]}" if len(bare) == 10 else bare
