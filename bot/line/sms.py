"""The SMS door: a signed form in, one text message or silence out."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape

from flask import Blueprint, Response

from bot.counts.record import UNCOUNTED, Record, Seen, seen
from bot.line import last_resort
from bot.line.door import Line, line, signed_form, xml
from bot.line.memory.interface import Spent
from bot.line.quiet_logs import place_of
from bot.referral.answer import Answer, Outcome
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.segments import count, printable

bp = Blueprint("sms", __name__)
_log = logging.getLogger(__name__)
#: No carrier and no messenger passes on more characters; reading a body of 64 kB would take a second.
MOST_READ = 4096
#: The field by which `quietline canary` says that nobody texted.
CANARY = "Canary"
_WORDS_FOR = {Spent.SLOW_DOWN: "slow_down", Spent.BUSY: "busy"}
_XML = '<?xml version="1.0" encoding="UTF-8"?>'


@dataclass(frozen=True, slots=True)
class Incoming:
    """All that is kept of a form, for as long as it takes to answer it. Nothing of it is ever printed."""

    body: str = field(repr=False)
    who: str = field(repr=False)
    message: str = field(repr=False)
    area: str = ""
    opt_out_type: str = ""
    media: bool = False
    #: Sent by `quietline canary` to see whether the line answers: nobody's need, so it is not counted.
    canary: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """What goes out ("" = silence), what to remember, whether all that was held before must go, what to count."""

    reply: str
    after: Conversation
    wiped: bool = False
    seen: Seen | None = None


@bp.post("/sms")
def sms() -> Response:
    """Answer a text with at most one text. Signed: always 200 and valid TwiML."""
    form = signed_form()
    return xml(twiml(reply_to(line(), incoming_of(form, line().settings.line_areas))))


def incoming_of(form: Mapping[str, str], areas: Mapping[str, str]) -> Incoming:
    """Keep what answering needs; FromCity, FromZip and kin say where a number was bought: dropped."""
    sid = form.get("MessageSid", "")
    message = f"{form.get('AccountSid', '')} {sid}" if sid else ""
    # The field is signed with all others, and the provider sends none of that name.
    canary = form.get(CANARY) == "yes"
    return Incoming(
        body=form.get("Body", "")[:MOST_READ],
        # Without a sender there is still a message that may be delivered twice. Each canary is a texter of its own.
        who=message if canary else form.get("From", "") or message,
        message=message,
        area=areas.get(form.get("To", "").rpartition(":")[2], ""),
        opt_out_type=form.get("OptOutType", ""),
        media=form.get("NumMedia", "") not in ("", "0"),
        canary=canary,
    )


def reply_to(the_line: Line, incoming: Incoming) -> str:
    """Return the reply to a text, "" for silence. Whatever fails inside, there is one."""
    try:
        if not incoming.who:
            told = _tell(the_line, incoming, Conversation(area=incoming.area))
            _counted(the_line, UNCOUNTED, told, canary=incoming.canary)
            return told.reply
        with the_line.memory.turn(incoming.who):
            return _remembered(the_line, incoming)
    except Exception as error:
        _log.error("a text was answered with the safe reply: %s", place_of(error))
        return last_resort.sms("")


def late_reply_to(the_line: Line, incoming: Incoming) -> str:
    """Return what a text gets that waited too long: the reply it was given before, else the static one.

    The static reply is remembered: the same text, delivered again, gets no second one. "" where the provider has
    answered by itself: a word after STOP is one too many.
    """
    static = last_resort.sms("")
    if incoming.opt_out_type or not incoming.who:
        return "" if incoming.opt_out_type else static
    try:
        return the_line.memory.told(incoming.who, incoming.message, static)
    except Exception as error:
        _log.error("a late text was not remembered: %s", place_of(error))
        return static


def twiml(reply: str) -> str:
    """Return the TwiML that sends one reply, or nothing when it is empty: what the provider's own library writes."""
    text = printable(reply).strip()
    if not text:
        return f"{_XML}<Response />"
    return f"{_XML}<Response><Message>{escape(text, quote=False)}</Message></Response>"


def _remembered(the_line: Line, incoming: Incoming) -> str:
    memory, who = the_line.memory, incoming.who
    recalled = memory.recall(who, incoming.message)
    if recalled.reply is not None:
        return recalled.reply
    talk = recalled.conversation or Conversation()
    talk = replace(talk, area=talk.area or incoming.area)
    try:
        told = _tell(the_line, incoming, talk)
    except Exception as error:
        _log.error("a text was answered with the safe reply: %s", place_of(error))
        told = _Told(last_resort.sms(talk.language), talk)
    record = _counted(the_line, recalled.record, told, canary=incoming.canary)
    if told.wiped:
        memory.forget(who)
    memory.keep(who, incoming.message, told.after, told.reply, record=record)
    return told.reply


def _tell(the_line: Line, incoming: Incoming, talk: Conversation) -> _Told:
    now = the_line.clock()
    if incoming.opt_out_type:
        # The provider has answered this one itself. After its STOP only a new need is answered.
        if incoming.opt_out_type.upper() == "STOP":
            what = Seen(Outcome.OPT_OUT, talk.area, talk.language)
            return _Told("", Conversation(at=now, silent=True), wiped=True, seen=what)
        return _Told("", replace(talk, silent=False))
    content = the_line.source.current
    if incoming.media and not incoming.body.strip():
        return _media(the_line, incoming, content, talk, now=now)
    answer = the_line.answer(incoming.body, talk, content, now, opt_out=the_line.settings.opt_out_mode)
    wiped = answer.outcome is Outcome.OPT_OUT or answer.meaning.label == "erase"
    refused = None if _is_free(answer) else _budget(the_line, incoming, content, answer.conversation.language)
    if refused is not None:
        # The answer was not seen, so the conversation stands where it stood; an erasure is an erasure.
        return _Told(refused, answer.conversation if wiped else talk, wiped)
    return _Told(answer.reply or "", answer.conversation, wiped, seen(answer))


def _media(the_line: Line, incoming: Incoming, content: Content, talk: Conversation, *, now: datetime) -> _Told:
    """A picture or a voice note alone says nothing to us; after an opt-out it gets nothing back."""
    if talk.alive(now).silent:
        return _Told("", talk)
    refused = _budget(the_line, incoming, content, talk.language)
    languages = (talk.language,) if talk.language else content.line.languages
    # Nobody can tell the language of a picture: who has written nothing yet gets both.
    reply = " ".join(_wording(content, language, "media") for language in languages)
    return _Told(reply if refused is None else refused, replace(talk, at=now))


def _is_free(answer: Answer) -> bool:
    """A crisis is always answered, an opt-out always obeyed, and silence costs nothing."""
    return answer.crisis or not answer.reply or answer.outcome is Outcome.OPT_OUT


def _budget(the_line: Line, incoming: Incoming, content: Content, language: str) -> str | None:
    """Take one reply from both budgets; return what is sent instead of the reply, None when there is room."""
    spent = the_line.memory.spend(incoming.who)
    if spent is Spent.WITHIN:
        return None
    return "" if spent is Spent.OVER else _wording(content, language, _WORDS_FOR[spent])


def _wording(content: Content, language: str, key: str) -> str:
    return content.wording[language or content.line.languages[0]][key]


def _counted(the_line: Line, before: Record, told: _Told, *, canary: bool) -> Record:
    """Count what happened, in memory alone, and return what the conversation is counted as from now on."""
    if canary:
        return UNCOUNTED
    try:
        now = the_line.clock()
        if told.reply:
            the_line.tally.sent(count(told.reply).parts, now)
        if told.seen is not None:
            return the_line.tally.note(before, told.seen, now)
    except Exception as error:
        _log.error("an answer was not counted: %s", place_of(error))
    return UNCOUNTED if told.wiped else before
