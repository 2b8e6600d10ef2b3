"""Notes that go into the audit for good: they are about a service, never about anybody."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.console.checking.recording import note_faults
from bot.console.desk import desk
from bot.console.editing.typed import Typed
from bot.storage.waiting import texts

#: A code of three or four digits may stand in any note.
_SHORTEST = 5
#: So many parts are looked at for their names; an import hands in thousands.
_MOST = 200
_BETWEEN = r"[\s().-]{0,3}"


def noted(typed: Typed, name: str, parts: Iterable[str] = (), *, needed: bool = False) -> str:
    """Return a note; what it may not hold stands beside its field.

    The names and numbers of the entries among the `parts` it is about may stand. Raises EmptyShelfError, DatabaseError.
    """
    note, the_desk = typed.line(name, needed=needed), desk()
    live, some = the_desk.shelf.in_use(), [*parts][:_MOST]
    drafts = [one.body for one in texts(the_desk.database, some)] if note and some else []
    for fault in note_faults(live.content, without_own(note, [*(live.parts.get(part) for part in some), *drafts])):
        typed.wrong(name, fault)
    return note


def faults_of(note: str, parts: Iterable[str] = ()) -> list[str]:
    """Return what a note may not hold, as `noted` says it."""
    typed = Typed({"note": note})
    noted(typed, "note", parts)
    return typed.errors.get("note", [])


def without_own(note: str, own: Iterable[Mapping[str, Any] | None]) -> str:
    """Return a note without the names and numbers of some entries, however they are written."""
    for table in own:
        if table is not None:
            for digits in sorted(_numbers(table), key=len, reverse=True):
                note = re.sub(rf"(?<!\d)(?:\+?1{_BETWEEN})?\(?{_BETWEEN.join(digits)}(?!\d)", "it", note)
            for words in sorted(_names(table), key=len, reverse=True):
                note = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", "it", note, flags=re.I)
    return note


def _numbers(table: Mapping[str, Any]) -> set[str]:
    found = {re.sub(r"\D", "", str(phone.get("number", ""))) for phone in table.get("phone", ())}
    return {one.removeprefix("1") if len(one) == 11 else one for one in found if len(one) >= _SHORTEST}


def _names(table: Mapping[str, Any]) -> set[str]:
    short = table.get("short")
    shorts = short.values() if isinstance(short, Mapping) else ()
    found = {" ".join(str(one).split()) for one in (table.get("name", ""), *shorts, *table.get("aliases", ()))}
    return {one for one in found if one}
