"""The commands that open the staff door and let the first one in, as processes of their own."""

import logging
import os
import re
import signal
import subprocess
import sys
import threading
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from bot.cli import main
from bot.line.quiet_logs import QuietFilter
from bot.storage.database import connect
from tests.conftest import ROOT
from tests.databases import Database, database
from tests.e2e.running import PATIENCE, Home
from tests.line.memory.redis_server import free_port

__all__ = ["database"]

LINE_ALONE = """
import sys
import bot.app, bot.cli, bot.commands.serve, bot.line.sms, bot.line.voice, bot.line.serve, bot.storage.source
from bot.cli import main
import click
main.get_command(click.Context(main), "serve")
DOOR = {"flask_security", "flask_login", "wtforms", "webauthn", "passlib", "qrcode"}
print(sorted(name for name in sys.modules if name.split(".")[0] in DOOR or name.startswith("bot.console")))
"""
SECRET = "0123456789abcdef" * 4


@pytest.fixture
def home(tmp_path: Path, migrated: Path) -> Home:
    """Give a folder with an empty database, and the settings of a staff door."""
    made = Home(tmp_path)
    made.database.write_bytes(migrated.read_bytes())
    made.changes = {
        "SECRET_KEY": SECRET, "CONSOLE_BASE_URL": "https://staff.example.org",
        "TWILIO_AUTH_TOKEN": None, "PUBLIC_BASE_URL": None,
    }  # fmt: skip
    return made


def test_the_line_never_loads_the_staff_door() -> None:
    told = subprocess.run([sys.executable, "-c", LINE_ALONE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_invite_prints_a_link(home: Home) -> None:
    told = home.run("invite", "Ana@Example.org", "admin")
    assert told.returncode == 0, told.stderr
    assert re.match(rb"https://staff\.example\.org/join/[\w-]{43}\n", told.stdout)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SECRET_KEY": None, "CONSOLE_BASE_URL": None}, ["SECRET_KEY is missing", "CONSOLE_BASE_URL is missing"]),
        ({"DATABASE_URL": "sqlite:///empty.db"}, ["quietline init makes the tables"]),
    ],
)
@pytest.mark.parametrize("command", [("invite", "ana@example.org", "admin"), ("console", "--port", "0")])
def test_what_is_missing_is_said_in_one_go(
    home: Home, changes: dict[str, str | None], words: list[str], command: tuple[str, ...]
) -> None:
    home.changes = {**home.changes, **changes}
    told = home.run(*command)
    assert told.returncode == 1
    assert [word for word in words if word not in told.stderr.decode()] == []
    assert "Traceback" not in told.stderr.decode()


@pytest.mark.parametrize("email", ["ana", "@", "ana @example.org"])
def test_what_is_no_address_is_refused(home: Home, email: str) -> None:
    assert home.run("invite", email, "admin").returncode == 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_init_gives_the_role_of_the_line_what_it_needs(home: Home, database: Database) -> None:
    engine = connect(database.url)
    with engine.begin() as connection:
        connection.execute(text("DO $$ BEGIN CREATE ROLE the_line; EXCEPTION WHEN duplicate_object THEN END $$"))
    engine.dispose()
    home.changes = {"DATABASE_URL": database.url, "LINE_DB_ROLE": "the_line"}
    told = home.run("init")
    assert (told.returncode, b"the_line may do what the line needs" in told.stdout) == (0, True), told


def test_dev_is_for_this_machine_alone(home: Home) -> None:
    home.changes = {"TWILIO_AUTH_TOKEN": None, "PUBLIC_BASE_URL": None}
    assert b"this machine only" in home.run("console", "--dev", "--host", "0.0.0.0").stderr  # noqa: S104 - refused, that is the test


def test_the_logs_are_filtered_as_those_of_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    for where, name in ((root, "handlers"), (root, "level"), (logging, "raiseExceptions"), (sys, "excepthook")):
        monkeypatch.setattr(where, name, getattr(where, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(root, "handlers", [])
    told = CliRunner().invoke(main, ["console", "--dev", "--host", "0.0.0.0"])  # noqa: S104 - refused, that is the test
    assert told.exit_code == 1
    (handler,) = root.handlers
    assert [type(one) for one in handler.filters] == [QuietFilter]
    assert type(handler) is logging.StreamHandler
    assert root.level == logging.WARNING


def test_dev_prints_a_link_to_sign_up_answers_and_leaves_in_good_order(home: Home) -> None:
    home.changes = {"TWILIO_AUTH_TOKEN": None, "PUBLIC_BASE_URL": None}
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "console", "--dev", "--port", str(port)],
        cwd=home.folder, env=home.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    try:
        assert process.stdout
        assert process.stdout.readline() == f"The staff door is open on http://localhost:{port}\n"
        link = re.search(rf"http://localhost:{port}(/join/\S+)", process.stdout.readline())
        assert link
        connection = HTTPConnection("localhost", port, timeout=10)
        connection.request("GET", link[1])
        answered = connection.getresponse()
        assert (answered.status, b"admin@example.org" in answered.read()) == (200, True)
        connection.close()
        os.kill(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
        assert (process.returncode, "Traceback" in errors) == (0, False)
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()
