"""A document, written as a data/ directory that reads back as the same document."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import tomli_w

from bot.storage.document import Document

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: What tells one table from the next stands first, as in the files of data/; the rest is in order of its name.
_FIRST = ("id", "slug", "digit", "name", "short", "label", "status", "number", "topic", "rank", "on", "how")
_RANK = {key: place for place, key in enumerate(_FIRST)}


class UnwritableDocumentError(ValueError):
    """A document held what no file under data/ could say."""


def write_document(folder: Path, document: Document) -> None:
    """Write a document into a folder, a .toml file for each of its keys; comments are not part of a document.

    `read_document` gives the same document back. Raises UnwritableDocumentError, and OSError.
    """
    texts = {_path(name): file_text(name, tables) for name, tables in document.items()}
    for path, text in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def file_text(name: str, tables: Any) -> str:
    """Return the tables of one file as TOML: texts of several lines as such, days as days."""
    if not isinstance(tables, Mapping):
        raise UnwritableDocumentError(f"{name} holds no tables")
    try:
        # A text with a carriage return would lose it between three quotes.
        text = tomli_w.dumps(_toml(tables), multiline_strings=not _has_return(tables))
        text.encode()  # half a surrogate pair is a text to JSON, and no file
    except (TypeError, ValueError, RecursionError) as error:
        raise UnwritableDocumentError(f"{name} cannot be written as TOML: {error}") from None
    return text


def _path(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") for part in path.parts)
    if path.suffix != ".toml" or path.is_absolute() or hidden or path.as_posix() != name or "\0" in name:
        raise UnwritableDocumentError(f"{name!r} is no name of a file under data/")
    return path


def _toml(value: Any) -> Any:
    if isinstance(value, Mapping):
        inside = sorted(value.items(), key=lambda pair: (_RANK.get(pair[0], len(_FIRST)), pair[0]))
        return {key: _toml(part) for key, part in inside}
    if isinstance(value, list | tuple):
        return [_toml(part) for part in value]
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _day(value)
    return value


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _has_return(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_has_return(part) for part in value.values())
    if isinstance(value, list | tuple):
        return any(_has_return(part) for part in value)
    return isinstance(value, str) and "\r" in value
