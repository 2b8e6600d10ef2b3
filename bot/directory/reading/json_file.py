"""JSON files: a list, an API page, objects line by line, one object with all inside it, or tables in an object."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.directory.note import Level, Where
from bot.directory.reading.findings import BrokenError, Findings, shown
from bot.directory.reading.json_text import JsonText
from bot.directory.reading.kinds import NAMES, kind_named, kind_of
from bot.directory.reading.limits import Limits
from bot.directory.reading.source import Source
from bot.directory.reading.text import say_what_was_mended, text_of_file

#: What the list of an API page is called; HSDS says "contents".
_PAGE_KEYS = ("contents", "content", "items", "data", "results", "records", "rows")


@dataclass(slots=True)
class Part:
    """A run of objects in a file: its list under `key`, or, where that is None, all of the file.

    `kind` is "" when its objects are none of HSDS. `one`: the file is a single object. `nested`: objects stand in them.
    """

    file: str
    key: str | None
    named: str
    kind: str = ""
    count: int = 0
    one: bool = False
    nested: bool = False
    headings: dict[str, None] = field(default_factory=dict)
    strange: list[tuple[int, str]] = field(default_factory=list)

    def take(self, doc: Mapping[str, Any]) -> None:
        """Count an object and learn from it. The first one decides what kind they are."""
        if not self.count:
            self.kind = kind_of(doc, self.named)
        self.count += 1
        self.headings.update(dict.fromkeys(doc))
        self.nested = self.nested or any(isinstance(value, dict | list) and value for value in doc.values())


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A JSON file that was looked at once, and the parts of it that hold objects of a directory."""

    source: Source
    parts: tuple[Part, ...]

    def objects(self, part: Part, limits: Limits) -> Iterator[tuple[int, dict[str, Any]]]:
        """Give the objects of a part with their places in it, from 1. Raises BrokenError."""
        with text_of_file(self.source) as text:
            json = JsonText(self.source.name, text, limits, look=False)
            for place, value in enumerate(_values(json, part), 1):
                if isinstance(value, dict):
                    yield place, value


def json_file(source: Source, findings: Findings) -> JsonFile:
    """Look at a JSON file, all of it, and return which parts of it hold objects. Raises BrokenError."""
    with text_of_file(source) as text:
        json = JsonText(source.name, text, findings.limits)
        look = _Look(source, json, findings)
        if json.peek() == "[":
            parts = [look.run(None, json.elements())]
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


class _Look:
    """The first reading of a file."""

    def __init__(self, source: Source, json: JsonText, findings: Findings) -> None:
        self._source, self._json, self._findings = source, json, findings
        self._named = kind_named(source.name)
        self._twice: set[str] = set()

    def run(self, key: str | None, values: Iterator[Any], first: Mapping[str, Any] | None = None) -> Part:
        """Look at each object of a run."""
        named = self._named if key is None or key in _PAGE_KEYS else kind_named(key)
        part = Part(self._source.name, key, named)
        if first is not None:
            part.take(first)
        for place, value in enumerate(values, 1 if first is None else 2):
            self._say_what_was_mended(place)
            if isinstance(value, dict):
                part.take(value)
            elif len(part.strange) < self._findings.limits.alike:
                part.strange.append((place, type(value).__name__))
            if len(part.headings) > self._findings.limits.columns * 10:
                raise BrokenError(f"{self._source.name}: its objects have more keys than any directory has")
        return part

    def inside(self) -> list[Part]:
        """Look at an object: a page, tables, one of our objects, or the first of many, a line each."""
        plain: dict[str, Any] = {}
        lists: dict[str, Part] = {}
        for key in self._json.members():
            if key in plain:
                self._twice.add(key)
                self._note(Level.MENDED, "a key stands twice in an object; the last one counts", shown(key))
            if self._json.peek() == "[":
                lists[key] = self.run(key, self._json.elements())
                plain[key] = [None] * min(lists[key].count, 1)
            else:
                plain[key] = self._json.value()
        self._say_what_was_mended(1)
        if self._json.peek() == "{":
            return [self.run(None, self._rest(), plain)]
        return self._parts(plain, lists)

    def refuse_lists_twice(self, parts: Iterable[Part]) -> None:
        """Raise BrokenError where a list that is to be read stands twice: nobody can tell which one counts."""
        for part in parts:
            if part.key in self._twice:
                raise BrokenError(f"{self._source.name}: the list {shown(str(part.key))} stands in it twice")

    def _rest(self) -> Iterator[Any]:
        while self._json.peek() == "{":
            yield self._json.value()

    def _parts(self, plain: Mapping[str, Any], lists: Mapping[str, Part]) -> list[Part]:
        if tables := [lists[key] for key in lists if key.lower().endswith((".csv", ".tsv"))]:
            return tables
        page = next((key for key in _PAGE_KEYS if key in lists), "")
        if page and "id" not in plain:
            self._say_what_a_page_claims(plain, lists[page])
            return [lists[page]]
        if kind := kind_of(plain, self._named) if "id" in plain or "name" in plain else "":
            nested = any(isinstance(value, dict | list) and value for value in plain.values())
            return [Part(self._source.name, None, self._named, kind, 1, True, nested, dict.fromkeys(plain))]
        return [part for key, part in lists.items() if key.lower() in NAMES]

    def _say_what_a_page_claims(self, plain: Mapping[str, Any], part: Part) -> None:
        if part.key != "contents":
            self._note(Level.INFERRED, 'its objects do not stand under "contents"', f'taken from "{part.key}"')
        claimed = plain.get("size")
        if isinstance(claimed, int) and claimed != part.count:
            what = "says how many objects it holds and holds another number; the number was not believed"
            self._note(Level.INFERRED, what, f"says {claimed}, holds {part.count}")
        pages = plain.get("total_pages")
        if plain.get("last_page") is False or isinstance(pages, int) and pages > 1:
            what = "is one page of several; what stands on the others was not read"
            self._note(Level.DROPPED, what, f"page {plain.get('page_number', '?')} of {pages or '?'}"[:40])

    def _say_what_was_mended(self, place: int) -> None:
        if self._json.doubled:
            what = "a key stands twice in an object; the last one counts"
            self._note(Level.MENDED, what, f"{self._json.doubled} keys", place)
        if self._json.unfit:
            what = "texts held letters that cannot be stored; they were left out or replaced"
            self._note(Level.MENDED, what, f"{self._json.unfit} texts", place)
        self._json.doubled = self._json.unfit = 0

    def _note(self, level: Level, what: str, value: str, place: int | None = None) -> None:
        self._findings.note(level, Where(self._source.name, place), what, value)


def _values(json: JsonText, part: Part) -> Iterator[Any]:
    """Give every value of a part; all other lists are passed over piece by piece."""
    if part.one:
        yield json.value()
    elif part.key is None and json.peek() == "[":
        yield from json.elements()
    elif part.key is None:
        while json.peek():
            yield json.value()
    else:
        for key in json.members():
            values = json.elements() if json.peek() == "[" else iter([json.value()])
            for value in values:
                if key == part.key:
                    yield value
