"""A request past its deadline gets the static reply: in its turn when that comes late, else from the watch."""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from waitress.adjustments import Adjustments

from bot.line import last_resort, late, voice
from bot.line.late import ARRIVED, LATE_AFTER_SECONDS
from bot.line.patience import AnsweredInsteadError, PatientChannel, PatientParser, PatientTask
from bot.line.serve import THREADS, Server
from bot.line.watch import DEADLINES, Deadlines, Watch
from bot.referral.answer import Answer
from tests.line.memory.redis_server import wait_until
from tests.line.standins import CAPTURED, TEXTER, FakeCore, House, make_settings, message_in, sign, twiml_in
from tests.line.test_serve import FORM_TYPE, send, send_text, serving

STATIC = f"{last_resort.SMS['en']} {last_resort.SMS['es']}"
QUICK = Deadlines(unanswered=0.4, all_hang=0.05, look_every=0.02)
#: Answers nobody who might still be answered by a thread.
PATIENT = replace(QUICK, unanswered=60.0)
CALL = {"CallSid": "CA" + "d" * 32, "From": TEXTER, "To": "+12135550100"}


def post_arrived(client: FlaskClient, path: str, form: dict[str, str], ago: float, **headers: str) -> Any:
    """Post a signed form that arrived so many seconds ago."""
    signed = {"X-Twilio-Signature": sign(form, path), **headers}
    moment = {ARRIVED: late.now() - ago}
    return client.post(path, data=urlencode(form), content_type=FORM_TYPE, headers=signed, environ_overrides=moment)


def test_a_text_whose_turn_comes_too_late_gets_the_static_reply_and_leaves_no_trace(house: House) -> None:
    answered = post_arrived(house.app.test_client(), "/sms", CAPTURED, LATE_AFTER_SECONDS + 0.5)
    assert message_in(answered) == STATIC
    assert house.asked == []
    assert house.counted == []
    assert house.text("food") == "reply 1"


@pytest.mark.parametrize(
    ("changes", "reply"),
    [
        pytest.param({"OptOutType": "STOP"}, "", id="what the provider answered gets silence"),
        pytest.param({"OptOutType": ""}, STATIC, id="what it did not answer"),
        pytest.param({"Body": "\ufffd"}, STATIC, id="a form of two readings"),
        pytest.param({"MediaUrl0": "x" * 5000}, STATIC, id="a long form"),
    ],
)
def test_late_texts(house: House, changes: dict[str, str], reply: str) -> None:
    answered = post_arrived(house.app.test_client(), "/sms", {**CAPTURED, **changes}, LATE_AFTER_SECONDS + 0.5)
    assert message_in(answered) == reply


LATE = LATE_AFTER_SECONDS + 0.5


@pytest.mark.parametrize(
    ("first", "then", "reply"),
    [(LATE, 0.0, STATIC), (0.0, LATE, "reply 1"), (LATE, LATE, STATIC), (0.0, 0.0, "reply 1")],
    ids=["late, then in time", "in time, then late", "both late", "both in time"],
)
def test_a_text_that_is_delivered_twice_gets_one_reply(house: House, first: float, then: float, reply: str) -> None:
    client = house.app.test_client()
    for ago in (first, then):
        assert message_in(post_arrived(client, "/sms", CAPTURED, ago)) == reply
    assert message_in(post_arrived(client, "/sms", {**CAPTURED, "MessageSid": "SM" + "9" * 32}, LATE)) == STATIC


@pytest.mark.parametrize("missing", ["From", "MessageSid"])
def test_a_late_text_of_nobody_or_without_an_id_is_answered_too(house: House, missing: str) -> None:
    form = {name: value for name, value in CAPTURED.items() if name != missing}
    for _ in range(2):
        assert message_in(post_arrived(house.app.test_client(), "/sms", form, LATE)) == STATIC


def test_a_memory_that_fails_keeps_no_late_text_silent(house: House, caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def told(self, who: str, message: str, reply: str) -> str:
            raise RuntimeError(who)

    line = house.app.extensions["quietline"]
    replace(line, memory=cast(Any, Broken())).install(house.app.extensions)
    assert message_in(post_arrived(house.app.test_client(), "/sms", CAPTURED, LATE)) == STATIC
    assert "a late text was not remembered: RuntimeError" in caplog.text
    assert CAPTURED["From"] not in caplog.text


@pytest.mark.parametrize("path", ["/voice", "/voice/choice", "/voice/after"])
def test_late_calls_hear_the_static_words(house: House, path: str) -> None:
    said = twiml_in(post_arrived(house.app.test_client(), path, CALL, LATE_AFTER_SECONDS + 0.5))
    assert [one.tag for one in said] == ["Say"] * 6
    assert said[1].text == voice.spelled(last_resort.VOICE["en"]["voice_number_1"])


@pytest.mark.parametrize("ago", [0.0, LATE_AFTER_SECONDS - 1])
def test_in_time_it_is_answered_as_ever(house: House, ago: float) -> None:
    client = house.app.test_client()
    assert message_in(post_arrived(client, "/sms", CAPTURED, ago)) == "reply 1"
    assert twiml_in(post_arrived(client, "/voice", CALL, ago))[0].tag == "Gather"


def test_late_strangers_are_turned_away_as_ever(house: House) -> None:
    client, ago = house.app.test_client(), LATE_AFTER_SECONDS + 0.5
    answered = post_arrived(client, "/sms", CAPTURED, ago, **{"X-Twilio-Signature": "x"})
    assert (answered.status_code, answered.text) == (403, "Forbidden\n")
    many = {f"field {n}": "" for n in range(600)}
    assert post_arrived(client, "/sms", many, ago).status_code == 413


def test_nobody_waits_for_ten_seconds() -> None:
    slowest = DEADLINES.unanswered + 2 * DEADLINES.look_every
    assert LATE_AFTER_SECONDS < DEADLINES.unanswered
    assert slowest < 10


class Hanging(FakeCore):
    """A core that hangs until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on = threading.Semaphore(0), threading.Event()

    def __call__(self, *args: Any, **options: Any) -> Answer:
        self.begun.release()
        assert self.go_on.wait(120)  # on a busy machine the rest of a test takes longer than any one wait in it
        return super().__call__(*args, **options)


class Hung(NamedTuple):
    """A server all of whose threads hang in their core, and what sends it something from a thread of its own."""

    server: Server
    core: Hanging
    submit: Callable[..., Future[Any]]
    #: What is told to those whose texts the threads hang in.
    first: list[Future[Any]]

    def look_with(self, deadlines: Deadlines) -> None:
        """Let the watch keep other deadlines from now on."""
        assert self.server._watch is not None
        self.server._watch._deadlines = deadlines


@contextmanager
def all_threads_hanging() -> Iterator[Hung]:
    """Give a server all of whose threads hang, each in a text that nobody has answered yet."""
    core = Hanging()
    server = Server(House(make_settings(), core=core).app, "127.0.0.1", 0, deadlines=PATIENT)
    with serving(server), ThreadPoolExecutor(50) as senders:
        try:
            first = [senders.submit(send_text, server, text_of(number)) for number in range(THREADS)]
            # The watch answers nobody before all hang: on a busy machine it would be quicker than the threads.
            assert all(core.begun.acquire(timeout=30) for _ in first)
            yield Hung(server, core, senders.submit, first)
        finally:
            core.go_on.set()


def text_of(number: int) -> dict[str, str]:
    return {**CAPTURED, "From": f"+1213555{number:04d}", "MessageSid": f"SM{number:032x}"}


def test_texts_are_answered_though_every_thread_hangs(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # as quiet_logs does
    with caplog.at_level(logging.DEBUG), all_threads_hanging() as hung:
        hung.look_with(QUICK)
        told = [*hung.first, *(hung.submit(send_text, hung.server, text_of(number)) for number in range(8, 20))]
        answers = [one.result(30) for one in told]
        assert [one.status for one in answers] == [200] * 20
        assert all(last_resort.SMS["en"] in one.text for one in answers)
        assert {one.headers["Connection"] for one in answers} == {"close"}
        assert {one.headers["Cache-Control"] for one in answers} == {"no-store"}
        # Nobody but the eight that hang was ever asked.
        assert len(hung.core.texts) == 0
        hung.look_with(PATIENT)
        hung.core.go_on.set()
        wait_until(lambda: len(hung.core.texts) == THREADS, "the threads did not wake up")
        answered = send_text(hung.server, text_of(99))
        assert "reply 1" in answered.text  # type: ignore[attr-defined]
        wait_until(lambda: not hung.server._server.task_dispatcher.queue, "the queue was not emptied")
        assert len(hung.core.texts) == THREADS + 1
    assert caplog.records == []


def test_while_all_hang_nobody_waits_for_long() -> None:
    with all_threads_hanging() as hung:
        hung.look_with(QUICK)
        assert all(last_resort.SMS["en"] in one.result(30).text for one in hung.first)
        # From here on only the deadline for when all hang can be what answers.
        hung.look_with(PATIENT)
        for number in range(3):
            assert last_resort.SMS["en"] in send_text(hung.server, text_of(50 + number)).text  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "form", "signature", "status", "said"),
    [
        pytest.param("/sms", CAPTURED, None, 200, last_resort.SMS["es"], id="a text"),
        pytest.param("/sms?x=a%20b", CAPTURED, None, 200, last_resort.SMS["es"], id="a query"),
        pytest.param("/%73ms", CAPTURED, None, 200, last_resort.SMS["es"], id="escapes"),
        pytest.param("/voice", CALL, None, 200, "Esta línea funciona", id="a call"),
        pytest.param("/sms", {**CAPTURED, "OptOutType": "STOP"}, None, 200, "<Response />", id="a STOP"),
        pytest.param("/sms", {**CAPTURED, "Body": "x" * 9000}, None, 200, last_resort.SMS["es"], id="9 kB"),
        pytest.param("/sms", CAPTURED, "x", 403, "Forbidden\n", id="a stranger's text"),
        pytest.param("/voice", {}, "x", 403, "Forbidden\n", id="a stranger's call"),
    ],
)
def test_what_waits_in_vain_for_a_thread(
    *, path: str, form: dict[str, str], signature: str | None, status: int, said: str
) -> None:
    with all_threads_hanging() as hung:
        hung.look_with(QUICK)
        headers = {"Content-Type": FORM_TYPE, "X-Twilio-Signature": signature or sign(form, path)}
        answered = send(hung.server, path, urlencode(form).encode(), headers)
        assert answered.status == status
        assert said in answered.text  # type: ignore[attr-defined]


def test_what_is_for_no_door_waits_for_a_thread() -> None:
    with all_threads_hanging() as hung:
        hung.look_with(QUICK)
        elsewhere = hung.submit(send, hung.server, "/healthz", b"", {})
        assert all(one.result(30).status == 200 for one in hung.first)
        assert not elsewhere.done()
        hung.core.go_on.set()
        assert elsewhere.result(30).status == 405


def test_a_stop_waits_for_no_thread_that_was_answered_for() -> None:
    with all_threads_hanging() as hung:
        hung.look_with(QUICK)
        assert all(one.result(30).status == 200 for one in hung.first)
        wait_until(lambda: not hung.server._busy(), "it waits for those who were answered")
        assert hung.core.texts == []


class Wire(PatientChannel):
    """A connection with one request on it, and no socket: keeps what was written."""

    def __init__(self, head: str) -> None:
        adj = Adjustments()
        request = PatientParser(adj)
        request.received(head.encode())
        self.requests = [request]
        self.adj, self.server = adj, cast(Any, SimpleNamespace(adj=adj))
        self.written: list[bytes] = []

    def write_soon(self, data: bytes) -> int:
        """Keep what a thread writes."""
        self.written.append(data)
        return len(data)

    def answer_instead(self, answer: bytes) -> None:
        """Keep what the watch writes."""
        self.written.append(answer)


def heard(wire: Wire) -> PatientParser:
    request = wire.oldest
    assert request is not None
    return request


class TestARequestIsAnsweredOnce:
    @pytest.fixture
    def wire(self) -> Wire:
        return Wire("POST /sms HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")

    @pytest.fixture
    def watch(self, house: House, wire: Wire) -> Watch:
        check = house.app.extensions["quietline"].check
        return Watch({1: wire}, check, THREADS, Deadlines(unanswered=0.0, look_every=0.0))

    def test_by_the_thread_that_has_begun_to_write(self, watch: Watch, wire: Wire) -> None:
        task = PatientTask(wire, cast(Any, heard(wire)))
        task.complete, task.content_length = True, 2
        task.write(b"ok")
        watch.look()
        (written,) = wire.written
        assert written.endswith(b"\r\n\r\nok")

    def test_by_the_watch_when_that_was_first(self, watch: Watch, wire: Wire) -> None:
        task = PatientTask(wire, cast(Any, heard(wire)))
        task.complete = True
        watch.look()
        watch.look()
        with pytest.raises(AnsweredInsteadError):
            task.write(b"ok")
        (written,) = wire.written
        assert written.startswith(b"HTTP/1.1 403 Forbidden\r\n")

    def test_by_nobody_as_long_as_it_is_young(self, house: House, wire: Wire) -> None:
        check = house.app.extensions["quietline"].check
        Watch({1: wire}, check, THREADS, Deadlines(unanswered=60.0, look_every=0.0)).look()
        assert wire.written == []
