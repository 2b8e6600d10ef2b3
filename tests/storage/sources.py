"""A release source under test: its content is the name of the line, and it looks only when told to."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.referral.bulletin import Bulletins
from bot.storage.database import connect
from bot.storage.held import Origin
from bot.storage.migrate import migrate
from bot.storage.releases import publish
from bot.storage.source import ReleaseSource
from tests.databases import Database

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SOON = 20.0  # what a wait that ends by itself may take on a busy machine

Make = Callable[..., ReleaseSource[str]]


class BrokenError(Exception):
    """A document was parsed that says it is broken."""


class Parser:
    """Content is the name of the line; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, document: Mapping[str, Any]) -> str:
        self.asked += 1
        name: str = document["line.toml"]["name"]
        if name == "broken":
            raise BrokenError("line.toml: name: says it is broken")
        return name


def overlaid(name: str, told: Bulletins) -> str:
    """Content with bulletins over it names what is paused: "one -food-pantry". Without any it is as it was."""
    if any(pause.entry == "broken" for pause in told.pauses):
        raise BrokenError("no bulletin can be laid over this")
    return " ".join([name, *(f"-{pause.entry}" for pause in told.pauses)])


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def document(name: str) -> dict[str, Any]:
    return {"line.toml": {"name": name}, "topics/food.toml": {"slug": "food"}}


def issue(database: Database, *names: str) -> int:
    """Publish releases as another process would: on a connection of its own. Makes the tables if need be."""
    engine = connect(database.url)
    migrate(engine)
    numbers = [publish(engine, document(name), note="", now=NOON) for name in names]
    engine.dispose()
    return numbers[-1] if numbers else 0


@pytest.fixture
def parser() -> Parser:
    return Parser()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(database: Database, tmp_path: Path, parser: Parser, clock: Clock) -> Iterator[Make]:
    """Make sources that look only when told to, unless `every` says otherwise."""
    made: list[ReleaseSource[str]] = []

    def make_source(**changes: Any) -> ReleaseSource[str]:
        url = changes.pop("url", database.url)
        settings: dict[str, Any] = {
            "cache_dir": tmp_path / "cache",
            "packaged": lambda: document("packaged"),
            "parse": parser,
            "overlay": overlaid,
            "clock": clock,
            "every": 3600.0,
            "patience": SOON,
        }
        made.append(ReleaseSource(url, **settings | changes))
        return made[-1]

    yield make_source
    for source in made:
        source.stop()


def state(source: ReleaseSource[str]) -> tuple[str, int | None, Origin]:
    return source.held.content, source.held.number, source.held.origin
