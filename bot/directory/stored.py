"""Imported services that wait as drafts, on their way out again: as they came, and said to be unverified."""

from bot.directory.service import Doc, canonical
from bot.directory.writing.own import own_facts, said_state
from bot.directory.writing.pack import packed
from bot.directory.writing.terms import Scheme, is_of
from bot.referral.standing import State

_STATE = "state"


def as_stored(doc: Doc) -> Doc:
    """Return an imported service as it leaves while nobody here has checked it.

    One that another line of ours exported says already how sure that line was, and keeps saying it.
    """
    rows = doc.get("attributes", [])
    if not any(_is_state(row) for row in rows):
        rows = [*rows, said_state(str(doc["id"]), State.UNVERIFIED)]
    return packed(canonical({**doc, "attributes": rows}))


def as_kept(doc: Doc) -> Doc:
    """Return a service as it is kept: without what `as_stored` added on its way out of here, or of another line."""
    if not any(_is_state(row) for row in doc.get("attributes", ())) or own_facts(doc) is not None:
        return doc
    return canonical({**doc, "attributes": [row for row in doc["attributes"] if not _is_state(row)]})


def _is_state(row: Doc) -> bool:
    named = row.get("taxonomy_term", {})
    return is_of(row, Scheme.FACTS) and isinstance(named, dict) and named.get("name") == _STATE
