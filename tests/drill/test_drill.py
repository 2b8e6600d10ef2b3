"""`quietline drill` as staff and their lawyer meet it: what it finds, what it says, and what it never repeats."""

import base64
import hashlib
import hmac
import os
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from redis import Redis
from sqlalchemy import Engine, text

from bot import cli
from bot.drill.report import STATEMENT
from tests.content.test_reading_grade import measure
from tests.databases import Database
from tests.line.memory.redis_server import RedisServer, free_port

WRITTEN = "(213) 555-0142"
E164 = "+12135550142"
DIGITS = "2135550142"
TOKEN = "an-old-token,a-new-token"
PLACES = (
    "Settings",
    "Database",
    "Files of the database",
    "Folder of the database",
    "Copy of the content (CACHE_DIR)",
    "Temporary folder",
    "Redis",
)
Drill = Callable[..., Result]


@pytest.fixture
def environ(
    request: pytest.FixtureRequest,
    engine: Engine,
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, str | None]:
    """Give the settings of a line with everything, empty; with Redis for tests that ask for `redis_server`."""
    with_redis = "redis_server" in request.fixturenames
    (tmp_path / "tmp").mkdir()
    (tmp_path / "cache").mkdir()
    (tmp_path / "home").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path / "home")
    return {
        "DATABASE_URL": database.url,
        "STATE_URL": request.getfixturevalue("redis_server").url if with_redis else "memory://",
        "CACHE_DIR": str(tmp_path / "cache"),
        "DATA_DIR": None,
        "TWILIO_AUTH_TOKEN": TOKEN,
    }


@pytest.fixture
def drill(environ: dict[str, str | None]) -> Drill:
    """Give the command as a function."""

    def run(*number: str, stdin: str = "") -> Result:
        told = CliRunner().invoke(cli.main, ["drill", *number], input=stdin, env=environ, prog_name="quietline")
        assert told.exception is None or isinstance(told.exception, SystemExit)
        for piece in ("5550142", "555-0142", "0142", *TOKEN.split(",")):
            assert piece not in told.output, told.output
        return told

    return run


def said_of(told: Result) -> dict[str, list[str]]:
    """Give what the report says of each place, in its order."""
    body = told.stdout.split("\n\n")[1]
    said: dict[str, list[str]] = {}
    for line in body.splitlines():
        place, _, words = line.partition(": ")
        said.setdefault(place, []).append(words)
    return said


def found(told: Result) -> dict[str, list[str]]:
    """Give only the places that held something, and see that the others say they held nothing."""
    assert told.exit_code == 1, told.output
    said = said_of(told)
    assert tuple(said) == PLACES
    return {place: words for place, words in said.items() if words not in (["nothing."], ["not used by this line."])}


@pytest.mark.parametrize("shared", [False, True], ids=["RAM", "Redis"])
def test_nothing_is_held(shared: bool, drill: Drill, database: Database, request: pytest.FixtureRequest) -> None:
    environ = request.getfixturevalue("environ")
    environ["STATE_URL"] = request.getfixturevalue("redis_server").url if shared else "memory://"
    told = drill(WRITTEN)
    assert told.exit_code == 0
    unused = {*(PLACES[2:4] if database.kind == "postgresql" else ()), *(() if shared else ("Redis",))}
    assert said_of(told) == {place: ["not used by this line." if place in unused else "nothing."] for place in PLACES}
    assert all(paragraph[:40] in told.stdout for paragraph in STATEMENT)
    assert told.stderr == ""


@pytest.mark.parametrize(
    "number", [["213", "555", "0142"], ["+1-213-555-0142"], ["--", DIGITS], ["-213-555-0142"], ["-"]], ids=" ".join
)
def test_the_number_may_be_written_as_people_do(number: list[str], drill: Drill) -> None:
    assert drill(*number, stdin=f"{WRITTEN}\n").stdout == drill(WRITTEN).stdout


@pytest.mark.parametrize("number", ["555-0142", "+442135550142", "2135550142x", ""])
def test_what_is_no_number_is_refused_and_not_repeated(number: str, drill: Drill) -> None:
    told = drill(number)
    assert told.exit_code == 2
    assert told.stdout == ""
    assert "That is not a phone number" in told.stderr
    assert drill("--since", number).exit_code == 2


def test_wrong_settings_are_no_finding(drill: Drill, environ: dict[str, str | None]) -> None:
    environ["STATE_URL"] = "nowhere"
    told = drill(WRITTEN)
    assert told.exit_code == 2
    assert "STATE_URL" in told.stderr


def plant_row(engine: Engine, held: object) -> None:
    blob = "BLOB" if engine.dialect.name == "sqlite" else "BYTEA"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE planted (words TEXT, raw {blob}, number BIGINT)"))
        column = {str: "words", bytes: "raw", int: "number"}[type(held)]
        connection.execute(text(f"INSERT INTO planted ({column}) VALUES (:held)"), {"held": held})  # noqa: S608 - names of ours


@pytest.mark.parametrize(
    ("held", "column", "form"),
    [
        pytest.param(f"from {E164} today", "words", "+1NNNNNNNNNN", id="text"),
        pytest.param(12135550142, "number", "1NNNNNNNNNN", id="whole number"),
        pytest.param(hashlib.sha256(E164.encode()).hexdigest(), "words", "SHA-256 of +1NNNNNNNNNN, hex", id="digest"),
        pytest.param(hashlib.sha256(E164.encode()).digest(), "raw", "SHA-256 of +1NNNNNNNNNN, bytes", id="raw digest"),
        pytest.param(
            hmac.digest(b"a-new-token", DIGITS.encode(), "sha1").hex(),
            "words",
            "HMAC-SHA-1 under TWILIO_AUTH_TOKEN of NNNNNNNNNN, hex",
            id="under a token",
        ),
    ],
)
def test_a_row_is_found(held: object, column: str, form: str, drill: Drill, engine: Engine) -> None:
    plant_row(engine, held)
    assert f"FOUND in planted.{column}, as {form}." in found(drill(WRITTEN))["Database"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_was_deleted_is_found_in_the_files(drill: Drill, database: Database, engine: Engine) -> None:
    plant_row(engine, "nothing special")
    # A connection stays open, so the log beside the file stays as well: it still holds what was overwritten.
    with closing(engine.raw_connection()) as plain:
        cursor = plain.cursor()
        cursor.execute("BEGIN")
        cursor.execute("INSERT INTO planted (words) VALUES (?)", [E164])
        cursor.execute("COMMIT")
        cursor.execute("BEGIN")
        cursor.execute("DELETE FROM planted")
        cursor.execute("COMMIT")
        told = drill(WRITTEN)
    assert found(told) == {"Files of the database": ["FOUND in test.db-wal, as +1NNNNNNNNNN."]}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("place", "folder", "name", "shown"),
    [
        pytest.param("Folder of the database", "database", "notes.txt", "notes.txt", id="beside the database"),
        pytest.param("Copy of the content (CACHE_DIR)", "cache", "a/b", "a/b", id="below the copy"),
        pytest.param("Temporary folder", "tmp", "spool/x", "spool/x", id="temporary"),
    ],
)
def test_a_file_is_found(*, place: str, folder: str, name: str, shown: str, drill: Drill, tmp_path: Path) -> None:
    path = tmp_path / folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(os.urandom(50) + base64.b64encode(b"x" + E164.encode()))
    assert found(drill(WRITTEN)) == {place: [f"FOUND in {shown}, as +1NNNNNNNNNN, base64."]}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_name_is_found_and_not_repeated(drill: Drill, tmp_path: Path, redis_server: RedisServer) -> None:
    (tmp_path / "cache" / f"body {E164}.txt").write_text(f"From {E164}")
    with redis_server.client() as client:
        client.set(f"seen:{DIGITS}", 1)
    assert found(drill(WRITTEN)) == {
        "Copy of the content (CACHE_DIR)": ["FOUND in a name, as +1NNNNNNNNNN."],
        "Redis": ["FOUND in a name, as NNNNNNNNNN."],
    }


Plant = Callable[[Redis], object]


@pytest.mark.parametrize(
    ("plant", "where"),
    [
        pytest.param(lambda redis: redis.set("quietline:held:0f0f", f"x{E164}x"), "quietline:held", id="a value"),
        pytest.param(lambda redis: redis.rpush("queue", "a", E164), "queue", id="a part"),
    ],
)
def test_a_value_of_redis_is_found(plant: Plant, where: str, drill: Drill, redis_server: RedisServer) -> None:
    with redis_server.client() as client:
        plant(client)
    assert found(drill(WRITTEN)) == {"Redis": [f"FOUND in {where}, as +1NNNNNNNNNN."]}


def test_a_setting_is_found(drill: Drill, environ: dict[str, str | None]) -> None:
    environ["LINE_AREAS"] = f"{E164}=westlake"
    assert found(drill(WRITTEN)) == {"Settings": ["FOUND in LINE_AREAS, as +1NNNNNNNNNN."]}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_keys_lying_around_are_tried(drill: Drill, tmp_path: Path, engine: Engine) -> None:
    (tmp_path / "cache" / "key").write_bytes(b"\x00raw key\xff" * 3 + b"\n")
    (tmp_path / "home" / ".env").write_text('export HASH_SALT="a salt"\n')
    plant_row(engine, "9f2c77aa01b84c1e")
    written = [
        hmac.digest(b"\x00raw key\xff" * 3, E164.encode(), "sha256"),
        hmac.digest(b"9f2c77aa01b84c1e", E164.encode(), "sha256"),
        hashlib.sha256(b"a salt" + E164.encode()).digest(),
    ]
    (tmp_path / "tmp" / "marks").write_bytes(b"\n".join(written))
    assert found(drill(WRITTEN))["Temporary folder"] == [
        "FOUND in marks, as HMAC-SHA-256 under a small file of +1NNNNNNNNNN, bytes.",
        "FOUND in marks, as HMAC-SHA-256 under a value in the database of +1NNNNNNNNNN, bytes.",
        "FOUND in marks, as SHA-256 after HASH_SALT in a file of +1NNNNNNNNNN, bytes.",
    ]


def test_what_cannot_be_read_is_said(drill: Drill, database: Database, environ: dict[str, str | None]) -> None:
    database.drop()
    environ["STATE_URL"] = f"redis://127.0.0.1:{free_port()}/0"
    told = drill(WRITTEN)
    assert told.exit_code == 2
    said = said_of(told)
    assert said["Database"] == ["could not be read (OperationalError)."]
    assert said["Redis"] == ["could not be read (ConnectionError)."]
    assert said["Temporary folder"] == ["nothing."]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_finding_outweighs_what_cannot_be_read(drill: Drill, database: Database, tmp_path: Path) -> None:
    database.drop()
    (tmp_path / "tmp" / "x").write_text(E164)
    told = drill(WRITTEN)
    assert told.exit_code == 1
    assert said_of(told)["Database"] == ["could not be read (OperationalError)."]


def test_the_statement_is_easy_to_read() -> None:
    assert measure(STATEMENT, "en").grade <= 8
    for word in ("15 minutes", "random key", "restarted", "X", "docs/what-a-seizure-yields.md"):
        assert any(word in paragraph for paragraph in STATEMENT)
