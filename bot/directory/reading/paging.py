"""Walk through the pages of an API to their end, which is where they end, not where the API says they do."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from bot.directory.note import Level, Where
from bot.directory.reading.findings import BrokenError, Findings, shown
from bot.directory.reading.pages import Counted, Page, PageStore
from bot.directory.reading.wire import RefusedError, Wire

PER_PAGE = 100
#: Where the number of services is another one each time, the third walk goes on to the end all the same.
_MOST_STARTS = 3
#: Where so many services in a row had no details, no others are asked for.
_MOST_IN_VAIN = 20
_MENDED = "gave letters that cannot be stored or keys that stood twice; they were replaced, the last key counts"
#: An id that may stand in an address as it is; a path like "../" must not.
_PLAIN_ID = re.compile(r"(?!\.{1,2}$)[\w.:~-]{1,200}", re.ASCII)


class _ChangedError(Exception):
    """The server counted another number of services than when the first page was read."""


class Paging:
    """One walk through the pages of /services."""

    def __init__(self, wire: Wire, store: PageStore, say: Callable[[str], None]) -> None:
        self._wire, self._store, self._say = wire, store, say
        self._seen: set[str] = set()
        self._pages = Counted()
        self._unsteady = False
        self.kept = 0

    def version(self) -> str:
        """Return the version of HSDS that the server says it speaks, "" when it says none; it need not."""
        try:
            found = self._wire.json("/", patient=False)
        except BrokenError:
            return ""
        version = found.get("version") if isinstance(found, dict) else None
        return shown(version)[:40] if isinstance(version, str) else ""

    def all_pages(self, most: int, now: Callable[[], float]) -> int:
        """Read every page not kept yet and return how many hold services, at least 1. Raises BrokenError."""
        starts = 1
        while True:
            try:
                last = self._to_the_end(most)
            except _ChangedError:
                self._say("the directory was changed meanwhile; its pages are read anew")
                self._store.drop(now())
                starts += 1
                self._unsteady = starts == _MOST_STARTS
                continue
            self._store.state.done = True
            self._store.save()
            return last

    def tell(self, where: Where, version: str, findings: Findings) -> None:
        """Keep notes on what the server claimed and what it did."""
        if version:
            findings.note(Level.INFERRED, where, "says which version of HSDS it speaks", version)
        claimed, found = self._store.state.total, len(self._seen)
        if claimed is not None and claimed != found:
            what = "says how many services it has and gave another number; the number was not believed"
            findings.note(Level.INFERRED, where, what, f"says {claimed}, gave {found}")
        if self._unsteady:
            findings.note(Level.DROPPED, where, "counts its services anew on every page; some may be missing")
        if self._store.state.cut:
            findings.note(Level.DROPPED, where, "says that its first page is not the first; services may be missing")
        for level, what, count, of in (
            (
                Level.MENDED,
                "gave services more than once; the first copy of each was kept",
                self._pages.copies,
                "copies",
            ),
            (Level.REFUSED, "lists other things among its services; they were left out", self._pages.strange, "things"),
            (Level.MENDED, _MENDED, self._pages.mended, "letters and keys"),
        ):
            if count:
                findings.note(level, where, what, f"{count} {of}")
        if self._store.state.vain >= _MOST_IN_VAIN:
            what = "has no details of services; after so many in a row no others were asked for"
            findings.note(Level.DROPPED, where, what, str(_MOST_IN_VAIN))
        for known in self._pages.bare:
            what = "has no details of a service it lists; it was taken as listed"
            findings.note(Level.DROPPED, where, what, shown(known))

    def _to_the_end(self, most: int) -> int:
        self._seen, self._pages, self.kept = set(), Counted(), 0
        for number in range(1, most + 1):
            page = self._store.page(number)
            if page is None:
                page = self._asked(number)
                self._store.keep(number, page)
                self._store.save()
            self.kept = number
            self._seen.update(map(_key, page.contents))
            self._pages.add(page.counted)
            total = self._store.state.total
            self._say(f"page {number}: {len(self._seen)}{f' of {total}' if total else ''} services")
            if page.last or not page.contents:
                return number if page.contents or number == 1 else number - 1
        raise BrokenError(f"the list of services does not end after {most} pages")

    def _asked(self, number: int) -> Page:
        before = self._wire.mended
        found = self._list(number)
        if found is None:
            return Page([], last=True, counted=Counted())
        contents = found.get("contents")
        if not isinstance(contents, list):
            raise BrokenError(f'page {number} holds no list of services under "contents"; is it an HSDS API?')
        self._compare_total(found, number)
        docs = [doc for doc in contents if isinstance(doc, dict)]
        fresh: dict[str, dict[str, Any]] = {}
        for doc in docs:
            if _key(doc) not in self._seen:
                fresh.setdefault(_key(doc), doc)
        counted = Counted(len(docs) - len(fresh), len(contents) - len(docs))
        complete = [self._complete(doc, counted.bare) for doc in fresh.values()]
        counted.mended = self._wire.mended - before
        return Page(complete, found.get("last_page") is True, counted)

    def _list(self, number: int) -> dict[str, Any] | None:
        """Return a page as the server gives it, None when there is no such page after the first."""
        state = self._store.state
        query = {"page": str(number), "per_page": str(PER_PAGE)}
        try:
            try:
                found = self._wire.json("/services", query | ({"full": "true"} if state.full else {}))
            except RefusedError as error:
                # A strict server refuses a question it does not know, although the standard has it.
                if error.status not in (400, 422) or not state.full or number > 1:
                    raise
                state.full = False
                found = self._wire.json("/services", query)
        except RefusedError as error:
            if error.status == 404 and number > 1:
                return None
            raise
        if not isinstance(found, dict):
            raise BrokenError(f"page {number} is not a page of HSDS: {type(found).__name__}")
        return found

    def _compare_total(self, found: dict[str, Any], number: int) -> None:
        state = self._store.state
        state.cut = state.cut or number == 1 and found.get("first_page") is False
        total = found.get("total_items")
        if not isinstance(total, int) or isinstance(total, bool):
            return
        if number > 1 and state.total not in (None, total) and not self._unsteady:
            raise _ChangedError
        state.total = total

    def _complete(self, doc: dict[str, Any], bare: list[str]) -> dict[str, Any]:
        """Return a service with all its details, asked for one by one where the list leaves them out."""
        state, known = self._store.state, doc.get("id")
        has_details = any(isinstance(value, list) and value for value in doc.values())
        if has_details and state.brief is False or state.vain >= _MOST_IN_VAIN:
            return doc
        if not isinstance(known, str | int) or not _PLAIN_ID.fullmatch(str(known)):
            return doc
        full = self._details(str(known))
        if full is None:
            state.vain += 1
            bare.append(str(known))
            return doc
        state.vain = 0
        if state.brief is None:
            # The first service tells for all whether the list leaves something out.
            state.brief = not full.keys() <= doc.keys()
        return doc | full

    def _details(self, known: str) -> dict[str, Any] | None:
        try:
            full = self._wire.json(f"/services/{quote(known, safe='')}")
        except RefusedError as error:
            if error.status != 404:
                raise
            return None
        return full if isinstance(full, dict) and str(full.get("id")) == known else None


def _key(doc: dict[str, Any]) -> str:
    """Return what a service is told apart by: its id, or all of it where it has none."""
    known = doc.get("id")
    return f"id {known}" if known not in (None, "") else json.dumps(doc, sort_keys=True)
