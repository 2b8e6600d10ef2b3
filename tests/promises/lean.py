"""The default release without its examples: the same replies to plain words, and a line that starts in a second."""

from copy import deepcopy
from functools import cache
from typing import Any

from bot.storage.database import connect
from bot.storage.files import read_document
from bot.storage.migrate import migrate
from bot.storage.releases import publish_first
from tests.conftest import ROOT
from tests.referral.small import NOON

_LEARNT = ("trained.toml", "ordinary.toml")


@cache
def _document() -> dict[str, Any]:
    document = {name: table for name, table in read_document(ROOT / "data").items() if name not in _LEARNT}
    for table in document.values():
        for part in (table, *table.values()):
            if isinstance(part, dict):
                part.pop("examples", None)
    return document


def lean_document() -> dict[str, Any]:
    """Return the lean release as a document, a copy to be changed at will."""
    return deepcopy(_document())


def fill(url: str) -> None:
    """Make the tables in a database and publish the lean release as number 1."""
    engine = connect(url)
    try:
        migrate(engine)
        publish_first(engine, _document(), note="the default release", now=NOON)
    finally:
        engine.dispose()
