"""Services and organizations as JSON files: lists by id, indented, the same bytes for the same content."""

import json
from collections.abc import Iterable
from functools import lru_cache
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from bot.directory.service import Doc
from bot.directory.writing.shelf import Shelf, shelved


def write_json(folder: Path, docs: Iterable[Doc]) -> None:
    """Write services.json, and organizations.json with the organization of each, into a folder; it is made."""
    folder.mkdir(parents=True, exist_ok=True)
    organizations = Shelf(folder)
    try:
        with shelved(docs, folder) as services:
            _write_list(folder / "services.json", services)
            for doc in services:
                if "organization" in doc:
                    organizations.put(doc["organization"])
        _write_list(folder / "organizations.json", organizations)
    finally:
        organizations.close()


def _write_list(path: Path, docs: Iterable[Doc]) -> None:
    with open(path, "wb") as file:
        ahead = b"[\n  "
        for doc in docs:
            file.write(ahead + _encoded(doc))
            ahead = b",\n  "
        file.write(b"[]\n" if ahead.startswith(b"[") else b"\n]\n")


def _encoded(doc: Doc) -> bytes:
    try:
        return indented(doc, "\n  ").encode()
    except UnicodeEncodeError:  # half a character, from broken JSON
        return json.dumps(doc, indent=2).replace("\n", "\n  ").encode()


def indented(value: Any, line: str = "\n") -> str:
    """Return what json.dumps does with indent=2 and letters as they are, in half the time; `line` begins a line."""
    if isinstance(value, str):
        return encode_basestring(value)
    inner = f"{line}  "
    if isinstance(value, dict) and value:
        cells = [f"{encode_basestring(key)}: {_value(key, inside, inner)}" for key, inside in value.items()]
        return f"{{{inner}{f',{inner}'.join(cells)}{line}}}"
    if isinstance(value, list) and value:
        return f"[{inner}{f',{inner}'.join([indented(inside, inner) for inside in value])}{line}]"
    return json.dumps(value, allow_nan=False)


def _value(key: str, value: Any, line: str) -> str:
    if key == "taxonomy_term":  # hundreds of thousands of attributes share a few dozen terms
        return _known(json.dumps(value, allow_nan=False), line)
    return indented(value, line)


@lru_cache(maxsize=4096)
def _known(text: str, line: str) -> str:
    return indented(json.loads(text), line)
