"""What a request is told that waited too long: constants, at once, if the provider signed it."""

import time
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from bot.line import last_resort, sms, voice
from bot.line.door import MOST_BYTES, form_in
from bot.line.signature import SignatureCheck

#: When all of a request had arrived, in the seconds of time.monotonic: in the environ of a request that a server
#: of ours read.
ARRIVED = "quietline.arrived"
#: A text that waited longer for a thread gets the static reply. No answer may come after 10 seconds; what is left
#: of them is enough for a queue of thousands, for each costs a fraction of a millisecond.
LATE_AFTER_SECONDS = 6.0

_SMS = sms.twiml(last_resort.sms(""))
_SILENCE = sms.twiml("")
_VOICE = str(voice.safe_words())
#: The doors, and what each says instead of an answer.
_INSTEAD = {"/sms": _SMS, "/voice": _VOICE, "/voice/choice": _VOICE, "/voice/after": _VOICE}


def is_door(method: str, path: str) -> bool:
    """Say whether the provider is who asks for that, with a text or a call."""
    return method == "POST" and path in _INSTEAD


def is_late(environ: Mapping[str, Any], now: float) -> bool:
    """Say whether a request waited longer for its turn than it may. `now`: seconds of time.monotonic."""
    arrived = environ.get(ARRIVED)
    return arrived is not None and now - arrived > LATE_AFTER_SECONDS


def instead(check: SignatureCheck, environ: Mapping[str, Any], body: bytes) -> str | None:
    """Return the TwiML that a request to a door gets in place of an answer, None for a stranger's.

    It looks at the signature, and at no memory and no release: nothing in it can wait or hang.
    """
    form = signed(check, environ, body)
    return None if form is None else _said(str(environ["PATH_INFO"]), form)


def signed(check: SignatureCheck, environ: Mapping[str, Any], body: bytes) -> MultiDict[str, str] | None:
    """Return the form of a request if the provider signed it, else None."""
    try:
        return form_in(check, environ, body) if len(body) <= MOST_BYTES else None
    except ValueError:
        return None


def now() -> float:
    """Return the seconds that ARRIVED is told in."""
    return time.monotonic()


def _said(path: str, form: MultiDict[str, str]) -> str:
    # The provider has answered STOP, HELP and START itself: a word after STOP is one too many.
    return _SILENCE if path == "/sms" and form.get("OptOutType") else _INSTEAD[path]
