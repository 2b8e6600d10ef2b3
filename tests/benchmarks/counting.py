"""What counting costs: the webhook with and without it, text by text in turn, and closing a very large week."""

import io
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from bot import reckoning
from bot.app import create_line_app
from bot.counts.record import UNCOUNTED, Record, Seen
from bot.counts.tally import Tally
from bot.counts.universe import cells_of, rules_of
from bot.line.door import Counting
from bot.line.memory.interface import Allowances
from bot.line.memory.ram import RamMemory
from bot.referral.content import ELSEWHERE, Content
from bot.referral.turn import Outcome
from bot.settings import Settings
from bot.storage.closing import periods
from bot.storage.counts import Flush, add
from bot.storage.database import connect
from bot.storage.held import Held, Origin
from bot.storage.migrate import migrate

BASE, TOKEN = "https://line.example.org", "bench"
TUESDAY = datetime(2026, 11, 17, 20, tzinfo=UTC)
CONVERSATIONS = 1_000_000
ROUNDS = 6
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class _Uncounted:
    """A tally that counts nothing."""

    def note(self, before: Record, what: Seen, now: datetime) -> Record:
        return before

    def sent(self, segments: int, now: datetime) -> None:
        return None


class _Source:
    def __init__(self, content: Content) -> None:
        self.held = Held(content, 1, Origin.DATABASE, TUESDAY)
        self.current = content


def measure(texts: Sequence[str], content: Content) -> dict[str, float | None]:
    """Return the time of a text with counting over that without, and the seconds to close 10^6 conversations."""
    return {"counting_ratio": _ratio(texts, content), "close_million_s": _close_million(content)}


def _ratio(texts: Sequence[str], content: Content) -> float:
    apps = [_app(content, Tally()), _app(content, _Uncounted())]
    shares = []
    for number in range(ROUNDS):
        took: list[list[float]] = [[], []]
        for place, text in enumerate(texts):
            # Which of the two goes first changes from text to text: the second one finds its data in the caches.
            for which in (0, 1) if (place + number) % 2 else (1, 0):
                environ = _signed(text, number * len(texts) + place)
                began = time.perf_counter()
                b"".join(apps[which](environ, lambda *_: None))
                took[which].append(time.perf_counter() - began)
        if number:
            shares.append(sum(took[0]) / sum(took[1]))
    return round(median(shares), 3)


def _app(content: Content, tally: Counting) -> WsgiApp:
    settings = Settings(auth_tokens=(TOKEN,), public_base_url=BASE)
    return create_line_app(settings, _Source(content), RamMemory(Allowances(0, 0)), tally=tally).wsgi_app


def _signed(text: str, number: int) -> dict[str, Any]:
    form = {"Body": text, "From": f"+1310{number:07d}", "MessageSid": f"SM{number:032x}", "AccountSid": "AC" + "0" * 32}
    body = urlencode(form).encode()
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/sms",
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "line.example.org",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "HTTP_X_TWILIO_SIGNATURE": RequestValidator(TOKEN).compute_signature(BASE + "/sms", form),
    }


def _close_million(content: Content) -> float:
    chance = random.Random(1)  # noqa: S311 - any week will do
    topics, areas = list(content.topics), [*content.line.areas, ELSEWHERE]
    gains: Counter[tuple[str, str, str]] = Counter(dict.fromkeys(cells_of(content), 0))
    for _ in range(CONVERSATIONS // 100):
        need = Seen(Outcome.LOCAL, chance.choice(areas), chance.choice(content.line.languages), chance.choice(topics))
        for cell in UNCOUNTED.after(need, "2026-W47").cells():
            gains[cell] += 100
    with tempfile.TemporaryDirectory() as folder:
        database = connect(f"sqlite:///{Path(folder, 'counts.db')}")
        migrate(database)
        add(database, Flush("bench", 1, {"2026-W47": gains}), week="2026-W47", cells=(), into=lambda week, _: week)
        began = time.perf_counter()
        reckoning.close_due(database, rules_of(content), TUESDAY + timedelta(days=7), timedelta())
        took = time.perf_counter() - began
        shown = periods(database)[0].shown["conversations", "", ""]
        database.dispose()
    if shown != CONVERSATIONS:
        raise AssertionError(f"{shown} conversations were closed, not {CONVERSATIONS}")
    return round(took, 2)
