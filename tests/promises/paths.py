"""Every path a text, a call or a stranger's request can take through a running line, each with its own canary."""

import http.client
import socket
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from tests.e2e.running import FORM, Reply, RunningLine
from tests.promises.canaries import Canary, Flock

LANGUAGES = ("en", "es")
_SPECIAL = set("/~@-")
#: Words of data/commands.toml that must stand alone are sent as they are; the sender is canary enough.
_ANSWERED_BY_THE_PROVIDER = ("STOP", "HELP", "START")
_FLOOD = 12


@dataclass
class Texting:
    """The provider, texting one line or several in turn."""

    lines: list[RunningLine]
    flock: Flock
    _turns: Iterator[RunningLine] = field(init=False)

    def __post_init__(self) -> None:
        self._turns = cycle(self.lines)

    def post(self, canary: Canary, form: Mapping[str, str], path: str = "/sms", **headers: str) -> Reply:
        """Post a form, signed unless a header says otherwise, past a proxy that tells where it came from."""
        line = next(self._turns)
        body = urlencode(form).encode()
        signed = {"Content-Type": FORM, "X-Twilio-Signature": line.sign(list(form.items()), path)}
        from_where = {"X-Forwarded-For": canary.address, "X-Real-Ip": canary.address, "User-Agent": canary.word}
        return line.request("POST", path, body, {**signed, **from_where, **headers})

    def text(self, path: str, text: str = "", *, signed_off: bool = True, **changes: str) -> Reply:
        """Send one text from a new canary."""
        canary = self.flock.canary(path, text, signed_off=signed_off)
        return self.post(canary, canary.form(**changes))


def topics(texting: Texting, document: Mapping[str, Any]) -> None:
    """Ask for every topic in every language."""
    asked = [
        (f"topic {table['slug']}, {language}", _plain(table, language))
        for name, table in sorted(document.items())
        if name.startswith("topics/")
        for language in LANGUAGES
    ]
    assert len(asked) >= 40
    unclear = texting.text("not understood", "qwrtzp plmkj").message
    with ThreadPoolExecutor(max_workers=4) as many:
        replies = list(many.map(lambda one: texting.text(*one), asked))
    answered = [reply.message for reply in replies]
    assert all(answered)
    # The word that marks a canary hides a meaning now and then.
    assert sum(message != unclear for message in answered) > 0.7 * len(asked)


def commands(texting: Texting, document: Mapping[str, Any]) -> None:
    """Send every command in every language, as the whole message."""
    for name, table in document["commands.toml"].items():
        for language in LANGUAGES:
            said = _plain(table, language, "whole") if "whole" in table else ""
            if said:
                assert texting.text(f"command {name}, {language}", said, signed_off=False).status == 200


def conversations(texting: Texting) -> None:
    """Hold conversations of several texts: asking on, choosing a place, erasing, leaving, coming back."""
    for name, texts in {
        "asking on": ["food", "1", "MORE", "MORE", "BACK"],
        "a place in words": ["i need a bed", "in downers grove", "THANKS"],
        "erasing": ["lawyer 90057", "X", "MORE"],
        "a number that failed": ["bed 60559", "211 no answer", "they are full", "numero equivocado"],
        "leaving": ["work", "pls stop texting me", "ok", "food"],
        "in crisis": ["he has a gun", "he took my phone", "2"],
        "not understood": ["qwrtzp plmkj", "qwrtzp plmkj", "qwrtzp plmkj"],
    }.items():
        canary = texting.flock.canary(f"conversation: {name}")
        for number, text in enumerate(texts):
            told = texting.post(canary, canary.form(Body=text, MessageSid=f"{canary.sid[:-2]}{number:02x}"))
            assert told.status == 200


def single_texts(texting: Texting) -> None:
    """Send texts that are special in one way each."""
    for crisis in ("i want to die", "me quiero morir", "he is going to kill me", "she took too many pills"):
        assert "911" in (texting.text(f"crisis: {crisis}", crisis).message or "")
    assert texting.text("opt-out", "STOP", signed_off=False).message is None
    for kind in _ANSWERED_BY_THE_PROVIDER:
        assert texting.text(f"answered by the provider: {kind}", kind, OptOutType=kind).message is None
    assert texting.text("a picture", signed_off=False, NumMedia="1", MediaUrl0="https://x.example.org/1").message
    assert texting.text("a picture with words", "look", NumMedia="1").message
    assert texting.text("control characters", "\x00\x01\x1b</Message>]]>").message
    assert texting.text("an emoji", "🆘🍞 \u202e").message
    assert texting.text("1600 characters", "food " * 310).message
    assert texting.text("no identifier", "food", MessageSid="").message


def another_channel(texting: Texting) -> None:
    """Text as WhatsApp does, and without a sender."""
    canary = texting.flock.canary("another channel", "bed")
    assert texting.post(canary, canary.form(From=f"whatsapp:{canary.sender}")).message
    canary = texting.flock.canary("no sender", "bed")
    assert texting.post(canary, canary.form(From="")).message


def strangers(texting: Texting) -> None:
    """Be turned away in every way there is."""
    canary = texting.flock.canary
    for signature in ("", "wrong" * 6):
        one = canary(f"403, signature {signature!r}", "food")
        assert texting.post(one, one.form(), **{"X-Twilio-Signature": signature}).status == 403
    one = canary("413", "food " * 15_000)
    assert texting.post(one, one.form()).status == 413
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
        one = canary(f"415, {kind}", "food")
        assert texting.post(one, one.form(), **{"Content-Type": kind}).status == 415
    for method in ("GET", "PUT", "HEAD", "DELETE"):
        one = canary(f"405, {method}", "food")
        for path in ("/sms", "/voice"):
            told = texting.lines[0].request(method, f"{path}?{urlencode(one.form())}")
            assert told.status == 405
    one = canary("404", "food")
    assert texting.lines[0].request("GET", f"/{one.number}/{one.word}?{urlencode(one.form())}").status == 404


def malformed(texting: Texting) -> None:
    """Send what is no HTTP, and heads that are too long."""
    one = texting.flock.canary("no HTTP", "food")
    other = texting.flock.canary("a head too long", "food")
    for line in texting.lines:
        for head in (
            f"{one.sender} {one.body}\r\n\r\n",
            f"POST /sms?{urlencode(one.form())} HTTP/9.9\r\nX-{one.word}\r\n\r\n",
            f"POST /sms HTTP/1.1\r\nContent-Length: {one.number}x\r\n\r\n{urlencode(one.form())}",
            f"POST /sms HTTP/1.1\r\nX-From: {other.sender}{other.body * 4000}\r\n\r\n",
        ):
            answered = b""
            # It may hang up before it has heard all of it.
            with socket.create_connection(("127.0.0.1", line.port), timeout=15) as sent, suppress(OSError):
                sent.sendall(head.encode())
                answered = sent.recv(4096)
            assert b" 200 " not in answered


def cut_off(texting: Texting) -> None:
    """Begin requests and hang up in the middle of the body."""
    for line in texting.lines:
        for share in (0.2, 0.9):
            sent = half_sent(line, texting.flock.canary(f"cut off at {share}", "food"), share)
            sent.close()


def half_sent(line: RunningLine, canary: Canary, share: float) -> socket.socket:
    """Return the open connection of a request of whose body a share was sent."""
    body = urlencode(canary.form()).encode()
    head = f"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nX-Forwarded-For: {canary.address}\r\n"
    sent = socket.create_connection(("127.0.0.1", line.port), timeout=60)
    sent.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[: int(len(body) * share)])
    return sent


def duplicates(texting: Texting) -> None:
    """Deliver texts twice: one after the other, and both at once."""
    one, other = (texting.flock.canary(f"delivered twice {how}", "food") for how in ("in turn", "at once"))
    assert texting.post(one, one.form()).message == texting.post(one, one.form()).message
    with ThreadPoolExecutor(max_workers=2) as both:
        told = list(both.map(lambda _: texting.post(other, other.form()).message, range(2)))
    assert told[0] == told[1]


def flood(texting: Texting) -> None:
    """Text more than a sender may; the last ones get silence."""
    one = texting.flock.canary("flood", "food")
    sids = [f"{one.sid[:-2]}{number:02x}" for number in range(_FLOOD)]
    told = [texting.post(one, one.form(MessageSid=sid)).message for sid in sids]
    assert told[0]
    assert told[-1] is None


def calls(texting: Texting) -> None:
    """Call, press keys, be put through, and hang up."""
    for path, more in {
        "/voice": {},
        "/voice/choice": {"Digits": "1"},
        "/voice/after": {"DialCallStatus": "no-answer", "DialCallSid": "CA" + "1" * 32},
    }.items():
        one = texting.flock.canary(f"a call to {path}")
        assert texting.post(one, one.call(**more), path).status == 200


PATHS: tuple[Callable[[Texting], None], ...] = (
    conversations,
    single_texts,
    another_channel,
    strangers,
    malformed,
    cut_off,
    duplicates,
    flood,
    calls,
)


def every_path(texting: Texting, document: Mapping[str, Any]) -> None:
    """Take all of them."""
    topics(texting, document)
    commands(texting, document)
    for path in PATHS:
        path(texting)


def until_killed(texting: Texting, kill: Callable[[], None]) -> None:
    """Text from many threads at once, and kill the line in the middle; those under way get no answer."""

    def one_text(number: int) -> bool:
        if number == 20:
            kill()
        try:
            return texting.text("killed in the middle", "he hit me and took my kids").status == 200
        except (OSError, http.client.HTTPException):
            return False

    with ThreadPoolExecutor(max_workers=8) as many:
        answered = list(many.map(one_text, range(40)))
    assert any(answered)
    assert not all(answered)


def _plain(table: Mapping[str, Any], language: str, *kinds: str) -> str:
    """Return the first wording of a topic or command that is not a pattern."""
    wordings = [w for kind in kinds or ("words", "alone") for w in table.get(kind, {}).get(language, ())]
    return next((wording for wording in wordings if not _SPECIAL & set(wording)), "")
