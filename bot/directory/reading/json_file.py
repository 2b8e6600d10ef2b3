"""JSON files: a list, an API page, objects line by line, one object with all inside it, or tables in an object."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.directory.note import Level, Where
from bot.directory.reading.findings import BrokenError, Findings
from bot.directory.reading.json_look import Look
from bot.directory.reading.json_part import Part, values
from bot.directory.reading.json_text import JsonText
from bot.directory.reading.limits import Limits
from bot.directory.reading.source import Source
from bot.directory.reading.text import say_what_was_mended, text_of_file


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A JSON file that was looked at once, and the parts of it that hold objects of a directory."""

    source: Source
    parts: tuple[Part, ...]

    def objects(self, part: Part, limits: Limits) -> Iterator[tuple[int, dict[str, Any]]]:
        """Give the objects of a part with their places in it, from 1. Raises BrokenError."""
        with text_of_file(self.source) as text:
            json = JsonText(self.source.name, text, limits, look=False)
            for place, value in enumerate(values(json, part), 1):
                if isinstance(value, dict):
                    yield place, value


def json_file(source: Source, findings: Findings) -> JsonFile:
    """Look at a JSON file, all of it, and return which parts of it hold objects. Raises BrokenError."""
    with text_of_file(source) as text:
        json = JsonText(source.name, text, findings.limits)
        look = Look(source, json, findings)
        if json.peek() == "[":
            parts = [look.run((), json.elements())]
        elif json.peek() == "{":
            parts = look.inside()
        else:
            raise BrokenError(f"{source.name}: is not JSON")
        look.refuse_lists_twice(parts)
        if json.peek():
            raise BrokenError(f"{source.name}: something stands after the end of its JSON")
        say_what_was_mended(source, text, findings)
    for part in parts:
        if not part.count:
            findings.note(Level.DROPPED, Where(source.name), "holds no object", part.key or "")
        for place, sort in part.strange if not part.one else ():
            what = "stands where an object should; was left out"
            findings.note(Level.REFUSED, Where(source.name, place), what, sort)
    file = JsonFile(source, tuple(parts))
    for part in parts:
        if part.one and source.size > findings.limits.record:
            # It was looked at in pieces and is given in one: better refused now than later.
            deque(file.objects(part, findings.limits), 0)
    return file
