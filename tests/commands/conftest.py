"""The commands for staff on a small release, at a moment the test chooses."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from bot import opened
from bot.commands import bulletins, checks, recording
from bot.referral.document import parse
from bot.storage.database import connect
from bot.storage.migrate import migrate
from bot.storage.releases import publish
from tests.referral import small

Quietline = Callable[..., Result]
#: As in bot.cli, of which these tests need no more.
COMMANDS = [checks.checks, bulletins.pause, bulletins.resume, bulletins.banner]


class Clock:
    """The time it is for the commands: a Monday, noon in Los Angeles, 2 pm in DuPage."""

    def __init__(self) -> None:
        self.now = small.NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in (checks, recording, bulletins):
        monkeypatch.setattr(module, "now_utc", made)
    return made


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database with the small release, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "line.db"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    publish(engine, small.document(), note="", now=small.NOON)
    engine.dispose()
    return path


@pytest.fixture
def database_url(tmp_path: Path, filled: Path) -> str:
    """Give one test a database with the small release."""
    shutil.copy(filled, tmp_path / "line.db")
    return f"sqlite:///{tmp_path / 'line.db'}"


@pytest.fixture
def environ(tmp_path: Path, database_url: str) -> dict[str, str | None]:
    names = ("OPT_OUT_MODE", "STATE_URL", "LINE_AREAS", "TWILIO_AUTH_TOKEN", "PUBLIC_BASE_URL", "DATA_DIR")
    return {**dict.fromkeys(names), "DATABASE_URL": database_url, "CACHE_DIR": str(tmp_path / "cache")}


@pytest.fixture
def quietline(environ: dict[str, str | None], clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Quietline:
    """Give the commands as a function, each call as a process of its own would do it."""
    # The small release says too little to pass the lint.
    monkeypatch.setattr(opened, "load_release", parse)
    monkeypatch.setattr(opened, "load_stored", lambda document, _packaged: parse(document))
    group = click.Group("quietline", COMMANDS)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(group, arguments, env=environ)

    return run


@pytest.fixture
def good(quietline: Quietline) -> Callable[..., str]:
    """Give the commands as a function that returns what a good one prints."""

    def run(*arguments: str) -> str:
        ran = quietline(*arguments)
        assert (ran.exit_code, ran.stderr) == (0, ""), ran.output
        return ran.stdout

    return run


@pytest.fixture
def refused(quietline: Quietline) -> Callable[..., str]:
    """Give the commands as a function that returns why one is refused, in one sentence for a person."""

    def run(*arguments: str) -> str:
        ran = quietline(*arguments)
        assert (ran.exit_code in (1, 2), isinstance(ran.exception, SystemExit), ran.stdout) == (True, True, "")
        return ran.stderr.partition("Error: ")[2]

    return run
