"""The running line: who is turned away, and what it outlives."""

import http.client
import json
import shutil
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.storage.database import connect
from bot.storage.releases import publish
from tests.e2e.running import FORM, Home, RunningLine, eventually, running
from tests.line.standins import CAPTURED, NOON
from tests.storage.publishable import publishable

CANARY = "zzqx canary words +13125550177"
FIELDS = {**CAPTURED, "MessageSid": f"SM{99:032x}", "From": "+13125550177"}
SIGNED = {"Content-Type": FORM, "X-Twilio-Signature": "x" * 28}
BIG = urlencode({**CAPTURED, "Body": "b" * 70_000}).encode()


@pytest.fixture(autouse=True)
def _canaries(line: RunningLine) -> None:
    line.canaries |= {"canary words", "3125550177", FIELDS["MessageSid"]}


def publish_changed(home: Home, key: str, sentence: Any) -> int:
    """Publish the small release with another English sentence under a key; give its number."""
    document = publishable()
    document["wording/en.toml"][key] = sentence
    engine = connect(home.database_url)
    try:
        return publish(engine, document, note="changed by a test", now=NOON)
    finally:
        engine.dispose()


@pytest.mark.parametrize("path", ["/sms", "/voice"])
@pytest.mark.parametrize(
    ("method", "headers", "body", "status"),
    [
        pytest.param("POST", {"Content-Type": FORM}, b"Body=food", 403, id="unsigned"),
        pytest.param("POST", SIGNED, b"Body=food", 403, id="wrongly signed"),
        pytest.param("POST", SIGNED, b"", 403, id="nothing in it"),
        pytest.param("GET", {}, None, 405, id="get"),
        pytest.param("PUT", SIGNED, b"Body=food", 405, id="put"),
        pytest.param("POST", {**SIGNED, "Content-Type": "application/json"}, b"{}", 415, id="json"),
        pytest.param("POST", {**SIGNED, "Content-Type": "multipart/form-data"}, b"", 415, id="multipart"),
        pytest.param("POST", {"X-Twilio-Signature": "x"}, b"Body=food", 415, id="no type"),
        pytest.param("POST", SIGNED, BIG, 413, id="70 kB"),
        pytest.param("POST", {"Content-Type": FORM}, BIG, 413, id="70 kB, unsigned"),
    ],
)
def test_strangers_are_turned_away(
    *, line: RunningLine, path: str, method: str, headers: dict[str, str], body: bytes | None, status: int
) -> None:
    reply = line.request(method, path, body, headers)
    assert reply.status == status
    assert len(reply.body) < 40
    assert not {"Set-Cookie", "Server"} & set(reply.headers)
    assert reply.headers.get("Allow") == ("POST" if status == 405 else None)


@pytest.mark.parametrize("path", ["/", "/try", "/try/say", "/sms/", "/static/x", "/.env"])
def test_there_is_nothing_else(path: str, line: RunningLine) -> None:
    assert line.request("GET", path).status == 404


def test_healthz_says_it_is_up(line: RunningLine) -> None:
    reply = line.request("GET", "/healthz")
    assert (reply.status, json.loads(reply.body)) == (200, {"ok": True})


def test_readyz_says_from_what_it_answers(line: RunningLine) -> None:
    reply = line.request("GET", "/readyz")
    told = json.loads(reply.body)
    assert reply.status == 200
    known = {"release", "source", "age_s", "overdue", "due", "database", "state", "flushed_s"}
    assert told.keys() == known
    assert (told["release"], told["source"]) == (1, "database")
    assert (told["database"], told["state"]) == ("ok", "memory")
    assert type(told["due"]) is int
    assert told["due"] >= len(told["overdue"])
    assert type(told["age_s"]) is int
    assert all(type(entry) is str for entry in told["overdue"])


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"Body": ""}, id="empty"),
        pytest.param({"Body": "", "NumMedia": "1", "MediaUrl0": "https://media.example.org/1"}, id="a picture"),
        pytest.param({"Body": "food " * 320}, id="1600 characters"),
        pytest.param({"Body": "\x00\x01\x1b\x7f" + CANARY}, id="control characters"),
        pytest.param({"Body": "\u202eطعام\u200f\u2066 food"}, id="right to left"),
        pytest.param({"Body": "</Message><Message>&lt;<![CDATA[]]>"}, id="xml"),
        pytest.param({"Body": "🍞🆘" * 100}, id="emoji"),
        pytest.param({"Body": CANARY, "From": "whatsapp:+13125550177"}, id="another channel"),
        pytest.param({"Body": "food", "OptOutType": "", "": "", "Extra-Ñ": "é"}, id="unknown fields"),
    ],
)
def test_any_signed_text_gets_one_message(changes: dict[str, str], line: RunningLine) -> None:
    message = line.text(**{"body" if name == "Body" else name: value for name, value in changes.items()}).message
    assert message
    assert "canary" not in message


@pytest.mark.parametrize(
    ("pairs", "path"),
    [
        pytest.param([("Body", "food"), ("Body", "bed"), ("From", "+13125550177")], "/sms", id="repeated"),
        pytest.param([("MessageSid", "SM" + "1" * 32)], "/sms", id="neither body nor sender"),
        pytest.param([("Body", "food")], "/sms?b=%20x&a=&b=1", id="query"),
        pytest.param([("Body", "food")], "/sm%73", id="escaped path"),
    ],
)
def test_any_signed_form_gets_one_message(pairs: list[tuple[str, str]], path: str, line: RunningLine) -> None:
    assert line.send(pairs, path).message


@pytest.mark.parametrize("kind", ["STOP", "HELP", "START", "SOMETHING NEW"])
def test_what_the_provider_answered_gets_silence(kind: str, line: RunningLine) -> None:
    assert line.text(kind.lower(), OptOutType=kind).message is None


def test_a_caller_hears_the_line(line: RunningLine) -> None:
    reply = line.send([("CallSid", "CA" + "1" * 32), ("From", "+13125550177")], "/voice")
    assert reply.status == 200
    assert reply.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert "<Gather" in reply.body


def test_texts_that_race_are_all_answered_and_repeats_alike(line: RunningLine, texts: list[dict[str, Any]]) -> None:
    forms = [
        {**CAPTURED, "Body": text["text"], "From": f"+1415555{number:04d}", "MessageSid": f"SM{number:031x}a"}
        for number, text in enumerate(texts[::2])
    ]
    line.canaries |= {"+1415555", f"SM{0:031x}a"}
    with ThreadPoolExecutor(max_workers=16) as many:
        replies = list(many.map(line.send, [form for form in forms for _ in range(2)]))
    assert [reply.status for reply in replies] == [200] * len(forms) * 2
    assert [r.message for r in replies[::2]] == [r.message for r in replies[1::2]]
    silent = [t["text"] for t, r in zip(texts[::2], replies[::2], strict=True) if r.message is None]
    assert set(silent) <= {text["text"] for text in texts if "stop" in text["labels"]}


@pytest.fixture
def half_sent(line: RunningLine) -> Iterator[list[socket.socket]]:
    """Give more half-sent requests than the line has threads: half in the head, half in the body."""
    head = f"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\n"
    with ExitStack() as open_ones:
        sockets = []
        for number in range(40):
            one = open_ones.enter_context(socket.create_connection(("127.0.0.1", line.port), timeout=15))
            one.sendall((head + ("Content-Length: 9\r\n\r\nBody" if number % 2 else "X-Twi")).encode())
            sockets.append(one)
        yield sockets


def test_half_sent_requests_keep_nobody_waiting(line: RunningLine, half_sent: list[socket.socket]) -> None:
    assert line.text("food 90057").message
    # And those that finish are still answered.
    half_sent[1].sendall(b"=food")
    assert http_status(half_sent[1]) == 403


def http_status(sent: socket.socket) -> int:
    response = http.client.HTTPResponse(sent)
    response.begin()
    return response.status


def test_a_newer_release_is_picked_up_and_a_broken_one_is_not(small_home: Home) -> None:
    home = small_home
    with running(home) as line:
        before = line.text("qwrtzp plmkj").message
        assert publish_changed(home, "unclear", "New words: call {211}. Danger: {911}.") == 2
        eventually(lambda: bool(line.readyz()["release"] == 2), "release 2")
        after = line.text("qwrtzp plmkj").message or ""
        assert "New words" not in (before or "")
        assert "New words: call 211." in after
        publish_changed(home, "unclear", 7)
        eventually(lambda: "release 3 was refused" in line.log, "a word about release 3")
        assert line.readyz()["release"] == 2
        assert line.text("qwrtzp plmkj").message == after


def test_it_outlives_its_database(small_home: Home) -> None:
    home = small_home
    with running(home) as line:
        home.delete_database()
        eventually(lambda: "the database cannot be read" in line.log, "a word about the database")
        assert line.text("food 90057").message
        told = line.readyz()
        assert (told["release"], told["source"], told["database"]) == (1, "database", "away")
    assert not home.database.exists()
    with running(home) as line:
        told = line.readyz()
        assert (told["release"], told["source"]) == (1, "copy")
        assert line.text("food 90057").message
    assert not home.database.exists()


def test_it_starts_without_ever_having_had_one_and_takes_it_when_it_comes(tmp_path: Path, small: Path) -> None:
    home = Home(tmp_path)
    with running(home) as line:
        told = line.readyz()
        assert (told["release"], told["source"]) == (None, "packaged")
        assert line.text("food 90057").message
        assert not home.database.exists()
        shutil.copy(small, home.database)
        eventually(lambda: bool(line.readyz()["source"] == "database"), "the database")


def test_it_leaves_at_once_when_asked(small_home: Home) -> None:
    home = small_home
    with running(home) as line, ExitStack() as idle:
        kept = http.client.HTTPConnection("127.0.0.1", line.port, timeout=15)
        idle.callback(kept.close)
        kept.request("GET", "/healthz")
        kept.getresponse().read()
        half = idle.enter_context(socket.create_connection(("127.0.0.1", line.port), timeout=15))
        half.sendall(b"POST /sms HTTP/1.1\r\n")
        line.process.terminate()
        # It would wait ten seconds for an answer under way; for these two there is nothing to wait for.
        assert line.process.wait(5) == 0
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", line.port), timeout=5)
