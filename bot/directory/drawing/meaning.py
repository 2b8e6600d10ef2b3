"""A need as the tables of terms and codes write it: "food", or "money/diapers" for a facet of it."""

from collections.abc import Mapping
from typing import TypeAlias

from bot.referral.content import Topic

#: A topic and a facet of it, "" = the whole topic.
Meaning: TypeAlias = tuple[str, str]


def meaning(text: str) -> Meaning:
    """Read "food" or "money/diapers"."""
    topic, _, facet = text.partition("/")
    return topic.strip(), facet.strip()


def fault_of(meant: Meaning, topics: Mapping[str, Topic]) -> str:
    """Say what is wrong with a need, "" when a release knows it."""
    topic, facet = meant
    if topic not in topics:
        return f"no topic {topic!r}"
    if facet and facet not in topics[topic].facets:
        return f"no facet {facet!r} in {topic}"
    return ""
