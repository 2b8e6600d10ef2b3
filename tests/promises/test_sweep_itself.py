"""The sweep finds what it is there to find: a line with planted leaks, each in another place and another form."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.line.memory import redis_dump
from tests.e2e.running import RunningLine
from tests.line.memory.redis_server import RedisServer, find_redis_server
from tests.promises.canaries import Flock
from tests.promises.evidence import Evidence
from tests.promises.last_four import alone, telling
from tests.promises.leaky import LEAKS
from tests.promises.paths import Texting
from tests.promises.site import PROC, Site, seize_process
from tests.promises.sweep import sweep

#: What the sweep must say of each leak: the place, and what of the canary stands there in which form.
FOUND = {
    "in a log line": ("leaky/stderr", "number +1NNNNNNNNNN"),
    "masked in a log line": ("leaky/stderr", "last four digits"),
    "printed": ("standard output", "sid"),
    "in a row": ("seen.mark", "SHA-256 of leak in a row: number +1NNNNNNNNNN, hex"),
    "in a deleted row": ("data/line.db", "body"),
    "in a temporary file": ("tmp/spool-", "body, base64"),
    "in an open file": ("process: an open file without a name", "number NNNNNNNNNN, utf-16-le"),
    "in redis": ("Redis: value", "number NNNNNNNNNN"),
    "under the token": ("cache/marks", "HMAC-SHA-256 under TWILIO_AUTH_TOKEN of leak under the token: number"),
    "at home": ("home/.history", "WORD"),
}


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer | None]:
    """Give a Redis, or None where there is none: then one leak is not tried."""
    if shutil.which("redis-server") is None:
        yield None
        return
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory, small: Path, redis: RedisServer | None) -> dict[str, list[str]]:
    """Text a leaky line, sweep its site, and give what was found of each leak."""
    folder = tmp_path_factory.mktemp("leaky")
    (folder / "data").mkdir()
    shutil.copy(small, folder / "data" / "line.db")
    site = Site(folder, f"sqlite:///{folder}/data/line.db", {"STATE_URL": redis.url} if redis else {})
    line = RunningLine(site.home("leaky", ("-m", "tests.promises.leaky")))
    try:
        flock = site.new_flock()
        texting = Texting([line], flock)
        assert texting.text("no leak", "food").message
        for how in LEAKS:
            if redis or how != "in redis":
                assert texting.text(f"leak {how}", f"keep {how}").message
        seize_process(line, site.evidence)
        for key, value in redis_dump.every_value(redis.url) if redis else ():
            site.evidence.add("Redis: key", key)
            site.evidence.add("Redis: value", value)
        site.seize()
    finally:
        line.stop()
    site.seize()
    site.evidence.add("standard output", line.said.encode())
    return by_leak(sweep(site.evidence, flock, site.secrets()))


def by_leak(found: list[str]) -> dict[str, list[str]]:
    leaks: dict[str, list[str]] = {}
    for finding in found:
        how = next((how for how in sorted(FOUND, key=len, reverse=True) if f"leak {how}: " in finding), "no leak")
        leaks.setdefault(how, []).append(finding)
    return leaks


@pytest.mark.parametrize("leak", FOUND)
def test_a_planted_leak_is_found_in_its_place(leak: str, findings: dict[str, list[str]]) -> None:
    if leak == "in redis":
        find_redis_server()
    place, form = FOUND[leak]
    if place.startswith("process: ") and not PROC:
        pytest.skip("this system does not tell of its processes")
    found = [finding for finding in findings.get(leak, ()) if finding.startswith(place)]
    assert [finding for finding in found if form in finding], findings.get(leak)


def test_nothing_else_is_found(findings: dict[str, list[str]]) -> None:
    assert set(FOUND) == set(LEAKS)
    assert findings.keys() <= set(FOUND)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param(b"From: ***-***-0142", True, id="stars"),
        pytest.param(b"XXXXXX0142", True, id="x's"),
        pytest.param(b"caller ending in 0142.", True, id="in words"),
        pytest.param(b'{"last4": "0142", "phone": 1}', True, id="JSON"),
        pytest.param(b"(213) 0142", True, id="with its area"),
        pytest.param(b"0142", False, id="alone"),
        pytest.param(b"From 10142", False, id="part of a number"),
        pytest.param(b"number 3fa0142bc9", False, id="part of a digest"),
        pytest.param(b"number" + bytes(60) + b"0142", False, id="far from its mark"),
        pytest.param(b"From 0143", False, id="others"),
    ],
)
def test_last_four_digits_count_near_a_mark(data: bytes, found: bool) -> None:
    assert list(telling(data, ["0142"])) == (["0142"] if found else [])


def test_four_digits_that_stood_there_before_are_not_drawn() -> None:
    taken = {f"{n:04d}" for n in range(999)}
    assert alone(" ".join(sorted(taken)).encode()) == taken
    assert Flock(set(taken)).canary("the only one left").last_four == "0999"


def test_evidence_leaves_out_what_stood_there_before() -> None:
    evidence = Evidence()
    before = os.urandom(100_000)
    evidence.know(before)
    evidence.add("the same", before)
    evidence.add("moved", b"\n" + before)
    assert sum(len(data) for _, data in evidence.held) < 10_000
    evidence.add("changed", before[:50_000] + b"the leak" + before[50_008:])
    assert [place for place, data in evidence.held if b"the leak" in data] == ["changed"]


@pytest.mark.parametrize("at", range(0, 9000, 357))
def test_evidence_keeps_what_lies_across_blocks(at: int) -> None:
    evidence = Evidence()
    before = bytes(range(1, 9)) * 1200
    evidence.know(before)
    leak = os.urandom(12).hex().encode()
    evidence.add("changed", before[:at] + leak + before[at + len(leak) :])
    assert any(leak in data for _, data in evidence.held)
