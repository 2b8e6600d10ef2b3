"""The places that this program can write to, each looked through for what the searcher looks for."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.drill.searcher import Searcher
from bot.line.memory.redis_dump import UnreadableRedisError
from bot.storage.everything import UnreadableDatabaseError, Value

#: Said instead of a name that holds what was looked for.
_NAME = "a name"


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Where something was found and in which form; neither repeats it."""

    where: str
    form: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place to look through: `look` is None when this line does not use it."""

    name: str
    look: Callable[[Searcher], Iterator[Found]] | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a place held; `problem` names the kind of the error when it could not be read to its end."""

    place: str
    used: bool
    found: tuple[Found, ...] = ()
    problem: str = ""


def search(place: Place, searcher: Searcher) -> Seen:
    """Look through a place. Never raises because it cannot be read: that is part of the answer."""
    if place.look is None:
        return Seen(place.name, used=False)
    found: set[Found] = set()
    problem = ""
    try:
        # One by one: what was found before an error still counts.
        for one in place.look(searcher):
            found.add(one)
    except (UnreadableDatabaseError, UnreadableRedisError) as error:
        problem = str(error)
    except OSError as error:
        problem = type(error).__name__
    return Seen(place.name, used=True, found=tuple(sorted(found)), problem=problem)


def in_settings(searcher: Searcher, environ: Mapping[str, str]) -> Iterator[Found]:
    """Look through the environment."""
    for name, value in environ.items():
        yield from _named(searcher, name, value.encode("utf-8", "surrogateescape"), name)


def in_rows(searcher: Searcher, values: Iterable[Value]) -> Iterator[Found]:
    """Look through the values of a database, and the names of its tables and columns."""
    for table, column, held in values:
        where = f"{table}.{column}"
        yield from _named(searcher, where, as_bytes(held), where)


def in_memory(searcher: Searcher, pairs: Iterable[tuple[bytes, bytes]]) -> Iterator[Found]:
    """Look through keys and values of a Redis; of a key only its kind is told, for the rest is a pseudonym."""
    for key, value in pairs:
        where = key.decode("utf-8", "backslashreplace")
        yield from _named(searcher, where, value, ":".join(where.split(":")[:2]))


def in_files(searcher: Searcher, paths: Iterable[Path], below: Path) -> Iterator[Found]:
    """Look through files and their names, told as paths below a folder. Raises OSError, but not for one that went."""
    for path in paths:
        name = path.relative_to(below)
        yield from _named(searcher, str(name), b"", str(name))
        shown = _NAME if searcher.find(os.fsencode(name)) else str(name)
        try:
            yield from (Found(shown, form) for form in searcher.find_in_file(path))
        except FileNotFoundError:
            continue


def files_in(folder: Path, *, mine: bool = False, below: bool = True) -> Iterator[Path]:
    """Give the regular files of a folder, sorted; nothing when there is no folder. Raises OSError.

    `mine`: only files of the user who runs this. `below`: those of its folders as well; links are not followed.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        try:
            ours = not mine or entry.stat(follow_symlinks=False).st_uid == os.geteuid()
        except FileNotFoundError:
            continue
        if ours and entry.is_file(follow_symlinks=False):
            yield Path(entry.path)
        elif ours and below and entry.is_dir(follow_symlinks=False):
            yield from files_in(Path(entry.path), mine=mine)


def as_bytes(held: object) -> bytes:
    """Return a value of a database as bytes to search."""
    if isinstance(held, bytes | bytearray | memoryview):
        return bytes(held)
    return str(held).encode("utf-8", "surrogateescape")


def _named(searcher: Searcher, name: str, data: bytes, shown: str) -> Iterator[Found]:
    """Look through a name and what stands under it; a name that holds what is looked for is not repeated."""
    in_name = searcher.find(name.encode("utf-8", "surrogateescape"))
    yield from (Found(_NAME, form) for form in in_name)
    yield from (Found(_NAME if in_name else shown, form) for form in searcher.find(data))
