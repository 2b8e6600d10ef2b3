"""The release in use, as pages need it: what texters get now, and the document it was made from."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.referral.content import Content
from bot.referral.differences import parts
from bot.referral.partly import Live
from bot.storage import releases
from bot.storage.database import Database
from bot.storage.held import Held


class EmptyShelfError(Exception):
    """A page needed the release in use, and there is none: the database was not filled, or cannot be read."""


class Source(Protocol):
    """What gives the release in use, kept current beside the pages (bot/storage/source.py)."""

    @property
    def held(self) -> Held[Content]:
        """The content in use and what is known about it."""

    def look(self) -> None:
        """Look for a newer release or bulletin now."""


@dataclass(frozen=True, slots=True)
class InUse:
    """The live release. `content` has what staff told since laid over it; `parts` are the tables of its document."""

    release: releases.Release
    live: Live
    parts: Mapping[str, Any]

    @property
    def number(self) -> int:
        """The number under which it was published."""
        return self.release.number

    @property
    def content(self) -> Content:
        """What texters are answered from."""
        return self.live.content


class Shelf:
    """Keep the release in use at hand, read once for all pages until another one is live."""

    def __init__(self, database: Database, source: Source | None) -> None:
        self._database = database
        self._source = source
        self._lock = threading.Lock()
        self._kept: InUse | None = None

    def in_use(self) -> InUse:
        """Return the release in use, with what was told since. Raises EmptyShelfError, DatabaseError."""
        if self._source is None:
            raise EmptyShelfError("no release is at hand")
        with self._lock:
            mark = releases.newest(self._database)
            if mark is not None and mark.number != self._source.held.number:
                self._source.look()
            held = self._source.held
            if held.number is None:
                raise EmptyShelfError("the database holds no release (quietline init makes the first one)")
            kept = self._kept
            if kept is None or kept.number != held.number or (mark and mark.digest != kept.release.digest):
                kept = self._read(held.number, held.content)
            elif kept.content is not held.content:
                kept = replace(kept, live=replace(kept.live, content=held.content))
            self._kept = kept
            return kept

    def look(self) -> None:
        """Take up at once what was just published or told: the next page shows it."""
        if self._source is not None:
            self._source.look()

    @property
    def problem(self) -> str | None:
        """What keeps us from the newest release, None when nothing does."""
        return self._source.held.problem if self._source else "no release is at hand"

    def _read(self, number: int, content: Content) -> InUse:
        release = releases.read(self._database, number)
        return InUse(release, Live.of(release.document, content), parts(release.document))
