"""What a texter's phone would show if a part were saved as it stands in a form: the very messages, and their cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from bot.console.desk import desk
from bot.console.editing.typed import Typed
from bot.console.price import cents
from bot.console.wording import say
from bot.referral.booklet.own import Said, Sentence
from bot.referral.booklet.replies import Message, Reply
from bot.referral.content import ELSEWHERE, Content
from bot.referral.preview import Preview, preview
from bot.referral.problem import Problem

#: So many screens are shown at once, and so many more behind "show more": an entry may stand in hundreds of replies.
FIRST, MOST = 8, 40


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on the phone. `later`: the texter gets it after MORE."""

    message: Message
    later: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """What somebody sees who asks for something in a place and a language; `left_out` messages are not shown."""

    asked: str
    area: str
    language: str
    bubbles: tuple[Bubble, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Phone:
    """The screens, the first of them shown at once; `more` are not shown at all. `cents`: of the dearest message."""

    screens: tuple[Screen, ...]
    more: int
    problems: tuple[Problem, ...]
    offending: tuple[str, ...]
    dearest: int
    cents: str
    same_words: bool

    @property
    def first(self) -> tuple[Screen, ...]:
        """The screens that are shown at once."""
        return self.screens[:FIRST]

    @property
    def rest(self) -> tuple[Screen, ...]:
        """The screens behind "show more"."""
        return self.screens[FIRST:]


def phone(part: str, body: Mapping[str, Any] | None) -> Phone:
    """Return what texters would get now. Raises EmptyShelfError, DatabaseError."""
    live = desk().shelf.in_use().live
    made = preview(live, part, body, desk().now)
    name = part.partition("#")[2]
    screens = [*_of_replies(live.content, made.replies, name), *_of_sentences(live.content, made)]
    return Phone(
        screens=tuple(screens[:MOST]),
        more=max(0, len(screens) - MOST),
        problems=made.problems,
        offending=made.offending,
        dearest=made.dearest,
        cents=cents(made.dearest),
        same_words=made.same_words,
    )


def alone(made: Phone | None, typed: Typed, *, template: str = "phone_alone.html", **told: object) -> str | None:
    """Return the phone without the page around it where that is all that is asked for: while somebody types."""
    wanted = request.headers.get("X-Part") == "phone"
    return render_template(template, phone=made, typed=typed, **told) if wanted else None


def area_name(content: Content, slug: str) -> str:
    """Return the name of a place that somebody may ask from."""
    if slug == ELSEWHERE:
        return say("another county")
    area = content.line.areas.get(slug)
    return area.name if area else say("place not known")


def screens_of(content: Content, replies: Iterable[Reply], sentences: Iterable[Sentence]) -> list[Screen]:
    """Return screens with some replies and some sentences, pieces among them."""
    return [*_of_replies(content, replies, ""), *(_of_sentence(content, sentence) for sentence in sentences)]


def _of_replies(content: Content, replies: Iterable[Reply], entry: str) -> list[Screen]:
    return [_of_reply(content, reply, entry) for reply in sorted(replies, key=lambda reply: _turn(content, reply))]


def _turn(content: Content, reply: Reply) -> tuple[bool, bool]:
    # An editor's eye goes to the areas first; places not known and narrower needs come after.
    return reply.place.area not in content.line.areas, bool(reply.place.facet)


def _of_reply(content: Content, reply: Reply, entry: str) -> Screen:
    shown = [
        Bubble(message, later=place > 0)
        for place, message in enumerate(reply.messages)
        if not place or not entry or entry in message.entries
    ]
    facet = f" / {reply.place.facet}" if reply.place.facet else ""
    area = area_name(content, reply.place.area)
    return Screen(
        f"{reply.place.topic}{facet}", area, reply.place.language, tuple(shown), len(reply.messages) - len(shown)
    )


def _of_sentences(content: Content, made: Preview) -> list[Screen]:
    return [_of_sentence(content, sentence) for sentence in made.sentences if sentence.said is not Said.PIECE]


def _of_sentence(content: Content, sentence: Sentence) -> Screen:
    area = area_name(content, sentence.area) if sentence.area else say("any place")
    asked = f"{sentence.key} ({say(sentence.said.value)})"
    return Screen(asked, area, sentence.language, (Bubble(sentence.message),))
