"""The tables of the data files, as staff write them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.referral.content import Area, Denied, Examples, Line, Namesake, Never
from bot.referral.limits import Limits, Terms


@dataclass(frozen=True, slots=True)
class AreaFile:
    """An area as line.toml writes it."""

    slug: str
    digit: str
    name: str
    state: str
    timezone: str
    entry_211: str
    zips: tuple[str, ...]
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineFile:
    """line.toml."""

    name: str
    languages: tuple[str, ...]
    limits: Limits
    areas: tuple[AreaFile, ...]
    emoji: Mapping[str, str] = field(default_factory=dict)
    namesakes: tuple[Namesake, ...] = ()
    states: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    terms: Terms = field(default_factory=Terms)

    def line(self) -> Line:
        """Return the Line the core uses."""
        areas = {
            a.slug: Area(
                a.slug, a.digit, a.name, a.state, a.timezone, a.entry_211, frozenset(a.zips), a.places, a.alone
            )
            for a in self.areas
        }
        return Line(
            self.name,
            self.languages,
            self.limits,
            areas,
            self.emoji,
            self.namesakes,
            self.states,
            self.state_names,
            self.terms,
        )


@dataclass(frozen=True, slots=True)
class EntriesFile:
    """entries/<area>.toml."""

    entry: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class DeniedFile:
    """denied.toml."""

    pair: tuple[Denied, ...] = ()
    number: tuple[Denied, ...] = ()
    never: tuple[Never, ...] = ()


@dataclass(frozen=True, slots=True)
class ZipsFile:
    """zips.toml: the middle of each ZIP code as latitude and longitude."""

    middles: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OrdinaryFile:
    """ordinary.toml."""

    examples: Examples
