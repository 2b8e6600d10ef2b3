"""The voice door: a caller hears that this is a text line, and two numbers. Keypad only, never recorded."""

import logging
import re
from collections.abc import Callable, Mapping

from flask import Blueprint, Response
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from bot.line import last_resort
from bot.line.door import Line, line, signed_form, xml
from bot.line.quiet_logs import place_of
from bot.referral.segments import printable

bp = Blueprint("voice", __name__)
_log = logging.getLogger(__name__)

#: The voices, in the order in which they speak.
VOICES = {"en": "en-US", "es": "es-MX"}
#: A key on the phone -> the sentence whose number it connects to.
_KEYS = {"1": "voice_number_1", "2": "voice_number_2"}
#: A ten-digit number as content prints it (800-799-7233) or has it read out (8 0 0, 7 9 9, 7 2 3 3).
_TEN_DIGITS = re.compile(
    r"(?<![\d-])(?:1-)?(?P<printed>[2-9](?!11)\d\d-\d{3}-\d{4})(?![\d-]*\d)"
    r"|(?<!\d )(?<!\d, )(?P<spoken>[2-9](?! 1 1) \d \d, \d \d \d, \d \d \d \d)(?!,? \d)"
)
_PRINTED = re.compile(r"\d{3,}(?:-\d{3,})*")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


@bp.post("/voice")
def voice() -> Response:
    """Say what this is, read the numbers, and wait for a key."""
    signed_form()
    return _spoken(greet)


@bp.post("/voice/choice")
def choice() -> Response:
    """Connect to the number whose key was pressed; read the numbers again for any other key."""
    form = signed_form()
    return _spoken(lambda the_line: connect(the_line, form.get("Digits", ""), form.get("To", "")))


@bp.post("/voice/after")
def after() -> Response:
    """Read the numbers once more when a call that was put through is over, or was not taken."""
    form = signed_form()
    ended = "voice_after" if form.get("DialCallStatus") == "completed" else "voice_no_answer"
    return _spoken(lambda the_line: read_again(the_line, ended))


def greet(the_line: Line) -> VoiceResponse:
    """Return the first thing a caller hears: all in English, then in Spanish; a key may come at any time."""
    response = VoiceResponse()
    gather = Gather(input="dtmf", num_digits=1, timeout=8, method="POST", action=_address(the_line, "/voice/choice"))
    for language in VOICES:
        for key in ("voice_hello", "voice_number_1", "voice_number_2", "voice_press", "voice_text"):
            _say(gather, the_line, language, key)
        gather.pause(length=1)
    response.append(gather)
    _read_numbers(response, the_line)
    return response


def connect(the_line: Line, digits: str, to: str) -> VoiceResponse:
    """Return the bridge to what the key stands for; 911 and 988 are said, never bridged.

    The far end sees `to`, the line's own number, not the caller's: without it there is no bridge.
    """
    number = number_in(_sentence(the_line, "en", _KEYS.get(digits, "")))
    if not number or not _E164.fullmatch(to):
        return read_again(the_line, "")
    response = VoiceResponse()
    for language in VOICES:
        _say(response, the_line, language, "voice_connecting")
    dial = Dial(
        caller_id=to,
        answer_on_bridge=True,
        timeout=25,
        method="POST",
        action=_address(the_line, "/voice/after"),
    )
    dial.number(number)
    response.append(dial)
    return response


def read_again(the_line: Line, first: str) -> VoiceResponse:
    """Return the numbers, read once more in both languages after a first sentence."""
    response = VoiceResponse()
    _read_numbers(response, the_line, first)
    return response


def number_in(sentence: str) -> str:
    """Return the first ten-digit number of a sentence, as +18007997233; "" when it has none, as for 988.

    What is dialled is what was read out: the two cannot part.
    """
    found = _TEN_DIGITS.search(sentence)
    return "+1" + re.sub(r"\D", "", found["printed"] or found["spoken"]) if found else ""


def spelled(sentence: str) -> str:
    """Return a sentence with its numbers spelled for a voice: 800-799-7233 -> 8 0 0, 7 9 9, 7 2 3 3."""
    return _PRINTED.sub(lambda found: ", ".join(" ".join(group) for group in found[0].split("-")), sentence)


def _spoken(make: Callable[[Line], VoiceResponse]) -> Response:
    try:
        return xml(str(make(line())))
    except Exception as error:
        _log.error("a call was answered with the safe words: %s", place_of(error))
        return xml(str(safe_words()))


def safe_words() -> VoiceResponse:
    """Return what a caller hears when nothing else works."""
    response = VoiceResponse()
    for language, voice_name in VOICES.items():
        for key in ("voice_hello", "voice_number_1", "voice_number_2"):
            response.say(spelled(last_resort.VOICE[language][key]), language=voice_name)
    return response


def _read_numbers(response: VoiceResponse, the_line: Line, first: str = "") -> None:
    for language in VOICES:
        for key in (first, "voice_number_1", "voice_number_2", "voice_goodbye"):
            _say(response, the_line, language, key)


def _say(speaker: VoiceResponse | Gather, the_line: Line, language: str, key: str) -> None:
    sentence = printable(_sentence(the_line, language, key)).strip()
    if sentence:
        speaker.say(spelled(sentence), language=VOICES[language])


def _sentence(the_line: Line, language: str, key: str) -> str:
    """Return a spoken sentence of the published content, else a constant, else ""."""
    words: Mapping[str, str] = the_line.source.current.wording.get(language, {})
    return words.get(key) or last_resort.VOICE[language].get(key, "")


def _address(the_line: Line, path: str) -> str:
    return the_line.settings.public_base_url + path
