"""What texters would get if one part were changed: the very messages, and what is wrong with it, as somebody types."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.referral.booklet.moments import Moment, When
from bot.referral.booklet.own import Sentence, every_sentence
from bot.referral.booklet.replies import Place, Reply, areas_of, replies_at
from bot.referral.content import NATIONAL, Content
from bot.referral.lint_part import lint_part
from bot.referral.partly import Live, with_part
from bot.referral.problem import Problem
from bot.referral.sayable import INSTEAD

#: So many topics are shown for a piece that stands in the replies of all of them.
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """What a texter would get. `problems`: what reading and lint say of the part alone.

    `same_words` False: the part also changes how texts are understood; only reading the whole release anew tells that.
    """

    replies: tuple[Reply, ...]
    sentences: tuple[Sentence, ...]
    problems: tuple[Problem, ...]
    same_words: bool

    @property
    def dearest(self) -> int:
        """The most segments that one of its messages takes; 0 when there is none."""
        messages = [m for reply in self.replies for m in reply.messages] + [s.message for s in self.sentences]
        return max((message.segments for message in messages), default=0)

    @property
    def offending(self) -> tuple[str, ...]:
        """The characters that make a message dear, each once."""
        messages = [m for reply in self.replies for m in reply.messages] + [s.message for s in self.sentences]
        return tuple(dict.fromkeys(character for message in messages for character in message.offending))


def preview(live: Live, part: str, body: Mapping[str, Any] | None, now: datetime) -> Preview:
    """Return what somebody would get who texts now (aware), in every language and area that the part touches.

    Of an entry: the replies that name it, and those it no longer stands in. Of a topic: its replies in every area, and
    where the place is not known those of the whole topic. Of sentences: those that change, and some replies with a
    piece that does. Raises ValueError for a part that cannot be changed by
    itself (`partly.can_change`).
    """
    changed = with_part(live, part, body)
    if changed.problems:
        return Preview((), (), changed.problems, same_words=True)
    file, _, name = part.partition("#")
    moment = Moment(now, When.NOW)
    replies: Iterable[Reply]
    sentences: tuple[Sentence, ...] = ()
    if name:
        replies = _of_entry(live.content, changed.content, name, moment)
    elif file.startswith("topics/"):
        slug = file.removeprefix("topics/").removesuffix(".toml")
        replies = replies_at(changed.content, _of_topic(changed.content, slug), moment)
    else:
        language = file.removeprefix("wording/").removesuffix(".toml")
        sentences = tuple(_sentences(live.content, changed.content, language))
        replies = _with_pieces(changed.content, sentences, language, moment)
    problems = [] if body is None else _told(lint_part(changed.content, part), same_words=changed.same_words)
    return Preview(tuple(replies), sentences, tuple(problems), changed.same_words)


def _of_entry(before: Content, after: Content, name: str, moment: Moment) -> Iterator[Reply]:
    stands = [content.entries[name] for content in (before, after) if name in content.entries]
    topics = dict.fromkeys(serves.topic for entry in stands for serves in entry.all_serves())
    areas = areas_of(after) if any(entry.area == NATIONAL for entry in stands) else [entry.area for entry in stands]
    facets = {(s.topic, facet) for entry in stands for s in entry.all_serves() for facet in ("", *s.facets)}
    for place in _places(after, topics, tuple(dict.fromkeys(areas))):
        if (place.topic, place.facet) in facets:
            (reply,) = replies_at(after, [place], moment)
            if any(name in message.entries for message in reply.messages) or name not in after.entries:
                yield reply


def _of_topic(content: Content, slug: str) -> list[Place]:
    # What somebody gets whose place is not known is much the same for narrower needs: a phone is not a booklet.
    return [place for place in _places(content, [slug]) if place.area in content.line.areas or not place.facet]


def _places(content: Content, topics: Iterable[str], areas: Iterable[str] | None = None) -> Iterator[Place]:
    for slug in topics:
        if slug not in content.topics or slug == "help":
            continue
        for facet in ("", *content.topics[slug].facets):
            for area in areas_of(content) if areas is None else areas:
                yield from (Place(slug, facet, area, language) for language in content.line.languages)


def _sentences(before: Content, after: Content, language: str) -> Iterator[Sentence]:
    old, new = before.wording.get(language, {}), after.wording[language]
    keys = frozenset(key for key, text in new.items() if old.get(key) != text)
    yield from every_sentence(after, only=keys, languages=[language])


def _with_pieces(content: Content, changed: Iterable[Sentence], language: str, moment: Moment) -> Iterator[Reply]:
    pieces = {s.message.text for s in changed if not s.key.endswith(INSTEAD) and "{" not in s.message.text}
    topics = [slug for slug, topic in content.topics.items() if not topic.crisis and slug != "help"][:SAMPLES]
    for place in _places(content, topics) if pieces else ():
        if place.language == language and not place.facet:
            (reply,) = replies_at(content, [place], moment)
            if any(piece in text for piece in pieces for text in reply.texts):
                yield reply


def _told(problems: Iterable[Problem], *, same_words: bool) -> list[Problem]:
    # Where a label leads is known only when the words are.
    return [
        found
        for found in problems
        if same_words or not (found.path.startswith("label.") and " leads to " in found.message)
    ]
