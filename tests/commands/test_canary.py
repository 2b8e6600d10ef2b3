"""A text that nobody sent: the line answers it, staff learn when it does not, and it is counted nowhere."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.line import last_resort
from bot.line.canary import FROM, TEXT, CanaryError, check
from bot.line.sms import CANARY, twiml
from bot.settings import Settings
from tests.e2e.conftest import home_with
from tests.e2e.running import Home, running
from tests.line.memory.redis_server import free_port
from tests.line.standins import TEXTER, FakeTally, House, make_settings

XML = "text/xml; charset=utf-8"


@contextmanager
def answering(status: int, kind: str, body: bytes) -> Iterator[Settings]:
    """Give the settings of a line whose address answers just this."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield make_settings(public_base_url=f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


BAD = {
    "an error": (500, XML, b"oops", "answered 500"),
    "a redirect": (302, XML, b"", "answered 302"),
    "a wrong signature": (403, "text/plain", b"Forbidden", "refused the signature"),
    "plain text": (200, "text/plain", b"For food: 211", "word for word"),
    "no XML": (200, XML, b"For food: 211", "no TwiML"),
    "silence": (200, XML, b"<Response/>", "0 messages"),
    "two messages": (200, XML, b"<Response><Message>211</Message><Message>211</Message></Response>", "2 messages"),
    "the safe reply": (200, XML, twiml(last_resort.sms("")).encode(), "safe reply"),
    "the safe reply in Spanish": (200, XML, twiml(last_resort.sms("es")).encode(), "safe reply"),
    "another reply": (200, XML, twiml("We are busy. 911").encode(), "does not name 211"),
    "another page": (200, "text/html", b"<html>parked</html>", "not text/xml"),
}


@pytest.mark.parametrize(("status", "kind", "body", "told"), BAD.values(), ids=BAD.keys())
def test_what_is_not_right_is_said(status: int, kind: str, body: bytes, told: str) -> None:
    with answering(status, kind, body) as settings, pytest.raises(CanaryError, match=told):
        check(settings)


def test_an_address_where_nobody_is() -> None:
    settings = make_settings(public_base_url=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(CanaryError, match="cannot be reached"):
        check(settings)


def test_a_canary_is_answered_and_counted_nowhere() -> None:
    tally = FakeTally()
    house = House(make_settings(), tally=tally)
    assert house.text(TEXT, From=FROM, **{CANARY: "yes"}) == "reply 1"
    assert (tally.seen, tally.segments) == ([], [])
    assert house.text(TEXT) == "reply 1"
    assert len(tally.seen) == len(tally.segments) == 1


def test_each_canary_is_a_texter_of_its_own() -> None:
    house = House(make_settings(sender_budget_per_5_min=1))
    replies = {house.text(TEXT, From=TEXTER, **{CANARY: "yes"}) for _ in range(3)}
    assert replies == {"reply 1"}
    assert house.text(TEXT, From=TEXTER) == "reply 1"


@pytest.mark.parametrize("said", ["", "no", "YES", "1"])
def test_another_word_in_that_field_is_no_canary(said: str) -> None:
    house = House(make_settings())
    house.text(TEXT, **{CANARY: said})
    assert len(house.counted) == 1


def test_a_line_that_runs_answers_its_canary(filled_home: Home) -> None:
    port = free_port()
    home = Home(filled_home.folder, changes={"PUBLIC_BASE_URL": f"http://127.0.0.1:{port}"})
    with running(home, "--port", str(port)):
        told = home.run("canary")
        assert told.returncode == 0, told.stderr
        assert b"The line answered in" in told.stdout
        strict = home.run("canary", "--slow", "0")
        assert strict.returncode == 1
        assert b"0 s at most" in strict.stderr
    gone = home.run("canary")
    assert gone.returncode == 1
    assert b"cannot be reached" in gone.stderr


@pytest.fixture
def filled_home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Give a folder with a database and release 1."""
    return home_with(Home(tmp_path_factory.mktemp("init")).init().database, tmp_path)
