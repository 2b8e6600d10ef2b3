"""Load on a server, by the client beside this file or by wrk, and what either saw."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bot.line import last_resort
from bot.line.sms import twiml
from tests.benchmarks import signed

_CLIENT = Path(__file__).with_name("client.py")
_SCRIPT = Path(__file__).with_name("wrk.lua")
#: What the line says when it is too late for an answer, or failed: quick, and no answer.
_MAKESHIFTS = sorted({twiml(last_resort.sms(language)) for language in ("", "en", "es")})
#: A client that uses more of its processor, or sends later than this, was itself what held things up.
MOST_CPU, MOST_LATE_MS = 0.8, 2.0
#: As many connections as a provider may open at once.
RATE_CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Seen:
    """What the client saw, in texts a second and milliseconds. `cpu`: the share of a processor it needed itself."""

    sent: int
    makeshifts: int
    per_s: float
    p50: float
    p99: float
    max: float
    late_p99: float
    cpu: float

    @property
    def limit(self) -> str:
        """Say what spoils the figure: answers that were none, or a client that was the limit; "" when nothing does."""
        if self.makeshifts:
            return f"{self.makeshifts} of {self.sent} got the safe reply, not an answer"
        if self.cpu > MOST_CPU:
            return f"the client was at its limit ({self.cpu:.0%} of a processor)"
        if self.late_p99 > MOST_LATE_MS:
            return f"the client itself sent late (p99 {self.late_p99:.1f} ms)"
        return ""


@dataclass(slots=True)
class Stock:
    """Requests in a file, each used once: the line answers one that it has seen from its memory."""

    path: Path
    number: int
    used: int = field(default=0, init=False)

    @classmethod
    def make(cls, folder: Path, texts: list[str], number: int) -> "Stock":
        """Sign so many texts and write them down."""
        stock = cls(folder / "requests", number)
        signed.write(signed.requests(texts, number), stock.path)
        return stock

    def take(self, most: int) -> int:
        """Return where the next ones begin, `most` of which may be used. Raises RuntimeError when it has run out."""
        began, self.used = self.used, self.used + most
        if self.used > self.number:
            raise RuntimeError(f"{self.number} signed requests are not enough")
        return began

    def give_back(self, unused: int) -> None:
        """Return those that were not needed."""
        self.used -= unused

    def anew(self) -> "Stock":
        """Return the same requests as if none had been used: for a line that has seen none of them."""
        return Stock(self.path, self.number)


def closed(port: int, stock: Stock, *, connections: int, seconds: float, most: int) -> Seen:
    """Send as fast as answers come. At most `most` texts, of which none is sent twice."""
    skip = stock.take(most)
    seen = _client(port=port, file=str(stock.path), skip=skip, most=most, connections=connections, seconds=seconds)
    stock.give_back(most - seen.sent)
    return seen


def at_rate(port: int, stock: Stock, rate: float, *, seconds: float, jitter: bool = False, half_sent: int = 0) -> Seen:
    """Send at a rate over 64 connections, whether answers come or not; beside so many that never finish a request."""
    skip = stock.take(most := round(rate * seconds * 1.5))
    job = {"connections": RATE_CONNECTIONS, "seconds": seconds, "rate": rate, "jitter": jitter, "half_sent": half_sent}
    seen = _client(port=port, file=str(stock.path), skip=skip, most=most, **job)
    stock.give_back(most - seen.sent)
    return seen


def wrk(port: int, stock: Stock, *, connections: int, seconds: float, most: int) -> float | None:
    """Return the texts a second that wrk gets answered; None when it is not installed. Raises RuntimeError."""
    program = shutil.which("wrk")
    if program is None:
        return None
    whole = max(1, round(seconds))
    told = subprocess.run(
        [program, "-t1", f"-c{connections}", f"-d{whole}s", f"-s{_SCRIPT}", f"http://127.0.0.1:{port}/sms"]
        + ["--", str(stock.path), str(stock.take(most)), str(most)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found, wrong = re.search(r"answered (\d+) in (\d+) us", told), re.search(r"Non-2xx|Socket errors", told)
    if found is None or wrong or int(found[1]) >= most:
        raise RuntimeError(f"wrk did not measure: {told}")
    # What it had under way at the end was sent and not counted.
    stock.give_back(most - int(found[1]) - connections)
    return int(found[1]) / int(found[2]) * 1e6


def limits(seen: Iterable[Seen]) -> str:
    """Say what spoils the first of some runs that is spoilt."""
    return next((one.limit for one in seen if one.limit), "")


def _client(**job: object) -> Seen:
    job["makeshifts"] = _MAKESHIFTS
    done = subprocess.run([sys.executable, "-I", _CLIENT, json.dumps(job)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the client failed: {done.stderr.strip().splitlines()[-1]}")
    return Seen(**json.loads(done.stdout))
