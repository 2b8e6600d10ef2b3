"""What the line's own sentences say when a number in them may not be given: the sentence that stands in for them.

Beside a sentence `stopped` stands `stopped_instead`, which names fewer numbers; it may have one of its own in turn.
The last one names nothing but 911, 988 and 211, which are always given (lint holds all that).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from bot.referral.content import Content, Facet, Topic
from bot.referral.entry import Entry, Text
from bot.referral.given import Given

#: What is added to the name of a sentence to find the one that is said instead.
INSTEAD = "_instead"
#: A number as it is printed (800-799-7233, 88788, 311), or read out digit by digit.
_NUMBER = re.compile(
    r"\d{3}-\d{3}-\d{4}|\b\d \d \d, \d \d \d, \d \d \d \d\b"
    r"|(?<![\d$.,/-])(?:\d{5,6}|\d{3})(?![\d-]|[.,]\d|\()"
)


@lru_cache(maxsize=8192)  # sentences of releases, never of texters
def numbers_named(text: str) -> tuple[str, ...]:
    """Return what may be a number to reach in a sentence of ours, as it is printed; a penal code may be among it.

    What was found in a sentence is remembered: ask `numbers_in` about a message that went out.
    """
    return numbers_in(text)


def numbers_in(message: str) -> tuple[str, ...]:
    """Return what `numbers_named` returns, and remember nothing: which messages went out is nobody's business."""
    return tuple(found.replace(", ", "-").replace(" ", "") for found in _NUMBER.findall(message))


def named(
    wording: Mapping[str, Text], topics: Iterable[Topic], printed: Mapping[str, tuple[Entry, ...]]
) -> tuple[str, ...]:
    """Return every published number that a sentence of the line, a lead or a note names, but 911, 988 and 211.

    Those are kept, and codes of three digits: they are always given.
    """
    texts = [text for texts in wording.values() for text in texts.values()]
    for topic in topics:
        facets = topic.facets.values()
        for by_language in (
            topic.lead,
            topic.note,
            topic.notice,
            *(t for f in facets for t in (f.lead, f.lead_instead, f.note)),
        ):
            texts += by_language.values()
    found = {number for text in texts for number in numbers_named(text) if number in printed}
    return tuple(sorted(number for number in found if not (len(number) == 3 and any(e.keep for e in printed[number]))))


def sayable(content: Content, area: str, now: datetime) -> Content:
    """Return a release as it may be said now: sentences, leads and notes name only numbers that may be given.

    The release itself when nothing has to change, as on most days.
    """
    given = Given.at(content, area, now)
    barred = _barred(given)
    if not barred:
        return content
    if given.day.without is None:
        given.day.without = without(content, barred)
    return given.day.without


def barred_numbers(content: Content, area: str, now: datetime) -> frozenset[str]:
    """Return the numbers, as printed, that sentences of the release name and that may not be given now."""
    return _barred(Given.at(content, area, now))


def _barred(given: Given) -> frozenset[str]:
    if given.day.barred is None:
        given.day.barred = frozenset(number for number in given.content.named if not given.allows(number))
    return given.day.barred


def without(content: Content, barred: frozenset[str]) -> Content:
    """Return a release whose sentences, leads and notes name none of these numbers."""
    return replace(
        content,
        wording={language: _wording(texts, barred) for language, texts in content.wording.items()},
        topics={slug: _topic(topic, barred) for slug, topic in content.topics.items()},
    )


def _wording(texts: Text, barred: frozenset[str]) -> dict[str, str]:
    return {key: text if _clean(text, barred) else _instead(texts, key, barred) for key, text in texts.items()}


def _instead(texts: Text, key: str, barred: frozenset[str]) -> str:
    while key in texts:
        if _clean(texts[key], barred):
            return texts[key]
        key += INSTEAD
    return texts["none_here"]


def _topic(topic: Topic, barred: frozenset[str]) -> Topic:
    facets = {slug: _facet(facet, barred) for slug, facet in topic.facets.items()}
    lead, note, notice = (_kept(text, barred) for text in (topic.lead, topic.note, topic.notice))
    if lead is topic.lead and note is topic.note and notice is topic.notice and facets == topic.facets:
        return topic
    return replace(topic, lead=lead, note=note, notice=notice, facets=facets)


def _facet(facet: Facet, barred: frozenset[str]) -> Facet:
    lead = _kept(facet.lead, barred) or _kept(facet.lead_instead, barred)
    note = _kept(facet.note, barred)
    return facet if lead is facet.lead and note is facet.note else replace(facet, lead=lead, note=note)


def _kept(text: Text, barred: frozenset[str]) -> Text:
    return text if all(_clean(said, barred) for said in text.values()) else {}


def _clean(text: str, barred: frozenset[str]) -> bool:
    return barred.isdisjoint(numbers_named(text))
