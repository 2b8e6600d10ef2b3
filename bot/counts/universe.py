"""Which figures there can be, and what everybody who knows the content knows about them."""

from bot.counts.cell import CONVERSATIONS, SEGMENTS, UNKNOWN, Cell, Table
from bot.counts.record import BEST_FIRST
from bot.counts.rules import THRESHOLD, Rules
from bot.referral.choose import ANY_211
from bot.referral.content import ELSEWHERE, NATIONAL, Content
from bot.referral.entry import Entry
from bot.referral.turn import Outcome

_OUTCOMES = (*BEST_FIRST, Outcome.UNCLEAR, Outcome.OPT_OUT)


def cells_of(content: Content) -> tuple[Cell, ...]:
    """Return every figure a release can lead to, in order.

    All are written from the first flush of a week on, as 0: a row that appears would tell when.
    """
    areas = (*content.line.areas, ELSEWHERE, UNKNOWN)
    languages = (*content.line.languages, UNKNOWN)
    topics = tuple(content.topics)
    return (
        CONVERSATIONS,
        SEGMENTS,
        *(Cell(Table.AREA, area) for area in areas),
        *(Cell(Table.LANGUAGE, language) for language in languages),
        *(Cell(Table.OUTCOME, outcome.value) for outcome in _OUTCOMES),
        *(Cell(Table.TOPIC, topic) for topic in topics),
        *(Cell(Table.TOPIC_AREA, topic, area) for topic in topics for area in areas),
        *(Cell(Table.TOPIC_LANGUAGE, topic, language) for topic in topics for language in languages),
        *(Cell(Table.ENTRY, entry) for entry in content.entries),
        *(Cell(Table.COMPLAINT, entry) for entry in content.entries),
    )


def rules_of(content: Content, threshold: int = THRESHOLD) -> Rules:
    """Return by which rules figures about a release are hidden."""
    crises = frozenset(topic.slug for topic in content.topics.values() if topic.crisis)
    general = frozenset({ANY_211, *(area.entry_211 for area in content.line.areas.values())})
    return Rules(threshold, {entry.id: _links(entry) for entry in content.entries.values()}, crises, general)


def _links(entry: Entry) -> tuple[Cell, ...]:
    """Return the figures of those who can be referred to an entry."""
    topics = dict.fromkeys(serves.topic for serves in entry.all_serves())
    if entry.area == NATIONAL:
        return tuple(Cell(Table.TOPIC, topic) for topic in topics)
    return tuple(Cell(Table.TOPIC_AREA, topic, entry.area) for topic in topics)
