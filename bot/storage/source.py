"""The content a process answers from, kept current in the background. Nobody ever waits for a database.

It is a release, and over it what staff told the line since: the two change apart, and neither undoes the other.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.referral.bulletin import Bulletins
from bot.storage import copy
from bot.storage.database import reason, watch
from bot.storage.document import Document
from bot.storage.given_back import give_back, uncollected
from bot.storage.held import UNREADABLE, Held, Holding, Origin
from bot.storage.releases import Mark, Release, newest, read
from bot.storage.told import Told

T = TypeVar("T")

#: So long a start waits for a release that the database does hold to be read; a slow machine takes three seconds.
READING_SECONDS = 30.0

log = logging.getLogger(__name__)


class ReleaseSource(Generic[T]):
    """Hold the newest good release and the newest bulletins, whatever happens to the database.

    `parse` turns a document into content and raises for a broken one; `overlay` gives content with bulletins
    laid over it, within milliseconds; `packaged` loads the document that came with the program; `every` and
    `patience` are seconds. Raises DatabaseUrlError as `connect` does.
    """

    def __init__(
        self,
        url: str,
        *,
        cache_dir: Path,
        packaged: Callable[[], Document],
        parse: Callable[[Document], T],
        overlay: Callable[[T, Bulletins], T],
        clock: Callable[[], datetime],
        every: float = 2.0,
        patience: float = 1.0,
    ) -> None:
        self._engine = watch(url)
        self._cache_dir = cache_dir
        self._packaged = packaged
        self._parse = parse
        self._clock = clock
        self._every = every
        self._patience = patience
        self._holding = Holding(overlay)
        self._told = Told(self._engine, cache_dir)
        self._mark: Mark | None = None  # the release in use, if it came from the database
        self._refused: tuple[Mark, str] | None = None  # a release that does not parse, and why
        self._uncopied: str | None = None  # why the copy on disk could not be written
        self._looking = threading.Lock()
        self._found = False  # the database answered and holds a release
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="releases", daemon=True)

    def start(self) -> None:
        """Have content within `patience`: from the database, else the copy on disk, else the package.

        Raises what `packaged` or `parse` raises when not even the packaged document is any good.
        """
        self._told.recall()
        self._thread.start()
        holding = self._holding
        with holding.changed:
            holding.changed.wait_for(lambda: self._found or holding.settled, self._patience)
            if self._found:
                # The database did answer: reading what it holds is our own work, and beats doing it twice.
                holding.changed.wait_for(lambda: holding.settled, READING_SECONDS)
        if holding.held is None:
            try:
                self._fall_back()
            except Exception:
                self.stop()
                raise

    def stop(self) -> None:
        """Stop looking for newer releases, within a second; what is held stays."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=1.0)
        self._engine.dispose()

    @property
    def held(self) -> Held[T]:
        """Give the content in use with its number, origin and problem. Raises RuntimeError before `start`."""
        held = self._holding.held
        if held is None:
            raise RuntimeError("the release source was not started")
        return held

    @property
    def current(self) -> T:
        """Give the content to answer from."""
        return self.held.content

    @property
    def age(self) -> timedelta:
        """Tell how long ago the release in use was loaded."""
        return self._clock() - self.held.loaded_at

    def wait_for(self, condition: Callable[[Held[T]], bool], timeout: float) -> bool:
        """Wait until what is held fulfils a condition, `timeout` seconds at most; tell whether it does."""
        holding = self._holding
        with holding.changed:
            return holding.changed.wait_for(lambda: holding.held is not None and condition(holding.held), timeout)

    def look(self) -> None:
        """Look once for a newer release or bulletin; never raises, a problem is kept with what is held."""
        with self._looking:
            try:
                problem = self._catch_up()
            except SQLAlchemyError as error:
                problem = f"{UNREADABLE}: {reason(error)}"
            except Exception as error:  # the watch must outlive whatever comes out of a database
                problem = f"{type(error).__name__}: {error}"
        self._holding.tell(problem)

    def _watch(self) -> None:
        self.look()
        while not self._stopping.wait(self._every):
            self.look()

    def _catch_up(self) -> str | None:
        mark = newest(self._engine)
        # Bulletins first: they hold at once, also while the newest release is no good, and no release is ever in
        # use without them.
        unheard = self._told.catch_up()
        self._holding.lay(self._told.bulletins)
        problem = self._take(mark) if mark else "the database holds no release"
        return "; ".join(filter(None, (problem, unheard, self._holding.lay(self._told.bulletins)))) or None

    def _take(self, mark: Mark) -> str | None:
        """Take the live release unless it is in use; give what is wrong with it, or with its copy."""
        with self._holding.changed:
            self._found = True
            self._holding.changed.notify_all()
        if self._refused and self._refused[0] == mark:
            return self._refused[1]
        # Not "is the number higher": a database made anew, or restored, counts from a lower one.
        if mark != self._mark:
            with uncollected():
                release = read(self._engine, mark.number)
                try:
                    content = self._parse(release.document)
                except Exception as error:  # whatever it is, the old release goes on answering
                    self._refused = (mark, f"release {mark.number} was refused: {error}")
                    return self._refused[1]
                self._mark = mark
                self._holding.take(Held(content, mark.number, Origin.DATABASE, self._clock()), self._told.bulletins)
                self._keep_copy(release)
                del release
            give_back()
        elif self._uncopied or not copy.is_there(self._cache_dir, copy.NAME):
            self._keep_copy(read(self._engine, mark.number))
        return self._uncopied

    def _keep_copy(self, release: Release) -> None:
        try:
            copy.write(self._cache_dir, release.number, release.document)
        except OSError as error:
            self._uncopied = f"the copy on disk could not be written: {error.strerror}"
        else:
            self._uncopied = None

    def _fall_back(self) -> None:
        with uncollected():
            try:
                kept = copy.read(self._cache_dir)
                held = Held(self._parse(kept.document), kept.number, Origin.COPY, self._clock())
            except Exception as error:  # missing, damaged, or written for another version
                log.warning("the copy on disk was not used: %s", error)
                held = Held(self._parse(self._packaged()), None, Origin.PACKAGED, self._clock())
        with self._holding.changed:
            if self._holding.held is None:  # the database may have answered meanwhile
                self._holding.take(replace(held, problem=self._holding.problem), self._told.bulletins)
