"""An object with everything inside it, put together in the one order of the standard."""

import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.directory.hsds import ENTITIES
from bot.directory.ids import as_uuid, minted
from bot.directory.service import Doc, text_of
from bot.directory.shaping.mending.draft import Draft

#: Of what no JSON may hold so many letters are kept.
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Whole:
    """A canonical object. `given`: the id its source gave it; `lacking`: required fields it has not."""

    entity: str
    doc: Doc
    given: str
    lacking: tuple[str, ...]
    is_empty: bool

    @property
    def key(self) -> tuple[str, str]:
        """Return what lists are sorted by."""
        return str(self.doc.get("id", "")), text_of(self.doc)


def assembled(source: str, draft: Draft, given: str, children: Mapping[str, list[Whole]]) -> Whole:
    """Return a mended object with its children in order; one without an id gets one from what it says."""
    entity = draft.entity
    if entity == "location" and draft.is_guess:
        draft.fields["location_type"] = _place(draft, children)
    doc: Doc = {"id": "", **draft.in_order()}
    for child in ENTITIES[entity].children:
        rows = children.get(child.key)
        if rows:
            in_order = [whole.doc for whole in sorted(rows, key=lambda whole: whole.key)]
            doc[child.key] = in_order if child.many else in_order[0]
    doc |= {name: storable(draft.extra[name]) for name in sorted(draft.extra)}
    lacking = draft.lacks()
    if entity == "service_capacity" and "unit" not in doc:
        lacking = (*lacking, "unit")
    is_empty = len(doc) == 1 and not given
    given = given or f"said:{text_of(doc)}"
    doc["id"] = as_uuid(given) or minted(source, entity, given)
    return Whole(entity, doc, given, lacking, is_empty)


def storable(value: Any) -> Any:
    """Return a value nobody knows as it is, or as text where no JSON can hold it: not-a-number, or too deep."""
    if isinstance(value, str | bool | int | None):
        return value
    try:
        text_of({"": value})
    except (ValueError, RecursionError):
        # Not str(), which goes as deep as the value does.
        return _SHALLOW.repr(value)[:_LONGEST]
    return value


def _shallow() -> reprlib.Repr:
    made = reprlib.Repr()
    made.maxlevel = 60
    made.maxlist = made.maxdict = made.maxstring = made.maxother = _LONGEST
    return made


_SHALLOW = _shallow()


def _place(draft: Draft, children: Mapping[str, list[Any]]) -> str:
    """Return what kind of place its addresses and coordinates make of it."""
    kinds = {whole.doc.get("address_type") for whole in children.get("addresses", ())}
    if "physical" in kinds or "latitude" in draft.fields or "unfinished_addresses" in draft.extra:
        return "physical"
    return "postal" if "postal" in kinds else "virtual"
