"""Complaints: how many conversations said of an entry that it did not work. Counted by week, never published.

All that ever leaves the open weeks is for which entries there were enough of them that staff should check.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

#: So few conversations ask staff for a check. Fewer would let one texter, or a slip of understanding, be seen.
ENOUGH = 3


def asked(weeks: Iterable[Mapping[str, int]], threshold: int = ENOUGH) -> list[str]:
    """Return the entries with at least `threshold` complaints in some weeks together, by id.

    `weeks`: the complaints of each week, by entry. A figure below 0 was put there by hand and counts as 0.
    """
    total: Counter[str] = Counter()
    for week in weeks:
        total.update({entry: max(0, n) for entry, n in week.items()})
    return sorted(entry for entry, n in total.items() if entry and n >= threshold)
