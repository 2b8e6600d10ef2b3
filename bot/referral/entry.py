"""A service one can be referred to: its numbers, what they are for, and how sure we are of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

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


class State(StrEnum):
    """How sure we are of an entry on a day, best first; the last two are never sent."""

    VERIFIED = "verified"
    EVIDENCED = "evidenced"
    DUE = "due"
    STEPPED_BACK = "stepped back"
    UNVERIFIED = "unverified"


#: Ways of checking that count as somebody having tried the number or read its owner's page.
_PROVEN = frozenset({"call", "text", "visit", "official page"})


@dataclass(frozen=True, slots=True)
class Check:
    """Somebody dialled, texted, visited or read a source on a day."""

    on: date
    how: str
    passed: bool = True


@dataclass(frozen=True, slots=True)
class Serves:
    """A topic an entry or phone is for. Lower `rank` is offered first; no facets = the whole topic."""

    topic: str
    rank: int
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phone:
    """A number with its own hours (OSM opening_hours, "" unknown), languages ("*" = interpreters) and purpose."""

    number: str
    ways: tuple[Way, ...]
    keyword: Text = field(default_factory=dict)
    hours: str = ""
    timezone: str = ""
    languages: tuple[str, ...] = ()
    purpose: Text = field(default_factory=dict)
    publish: bool = False
    serves: tuple[Serves, ...] | None = None

    @property
    def printed(self) -> str:
        """The number as people read it: 800-799-7233, 988, 88788."""
        bare = self.number.removeprefix("+1")
        return f"{bare[:3]}-{bare[3:6]}-{bare[6:]}" if len(bare) == 10 else bare

    def speaks(self, language: str) -> bool:
        """Say whether the language is known to be spoken (or interpreted) there."""
        return language in self.languages or "*" in self.languages


@dataclass(frozen=True, slots=True)
class Entry:
    """A service one can be referred to. `area` is national or the area its file is named after."""

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

    def all_serves(self) -> Iterator[Serves]:
        """Give what the entry serves, and what its published phones serve on their own."""
        yield from self.serves
        for phone in self.phone:
            if phone.publish:
                yield from phone.serves or ()

    def state(self, today: date, term: timedelta) -> State:
        """Say how sure we are of this entry on a day; a failed check newer than every passed one is unverified."""
        passed = [c for c in self.checks if c.passed]
        if self.status != "publish" or not passed:
            return State.UNVERIFIED
        last = max(passed, key=lambda c: (c.on, c.how in _PROVEN))
        if any(not c.passed and c.on >= last.on for c in self.checks):
            return State.UNVERIFIED
        age = today - last.on
        if age > 2 * term:
            return State.STEPPED_BACK
        if age > term:
            return State.DUE
        return State.VERIFIED if last.how in _PROVEN else State.EVIDENCED

    def may_be_sent(self, today: date, term: timedelta) -> bool:
        """Say whether a texter may be given this entry: 911, 988, 211 and the last-resort lines never step back."""
        state = self.state(today, term)
        return state not in (State.STEPPED_BACK, State.UNVERIFIED) or (self.keep and self.status == "publish")
