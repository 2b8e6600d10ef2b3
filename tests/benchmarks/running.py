"""The running line, measured from outside: throughput beside the yardstick, memory, and the time until it answers."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

ROOT = Path(__file__).resolve().parents[2]
BASE, TOKEN = "https://line.example.org", "bench"
COMMAND = [sys.executable, "-m", "bot.cli"]
CONNECTIONS, SECONDS, TURNS = 8, 2.0, 3
Figures = dict[str, float | None]
_serial = count()


def measure(texts: Sequence[str]) -> Figures:
    """Run the line and the yardstick in turn; return throughput ratios, p99 (ms), PSS (MB), time to ready (s)."""
    requests = [_signed(texts[n % len(texts)]) for n in range(24_000)]
    ready = median(_ready_seconds() for _ in range(3))
    with _line() as (process, port):
        for request in requests[:1000]:
            _ask(port, request)
        pss = _pss_mb(process.pid)
    pool = iter(requests[1000:])
    ram, p99 = _ratio(pool, {})
    redis = os.environ.get("BENCH_REDIS_URL")
    shared = _ratio(pool, {"STATE_URL": redis})[0] if redis else None
    return {
        "webhook_ratio_ram": ram,
        "webhook_ratio_redis": shared,
        "webhook_p99_ms": p99,
        "line_pss_mb": pss,
        "ready_s": round(ready, 2),
    }


def _ratio(pool: Iterator[bytes], extra: dict[str, str]) -> tuple[float, float]:
    ratios, tails = [], []
    with _line(extra) as (_, ours), _bare() as theirs:
        for _ in range(TURNS):
            mine, waits = _load(ours, pool)
            yardstick, _ = _load(theirs, pool)
            ratios.append(mine / yardstick)
            tails.append(quantiles(waits, n=100)[98] * 1000)
    return round(median(ratios), 3), round(median(tails), 2)


def _load(port: int, pool: Iterator[bytes]) -> tuple[float, list[float]]:
    lock, waits, stop = threading.Lock(), [], time.monotonic() + SECONDS

    def work() -> None:
        with socket.create_connection(("127.0.0.1", port)) as wire:
            while time.monotonic() < stop:
                with lock:
                    request = next(pool, None)
                if request is None:
                    return
                began = time.monotonic()
                _exchange(wire, request)
                waits.append(time.monotonic() - began)

    workers = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    began = time.monotonic()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return len(waits) / (time.monotonic() - began), waits


def _signed(text: str) -> bytes:
    n = next(_serial)
    form = {
        "MessageSid": f"SM{n:032x}",
        "AccountSid": f"AC{'b' * 32}",
        "From": f"+1213555{n % 10_000:04d}",
        "To": "+16305550199",
        "Body": text,
        "NumMedia": "0",
        "FromCity": "",
        "FromZip": "",
    }
    signature = RequestValidator(TOKEN).compute_signature(f"{BASE}/sms", form)
    body = urlencode(form).encode()
    head = (
        f"POST /sms HTTP/1.1\r\nHost: line\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"X-Twilio-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _exchange(wire: socket.socket, request: bytes) -> bytes:
    wire.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += wire.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.splitlines()[0].decode())
    length = next(int(h.split(b":")[1]) for h in head.splitlines() if h.lower().startswith(b"content-length"))
    while len(body) < length:
        body += wire.recv(65536)
    return body


def _ask(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port)) as wire:
        return _exchange(wire, request)


@contextmanager
def _line(extra: dict[str, str] | None = None) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        env = {**_environment(folder), **(extra or {})}
        subprocess.run([*COMMAND, "init"], env=env, cwd=folder, check=True, capture_output=True)
        with _process([*COMMAND, "serve", "--port", str(port)], port, env) as process:
            yield process, port


@contextmanager
def _bare() -> Iterator[int]:
    port = _free_port()
    with _process([sys.executable, str(Path(__file__).with_name("bare.py")), str(port)], port, dict(os.environ)):
        yield port


@contextmanager
def _process(command: list[str], port: int, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _ready_seconds() -> float:
    with tempfile.TemporaryDirectory() as folder:
        port, env = _free_port(), _environment(folder)
        subprocess.run([*COMMAND, "init"], env=env, cwd=folder, check=True, capture_output=True)
        began = time.monotonic()
        with _process([*COMMAND, "serve", "--port", str(port)], port, env):
            return time.monotonic() - began


def _environment(folder: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder}/line.db",
        "CACHE_DIR": f"{folder}/cache",
        "DATA_DIR": str(ROOT / "data"),
        "TWILIO_AUTH_TOKEN": TOKEN,
        "PUBLIC_BASE_URL": BASE,
        "LINE_BUDGET_PER_HOUR": "0",
        "SENDER_BUDGET_PER_5_MIN": "0",
        "PYTHONPATH": str(ROOT),
    }


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except urllib.error.HTTPError:
            return  # the yardstick has no such page, and answers
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(f"nothing answers on port {port}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _pss_mb(pid: int) -> float | None:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return round(kilobytes / 1024, 1)
