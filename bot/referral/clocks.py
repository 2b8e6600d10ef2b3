"""Who answers at a moment: each schedule and each time zone is looked at once for a text, however many share it."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.referral.content import Content
from bot.referral.hours import Opening, is_night, state

_OPENNESS = {Opening.OPEN: 0, Opening.HOLIDAY: 1, Opening.UNKNOWN: 1, Opening.CLOSED: 3}


@dataclass(frozen=True, slots=True)
class Clocks:
    """A moment (aware) on the clocks of a release."""

    content: Content
    now: datetime
    _hours: dict[tuple[str, str], Opening] = field(default_factory=dict)
    _nights: dict[str, bool] = field(default_factory=dict)

    def opening(self, hours: str, zone: str) -> Opening:
        """Tell whether somebody with these hours in this time zone answers now."""
        known = self._hours.get((hours, zone))
        if known is None:
            known = self._hours[hours, zone] = state(self.content.schedules.get(hours), self.now, zone)
        return known

    def night(self, zone: str) -> bool:
        """Tell whether it is night in a time zone."""
        known = self._nights.get(zone)
        if known is None:
            known = self._nights[zone] = is_night(self.now, zone)
        return known


def openness(opening: Opening, *, night: bool) -> int:
    """Return what sorts by opening, best first: by day an unknown hour is as good as an open door."""
    return 0 if opening is Opening.UNKNOWN and not night else _OPENNESS[opening]
