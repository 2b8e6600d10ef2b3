"""Which messages change between two releases: those that come, go or read otherwise, with what they were."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.referral.booklet.moments import Moment, turning
from bot.referral.booklet.own import Said, every_sentence
from bot.referral.booklet.replies import Message, Place, every_reply
from bot.referral.content import Content, Topic
from bot.referral.entry import Entry
from bot.referral.sayable import numbers_named

Messages = tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class ChangedReply:
    """A reply that changes, and at which moments. `before` (): nobody got it; `after` (): nobody gets it any more."""

    place: Place
    moments: tuple[Moment, ...]
    before: Messages
    after: Messages


@dataclass(frozen=True, slots=True)
class ChangedSentence:
    """A sentence of the line that changes; None: there was, or is, no such sentence."""

    key: str
    language: str
    said: Said
    area: str
    before: Message | None
    after: Message | None


def changed_replies(
    before: Content, after: Content, day: date, *, topics: Iterable[str] | None = None
) -> Iterator[ChangedReply]:
    """Give every reply about a need that changes, topic by topic; of the topics that may change, or of some.

    Looked at from a day on for a week, at every moment at which the hours of either release turn.
    """
    chosen = affected(before, after) if topics is None else topics
    for slug in chosen:
        old, new = _said(before, after, slug, day), _said(after, before, slug, day)
        found: dict[tuple[Place, Messages, Messages], list[Moment]] = {}
        for key in sorted({*old, *new}, key=_order):
            pair = old.get(key, ()), new.get(key, ())
            if [m.text for m in pair[0]] != [m.text for m in pair[1]]:
                found.setdefault((key[0], *pair), []).append(key[1])
        for (place, was, will), moments in found.items():
            yield ChangedReply(place, tuple(moments), was, will)


def changed_sentences(before: Content, after: Content) -> Iterator[ChangedSentence]:
    """Give every sentence of the line that changes."""
    old, new = ({(s.language, s.key, s.area, s.said): s.message for s in every_sentence(c)} for c in (before, after))
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            language, name, area, said = key
            yield ChangedSentence(name, language, said, area, old.get(key), new.get(key))


def affected(before: Content, after: Content) -> list[str]:
    """Return the topics of which some reply may change, in order; a sentence that stands in many means all."""
    everywhere = (
        before.wording != after.wording
        or before.line != after.line
        or before.alphabets != after.alphabets
        or before.days != after.days
        or before.named != after.named
        or [before.entries[name] for name in before.named_of] != [after.entries[name] for name in after.named_of]
    )
    topics = sorted({*before.topics, *after.topics})
    if everywhere:
        return topics
    changed = _changed(before, after)
    numbers = _numbers(changed)
    touched = {serves.topic for pair in changed for entry in pair if entry is not None for serves in entry.all_serves()}
    touched |= {slug for slug in topics if before.topics.get(slug) != after.topics.get(slug)}
    touched |= {slug for slug in topics for c in (before, after) if _names(c.topics.get(slug), numbers)}
    asking = {
        slug for slug in topics for c in (before, after) if slug in c.topics and c.topics[slug].lawyers in touched
    }
    return sorted(touched | asking)


def _said(content: Content, other: Content, slug: str, day: date) -> dict[tuple[Place, Moment], Messages]:
    def both(_: Content, topic: str, area: str, on: date) -> tuple[Moment, ...]:
        mine, theirs = (turning(c, topic, area, on) for c in (content, other))
        # One moment of each name: which of two releases was looked at first must not matter.
        return tuple(sorted({*mine, *theirs}))

    replies = every_reply(content, day, topics=[slug], looking=both)
    return {(reply.place, moment): reply.messages for reply in replies for moment in reply.moments}


def _order(key: tuple[Place, Moment]) -> tuple[str, str, str, str, Moment]:
    place, moment = key
    return place.topic, place.facet, place.area, place.language, moment


def _changed(before: Content, after: Content) -> list[tuple[Entry | None, Entry | None]]:
    names = {*before.entries, *after.entries}
    pairs = ((before.entries.get(name), after.entries.get(name)) for name in names)
    return [pair for pair in pairs if pair[0] != pair[1]]


def _numbers(changed: Iterable[tuple[Entry | None, Entry | None]]) -> frozenset[str]:
    """Return the numbers that may be given on other days than before: paragraphs that name them change with them."""
    entries = (entry for pair in changed if _given(pair[0]) != _given(pair[1]) for entry in pair if entry is not None)
    return frozenset(phone.printed for entry in entries for phone in entry.phone)


def _given(entry: Entry | None) -> object:
    if entry is None:
        return None
    phones = tuple((p.number, p.publish, p.ways, p.checks) for p in entry.phone)
    return entry.status, entry.season, entry.keep, entry.kind, entry.checks, phones


def _names(topic: Topic | None, numbers: frozenset[str]) -> bool:
    if topic is None or not numbers:
        return False
    texts = (text for block in topic.block for texts in (block.text, block.instead) for text in texts.values())
    return any(not numbers.isdisjoint(numbers_named(text)) for text in texts)
