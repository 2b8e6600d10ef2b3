"""The one function: a text, what we remember, the release and the time in; one reply (or none) out."""

from datetime import datetime

from bot.referral.changed import changed
from bot.referral.content import ELSEWHERE, Content
from bot.referral.conversation import Conversation
from bot.referral.meaning import Kind, Meaning
from bot.referral.normalise import words_of
from bot.referral.respond import respond
from bot.referral.sayable import sayable
from bot.referral.turn import Answer, OptOutMode, Outcome, Turn
from bot.referral.understand import understand

#: Words the provider acts on by itself when they are the whole message (facts: Twilio, 2026).
RESERVED_STOP = frozenset("stop stopall unsubscribe cancel end quit revoke optout".split())
#: How people write a choice: "1", "(1)", "#2", "option 2", "uno porfa".
_AROUND_A_DIGIT = frozenset("option opcion number numero no num la el the please pls porfa for para reply".split())
_DIGITS = {"one": "1", "two": "2", "three": "3", "uno": "1", "una": "1", "dos": "2", "tres": "3"}
#: No text longer than this is one reserved word with blanks and signs around it.
_LONGEST_RESERVED = 40


def answer(
    text: str,
    conversation: Conversation,
    content: Content,
    now: datetime,
    *,
    opt_out: OptOutMode = OptOutMode.PROVIDER_CUSTOM,
) -> Answer:
    """Answer one text. Pure: the same arguments give the same reply.

    `now` is aware (UTC). A crisis is answered first in every state; an opt-out silences thanks and chatter
    for the rest of the conversation; whatever is not understood gets the menu. Never raises for any text.
    """
    talk = conversation.alive(now)
    words = words_of(text) if len(text) <= _LONGEST_RESERVED else ()
    meaning = _chosen(words, talk, content) or understand(text, content, talk)
    reserved = len(words) == 1 and words[0] in RESERVED_STOP
    told = changed(
        talk,
        at=now,
        language=_language(meaning, talk) or content.line.languages[0],
        area=(area := _where(meaning, talk, content)),
        zip=meaning.zip if meaning.area == area and (meaning.zip or area != talk.area) else talk.zip,
        minor=talk.minor or meaning.minor,
    )
    return respond(Turn(sayable(content, told.area, now), now, told, meaning, opt_out, reserved))


def _language(meaning: Meaning, talk: Conversation) -> str:
    # Whoever only says where they are has not changed their language.
    only_place = meaning.kind is Kind.COMMAND and meaning.label == "area"
    return talk.language or meaning.language if only_place else meaning.language or talk.language


def _where(meaning: Meaning, talk: Conversation, content: Content) -> str:
    # A mere mention of another city ("court in chicago") does not move somebody who told us their county.
    said_only_that = meaning.kind is Kind.COMMAND and meaning.label == "area"
    if meaning.area == ELSEWHERE and talk.area in content.line.areas and not said_only_that:
        return talk.area
    return meaning.area or talk.area


def _chosen(words: tuple[str, ...], talk: Conversation, content: Content) -> Meaning | None:
    told = [word for word in words if word not in _AROUND_A_DIGIT]
    digit = _DIGITS.get(told[0], told[0]) if len(told) == 1 else ""
    if not digit.isdecimal():
        return None
    offered = dict(talk.pending) or {a.digit: f"area:{a.slug}" for a in content.line.areas.values()}
    target = offered.get(digit, "")
    if target.startswith("area:"):
        return Meaning(Kind.COMMAND, "area", area=target.removeprefix("area:"), why=(f"choice {digit}",))
    if target.startswith("topic:"):
        return Meaning(Kind.TOPIC, target.removeprefix("topic:"), why=(f"choice {digit}",))
    return None


__all__ = ["RESERVED_STOP", "Answer", "OptOutMode", "Outcome", "answer"]
