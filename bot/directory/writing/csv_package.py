"""Services as a tabular data package: one CSV file for each kind of object, and the description of them all."""

import json
import re
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from bot.directory.hsds import ENTITIES
from bot.directory.service import Doc
from bot.directory.writing.descriptor import descriptor
from bot.directory.writing.flatten import Flattening
from bot.directory.writing.shelf import shelved

_QUOTE = '"'
_SPECIAL = re.compile(r'[",\r\n]')


def write_csv(folder: Path, docs: Iterable[Doc]) -> None:
    """Write services into a folder as CSV files with datapackage.json beside them; a file without rows is left out.

    The folder is made. The rows of a service stand together, services in the order of their ids.
    """
    folder.mkdir(parents=True, exist_ok=True)
    flattening = Flattening()
    with ExitStack() as files, shelved(docs, folder) as shelf:
        tables: dict[str, TextIO] = {}
        for doc in shelf:
            for entity, row in flattening.rows(doc):
                names = [field.name for field in ENTITIES[entity].fields]
                if entity not in tables:
                    tables[entity] = files.enter_context(_file(folder / ENTITIES[entity].file))
                    tables[entity].write(_line(names))
                tables[entity].write(_line(row.get(name, "") for name in names))
    described = json.dumps(descriptor(tables), ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(f"{described}\n", encoding="utf-8", newline="\n")


def _file(path: Path) -> TextIO:
    # A lone surrogate (half a character, from broken JSON) has no place in UTF-8.
    return open(path, "w", encoding="utf-8", errors="replace", newline="")


def _line(cells: Iterable[str]) -> str:
    # Not the library's writer: asked for plain line ends, it leaves a carriage return inside a cell unquoted.
    return (
        ",".join([f'"{cell.replace(_QUOTE, 2 * _QUOTE)}"' if _SPECIAL.search(cell) else cell for cell in cells]) + "\n"
    )
