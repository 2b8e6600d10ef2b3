"""Entries that somebody looks for: by words, a number, an area, a state. A page of them at a time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.console.editing.number_form import printed
from bot.referral.content import NATIONAL

#: So many rows a page shows.
PAGE = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; "" = anything. `state`: publish, check-first, draft, new."""

    words: str = ""
    area: str = ""
    topic: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in the list. `draft`: somebody changed it; `live`: texters may get it today as far as it goes."""

    part: str
    id: str
    name: str
    area: str
    status: str
    numbers: tuple[str, ...]
    topics: tuple[str, ...]
    draft: bool
    live: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found: rows, how many there are in all, and the number of the page, 1 first."""

    rows: tuple[Row, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))


def found(live: Mapping[str, Any], drafts: Mapping[str, Any], wanted: Wanted, page: int = 1) -> Found:
    """Return a page of the entries that fit, by name. `live` and `drafts` are tables by part; None = it is to go."""
    fitting = [row for row in _rows(live, drafts) if _fits(row, wanted, drafts.get(row.part) or live.get(row.part))]
    rows = sorted(fitting, key=lambda row: (row.area != NATIONAL, row.area, row.name.lower()))
    last = max(1, -(-len(rows) // PAGE))
    page = min(max(page, 1), last)
    return Found(tuple(rows[(page - 1) * PAGE : page * PAGE]), len(rows), page)


def part_of_entry(parts: Iterable[str], entry: str) -> str | None:
    """Return which of some parts holds an entry; None when none does."""
    return next((part for part in parts if part.partition("#")[2] == entry), None)


def _rows(live: Mapping[str, Any], drafts: Mapping[str, Any]) -> Iterator[Row]:
    for part in dict.fromkeys([*live, *drafts]):
        file, _, name = part.partition("#")
        if not name:
            continue
        table = drafts.get(part) or live.get(part) or {}
        yield Row(
            part=part,
            id=name,
            name=str(table.get("name", name)),
            area=file.removeprefix("entries/").removesuffix(".toml"),
            status=str(table.get("status", "")),
            numbers=tuple(printed(str(phone.get("number", ""))) for phone in table.get("phone", ())),
            topics=tuple(dict.fromkeys(str(serves.get("topic")) for serves in table.get("serves", ()))),
            draft=part in drafts,
            live=part in live,
        )


def _text_of(table: Mapping[str, Any] | None) -> str:
    if not table:
        return ""
    texts = [table.get("name", ""), table.get("id", ""), *table.get("aliases", ()), *table.get("short", {}).values()]
    return " ".join(map(str, texts)).lower()


def _fits(row: Row, wanted: Wanted, table: Mapping[str, Any] | None) -> bool:
    if (wanted.area and row.area != wanted.area) or (wanted.topic and wanted.topic not in row.topics):
        return False
    if wanted.state and wanted.state not in (row.status, "draft" if row.draft else "", "" if row.live else "new"):
        return False
    digits = "".join(sign for sign in wanted.words if sign.isdigit())
    if len(digits) >= 3 and any(digits.removeprefix("1") in number.replace("-", "") for number in row.numbers):
        return True
    text = _text_of(table) if wanted.words else ""
    return all(word in text for word in wanted.words.lower().split())
