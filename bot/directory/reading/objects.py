"""What stands in JSON files is given on: as objects with all inside them, or as the rows of tables."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bot.directory.note import Where
from bot.directory.reading.findings import BrokenError
from bot.directory.reading.json_file import JsonFile
from bot.directory.reading.json_part import Part
from bot.directory.reading.kinds import MAIN, WHOLE, kind_of
from bot.directory.reading.limits import Limits
from bot.directory.reading.raw import RawDoc, RawRow, RawTable, UnreadableError


def is_table(part: Part) -> bool:
    """Tell whether a part of a file is named as the file of a table: what HSDS calls tabular JSON."""
    return part.key is not None and part.key.lower().endswith((".csv", ".tsv"))


def has_services(part: Part) -> bool:
    """Tell whether a part holds services, or organizations or places with theirs."""
    return part.kind in MAIN and not is_table(part)


def are_rows(parts: Sequence[Part]) -> bool:
    """Tell whether objects are rows that name each other by their ids, not objects with all inside them."""
    if any(has_services(part) and part.nested for part in parts):
        return False
    kinds = {part.kind for part in parts if part.count}
    return any(map(is_table, parts)) or len(kinds) > 1 or not kinds <= {*WHOLE}


def docs_of(file: JsonFile, limits: Limits) -> Iterator[RawDoc]:
    """Give the objects of a file, part by part. Raises UnreadableError when it changed since it was looked at."""
    try:
        for part in file.parts:
            for place, doc in file.objects(part, limits):
                where = Where(file.source.name, None if part.one else place)
                # What fits several kinds alike is what the first one was.
                yield RawDoc(where, kind_of(doc, part.kind) or part.kind, doc)
    except BrokenError as error:
        raise UnreadableError((str(error),)) from error


def table_in(file: JsonFile, part: Part, limits: Limits) -> RawTable:
    """Return a part of a file as a table: named after its list, or after the file."""
    name = part.key if part.key is not None and (is_table(part) or part.named) else file.source.name
    return RawTable(name, tuple(part.headings), lambda: _rows(file, part, name, limits), part.count)


def _rows(file: JsonFile, part: Part, name: str, limits: Limits) -> Iterator[RawRow]:
    empty = dict.fromkeys(part.headings, "")
    try:
        for place, doc in file.objects(part, limits):
            yield RawRow(Where(name, place), empty | {key: _cell(value) for key, value in doc.items()})
    except BrokenError as error:
        raise UnreadableError((str(error),)) from error


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)
