"""A line in which things go wrong inside, each with an error that quotes the text or the sender.

Nothing here writes anything down: the line itself must not when it meets such errors. A text says which one it
wants: "boom" breaks the one function, "wedge" ends a thread, "chatter" makes a library log the form, "crash" breaks
what stands before the line. Half-sent requests are given up after a second.
"""

import logging
import threading
from dataclasses import replace
from datetime import datetime

from flask import Flask

from bot.line import serve
from bot.line.door import Line
from bot.referral.answer import Answer, OptOutMode, answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from tests.promises import wrapped

_log = logging.getLogger("somebody.elses.library")


def seen(form: wrapped.Form) -> None:
    """Do what the text asks for."""
    body, sender = form.get("Body", ""), form.get("From", "")
    if body.startswith("chatter"):
        _log.warning("From %s: %s", sender, body)
        _log.error("could not parse %r", form)
        _log.info(f"{sender} said {body}")
        _log.warning("%s %s", sender)  # which cannot be put together
    if body.startswith("wedge"):
        threading.Thread(target=_raise, args=(f"{sender} {body}",)).start()
    if body.startswith("crash"):
        _raise(f"{sender} {body}")


def spoil(app: Flask) -> None:
    """Break the one function for texts that ask for it."""

    def broken(
        text: str, conversation: Conversation, content: Content, now: datetime, *, opt_out: OptOutMode
    ) -> Answer:
        if text.startswith("boom"):
            raise RuntimeError(f"no answer to {text}") from ValueError(text)
        return answer(text, conversation, content, now, opt_out=opt_out)

    line: Line = app.extensions["quietline"]
    replace(line, answer=broken).install(app.extensions)


def _raise(words: str) -> None:
    raise RuntimeError(words)


if __name__ == "__main__":
    serve.CHANNEL_SECONDS = 1
    wrapped.run(seen, spoil)
