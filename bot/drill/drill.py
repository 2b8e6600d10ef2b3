"""The drill: everything this line has, searched for one number."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bot.drill import secrets_found
from bot.drill.digests import Secret, number_forms
from bot.drill.places import Found, Place, Seen, files_in, in_files, in_memory, in_rows, in_settings, search
from bot.drill.searcher import Searcher
from bot.line.memory import redis_dump
from bot.settings import Settings
from bot.storage import everything
from bot.storage.everything import UnreadableDatabaseError, Value

_SQLITE = "sqlite:///"
_BESIDE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Premises:
    """Where a line keeps things: its settings, the environment they came from, and the temporary folder."""

    settings: Settings
    environ: Mapping[str, str]
    temporary: Path

    @classmethod
    def of(cls, settings: Settings, environ: Mapping[str, str]) -> "Premises":
        """Return those of this process."""
        return cls(settings, environ, Path(tempfile.gettempdir()))

    @property
    def database(self) -> Path | None:
        """The file of the database, None when a server keeps it."""
        url = self.settings.database_url
        return Path(url.removeprefix(_SQLITE)).absolute() if url.startswith(_SQLITE) else None

    @property
    def redis_url(self) -> str:
        """The address of the Redis in use, "" when there is none."""
        return "" if self.settings.state_url.startswith("memory://") else self.settings.state_url

    def values(self) -> Iterator[Value]:
        """Give every value of the database. Raises UnreadableDatabaseError."""
        return everything.every_value(self.settings.database_url)


def drill(premises: Premises, digits: str) -> list[Seen]:
    """Look for every form of a ten-digit number in every place, and tell what each place held."""
    searcher = Searcher(number_forms(digits, secrets(premises)))
    return [search(place, searcher) for place in places(premises)]


def secrets(premises: Premises) -> list[Secret]:
    """Return every secret a digest may have been made with: of the environment, of files and of the database.

    The random key in the line's memory, and so in Redis, is none of them: that is the statement's subject.
    """
    found = secrets_found.in_environment(premises.environ)
    try:
        found += secrets_found.in_values(premises.values())
    except UnreadableDatabaseError:
        pass  # told when its turn to be searched comes
    return found + secrets_found.in_files(_near_files(premises))


def places(premises: Premises) -> list[Place]:
    """Return the places in the order of the report."""
    database, redis_url, cache = premises.database, premises.redis_url, premises.settings.cache_dir.absolute()

    def beside(searcher: Searcher) -> Iterator[Found]:
        return in_files(searcher, _database_files(database), database.parent) if database else iter(())

    def around(searcher: Searcher) -> Iterator[Found]:
        return in_files(searcher, _folder_files(database), database.parent) if database else iter(())

    def remembered(searcher: Searcher) -> Iterator[Found]:
        return in_memory(searcher, redis_dump.every_value(redis_url))

    def temporary(searcher: Searcher) -> Iterator[Found]:
        return in_files(searcher, files_in(premises.temporary, mine=True), premises.temporary)

    return [
        Place("Settings", lambda searcher: in_settings(searcher, premises.environ)),
        Place("Database", lambda searcher: in_rows(searcher, premises.values())),
        Place("Files of the database", beside if database else None),
        Place("Folder of the database", around if database else None),
        Place("Copy of the content (CACHE_DIR)", lambda searcher: in_files(searcher, files_in(cache), cache)),
        Place("Temporary folder", temporary),
        Place("Redis", remembered if redis_url else None),
    ]


def _database_files(database: Path | None) -> Iterable[Path]:
    if database is None:
        return ()
    return (path for ending in _BESIDE if (path := database.with_name(database.name + ending)).is_file())


def _folder_files(database: Path | None) -> Iterable[Path]:
    if database is None:
        return ()
    names = {database.name + ending for ending in _BESIDE}
    return (path for path in files_in(database.parent, below=False) if path.name not in names)


def _near_files(premises: Premises) -> Iterator[Path]:
    """Give the files that may hold a key: beside the database, beside the copy, and where commands are run."""
    here = (path for path in files_in(Path.cwd(), below=False) if ".env" in path.name)
    try:
        yield from chain(_folder_files(premises.database), files_in(premises.settings.cache_dir), here)
    except OSError:
        return  # told when the folder's turn to be searched comes
