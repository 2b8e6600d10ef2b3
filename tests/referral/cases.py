"""Texts as they stand when their need is weighed: few topics, and how likely examples make them."""

from types import SimpleNamespace
from typing import Any, cast

from bot.referral.content import Content
from bot.referral.examples import Likeness
from bot.referral.hit import Hit, Reading
from bot.referral.meaning import Evidence, Kind, Meaning
from bot.referral.meant import Meant, Role
from bot.referral.need import Case
from bot.referral.pattern import Pattern
from bot.referral.read import Read
from bot.referral.sense import Sense
from bot.referral.trained import Thresholds

LIMITS = Thresholds(topic=0.5, choices=0.4, crisis=0.6, doubt=0.0, command=0.7, stop=0.8, facet=0.5)


class Learnt:
    """Examples of which it is known to which labels they belong; of a bed they tell whether it is for a family."""

    labels = frozenset({"food", "shelter", "money", "legal", "help", "danger"})

    def facet(self, found: object, label: str) -> str | None:
        """Return the facet of a label."""
        return "family" if found and label == "shelter" else None


def content(*, trained: bool = False) -> Content:
    """Make a release of some topics and two services."""
    topics = {
        name: SimpleNamespace(crisis=name == "danger")
        for name in ("food", "shelter", "money", "legal", "help", "danger", "new")
    }
    entries = {
        "pads": SimpleNamespace(serves=[SimpleNamespace(topic="shelter")]),
        "poison": SimpleNamespace(serves=[SimpleNamespace(topic="danger")]),
    }
    lexicon = SimpleNamespace(fillers=frozenset({"pls"}))
    learnt = SimpleNamespace(trained=Learnt() if trained else None)
    return cast(Content, SimpleNamespace(topics=topics, entries=entries, lexicon=lexicon, learnt=learnt))


def said(label: str, weight: float = 1.0, start: int = 0, end: int = 1, **more: Any) -> Evidence:
    """Return what a wording says."""
    return Evidence(label, weight, label, start=start, end=end, **more)


def named(entry: str, start: int = 0) -> Hit:
    """Return a service's name found in a text."""
    return Hit(Pattern(Meant(Role.NAMED, entry, "en"), entry, ()), start, start + 1, Role.NAMED, entry)


def case(*found: Evidence, text: str = "a b", traces: tuple[Evidence, ...] = (), **more: Any) -> Case:
    """Return what is known of a text."""
    words = tuple(text.split())
    reading = Reading(tuple(frozenset({word}) for word in words), words, ("",) * len(words))
    read = Read(words, reading, more.pop("hits", ()), more.pop("where", None), "en", False)
    return Case(content(trained=more.pop("trained", False)), read, found, traces, more.pop("sense", None))


def like(facet: str = "", /, **shares: float) -> Sense:
    """Return how likely the examples make each label; the first is the one of the nearest example."""
    return Sense(None, shares, LIMITS, Likeness(0.9, next(iter(shares)), facet, "x") if facet else None)


def told(meant: Meaning) -> tuple[Kind, str, tuple[str, ...]]:
    """Return what was understood: the kind, the need, and what else."""
    return meant.kind, meant.label, meant.choices
