"""The releases of a database for tests of pages: looked for when told to, and each of them read once for all tests."""

import gc
from datetime import UTC, datetime

from bot.referral.content import Content
from bot.referral.overlay import with_bulletins
from bot.referral.release import load_stored
from bot.storage import bulletins, releases
from bot.storage.database import Database
from bot.storage.held import Held, Origin

#: Content that was read, by the digest of its release: nothing can change it.
_READ: dict[str, Content] = {}


class Releases:
    """What `bot.storage.source` does for a process, without threads and copies on disk."""

    def __init__(self, engine: Database) -> None:
        self._engine = engine
        self.look()

    @property
    def held(self) -> Held[Content]:
        """Give the content in use."""
        return self._held

    def look(self) -> None:
        """Look for a newer release or bulletin."""
        mark = releases.newest(self._engine)
        assert mark
        if mark.digest not in _READ:
            _READ[mark.digest] = load_stored(releases.read(self._engine, mark.number).document, {})
            gc.freeze()  # half a million objects that stay: the collector need not look at them again
        told = bulletins.fold(bulletins.rows(self._engine)).bulletins
        content = with_bulletins(_READ[mark.digest], told)
        self._held = Held(content, mark.number, Origin.DATABASE, datetime.now(UTC), bulletins=told.number)
