"""The provider, as a process of its own: texts at a rate, whatever becomes of them (`python -m tests.faults.client`).

Behaves as Twilio does: one POST for a text; on a reset, a refused connection, another status than 200 or no answer
within its patience it fetches the fallback TwiML once. It takes orders on standard input, one a line: `rate 40`,
`crowd 1000` (so many new conversations at this moment), `finish`. Each delivery is told on standard output.
"""

import asyncio
import json
import random
import resource
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.faults.record import Delivery, How
from tests.faults.signer import signature
from tests.faults.texts import MEAN_TURNS, Copy, Talk, talk

#: Between two texts of a phone, and before a late duplicate, in seconds.
_THINKS = (0.3, 1.2)
_LATE = (0.5, 3.0)
_FILES = 8192


@dataclass(frozen=True, slots=True)
class Account:
    """What the provider knows of the line; addresses are (host, port), `url` is what it signs, `patience` seconds."""

    token: str
    url: str
    line: tuple[str, int]
    fallback: tuple[str, int]
    rate: float
    patience: float = 10.0
    first: int = 0
    #: Of the usual pauses between texts, so much.
    pauses: float = 1.0


@dataclass
class Provider:
    """Sends texts until told to finish."""

    account: Account
    tell: Callable[[Delivery], None]
    _rate: float = 0.0
    _number: int = 0
    _running: set[asyncio.Task[None]] = field(default_factory=set)
    _done: asyncio.Event = field(default_factory=asyncio.Event)
    _chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - pauses, no secret

    async def run(self) -> None:
        """Begin conversations one after the other at the rate asked for; return when the last one is over."""
        self._rate, self._number = self.account.rate, self.account.first
        due = time.monotonic()
        while not self._done.is_set():
            pause = max(0.0, due - time.monotonic()) if self._rate else 0.1
            try:
                await asyncio.wait_for(self._done.wait(), pause)
            except TimeoutError:
                if self._rate:
                    self._begin(due)
                due = max(due, time.monotonic() - 1.0) + MEAN_TURNS / (self._rate or 1.0)
        await asyncio.gather(*self._running)

    def order(self, words: str) -> None:
        """Do what one line of standard input asks for."""
        what, _, amount = words.strip().partition(" ")
        if what == "rate":
            self._rate = float(amount)
        elif what == "crowd":
            for _ in range(int(amount)):
                self._begin(time.monotonic())
        else:
            self._done.set()

    def _begin(self, due: float) -> None:
        self._number += 1
        task = asyncio.create_task(self._talk(talk(self._number), due))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _talk(self, said: Talk, due: float) -> None:
        late: list[asyncio.Task[None]] = []
        for number, turn in enumerate(said.turns):
            if number:
                pause = self._chance.uniform(*_THINKS) * self.account.pauses
                due = time.monotonic() + pause
                await asyncio.sleep(pause)
            copies = 2 if turn.copies is Copy.AT_ONCE else 1
            await asyncio.gather(*(self._deliver(said, number, copy, due) for copy in range(copies)))
            if turn.copies is Copy.LATE:
                late.append(asyncio.create_task(self._again(said, number)))
        await asyncio.gather(*late)

    async def _again(self, said: Talk, turn: int) -> None:
        pause = self._chance.uniform(*_LATE) * self.account.pauses
        due = time.monotonic() + pause
        await asyncio.sleep(pause)
        await self._deliver(said, turn, 1, due)

    async def _deliver(self, said: Talk, turn: int, copy: int, due: float) -> None:
        began, now = time.monotonic(), time.time()
        how, reply, why = How.LINE, "", ""
        try:
            async with asyncio.timeout(self.account.patience):
                status, reply = await _exchange(self.account.line, self._request(said, turn))
            why = "" if status == 200 else f"status {status}"
        except TimeoutError:
            why = "late"
        except (OSError, ValueError, asyncio.IncompleteReadError) as error:
            why = type(error).__name__
        if why:
            how, reply = await self._fallback()
        took = time.monotonic() - began
        self.tell(Delivery(said.number, turn, copy, began, now, took, how, reply, why, began - due))

    async def _fallback(self) -> tuple[How, str]:
        try:
            async with asyncio.timeout(self.account.patience):
                status, reply = await _exchange(self.account.fallback, b"GET /fallback HTTP/1.1\r\nHost: f\r\n\r\n")
            return (How.FALLBACK, reply) if status == 200 else (How.NONE, "")
        except (OSError, ValueError, asyncio.IncompleteReadError):
            return How.NONE, ""

    def _request(self, said: Talk, turn: int) -> bytes:
        form = [
            ("AccountSid", f"AC{'b' * 32}"),
            ("ApiVersion", "2010-04-01"),
            ("Body", said.turns[turn].body),
            ("From", said.phone),
            ("FromCity", ""),
            ("MessageSid", said.sid(turn)),
            ("NumMedia", "0"),
            ("NumSegments", "1"),
            ("SmsStatus", "received"),
            ("To", "+12135550100"),
        ]
        body = urlencode(form).encode()
        head = (
            f"POST /sms HTTP/1.1\r\nHost: line.example.org\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\nConnection: close\r\n"
            f"X-Twilio-Signature: {signature(self.account.token, self.account.url, form)}\r\n\r\n"
        )
        return head.encode() + body


async def _exchange(address: tuple[str, int], request: bytes) -> tuple[int, str]:
    """Send one request on a connection of its own; give the status and the body. ValueError for what is no HTTP."""
    reader, writer = await asyncio.open_connection(*address)
    try:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *rest = head.split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
        body = await reader.readexactly(int(headers["content-length"]) if "content-length" in headers else 0)
        if first.split()[1] == "200" and not headers.get("content-type", "").startswith("text/xml"):
            raise ValueError("the provider would send this to the phone word for word")
        return int(first.split()[1]), body.decode()
    finally:
        writer.transport.abort()


async def _main() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(_FILES, hard)), hard))
    account = json.loads(sys.stdin.readline())
    account |= {"line": tuple(account["line"]), "fallback": tuple(account["fallback"])}
    provider = Provider(Account(**account), lambda told: print(told.dump(), flush=True))  # noqa: T201
    loop = asyncio.get_running_loop()

    def listen() -> None:
        for words in sys.stdin:
            loop.call_soon_threadsafe(provider.order, words)
        loop.call_soon_threadsafe(provider.order, "finish")

    threading.Thread(target=listen, daemon=True).start()
    await provider.run()


if __name__ == "__main__":
    asyncio.run(_main())
