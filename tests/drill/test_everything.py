"""Every value of a database, and every value of a Redis."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import Engine, text

from bot.line.memory import redis_dump
from bot.storage.everything import UnreadableDatabaseError, Value, every_value
from tests.databases import Database
from tests.line.memory.redis_server import RedisServer, free_port

ODD = """CREATE TABLE "odd name" (number BIGINT, words TEXT, "raw bytes" {blob}, empty TEXT, moment DATE)"""
KEPT = ("odd name", ["number", "words", "raw bytes", "moment"])


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Give a database with the newest tables and one nobody foresaw, with 500 rows."""
    blob = "BLOB" if engine.dialect.name == "sqlite" else "BYTEA"
    rows = [{"n": n, "w": f"words {n}", "b": bytes([n % 256, 0, 255])} for n in range(500)]
    with engine.begin() as connection:
        connection.execute(text(ODD.format(blob=blob)))
        connection.execute(text("""INSERT INTO "odd name" VALUES (:n, :w, :b, NULL, '2026-11-21')"""), rows)
    return engine


def odd(values: list[Value]) -> list[Value]:
    return [value for value in values if value.table == "odd name" and "(samples)" not in value.column]


def test_every_value_of_every_table_is_given(filled: Engine, database: Database) -> None:
    values = odd(list(every_value(database.url)))
    assert {value.column for value in values} == set(KEPT[1])
    assert [value.held for value in values if value.column == "words"] == [f"words {n}" for n in range(500)]
    assert [value.held for value in values if value.column == "number"] == list(range(500))
    assert bytes(next(value.held for value in values if value.column == "raw bytes")) == b"\x00\x00\xff"  # type: ignore[call-overload]
    assert {str(value.held) for value in values if value.column == "moment"} == {"2026-11-21"}


def test_tables_of_the_line_are_among_them(engine: Engine, database: Database) -> None:
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO release VALUES (1, 'digest', 'a note', '2026-11-21 12:00:00', '{\"a\": 1}')"),
        )
    values = {(value.table, value.column): value.held for value in every_value(database.url)}
    assert values["release", "note"] == "a note"
    assert values["release", "document"] == '{"a": 1}'
    assert ("alembic_version", "version_num") in values


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_text_that_is_no_utf8_is_given_too(filled: Engine, database: Database) -> None:
    with filled.begin() as connection:
        connection.execute(text("""UPDATE "odd name" SET words = CAST(x'ff2b31' AS TEXT) WHERE number = 7"""))
    words = [str(value.held) for value in odd(list(every_value(database.url)))]
    assert b"\xff+1" in [word.encode("utf-8", "surrogateescape") for word in words]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_other_schemas_and_what_the_planner_remembers_are_given_too(filled: Engine, database: Database) -> None:
    with filled.begin() as connection:
        connection.execute(text("CREATE SCHEMA aside"))
        connection.execute(text("CREATE TABLE aside.hidden (words TEXT)"))
        connection.execute(text("INSERT INTO aside.hidden VALUES ('in a corner')"))
        connection.execute(text("CREATE MATERIALIZED VIEW frozen AS SELECT words FROM aside.hidden"))
        connection.execute(text("UPDATE \"odd name\" SET words = 'a frequent word'"))
    with filled.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    with filled.begin() as connection:
        connection.execute(text('DELETE FROM "odd name"'))
    values = list(every_value(database.url))
    assert Value("aside.hidden", "words", "in a corner") in values
    assert Value("frozen", "words", "in a corner") in values
    samples = [str(value.held) for value in values if value[:2] == ("odd name", "words (samples)")]
    assert any("a frequent word" in sample for sample in samples)


def test_a_database_that_is_away_is_said_without_its_address(database: Database, tmp_path: Path) -> None:
    database.drop()
    with pytest.raises(UnreadableDatabaseError) as away:
        list(every_value(database.url))
    assert str(away.value) == "OperationalError"
    assert away.value.__cause__ is None
    assert not (tmp_path / "database" / "test.db").exists()


def test_an_address_that_is_none_is_said() -> None:
    with pytest.raises(UnreadableDatabaseError, match="DatabaseUrlError"):
        list(every_value("oracle://me:secret@host/db"))


Fill = Callable[[Redis], Any]


@pytest.mark.parametrize(
    ("fill", "parts"),
    [
        pytest.param(lambda redis: redis.set("k", b"a\xff"), {b"a\xff"}, id="string"),
        pytest.param(lambda redis: redis.hset("k", mapping={"f": "v"}), {b"f", b"v"}, id="hash"),
        pytest.param(lambda redis: redis.rpush("k", "one", "two"), {b"one", b"two"}, id="list"),
        pytest.param(lambda redis: redis.sadd("k", "one", "two"), {b"one", b"two"}, id="set"),
        pytest.param(lambda redis: redis.zadd("k", {"one": 1}), {b"one"}, id="sorted set"),
        pytest.param(lambda redis: redis.xadd("k", {"f": "v"}), {b"f", b"v"}, id="stream"),
    ],
)
def test_every_kind_of_value_is_given(redis_server: RedisServer, fill: Fill, parts: set[bytes]) -> None:
    with redis_server.client() as client:
        fill(client)
    pairs = list(redis_dump.every_value(redis_server.url))
    assert {key for key, _ in pairs} == {b"k"}
    assert {value for _, value in pairs} == parts


def test_many_keys_are_given_once_each(redis_server: RedisServer) -> None:
    with redis_server.client() as client:
        client.mset({f"key {n}": os.urandom(40) for n in range(3000)})
    assert len({key for key, _ in redis_dump.every_value(redis_server.url)}) == 3000


def test_what_the_slow_log_remembers_is_given(redis_server: RedisServer) -> None:
    with redis_server.client() as client:
        client.config_set("slowlog-log-slower-than", 0)
        client.set("gone", "a command that was slow", px=1)
        client.config_set("slowlog-log-slower-than", 10_000)
    pairs = list(redis_dump.every_value(redis_server.url))
    assert any(key == redis_dump.SLOW_LOG and b"a command that was slow" in value for key, value in pairs)


def test_a_redis_that_is_away_is_said_without_its_address() -> None:
    with pytest.raises(redis_dump.UnreadableRedisError) as away:
        list(redis_dump.every_value(f"redis://:secret@127.0.0.1:{free_port()}/0"))
    assert str(away.value) == "ConnectionError"
    assert away.value.__cause__ is None
