"""Two lines that share PostgreSQL and Redis: every path, every trouble, one killed and one stopped, and no trace."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from bot.line.memory import redis_dump
from tests.e2e.running import RunningLine, eventually
from tests.line.memory.redis_server import RedisServer
from tests.promises.canaries import Flock
from tests.promises.lean import fill, lean_document
from tests.promises.paths import Texting, every_path, until_killed
from tests.promises.postgres import OwnPostgres
from tests.promises.site import PROC, Site, memory_of, seize_process
from tests.promises.sweep import sweep


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """Give a Redis that keeps nothing on disk and may be killed."""
    (tmp_path / "redis").mkdir()
    server = RedisServer(tmp_path / "redis")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def postgres() -> Iterator[OwnPostgres]:
    """Give a server with the lean release in its one database."""
    server = OwnPostgres()
    fill(server.url)
    yield server
    server.remove()


@pytest.fixture
def site(tmp_path: Path, postgres: OwnPostgres, redis: RedisServer) -> Site:
    """Give a folder for two lines."""
    return Site(tmp_path, postgres.url, {"STATE_URL": redis.url}, also=postgres.folder)


def through_everything(lines: list[RunningLine], site: Site, postgres: OwnPostgres, redis: RedisServer) -> Flock:
    """Take every path and every trouble, and kill the second line in the middle of texts."""
    postgres.settle()
    postgres.dump(site.folder / "backup.sql")
    flock = site.new_flock()
    texting = Texting(lines, flock)
    every_path(texting, lean_document())
    for trouble in (postgres.locked, postgres.read_only, postgres.moved_away, postgres.stopped):
        with trouble():
            for number in range(6):
                assert texting.text(f"{trouble.__name__}, text {number}", "food").message
    redis.stop()
    for number in range(6):
        assert texting.text(f"Redis away, text {number}", "food").message
    redis.start()
    eventually(lambda: keeps_in(redis, texting), "Redis in use again")
    seize_redis(redis, site)
    for line in lines:
        seize_process(line, site.evidence)
    site.seize()
    until_killed(texting, lines[1].process.kill)
    return flock


def keeps_in(redis: RedisServer, texting: Texting) -> bool:
    assert texting.text("Redis back", "food").message
    return any(b":held:" in key for key, _ in redis_dump.every_value(redis.url))


def seize_redis(redis: RedisServer, site: Site) -> None:
    """Collect every key and value, and all the memory of the server, in which a number never was."""
    for key, value in redis_dump.every_value(redis.url):
        site.evidence.add("Redis: key", key)
        site.evidence.add("Redis: value", value)
    assert redis.process is not None
    for region in memory_of(redis.process.pid):
        site.evidence.add("Redis: memory", region)


def test_nothing_points_at_anybody(site: Site, postgres: OwnPostgres, redis: RedisServer) -> None:
    with ExitStack() as left_open:
        homes = [site.home(name) for name in ("one", "two")]
        with ThreadPoolExecutor() as both:
            lines = list(both.map(RunningLine, homes))
        for line in lines:
            left_open.callback(line.stop)
        flock = through_everything(lines, site, postgres, redis)
        eventually(lambda: b":held:" not in b"".join(key for key, _ in redis_dump.every_value(redis.url)), "oblivion")
        with redis.client() as client:
            assert [key for key in client.scan_iter() if client.ttl(key) == -1] == []
        assert lines[0].stop() == 0
    for line in lines:
        site.evidence.add("standard output", line.said.encode())
    seize_redis(redis, site)
    postgres.dump(site.folder / "backup.sql")
    secrets = site.secrets()
    site.seize()
    postgres.stop()
    for place, data in site.files():
        site.evidence.add(place, data)
    assert sweep(site.evidence, flock, secrets) == []
    plant(flock, site, postgres, redis)
    places = {finding.partition(": planted: ")[0] for finding in sweep(site.evidence, flock, ())}
    folders = {place.rsplit("/", 1)[0] for place in places}
    assert folders >= {"data/pg_wal", "data", "Redis: memory" if PROC else "Redis: value"}
    assert any(folder.startswith("data/base/") for folder in folders)


def plant(flock: Flock, site: Site, postgres: OwnPostgres, redis: RedisServer) -> None:
    """Leave traces of a number that was kept, and in PostgreSQL deleted again; collect everything once more."""
    canary = flock.canary("planted")
    site.evidence.held.clear()
    postgres.start()
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE planted (words TEXT)")
        connection.execute("INSERT INTO planted VALUES (%s)", [canary.sender])
        connection.execute("DELETE FROM planted")
    postgres.stop()
    with redis.client() as client:
        client.set("planted", canary.sender)
    seize_redis(redis, site)
    for place, data in site.files():
        site.evidence.add(place, data)
