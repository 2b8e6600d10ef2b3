"""A line that breaks its word in one way at a time: what a file of its folder names (`python -m tests.faults.spoiled`).

The suite must turn red for each of these. Nothing of the product is changed: all this stands around it.
"""

import itertools
import socket
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel

from bot.app import create_line_app
from bot.commands import serve
from bot.line.patience import PatientChannel
from bot.referral.answer import Answer, OptOutMode, answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from tests.promises import wrapped

#: The file that names what is broken, and how often it is: one text in so many.
MODE, ONE_IN = Path("mode"), 10
SLEEPS = 1.5
_number = itertools.count(1)
_seen: set[str] = set()
_Start = Callable[..., Any]
_Door = Callable[[dict[str, Any], _Start], Iterable[bytes]]


def mode() -> str:
    """Return what is broken at this moment."""
    return MODE.read_text() if MODE.exists() else ""


def now_and_then() -> bool:
    """Say whether it is the turn of this text."""
    return next(_number) % ONE_IN == 0


def seen(form: wrapped.Form) -> None:
    """Come too late, or break down."""
    if not form or form.get("Canary"):
        return
    if mode() == "late" and now_and_then():
        time.sleep(SLEEPS)
    if mode() == "error" and now_and_then():
        raise RuntimeError("spoiled")


def spoil(app: Flask) -> None:
    """Put around a line what changes its answers on their way out."""
    app.wsgi_app = _otherwise(app.wsgi_app)  # type: ignore[method-assign,assignment]


def _another_topic(
    text: str, conversation: Conversation, content: Content, now: datetime, *, opt_out: OptOutMode
) -> Answer:
    swapped = {("topic", "food"): "talk", ("danger", "he has a gun"): "menu"}.get((mode(), text), text)
    return answer(swapped, conversation, content, now, opt_out=opt_out)


def _otherwise(inside: _Door) -> _Door:
    """Answer with silence, with plain text, or a repeated text in other words."""

    def door(environ: dict[str, Any], start: _Start) -> Iterable[bytes]:
        what, headers = mode(), dict[str, str]()

        def began(status: str, given: list[tuple[str, str]], *rest: Any) -> Any:
            headers.update(given)
            if what == "plain":
                given = [(name, "text/plain" if name == "Content-Type" else value) for name, value in given]
            return start(status, [pair for pair in given if pair[0] != "Content-Length"], *rest)

        body = b"".join(inside(environ, began))
        if what == "silent" and b"<Message>" in body and now_and_then():
            body = b"<Response/>"
        if what == "twice" and b"<Message>" in body:
            body = _in_other_words(environ, body)
        return [body]

    return door


def _in_other_words(environ: dict[str, Any], body: bytes) -> bytes:
    """Change the reply to a text that was delivered before; its signature tells it from others."""
    signed = environ.get("HTTP_X_TWILIO_SIGNATURE", "")
    if signed in _seen:
        return body.replace(b"</Message>", b" Again.</Message>")
    _seen.add(signed)
    return body


def _dropping(service: Callable[[HTTPChannel], None]) -> Callable[[HTTPChannel], None]:
    def serve_or_drop(channel: HTTPChannel) -> None:
        if mode() == "drops" and now_and_then():
            assert channel.socket
            channel.socket.shutdown(socket.SHUT_RDWR)
        service(channel)

    return serve_or_drop


if __name__ == "__main__":
    PatientChannel.service = _dropping(PatientChannel.service)  # type: ignore[method-assign,assignment]
    vars(serve)["create_line_app"] = partial(create_line_app, answering=_another_topic)
    wrapped.run(seen, spoil)
