"""The moments at which the answer to a need may change: enough of them to cover every week there will be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.referral.choose import ANY_211, zone_of
from bot.referral.content import NATIONAL, Content
from bot.referral.entry import Entry
from bot.referral.holidays import federal_holidays
from bot.referral.hours import changes, is_night, state

#: A week, and a day more because a shift may begin on the evening before.
WEEK = 8
#: The order in which entries are preferred; only which comes before which matters, so ranks are kept dense.
_SURENESS = ("verified", "evidenced", "due", "stepped back", "unverified")


@dataclass(frozen=True, slots=True)
class Group:
    """What decides which entries come into question."""

    topic: str
    area: str = ""
    named: str = ""


class Moments:
    """Every moment that matters for a release, and those of them at which a given need is answered differently.

    The years fall into stretches: a check becomes due, steps back, a law must be read again. In each stretch one
    week with all its opening and closing times is taken, and every federal holiday with the day after it.
    """

    def __init__(self, content: Content) -> None:
        self._content = content
        self._zones = sorted({a.timezone for a in content.line.areas.values()} | _own_zones(content))
        self.all = sorted({m for start, days in _stretches(content) for m in self._turning(start, days)})

    def that_differ(self, group: Group) -> list[datetime]:
        """Give one moment for each way in which the entries of a group can stand: open, sure, its law overdue."""
        columns = [self._law(group)]
        for entry in _candidates(self._content, group):
            columns.append(self._standing(entry, group.area))
            for zone in {zone_of(self._content, group.area), zone_of(self._content, entry.area)}:
                columns += [self._open(phone.hours, phone.timezone or zone) for phone in entry.phone if phone.publish]
                columns.append(self._night[zone])
        found: dict[object, datetime] = {}
        for moment, row in zip(self.all, zip(*columns, strict=True), strict=True):
            found.setdefault(_dense(row), moment)
        return list(found.values())

    @cached_property
    def _night(self) -> dict[str, list[object]]:
        return {zone: [is_night(moment, zone) for moment in self.all] for zone in self._zones}

    @cached_property
    def _days(self) -> dict[str, list[date]]:
        return {zone: [moment.astimezone(ZoneInfo(zone)).date() for moment in self.all] for zone in self._zones}

    @cached_property
    def _known(self) -> dict[tuple[str, str], list[object]]:
        return {}

    def _open(self, hours: str, zone: str) -> list[object]:
        if (hours, zone) not in self._known:
            schedule = self._content.schedules.get(hours)
            self._known[hours, zone] = [state(schedule, moment, zone) for moment in self.all]
        return self._known[hours, zone]

    def _standing(self, entry: Entry, area: str) -> list[object]:
        term, days = self._content.line.term, self._days[zone_of(self._content, area)]
        on = {day: (entry.may_be_sent(day, term), _Sure(entry.state(day, term))) for day in set(days)}
        return [on[day] for day in days]

    def _law(self, group: Group) -> list[object]:
        dues = [b.due for b in self._content.topics[group.topic].block if b.due]
        return [tuple(day >= due for due in dues) for day in self._days[zone_of(self._content, group.area)]]

    def _turning(self, start: datetime, days: int) -> Iterator[datetime]:
        for zone in self._zones:
            for schedule in (None, *self._content.schedules.values()):
                yield from changes(schedule, start, days, zone)


class _Sure(str):
    """How sure we are of an entry."""

    __slots__ = ()


def _dense(row: tuple[object, ...]) -> object:
    """Replace how sure we are of each entry by its place among the others of this row."""
    ranks = sorted({_SURENESS.index(cell[1]) for cell in row if _is_standing(cell)})
    return tuple((cell[0], ranks.index(_SURENESS.index(cell[1]))) if _is_standing(cell) else cell for cell in row)


def _is_standing(cell: object) -> bool:
    return isinstance(cell, tuple) and len(cell) == 2 and isinstance(cell[1], _Sure)


def _candidates(content: Content, group: Group) -> list[Entry]:
    ids = {e.id: e for area in (NATIONAL, group.area) for e in content.serving.get((group.topic, area), ())}
    if group.named:
        ids[group.named] = content.entries[group.named]
    if group.area in content.line.areas:
        ids.pop(ANY_211, None) if group.named != ANY_211 else None
    return list(ids.values())


def _own_zones(content: Content) -> set[str]:
    return {p.timezone for e in content.entries.values() for p in e.phone if p.timezone}


def _stretches(content: Content) -> Iterator[tuple[datetime, int]]:
    begins = _turns(content)
    for day, following in zip(begins, [*begins[1:], begins[-1] + timedelta(days=366)], strict=True):
        # From noon on the day after, so that it is that day in every zone.
        yield datetime.combine(day + timedelta(days=1), time(12), UTC), WEEK
        for holiday in sorted(federal_holidays(day.year) | federal_holidays(day.year + 1)):
            if day <= holiday < following:
                yield datetime.combine(holiday, time(4), UTC), 2


def _turns(content: Content) -> list[date]:
    """List the days on which anything becomes more or less sure: checks made, due, stepped back, law to be read."""
    term = content.line.term
    checks = [check.on for entry in content.entries.values() for check in entry.checks]
    found = {max(checks)}
    for on in checks:
        found |= {on + term + timedelta(days=1), on + 2 * term + timedelta(days=1)}
    found |= {b.due for topic in content.topics.values() for b in topic.block if b.due}
    return sorted(day for day in found if day >= max(checks))
