"""Services as hypothesis makes them up: canonical, of any size, with whatever the standard allows inside."""

import uuid
from typing import Any

from hypothesis import strategies as st

from bot.directory.hsds import ENTITIES
from bot.directory.model import Field, Kind
from bot.directory.service import Doc, canonical
from bot.directory.shaping.mending.blank import says_nothing

_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"))
_WORDS = st.text(_LETTERS, min_size=4, max_size=12).filter(lambda text: not says_nothing(text))
_NAMES = st.sampled_from(["Food pantry", "Open Door", "Casa Esperanza", "Line 2", "Hände", "N/A really"])
_DAYS = st.dates().map(lambda day: day.isoformat()).filter(lambda text: text >= "1900")
_TIMES = st.sampled_from(["00:00:00", "09:00:00", "12:30:00", "17:00:00-05:00", "23:59:00Z"])
#: What closes before it opens is told; of two clocks nobody knows which is first.
_SHIFTS = st.sampled_from(
    [
        ("09:00:00", "17:00:00"),
        ("00:00:00", "00:00:00"),
        ("08:30:00-05:00", "12:30:00-05:00"),
        ("17:00:00-05:00", "09:00:00"),
    ]
)
_MOMENTS = st.sampled_from(["2023-03-15T10:30:45.123Z", "2024-09-25T14:23:06+01:00"])
_PLACES = st.sampled_from([41.5, -87.25, 33.125, 1.5, -12.0625])
_VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: st.one_of(_NAMES, _WORDS),
    Kind.NUMBER: st.one_of(st.integers(1, 200), _PLACES),
    Kind.DAY: _DAYS,
    Kind.TIME: _TIMES,
    Kind.MOMENT: _MOMENTS,
    Kind.ADDRESS: st.sampled_from(["https://example.org", "http://example.org/a?b=1"]),
    Kind.EMAIL: st.just("help@example.org"),
}
_OWN: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("phone", "number"): st.sampled_from(["312-555-0100", "(630) 555-0101", "988", "741741"]),
    ("phone", "type"): st.sampled_from(["voice", "text", "fax", "textphone"]),
    ("phone", "extension"): st.integers(1, 9999),
    ("schedule", "byday"): st.sampled_from(["MO", "TU,TH", "SA,SU"]),
    ("schedule", "freq"): st.just("WEEKLY"),
    ("address", "country"): st.sampled_from(["US", "MX"]),
    ("location", "latitude"): st.just(41.5),
    ("location", "longitude"): st.just(-87.25),
}
#: Filled by the object that holds them, or by what they hold.
_LINKS = {"link_id", "link_entity", "resource_id", "resource_type", "taxonomy_term_id", "taxonomy_id", "parent_id"}
_IDS = st.uuids(version=4).map(str)


@st.composite
def services(draw: st.DrawFn) -> Doc:
    """Make up a service."""
    return canonical(draw(_objects("service", 3)))


@st.composite
def _objects(draw: st.DrawFn, entity: str, deep: int, holder: tuple[str, str] = ("", "")) -> Doc:
    kind = ENTITIES[entity]
    doc: Doc = {"id": draw(_IDS)}
    for field in kind.fields:
        if field.kind is not Kind.ID and (field.required or draw(st.integers(0, 3)) == 0):
            doc[field.name] = draw(_value(entity, field))
    if entity == "schedule" and ("byday" in doc) != ("freq" in doc):
        doc |= {"byday": "MO", "freq": "WEEKLY"}
    if "opens_at" in doc and "closes_at" in doc:
        doc["opens_at"], doc["closes_at"] = draw(_SHIFTS)
    if draw(st.integers(0, 4)) == 0:
        doc["their own heading"] = draw(_WORDS)
    if entity in ("attribute", "metadata"):
        names = ("link_id", "link_entity") if entity == "attribute" else ("resource_id", "resource_type")
        doc |= {names[0]: holder[1], names[1]: holder[0]}
    for child in kind.children:
        needed = entity == "service_capacity" and child.key == "unit"
        if deep and (needed or draw(st.integers(0, 5)) == 0) and (entity, child.key) not in _BY_SERVICES_ONLY:
            count = draw(st.integers(1, 2)) if child.many else 1
            rows = [draw(_objects(child.entity, deep - 1, (entity, doc["id"]))) for _ in range(count)]
            doc[child.key] = rows if child.many else rows[0]
            if child.link in ("taxonomy_term_id", "taxonomy_id"):
                doc[child.link] = rows[0]["id"]
    return doc


#: What stands with an organization only where no service has it is told there; its owner is told by nesting.
_BY_SERVICES_ONLY = {("service_at_location", "location"), ("service", "capacities")}


def _value(entity: str, field: Field) -> st.SearchStrategy[Any]:
    if field.among:
        return st.sampled_from(field.among)
    return _OWN.get((entity, field.name), _VALUES.get(field.kind, st.just(str(uuid.UUID(int=1)))))
