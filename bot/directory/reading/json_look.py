"""The first reading of a JSON file: which of what stands in it are the objects of a directory."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.directory.note import Level, Where
from bot.directory.reading.findings import BrokenError, Findings, shown
from bot.directory.reading.json_part import Part, bare
from bot.directory.reading.json_text import JsonText
from bot.directory.reading.kinds import NAMES, WHOLE, kind_named, kind_of
from bot.directory.reading.source import Source

#: What the list of an API page is called; HSDS says "contents".
_PAGE_KEYS = ("contents", "content", "items", "data", "results", "records", "rows", "features")
#: What other things may stand around that list.
_AROUND = (*_PAGE_KEYS, "result", "response", "payload", "_embedded")
_DEEPEST = 3
#: So many keys of an object are looked at with what they hold; of one with more only the first ones matter.
_MOST_KEPT = 200


@dataclass(slots=True)
class _Found:
    """What stands in an object: its plain values, its lists, objects around others, and all of its objects as a run."""

    path: tuple[str, ...]
    keyed: Part
    plain: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, Part] = field(default_factory=dict)
    inner: dict[str, "_Found"] = field(default_factory=dict)


class Look:
    """Looks at a file once and tells the parts of it that hold objects."""

    def __init__(self, source: Source, json: JsonText, findings: Findings) -> None:
        self._source, self._json, self._findings = source, json, findings
        self._named = kind_named(source.name)
        self._twice: set[tuple[str, ...]] = set()

    def run(self, path: tuple[str, ...], values: Iterator[Any], first: Mapping[str, Any] | None = None) -> Part:
        """Look at each object of a run."""
        named = self._named if not path or path[-1] in _PAGE_KEYS else kind_named(path[-1])
        part = Part(self._source.name, path, named)
        if first is not None:
            part.take(first)
        for place, value in enumerate(values, 1 if first is None else 2):
            self._say_what_was_mended(place)
            if isinstance(value, dict):
                part.take(bare(value))
            elif len(part.strange) < self._findings.limits.alike:
                part.strange.append((place, type(value).__name__))
            self._refuse_many_keys(part)
        return part

    def inside(self) -> list[Part]:
        """Look at an object: a page, tables, one of our objects, or the first of many, a line each."""
        found = self._object(())
        self._say_what_was_mended(1)
        if self._json.peek() == "{":
            return [self.run((), self._rest(), bare(found.plain))]
        return self._parts(found)

    def refuse_lists_twice(self, parts: Iterable[Part]) -> None:
        """Raise BrokenError where a list that is to be read stands twice: nobody can tell which one counts."""
        for part in parts:
            if any(part.path[:length] in self._twice for length in range(1, len(part.path) + 1)):
                raise BrokenError(f"{self._source.name}: the list {shown(str(part.key))} stands in it twice")

    def _rest(self) -> Iterator[Any]:
        while self._json.peek() == "{":
            yield self._json.value()

    def _object(self, path: tuple[str, ...]) -> _Found:
        found = _Found(path, Part(self._source.name, path, self._named, keyed=True))
        for key in self._json.members():
            here = (*path, key)
            if key in found.plain:
                self._twice.add(here)
                self._note(Level.MENDED, "a key stands twice in an object; the last one counts", shown(key))
            begins = self._json.peek()
            if begins == "[":
                found.lists[key] = self.run(here, self._json.elements())
                found.plain[key] = [None] * min(found.lists[key].count, 1)
            elif begins == "{" and key in _AROUND and len(here) < _DEEPEST:
                found.inner[key] = self._object(here)
                found.plain[key] = dict(found.inner[key].plain)
            else:
                value = self._json.value()
                found.plain[key] = value if len(found.plain) < _MOST_KEPT else None
                if isinstance(value, dict):
                    found.keyed.take({"id": key, **bare(value)})
                    self._refuse_many_keys(found.keyed)
        return found

    def _refuse_many_keys(self, part: Part) -> None:
        if len(part.headings) > self._findings.limits.columns * 10:
            raise BrokenError(f"{self._source.name}: its objects have more keys than any directory has")

    def _parts(self, found: _Found) -> list[Part]:
        plain, lists = found.plain, found.lists
        if tables := [lists[key] for key in lists if key.lower().endswith((".csv", ".tsv"))]:
            return tables
        page = next((key for key in _PAGE_KEYS if key in lists), "")
        if page and "id" not in plain:
            self._say_what_a_page_claims(plain, lists[page])
            return [lists[page]]
        if kind := kind_of(bare(plain), self._named) if "id" in plain or "name" in plain else "":
            nested = any(isinstance(value, dict | list) and value for value in plain.values())
            return [
                Part(self._source.name, found.path, self._named, kind, 1, True, False, nested, dict.fromkeys(plain))
            ]
        if named := [part for key, part in lists.items() if key.lower() in NAMES]:
            return named
        return self._parts_elsewhere(found)

    def _parts_elsewhere(self, found: _Found) -> list[Part]:
        """Return the objects that stand further in, each under its id, or in a list of a name nobody knows."""
        for inner in found.inner.values():
            if parts := self._parts(inner):
                return parts
        keyed = found.keyed
        if not found.path and keyed.count and keyed.count == len(found.plain) and _is_ours(keyed):
            self._note(Level.INFERRED, "its objects stand in an object, each under its id", "")
            return [keyed]
        likely = [part for part in found.lists.values() if _is_ours(part)]
        if len(likely) == 1:
            self._say_where(likely[0])
            return likely
        return []

    def _say_where(self, part: Part) -> None:
        self._note(Level.INFERRED, 'its objects do not stand under "contents"', f'taken from "{part.key}"')

    def _say_what_a_page_claims(self, plain: Mapping[str, Any], part: Part) -> None:
        if part.key != "contents":
            self._say_where(part)
        # Of other makers "size" is how many a page may hold.
        claimed = plain.get("numberOfElements" if "totalElements" in plain else "size")
        if isinstance(claimed, int) and claimed != part.count:
            what = "says how many objects it holds and holds another number; the number was not believed"
            self._note(Level.INFERRED, what, f"says {claimed}, holds {part.count}")
        pages = plain.get("total_pages", plain.get("totalPages"))
        last = plain.get("last") if "totalElements" in plain else plain.get("last_page")
        if (
            last is False
            or isinstance(plain.get("next"), str)
            and plain["next"]
            or isinstance(pages, int)
            and pages > 1
        ):
            what = "is one page of several; what stands on the others was not read"
            page = plain.get("page_number", plain.get("number", "?"))
            self._note(Level.DROPPED, what, f"page {page} of {pages or '?'}"[:40])

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


def _is_ours(part: Part) -> bool:
    """Tell whether objects are whole ones of HSDS, or rows with names that say more."""
    names = {heading.lower() for heading in part.headings}
    return part.kind in WHOLE or (len(names) > 2 and bool(names & {"name", "title"}))
