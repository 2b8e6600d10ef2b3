"""Two releases that take turns, so that one can see which of them a line answers from, and ones with an error."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.referral.content import Content
from bot.referral.release import load_stored
from bot.storage.database import connect
from bot.storage.file_writer import write_document
from bot.storage.files import read_document
from bot.storage.migrate import migrate
from bot.storage.releases import append, publish
from tests.conftest import ROOT
from tests.promises.lean import lean_document
from tests.storage.publishable import publishable

CHANGED = "New words: call {211}. Danger: {911}."
#: What nobody understands, and the words by which the second release answers it.
UNCLEAR, SHOWS = "qwrtzp plmkj", "New words"


class Size(StrEnum):
    """Which content the line answers from: one for tests of machinery, the default one without examples, or all."""

    SMALL = "small"
    LEAN = "lean"
    FULL = "full"


_DOCUMENTS: dict[Size, Callable[[], dict[str, Any]]] = {
    Size.SMALL: publishable,
    Size.LEAN: lean_document,
    Size.FULL: lambda: read_document(ROOT / "data"),
}


@dataclass
class Releases:
    """Publishes to one database: the odd releases are the plain document, the even ones answer UNCLEAR otherwise."""

    url: str
    size: Size = Size.SMALL
    number: int = 0
    contents: tuple[Content, Content] = field(init=False)

    def __post_init__(self) -> None:
        self._plain = _DOCUMENTS[self.size]()
        wording = {**self._plain["wording/en.toml"], "unclear": CHANGED}
        self._changed = {**self._plain, "wording/en.toml": wording}
        self.contents = (load_stored(self._plain, self._plain), load_stored(self._changed, self._plain))

    def files(self, folder: Path) -> dict[str, str]:
        """Write the small release as files; return the setting that makes a line take them for its own."""
        if self.size is not Size.SMALL:
            return {}
        folder.mkdir()
        write_document(folder, self._plain)
        return {"DATA_DIR": str(folder)}

    def make(self) -> None:
        """Make the tables and publish the first release."""
        engine = connect(self.url)
        try:
            migrate(engine)
        finally:
            engine.dispose()
        self.publish()

    def publish(self) -> int:
        """Publish the next of the two; give its number."""
        return self._publish((self._changed, self._plain)[self._next() % 2])

    def publish_broken(self) -> int:
        """Publish a release that no line can answer from."""
        return self._publish({**self._plain, "wording/en.toml": {**self._plain["wording/en.toml"], "unclear": 7}})

    def publish_tampered(self) -> int:
        """Publish one whose stored words are not those of its digest, as after a damage on disk."""
        engine = connect(self.url)
        try:
            with engine.begin() as connection:
                self.number = append(connection, self._plain, note="a fault", now=datetime.now(UTC))
                order = text("UPDATE release SET document = replace(document, '211', '311') WHERE number = :number")
                connection.execute(order, {"number": self.number})
            return self.number
        finally:
            engine.dispose()

    def _next(self) -> int:
        return self.number + 1

    def _publish(self, document: dict[str, Any]) -> int:
        engine = connect(self.url)
        try:
            self.number = publish(engine, document, note="of the fault suite", now=datetime.now(UTC))
            return self.number
        finally:
            engine.dispose()
