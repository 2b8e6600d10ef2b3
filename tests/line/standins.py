"""Stand-ins for the parts beside the doors: content, source, the one function, and the provider that signs."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from bot.app import create_line_app
from bot.counts.record import Record, Seen
from bot.line.door import Counting
from bot.line.memory.interface import Allowances, Memory
from bot.line.memory.ram import RamMemory
from bot.referral.answer import Answer, OptOutMode, Outcome
from bot.referral.bulletin import NO_BULLETINS
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.meaning import Kind, Meaning
from bot.settings import Settings
from bot.storage.held import Held, Origin

TOKEN = "a-token-of-ours"
BASE_URL = "https://line.example.org"
NOON = datetime(2026, 12, 1, 20, 0, tzinfo=UTC)
TEXTER = "+12135550142"
LINE_NUMBER = "+12135550100"

#: The fields of a real capture (facts: 21 of them, some empty), with invented values.
CAPTURED = {
    "ToCountry": "US",
    "ToState": "CA",
    "SmsMessageSid": "SM" + "a" * 32,
    "NumMedia": "0",
    "ToCity": "",
    "FromZip": "60606",
    "SmsSid": "SM" + "a" * 32,
    "FromState": "IL",
    "SmsStatus": "received",
    "FromCity": "CHICAGO",
    "Body": "help",
    "FromCountry": "US",
    "To": LINE_NUMBER,
    "MessagingServiceSid": "MG" + "c" * 32,
    "ToZip": "",
    "AddOns": '{"status":"successful","message":null,"code":null,"results":{}}',
    "NumSegments": "1",
    "MessageSid": "SM" + "a" * 32,
    "AccountSid": "AC" + "b" * 32,
    "From": TEXTER,
    "ApiVersion": "2010-04-01",
}
WORDS = {
    "slow_down": "slow down 911 988",
    "busy": "busy 911 988 211",
    "media": "no pictures here",
    "voice_hello": "text line, danger 9 1 1",
    "voice_number_1": "support 8 0 0, 7 9 9, 7 2 3 3. Again: 8 0 0, 7 9 9, 7 2 3 3",
    "voice_number_2": "talk 9 8 8",
    "voice_press": "press 1",
    "voice_connecting": "connecting",
    "voice_no_answer": "nobody took it",
    "voice_after": "over",
}


def make_content(**changes: Any) -> Content:
    """Return as much of a content as the doors look at."""
    wording = {"en": WORDS, "es": {key: f"es {words}" for key, words in WORDS.items()}}
    bare = SimpleNamespace(
        line=SimpleNamespace(languages=("en", "es"), term=lambda _: timedelta(days=90)),
        wording=wording,
        entries={},
        bulletins=NO_BULLETINS,
    )
    for name, value in changes.items():
        setattr(bare, name, value)
    return cast(Content, bare)


@dataclass
class FakeSource:
    """A release source that holds what it was given."""

    content: Content = field(default_factory=make_content)
    number: int | None = 3
    origin: Origin = Origin.DATABASE
    loaded_at: datetime = NOON
    problem: str | None = None

    @property
    def held(self) -> Held[Content]:
        """The content with its number and origin."""
        return Held(self.content, self.number, self.origin, self.loaded_at, self.problem)

    @property
    def current(self) -> Content:
        """The content."""
        return self.content


class FakeCore:
    """The one function, by rote; keeps what it was asked so that a test can look."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Conversation]] = []
        self.modes: list[OptOutMode] = []

    @property
    def texts(self) -> list[str]:
        """The texts it was asked, in order."""
        return [text for text, _ in self.asked]

    def __call__(
        self, text: str, conversation: Conversation, content: Content, now: datetime, *, opt_out: OptOutMode
    ) -> Answer:
        """Number the replies within a conversation, and know four words."""
        self.asked.append((text, conversation))
        self.modes.append(opt_out)
        talk = replace(conversation.alive(now), at=now, language="es" if "hola" in text else "en")
        word = text.strip().lower()
        if word == "boom":
            raise RuntimeError("a text that must never be logged: " + text)
        if word == "danger":
            return Answer("call 911", talk, Meaning(Kind.CRISIS, "danger"), Outcome.CRISIS)
        if word in ("stop", "pls stop texting me"):
            silent = Conversation(at=now, language="en", silent=True)
            reply = None if word == "stop" else "no more texts"
            return Answer(reply, silent, Meaning(Kind.COMMAND, "stop"), Outcome.OPT_OUT)
        if word == "x":
            return Answer("forgotten", Conversation(), Meaning(Kind.COMMAND, "erase"), Outcome.COMMAND)
        if word == "quiet":
            return Answer(None, talk, Meaning(Kind.UNCLEAR), Outcome.UNCLEAR)
        seen = replace(talk, shown=talk.shown + 1)
        return Answer(f"reply {seen.shown}", seen, Meaning(Kind.TOPIC, "food"), Outcome.LOCAL)


@dataclass
class FakeTally:
    """Keeps what it was told, so that a test can look."""

    seen: list[Seen] = field(default_factory=list)
    segments: list[int] = field(default_factory=list)

    def note(self, before: Record, what: Seen, now: datetime) -> Record:
        """Keep an answer; remember what the real tally would."""
        self.seen.append(what)
        return before.after(what, "2026-W49").kept(what)

    def sent(self, segments: int, now: datetime) -> None:
        """Keep the parts of a message."""
        self.segments.append(segments)


@dataclass
class Clock:
    """A time that only moves when a test moves it, for people and for memory."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        """The time of day."""
        return self.now

    def uptime(self) -> float:
        """The same as seconds that never jump."""
        return self.now.timestamp()

    def tick(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


@dataclass
class House:
    """A whole line in one process, with the provider in front of it."""

    settings: Settings
    source: FakeSource = field(default_factory=FakeSource)
    core: Callable[..., Answer] = field(default_factory=FakeCore)
    clock: Clock = field(default_factory=Clock)
    memory: Memory | None = None
    tally: Counting = field(default_factory=FakeTally)
    sent: int = 0
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        allowances = Allowances(self.settings.sender_budget_per_5_min, self.settings.line_budget_per_hour)
        # Not "or": a memory that holds nobody yet is falsy.
        memory = RamMemory(allowances, clock=self.clock.uptime) if self.memory is None else self.memory
        self.app = create_line_app(
            self.settings,
            self.source,
            memory,
            clock=self.clock,
            answering=self.core,
            tally=self.tally,
        )

    @property
    def counted(self) -> list[Seen]:
        """What the tally was told."""
        return cast(FakeTally, self.tally).seen

    @property
    def asked(self) -> list[str]:
        """The texts the core was asked."""
        return cast(FakeCore, self.core).texts

    def text(self, body: str, sid: str = "", **fields: str) -> str:
        """Send one text as the provider would; return the reply, "" for silence."""
        self.sent += 1
        sid = sid or f"SM{self.sent:032x}"
        return message_in(post(self.app.test_client(), {**CAPTURED, "MessageSid": sid, "Body": body, **fields}))

    def call(self, path: str, **fields: str) -> ElementTree.Element:
        """Call a voice address as the provider would; return the TwiML."""
        form = {"CallSid": "CA" + "d" * 32, "From": TEXTER, "To": LINE_NUMBER, **fields}
        return twiml_in(post(self.app.test_client(), form, path))


def make_settings(**changes: Any) -> Settings:
    """Return settings with a token and an address, and what a test changes."""
    return Settings(**{"auth_tokens": (TOKEN,), "public_base_url": BASE_URL, **changes})


def sign(form: Mapping[str, str] | MultiDict[str, str], path: str, token: str = TOKEN) -> str:
    """Sign a form with the provider's own library."""
    return str(RequestValidator(token).compute_signature(BASE_URL + path, form))


def post(client: FlaskClient, form: Mapping[str, str] | Sequence[tuple[str, str]], path: str = "/sms") -> TestResponse:
    """Post a signed form as the provider does."""
    fields = MultiDict(form)
    return client.post(
        path,
        data=urlencode(list(fields.items(multi=True))),
        content_type="application/x-www-form-urlencoded; charset=utf-8",
        headers={"X-Twilio-Signature": sign(fields, path)},
    )


def twiml_in(response: TestResponse) -> ElementTree.Element:
    """Return the TwiML of a good answer, parsed."""
    assert response.status_code == 200
    assert response.content_type == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(response.data)  # noqa: S314 - our own answer
    assert root.tag == "Response"
    return root


def message_in(response: TestResponse) -> str:
    """Return the one message of a TwiML answer, "" for none; anything else in it is an error."""
    root = twiml_in(response)
    assert not (root.text or "").strip()
    assert [child.tag for child in root] in ([], ["Message"])
    assert len(root) == 0 or (root[0].text and not root[0].attrib and not len(root[0]))
    return root[0].text or "" if len(root) else ""
