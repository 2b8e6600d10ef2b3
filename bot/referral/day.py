"""What holds of a release for a whole day, worked out whole and once instead of for every text.

Each part is filled for everything there is at once, never for what somebody asked: it tells nothing of any text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.referral.bulletin import Target
    from bot.referral.content import Content
    from bot.referral.entry import Phone
    from bot.referral.items import Paragraph
    from bot.referral.standing import State

#: A release is looked at in two time zones, on both sides of a midnight, while a pause begins or ends.
MOST_DAYS = 8
#: With more entries than this the few that a text may be answered with are looked at for each text.
FEW_ENTRIES = 500


@dataclass(slots=True, eq=False, repr=False)
class Day:
    """A calendar day of a release while the same things are paused.

    None and empty: not worked out yet. It never holds the release it belongs to, which holds it.
    """

    #: Entry → the numbers that may be given; (entry, number) → how sure we are. With very many entries: nothing.
    phones: dict[str, "tuple[Phone, ...]"] = field(default_factory=dict)
    states: "dict[Target, State]" = field(default_factory=dict)
    #: The numbers that sentences of the release name and that may not be given, and what it says without them.
    barred: frozenset[str] | None = None
    without: "Content | None" = None
    #: (topic, language) → its paragraphs as they may be said.
    paragraphs: "Mapping[tuple[str, str], tuple[Paragraph, ...]] | None" = None
