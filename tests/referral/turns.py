"""A text that was understood, in a conversation of which everything is remembered."""

from dataclasses import replace
from datetime import timedelta

from bot.referral.content import Content
from bot.referral.conversation import Conversation, Trace
from bot.referral.meaning import Kind, Meaning
from bot.referral.respond import respond
from bot.referral.turn import Answer, OptOutMode, Turn
from tests.referral.small import NOON, content, document

_HUMAN = {"human": "Talk: {hope}."}
_YOUTH = {"youth": {"en": ["teen"], "es": ["joven"]}}
_FACETS = document()["topics/shelter.toml"]["facets"]
SMALL = content(
    wording__en=_HUMAN,
    wording__es=_HUMAN,
    topics__shelter={"facets": _FACETS | _YOUTH},
    commands={"human": {"whole": {"en": ["human"]}}, "english": {"language": "en", "whole": {"en": ["english"]}}},
)
LATER = NOON + timedelta(seconds=30)
TRACE = Trace(NOON, "food", 0.5, "family")
#: Everything that can be remembered, after a need in DuPage.
TALK = Conversation(
    at=NOON,
    language="en",
    area="westmont",
    zip="60559",
    topic="shelter",
    facet="family",
    named="pads",
    start=2,
    shown=3,
    minor=True,
    pending=(("1", "topic:food"),),
    traces=(TRACE,),
    unclear=(NOON,),
    given=("pads",),
    failed=("pads",),
)
STOPPED = replace(TALK, silent=True)
NEW = Conversation(at=NOON, language="en")
PLACES = (("1", "area:westlake"), ("2", "area:westmont"))
COVERED = replace(TALK.cover(), greeted=True)


def said(meaning: Meaning, talk: Conversation = TALK, *, found: Content = SMALL, reserved: bool = False) -> Answer:
    """Answer what was understood."""
    answer = respond(Turn(found, LATER, talk, meaning, OptOutMode.PROVIDER_CUSTOM, reserved))
    assert answer.meaning is meaning
    return answer


def command(label: str) -> Meaning:
    """Return a command that was understood."""
    return Meaning(Kind.COMMAND, label)
