"""What each meaning is answered with, and what is remembered after it."""

from dataclasses import replace

from bot.referral import again, complaint, pages, reply
from bot.referral.changed import changed
from bot.referral.conversation import Conversation, Trace
from bot.referral.meaning import Kind
from bot.referral.turn import Answer, OptOutMode, Outcome, Turn

#: Fragments kept at most; they live for 60 seconds.
MOST_TRACES = 12
#: The facet that holds for a texter under 18 even when nothing else was told.
_FOR_MINORS = "youth"


def respond(turn: Turn) -> Answer:
    """Give what was understood its reply, or its silence, and say what is remembered."""
    meaning = turn.meaning
    if meaning.kind is Kind.CRISIS:
        return _need(turn, meaning.label, meaning.facet)
    if meaning.kind is Kind.TOPIC and meaning.label != "help":
        return _need(turn, meaning.label, meaning.facet)
    if turn.talk.silent and reply.stays_silent(meaning):
        return Answer(None, turn.talk, meaning, Outcome.OPT_OUT)
    if meaning.kind is Kind.CHOICES:
        return _choices(turn)
    if meaning.kind is Kind.UNCLEAR:
        return _unclear(turn)
    if meaning.kind is Kind.TOPIC:
        return _said(turn, changed(turn.talk.cover(), greeted=True, silent=False), "help")
    return _command(turn)


def _command(turn: Turn) -> Answer:
    label, talk = turn.meaning.label, turn.talk
    if label == "stop":
        return _stop(turn)
    if label == complaint.LABEL:
        return pages.failed(turn)
    if label in ("more", "back") and talk.topic:
        return _turn_page(turn)
    if label == "area":
        return _area(turn)
    command = turn.content.commands.get(label)
    if command is not None and command.language:
        return _language(turn, command.language)
    if label == "erase":
        fresh = Conversation(at=turn.now, language=talk.language)
        return _said(turn, fresh, "erased")
    key, covered = reply.sentence_for(turn.meaning)
    after = talk.cover() if covered else talk
    if label == "human":
        # It names numbers to talk to somebody: those may fail as well.
        text = reply.words(turn.content, talk)[key]
        after = changed(after, given=again.given_in(turn.content, talk.area, (), text, before=talk.given))
    return _said(turn, changed(after, greeted=True, silent=False), key)


def _stop(turn: Turn) -> Answer:
    silent = Conversation(at=turn.now, language=turn.talk.language, silent=True)
    provider_answers = turn.reserved and turn.opt_out is not OptOutMode.APP
    if turn.meaning.watched or provider_answers:
        return Answer(None, silent, turn.meaning, Outcome.OPT_OUT)
    return Answer(reply.words(turn.content, turn.talk)["stopped"], silent, turn.meaning, Outcome.OPT_OUT)


def _area(turn: Turn) -> Answer:
    talk = turn.talk
    if talk.topic:
        return _need(turn, talk.topic, talk.facet)
    words = reply.words(turn.content, talk)
    if talk.area in turn.content.line.areas:
        text = words["area_set"].replace("{area}", turn.content.line.areas[talk.area].name)
    else:
        text = words["area_elsewhere" if talk.area else "area_repeat"]
    return _plain(turn, changed(talk, greeted=True, silent=False, pending=()), text)


def _language(turn: Turn, language: str) -> Answer:
    talk = changed(turn.talk, language=language)
    if talk.topic:
        return _need(replace(turn, talk=talk), talk.topic, talk.facet)
    return _said(turn, changed(talk, greeted=True, silent=False), "language_set")


def _turn_page(turn: Turn) -> Answer:
    talk = turn.talk
    if turn.meaning.label == "more" and talk.shown == 0:
        return _said(turn, talk, "no_more")
    start = talk.shown if turn.meaning.label == "more" else 0
    return _page(turn, talk, start, also="")


def _need(turn: Turn, topic: str, facet: str) -> Answer:
    meaning = turn.meaning
    if turn.talk.minor and not facet and _FOR_MINORS in turn.content.topics[topic].facets:
        facet = _FOR_MINORS
    talk = changed(
        turn.talk,
        topic=topic,
        facet=facet,
        named=meaning.named,
        silent=False,
        traces=(),
        unclear=(),
        pending=(),
    )
    others = [c for c in meaning.choices if c != topic]
    also = turn.content.topics[others[0]].label[talk.language] if others else ""
    return _page(turn, talk, 0, also=also)


def _page(turn: Turn, talk: Conversation, start: int, *, also: str) -> Answer:
    return pages.page(turn, talk, start, also=also) or _said(turn, talk, "no_more")


def _choices(turn: Turn) -> Answer:
    text, pending = reply.choices(turn.content, turn.talk, turn.meaning.choices)
    talk = changed(
        turn.talk,
        traces=_traces(turn),
        pending=pending,
        topic="",
        facet="",
        shown=0,
        given=(),
        greeted=True,
        silent=False,
    )
    return Answer(text, talk, turn.meaning, Outcome.UNCLEAR)


def _unclear(turn: Turn) -> Answer:
    before = len(turn.talk.unclear)
    unclear = (*turn.talk.unclear, turn.now)
    talk = changed(turn.talk.cover(), traces=_traces(turn), unclear=unclear, greeted=True, silent=False)
    if before >= 2:
        return Answer(None, talk, turn.meaning, Outcome.UNCLEAR)
    key = "unclear_again" if before else "unclear"
    return Answer(reply.words(turn.content, talk)[key], talk, turn.meaning, Outcome.UNCLEAR)


def _traces(turn: Turn) -> tuple[Trace, ...]:
    fresh = tuple(Trace(turn.now, e.label, e.weight, e.facet) for e in turn.meaning.evidence if e.weight)
    return (*turn.talk.traces, *fresh)[-MOST_TRACES:]


def _said(turn: Turn, talk: Conversation, key: str) -> Answer:
    return _plain(turn, talk, reply.words(turn.content, talk)[key])


def _plain(turn: Turn, talk: Conversation, text: str) -> Answer:
    if not turn.talk.greeted:
        text = reply.introduced(turn.content, talk, text)
    outcome = Outcome.COMMAND
    return Answer(
        text,
        changed(talk, pending=talk.pending or reply.areas_pending(turn.content, talk)),
        turn.meaning,
        outcome,
    )
