"""What staff told the line between two releases, as a process last read it."""

import logging
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.referral.bulletin import NO_BULLETINS, Bulletins
from bot.storage import bulletins, copy
from bot.storage.bulletins import Folded, Row, fold
from bot.storage.copy import NoCopyError
from bot.storage.database import reason

log = logging.getLogger(__name__)


class Told:
    """Hold the bulletins as they were last read from the database, before that from the copy on disk."""

    def __init__(self, engine: Engine, cache_dir: Path) -> None:
        self._engine = engine
        self._cache_dir = cache_dir
        self._folded = Folded(NO_BULLETINS)
        self._mark: str | None = None  # the state of the table they were read from, None = from the copy
        self._uncopied: str | None = None  # why the copy on disk could not be written

    @property
    def bulletins(self) -> Bulletins:
        """Give what holds now; the same object until something changes."""
        return self._folded.bulletins

    def recall(self) -> None:
        """Begin with what the copy on disk holds; never raises."""
        try:
            self._folded = fold(copy.read_bulletins(self._cache_dir))
        except NoCopyError:
            return
        except Exception as error:  # damaged, or written for another version
            log.warning("the copy of the bulletins was not used: %s", error)

    def catch_up(self) -> str | None:
        """Read the table if it changed and keep a copy of it; give what is wrong, None when nothing is.

        A table that cannot be read leaves everything as it is: a number that was paused stays paused.
        """
        try:
            mark = bulletins.mark(self._engine)
            if mark != self._mark:
                found = bulletins.rows(self._engine)
                self._folded, self._mark = fold(found), mark
                self._keep_copy(found)
            elif self._uncopied or not copy.is_there(self._cache_dir, copy.BULLETINS):
                self._keep_copy(bulletins.rows(self._engine))
        except SQLAlchemyError as error:
            return f"the bulletins cannot be read: {reason(error)}. If a table is missing: quietline init"
        return "; ".join(filter(None, (self._misread(), self._uncopied))) or None

    def _misread(self) -> str:
        numbers = self._folded.unreadable
        return f"bulletins that cannot be read were left out: {', '.join(map(str, numbers))}" if numbers else ""

    def _keep_copy(self, found: list[Row]) -> None:
        unreadable = set(self._folded.unreadable)
        try:
            copy.write_bulletins(self._cache_dir, [row for row in found if row.number not in unreadable])
        except OSError as error:
            self._uncopied = f"the copy of the bulletins could not be written: {error.strerror}"
        else:
            self._uncopied = None
