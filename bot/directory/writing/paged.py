"""A conforming HSDS API as plain files, which any web host can serve: nothing runs, nothing can be attacked.

Each path of the API is a folder with an index.json; `hosting` holds what tells a web host to serve that at the bare
path. Lists give whole objects. There is no search: a plain file cannot look anything up, and openapi.json says so.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.directory.service import Doc, canonical
from bot.directory.writing.front import front_page
from bot.directory.writing.hosting import HTACCESS, headers, redirects
from bot.directory.writing.openapi import openapi
from bot.directory.writing.shelf import Shelf, shelved

#: The lists of the API.
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
_PER_PAGE = 50
_PROFILE = "https://docs.openreferral.org/en/3.1/hsds/overview.html"
_STANDARD = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema/openapi.json"


@dataclass(frozen=True, slots=True)
class Site:
    """What a site says of itself: whose services they are, from which day, where it will stand, whom to write to.

    `address` ("https://facts.example.org") and `contact` are "" where nobody told: nothing is made up.
    """

    name: str
    day: date
    address: str = ""
    contact: str = ""
    per_page: int = _PER_PAGE


def write_paged(folder: Path, docs: Iterable[Doc], site: Site) -> None:
    """Write services as a site into a folder; it is made."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as open_shelves:
        services = open_shelves.enter_context(shelved(docs, folder))
        shelves = {name: open_shelves.enter_context(shelved((), folder)) for name in LISTS if name != "services"}
        for doc in services:
            _sort_out(doc, shelves)
        for name in LISTS:
            _write_list(folder / name, shelves.get(name, services), site.per_page)
        counts = {name: len(shelves.get(name, services)) for name in LISTS}
    address = site.address.rstrip("/")
    root = {
        "version": "3.1",
        "profile": _PROFILE,
        "openapi_url": f"{address}/openapi.json" if address else _STANDARD,
    }
    _write(folder / "index.json", root)
    _write(folder / "openapi.json", openapi(site.name, site.day, address, LISTS))
    page = front_page(site.name, site.day, site.contact, counts)
    for name, text in (
        ("index.html", page),
        ("about.html", page),  # where / is the API, some hosts send /index.html there too
        ("_headers", headers(LISTS)),
        ("_redirects", redirects(LISTS)),
        (".htaccess", HTACCESS),
    ):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _sort_out(doc: Doc, shelves: dict[str, Shelf]) -> None:
    """Put what a service holds on the shelves of its kinds."""
    if "organization" in doc:
        shelves["organizations"].put(doc["organization"])
    bare = {key: inside for key, inside in doc.items() if key != "service_at_locations"}
    for row in doc.get("service_at_locations", ()):
        shelves["service_at_locations"].put(canonical({**row, "service": bare}, "service_at_location"))
    for term in _terms(doc):
        if term["id"] not in shelves["taxonomy_terms"]:
            shelves["taxonomy_terms"].put(term)
        if "taxonomy_detail" in term and term["taxonomy_detail"]["id"] not in shelves["taxonomies"]:
            shelves["taxonomies"].put(term["taxonomy_detail"])


def _terms(value: Any) -> Iterator[Doc]:
    if isinstance(value, dict):
        if "taxonomy_term" in value:
            yield value["taxonomy_term"]
        for key, inside in value.items():
            if isinstance(inside, dict | list) and key != "taxonomy_term":
                yield from _terms(inside)
    elif isinstance(value, list):
        for row in value:
            yield from _terms(row)


def _write_list(folder: Path, shelf: Shelf, per_page: int) -> None:
    """Write the pages of a list, the first one at the bare path too, and each object below its id."""
    total = len(shelf)
    pages = max(1, -(-total // per_page))
    lines = shelf.lines()
    for number in range(1, pages + 1):
        contents = []
        for key, line in lines:
            _put(folder / key, line)
            contents.append(line.rstrip(b"\n"))
            if len(contents) == per_page:
                break
        page = _page(contents, total, number, pages)
        _put(folder / "page" / str(number), page)
        if number == 1:
            _put(folder, page)


def _page(contents: list[bytes], total: int, number: int, pages: int) -> bytes:
    envelope = {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number == pages,
        "empty": not contents,
    }
    head = json.dumps(envelope).encode().removesuffix(b"}")
    return b'%s, "contents": [%s]}\n' % (head, b",".join(contents))


def _put(folder: Path, data: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.json").write_bytes(data)


def _write(path: Path, value: Doc) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
