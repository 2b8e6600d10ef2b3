"""Any object, mended: each field by its type, then what its kind needs as a whole."""

from collections.abc import Callable, Iterable, Mapping

from bot.directory.hsds import ENTITIES
from bot.directory.model import Field, Kind
from bot.directory.note import Level
from bot.directory.shaping.mending.closed import say_when_closed
from bot.directory.shaping.mending.days import read_day
from bot.directory.shaping.mending.draft import Draft
from bot.directory.shaping.mending.phones import finish_phone
from bot.directory.shaping.mending.places import finish_address, finish_location
from bot.directory.shaping.mending.schedules import finish_schedule, prepare_schedule
from bot.directory.shaping.mending.services import finish_service
from bot.directory.shaping.mending.typed import mended

#: Read together with other fields, not each by itself.
_TOGETHER = {
    ("schedule", "opens_at"),
    ("schedule", "closes_at"),
    ("schedule", "byday"),
    ("service", "status"),
    ("phone", "extension"),
}
_TYPED: Mapping[str, Mapping[str, Field]] = {
    name: {
        field.name: field
        for field in kind.fields
        if (field.kind not in (Kind.TEXT, Kind.ID) or field.among) and (name, field.name) not in _TOGETHER
    }
    for name, kind in ENTITIES.items()
}
_WORDS: Mapping[str, Mapping[str, Field]] = {
    name: {field.name: field for field in kind.fields if field.kind is Kind.TEXT and not field.among}
    for name, kind in ENTITIES.items()
}
#: Names of other versions that an object is read by; whatever is left of them stays as an unknown field.
OTHER_NAMES: Mapping[str, frozenset[str]] = {
    "organization": frozenset({"date_incorporated"}),
    "location": frozenset({"virtual", "geolocation"}),
    "phone": frozenset({"department"}),
    "schedule": frozenset({"weekday", "closed", "start_date", "end_date", "hours"}),
    "language": frozenset({"language"}),
}
_NO_VALUE = "(none)"


def mend(draft: Draft, *, is_text: bool = False) -> Iterable[Draft]:
    """Return what becomes of an object: itself, as a rule; several schedules when one text tells them.

    `is_text`: every value is text, as in a table. Raises Refused for a service that nobody may be sent to.
    """
    entity = draft.entity
    if entity == "schedule":
        prepare_schedule(draft)
    typed = _TYPED[entity]
    for name in [name for name in draft.fields if name in typed]:
        _type(draft, typed[name])
    if not is_text:
        words = _WORDS[entity]
        for name in [name for name, value in draft.fields.items() if not isinstance(value, str) and name in words]:
            _type(draft, words[name])
    several = _SEVERAL.get(entity)
    if several is not None:
        return [_rest_aside(each) for each in several(draft)]
    finish = _FINISH.get(entity)
    if finish is not None:
        finish(draft)
    return (_rest_aside(draft) if entity in OTHER_NAMES else draft,)


def _type(draft: Draft, field: Field) -> None:
    name, value = mended(field, draft.fields[field.name], draft.say)
    if name == field.name:
        draft.fields[name] = value
    else:
        del draft.fields[field.name]
        draft.set_aside(name, value)


def _rest_aside(draft: Draft) -> Draft:
    for name in OTHER_NAMES.get(draft.entity, ()):
        if name in draft.fields:
            draft.set_aside(name, draft.fields.pop(name))
    return draft


def _organization(draft: Draft) -> None:
    founded = draft.fields.get("date_incorporated")
    day = read_day(founded) if isinstance(founded, str) else ""
    if day and "year_incorporated" not in draft.fields:
        draft.fields["year_incorporated"] = int(day[:4])
    if draft.extra:
        say_when_closed(draft)
    _described(draft)


def _described(draft: Draft) -> None:
    if "description" not in draft.fields and draft.fields.get("name"):
        draft.fields["description"] = draft.fields["name"]
        draft.say(Level.INFERRED, "description", "had no description: its name stands there")


def _term(draft: Draft) -> None:
    # A classification of four versions ago has names only: to say so of every term of every service helps nobody.
    if "description" not in draft.fields and draft.fields.get("name"):
        draft.fields["description"] = draft.fields["name"]


def _language(draft: Draft) -> None:
    said = draft.take("language").strip()
    if not said:
        return
    if 2 <= len(said) <= 3 and said.isascii() and said.isalpha() and said.islower():
        draft.fields.setdefault("code", said)
    elif "name" not in draft.fields:
        draft.fields["name"] = said
    elif draft.fields["name"] != said:
        draft.set_aside("language", said)


def _metadata(draft: Draft) -> None:
    before_and_after = ("previous_value", "replacement_value")
    if any(name not in draft.fields for name in draft.lacks() if name not in before_and_after):
        return
    for name in before_and_after:
        if name not in draft.fields:
            draft.fields[name] = _NO_VALUE
            draft.say(Level.INFERRED, name, "was empty, where the standard wants a word: (none)")


_FINISH: Mapping[str, Callable[[Draft], None]] = {
    "organization": _organization,
    "program": _described,
    "service": finish_service,
    "location": finish_location,
    "address": finish_address,
    "language": _language,
    "taxonomy": _term,
    "taxonomy_term": _term,
    "metadata": _metadata,
}
#: Kinds that may be more than one object, told in one text.
_SEVERAL: Mapping[str, Callable[[Draft], Iterable[Draft]]] = {"phone": finish_phone, "schedule": finish_schedule}
