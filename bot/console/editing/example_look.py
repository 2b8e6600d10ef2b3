"""Examples that somebody adds by hand: what each is understood as today, and words in it that may be a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.console.editing.topic_form import added
from bot.console.trying.understood import meant
from bot.referral.content import Content
from bot.referral.private import doubts
from bot.referral.understand import understand

Table = Mapping[str, Any]
#: So many new lines are looked at for each list: a few milliseconds each.
MOST = 40


@dataclass(frozen=True, slots=True)
class NewExample:
    """A line that was added: what it is understood as before anything is learnt from it, and what may be a name."""

    text: str
    understood: str
    doubts: tuple[str, ...]


def new_examples(content: Content, made: Table, base: Table) -> list[NewExample]:
    """Return the examples that stand in a topic or its facets now and did not before, MOST of them."""
    return [
        NewExample(line, meant(understand(line, content)), tuple(doubts(content, line)))
        for line in _added(content, made, base)[:MOST]
    ]


def doubtful(content: Content, made: Table, base: Table) -> list[str]:
    """Return the words that may be a name in all examples that were added."""
    return list(dict.fromkeys(word for line in _added(content, made, base) for word in doubts(content, line)))


def _added(content: Content, made: Table, base: Table) -> list[str]:
    lines: list[str] = []
    facets = base.get("facets", {})
    for slug, owner in (("", made), *made.get("facets", {}).items()):
        before = facets.get(slug, {}) if slug else base
        lines += added("examples", owner, before, content.line.languages)
    return list(dict.fromkeys(lines))
