"""Days and hours that were read from words, put together into shifts; what contradicts itself is none."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.directory.shaping.mending.clock import Time, shows_24, span
from bot.directory.shaping.mending.lexer import WEEK

_ALL_DAY = ("00:00:00", "23:59:00")


@dataclass(frozen=True, slots=True)
class Shift:
    """Days that have the same hours. `byday` as the standard writes it: "MO,TU", or "2MO" in a MONTHLY one."""

    freq: str
    byday: str
    opens_at: str
    closes_at: str


@dataclass(frozen=True, slots=True)
class Group:
    """Days told together with their hours, none for days that are closed. None = all day."""

    days: tuple[str, ...]
    spans: tuple[tuple[Time, Time] | None, ...]


class NotUnderstood(Exception):
    """The words made no sentence that was known."""


def shifts(groups: Iterable[Group]) -> tuple[Shift, ...]:
    """Return the shifts that groups tell. Raises NotUnderstood when they contradict each other."""
    groups = list(groups)
    times = [time for group in groups for pair in group.spans if pair for time in pair]
    clock24 = shows_24(times)
    days_of: dict[tuple[str, str, str], list[str]] = {}
    for group in groups:
        for pair in group.spans:
            hours = _ALL_DAY if pair is None else span(*pair, clock24=clock24)
            if hours is None:
                raise NotUnderstood
            for day in group.days:
                days_of.setdefault(("MONTHLY" if len(day) > 2 else "WEEKLY", *hours), []).append(day)
    _refuse_overlaps(days_of)
    return tuple(
        Shift(freq, ",".join(sorted(days, key=place_in_week)), opens, closes)
        for (freq, opens, closes), days in days_of.items()
    )


def _refuse_overlaps(days_of: dict[tuple[str, str, str], list[str]]) -> None:
    spans: dict[str, list[tuple[str, str]]] = {}
    for (_, opens, closes), days in days_of.items():
        for day in days:
            spans.setdefault(day, []).append((opens, closes if closes > opens else "48"))
    for found in spans.values():
        found.sort()
        if any(before[1] > after[0] for before, after in zip(found, found[1:], strict=False)):
            raise NotUnderstood


def place_in_week(day: str) -> tuple[int, str]:
    """Return what days are sorted by."""
    return WEEK.index(day[-2:]), day
