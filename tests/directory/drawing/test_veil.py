"""Nothing of where people hide survives: not in the service itself, not in those beside it, whatever held it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.drawing.draw import ASKED, HIDDEN, NEAR, Drawn
from bot.directory.drawing.places import confidential_places
from bot.directory.hsds import ENTITIES
from bot.directory.model import Kind
from bot.directory.note import Level, Note, Where
from bot.directory.service import Doc, Service, canonical, text_of
from tests.conftest import THOROUGH
from tests.directory.drawing.made import (
    LAT,
    LONG,
    NUMBER,
    STREET,
    ZIP,
    an_id,
    drawn,
    location,
    organization,
    phone,
    release,
    service,
    what,
)

#: Pieces of the planted place, in lower case: none may stand anywhere in what is kept.
PIECES = ("zanzibar", NUMBER, ZIP, "34.062", "-118.276", "118.276", "3406221")
PLANTED = (
    f"{NUMBER} {STREET}",
    f"We are at {NUMBER} {STREET.upper()}, Los Angeles, CA {ZIP}. Ring twice.",
    f"{NUMBER}\n{STREET}",
    f"{STREET} {NUMBER}, second floor",
    f"Take the bus to Zanzibar and walk to {NUMBER}.",
    f"https://maps.example.org/?q={LAT},{LONG}",
    f"{LAT}, {LONG}",
    f"Geolocation is {LAT}, {LONG}",
    f"https://example.org/{NUMBER}-zanzibar-way",
    "Zanzibar",
    "the yellow house on zanzibar",
)
planted = st.sampled_from(PLANTED)
anything = st.recursive(
    planted | st.sampled_from((LAT, LONG, NUMBER, True, 7)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcxyz_", min_size=1, max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def objects(draw: st.DrawFn, entity: str, depth: int = 0) -> Doc:
    """Draw an object of a kind with the planted place in many of its fields, known and unknown, at any depth."""
    kind = ENTITIES[entity]
    doc: Doc = {"id": an_id(f"{entity} {draw(st.integers(0, 10_000))}")}
    for field in draw(st.lists(st.sampled_from(kind.fields), max_size=6, unique_by=lambda field: field.name)):
        if field.name != "id":
            doc[field.name] = draw(st.sampled_from(field.among)) if field.among else draw(_values(field.kind))
    if kind.children and depth < 2:
        for child in draw(st.lists(st.sampled_from(kind.children), max_size=3, unique_by=lambda child: child.key)):
            row = objects(child.entity, depth + 1)
            doc[child.key] = draw(st.lists(row, min_size=1, max_size=2)) if child.many else draw(row)
    if draw(st.booleans()):
        doc[draw(st.text("abcxyz_", min_size=1, max_size=8))] = draw(anything)
    return doc


def _values(kind: Kind) -> st.SearchStrategy[Any]:
    if kind is Kind.ID:
        return st.just(an_id("some id"))
    if kind is Kind.NUMBER:
        return st.sampled_from((12, LAT, LONG, f"{LAT}"))
    return planted


def leaks(found: Drawn) -> list[str]:
    """Return the pieces of the planted place in anything that is kept or told of a service."""
    kept = (found.service.doc, found.service.source_id, found.entry, [str(note) for note in found.notes])
    text = json.dumps(kept, ensure_ascii=False).lower()
    return [piece for piece in PIECES if piece in text]


@settings(max_examples=2000 if THOROUGH else 25)
@given(objects("service"), st.booleans())
def test_a_hideout_keeps_its_place_whatever_field_told_it(made: Doc, has_address: bool) -> None:
    at = [{"id": an_id("at"), "location": location()}] if has_address else []
    # Without an address of its own only what looks like one can be known for one.
    doc = made | {"id": an_id("hideout"), "name": "Domestic violence shelter", "status": "active"}
    doc["service_at_locations"] = [
        *doc.get("service_at_locations", ()),
        *at,
        {"id": an_id("b"), "location": location("b")},
    ]
    note = Note(Level.MENDED, Where("locations.csv", 3, "address_1"), "was put right", f"{NUMBER} {STREET}")
    found = drawn(Service(canonical(doc), Where("services.csv", 2), f"house-{NUMBER}-zanzibar", (note,)))
    assert not found.refused
    assert leaks(found) == []
    assert HIDDEN in what(found)


def hideout(**more: Any) -> Service:
    """Make a shelter at the planted place."""
    return service("Domestic violence shelter", **{"at": location("Shelter"), "organization": organization(), **more})


def _elsewhere() -> Doc:
    address = {"id": an_id("b"), "address_1": "500 Public Avenue", "city": "Los Angeles", "postal_code": "90012"}
    return {**location("City hall"), "latitude": 34.05, "longitude": -118.24, "addresses": [address]}


BESIDE: dict[str, dict[str, Any]] = {
    "at the same place": {"at": location("Shelter")},
    "at the same address, other id": {"at": location("Annex", latitude=None, longitude=None)},
    "address written otherwise": {
        "at": {
            "id": an_id("c"),
            "location_type": "physical",
            "addresses": [
                {"address_1": f"{NUMBER} N. ZANZIBAR WY., Unit 3", "city": "LOS ANGELES", "state_province": "CA"}
            ],
        }
    },
    "only the id, of another organization": {
        "at": {"id": location("Shelter")["id"], "location_type": "physical", "transportation": "Bus to Zanzibar"},
        "organization": organization("Somebody else"),
    },
    "an address that lacks the rest": {
        "at": {"id": an_id("e"), "unfinished_addresses": [{"address_1": f"{NUMBER} {STREET}", "city": "Los Angeles"}]}
    },
    "only the point": {
        "at": {"id": an_id("d"), "location_type": "physical", "latitude": "34.0622", "longitude": "-118.2763"}
    },
    "told in its own text": {"at": _elsewhere(), "description": f"Also at {NUMBER} {STREET}, behind the house."},
    "told in the organization's text": {
        "at": _elsewhere(),
        "organization": organization(description=f"Our office is at {NUMBER} {STREET}."),
    },
    "in the organization's list": {"at": _elsewhere(), "organization": organization(locations=[location("Shelter")])},
    "in an unknown field": {"at": _elsewhere(), "extra": {"where": [f"{NUMBER} {STREET}"], "lat": LAT, "lng": LONG}},
    "in what a field said before": {
        "at": _elsewhere(),
        "metadata": [
            {"id": an_id("m"), "field_name": "address_1", "previous_value": "Zanzibar", "replacement_value": ZIP}
        ],
    },
    "in a place's own text": {"at": {**_elsewhere(), "transportation": f"Ten minutes from {NUMBER} {STREET}"}},
}


@pytest.mark.parametrize("made", BESIDE.values(), ids=BESIDE)
def test_a_service_beside_a_hideout_does_not_give_it_away(made: dict[str, Any]) -> None:
    food = service("Food pantry", **{"organization": organization(), **made})
    found = drawn(food, hideout())
    assert leaks(found) == []
    assert NEAR in what(found)


def test_a_service_beside_a_hideout_keeps_its_public_place_and_its_number() -> None:
    rows = [
        {"id": an_id("1"), "location": {**location("Shelter"), "phones": [phone("213-748-1234")]}},
        {"id": an_id("2"), "location": _elsewhere()},
    ]
    food = service("Food pantry", organization=organization(), service_at_locations=rows, description="Free food.")
    found = drawn(food, hideout())
    text = text_of(found.service.doc)
    assert "500 Public Avenue" in text
    assert "Free food." in text
    assert found.entry["phone"][0]["number"] == "+12137481234"
    assert leaks(found) == []


def test_of_a_hideout_stay_its_numbers_hours_languages_and_needs() -> None:
    there = location(
        phones=[phone("(213) 748-1234", type="voice", description=f"Office, {NUMBER} {STREET}")],
        schedules=[
            {"id": an_id("s"), "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00:00", "closes_at": "17:00:00"}
        ],
        languages=[{"id": an_id("l"), "name": "Spanish", "code": "es"}],
    )
    found = drawn(hideout(at=there, terms=("Domestic Violence Shelter",), minimum_age=18, url="https://example.org/"))
    assert found.area == "westlake"
    assert found.entry["short"] == {"en": "Support line", "es": "Linea de apoyo"}
    assert found.entry["kind"] == "shelter"
    assert found.entry["ages"] == [18, 120]
    row = found.entry["phone"][0]
    assert (row["number"], row["hours"], row["languages"]) == ("+12137481234", "Mo 09:00-17:00", ["es"])
    assert "place" not in found.entry
    doc = found.service.doc
    assert doc["phones"][0]["number"] == "(213) 748-1234"
    assert doc["schedules"]
    assert doc["attributes"]
    assert "service_at_locations" not in doc
    assert leaks(found) == []


NAMES = {
    "a street in it": (f"Hope House, {NUMBER} {STREET}", "Hope House"),
    "named after its street": ("Zanzibar House", "House"),
    "nothing but its street": (STREET, "Support program"),
    "no street in it": ("Hope House", "Hope House"),
}


@pytest.mark.parametrize(("name", "expected"), NAMES.values(), ids=NAMES)
def test_a_hideout_has_no_street_in_its_name(name: str, expected: str) -> None:
    found = drawn(service(name, at=location(), description="Shelter from domestic violence"))
    assert found.service.doc["name"] == expected
    assert leaks(found) == []


def test_a_post_box_and_the_town_go_as_well() -> None:
    box = {
        "id": an_id("box"),
        "address_1": "P.O. Box 77",
        "city": "Sierra Madre",
        "postal_code": "91024",
        "address_type": "postal",
    }
    text = text_of(drawn(hideout(at=location(addresses=[box]))).service.doc)
    assert not [piece for piece in ("Box", "Sierra", "91024") if piece in text]


def test_people_and_towns_of_its_organization_go_as_well() -> None:
    there = {"id": an_id("o"), "addresses": [{"id": an_id("p"), "address_1": "1 Oak", "city": "Sierra Madre"}]}
    owner = organization(locations=[there], contacts=[{"id": an_id("c"), "name": "Ana Perez"}])
    said = [{"id": an_id("m"), "field_name": "city", "previous_value": "Sierra Madre", "replacement_value": "Oaks"}]
    text = text_of(drawn(hideout(organization=owner, metadata=said)).service.doc)
    assert not [piece for piece in ("Sierra", "Oak", "Perez", "metadata", "locations") if piece in text]


WAYS = (
    "We are opposite Zanzibar School.",
    "The yellow house with green shutters past Zanzibar mill",
    "Look for the Zanzibar gate",
    "Get off at Zanzibar and walk",
    "Zanzibar & 5th",
    "Enfrente del Zanzibar",
    "C/ Zanzibar 12",
    "N 34 03.73 W118 16.58, Zanzibar",
)
TEXTS = ("description", "application_process", "fees_description", "eligibility_description", "alert", "licenses")


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("text", WAYS)
def test_no_free_text_of_a_hideout_stays_for_nobody_can_list_the_ways_to_tell_a_place(text: str, field: str) -> None:
    said: dict[str, Any] = {field: text}
    made = service("Safe house", phones=[phone("213-748-1234", description=text)], **said)
    assert leaks(drawn(made)) == []


def test_of_the_site_of_a_hideout_only_its_front_page_stays() -> None:
    found = drawn(hideout(url="https://example.org/places/yellow-house?from=school"))
    assert found.service.doc["url"] == "https://example.org"


CELLS = {
    "a map": (f"https://maps.example.org/?q={LAT},{LONG}", []),
    "a street and a number": (f"{NUMBER} {STREET}, 213-748-1234", ["2137481234"]),
    "two numbers": ("213-748-1234 or 213-748-5678", ["2137481234; 2137485678"]),
    "a number": ("(213) 748-1234", ["(213) 748-1234"]),
}


@pytest.mark.parametrize(("cell", "kept"), CELLS.values(), ids=CELLS)
def test_of_a_cell_of_numbers_only_the_numbers_stay(cell: str, kept: list[str]) -> None:
    found = drawn(hideout(phones=[phone(cell)]))
    assert [row["number"] for row in found.service.doc.get("phones", ())] == kept
    assert leaks(found) == []


def test_the_areas_it_serves_stay_by_name_only() -> None:
    areas = [
        {"id": an_id("a1"), "name": "Los Angeles County", "extent": f"{LAT},{LONG}", "extent_type": "geojson"},
        {"id": an_id("a2"), "name": f"Around {NUMBER} {STREET}", "description": "two blocks"},
    ]
    doc = drawn(hideout(service_areas=areas)).service.doc
    assert [row["name"] for row in doc["service_areas"]] == ["Los Angeles County"]


def test_what_was_left_out_is_told_without_saying_it() -> None:
    told = [note for note in drawn(hideout()).notes if note.what == HIDDEN]
    assert len(told) == 1
    assert told[0].level is Level.DROPPED
    assert {"address_1", "latitude", "longitude", "postal_code"} <= set(told[0].value.split(", "))


def marks(services: list[Service]) -> frozenset[str]:
    """Return the marks of the places in a directory that must never be known."""
    return confidential_places(services, release()[1])


def test_the_marks_are_found_whichever_comes_first() -> None:
    food = service("Food pantry", at=location("Shelter"), organization=organization())
    assert marks([food, hideout()]) == marks([hideout(), food]) != frozenset()
    assert marks([food]) == frozenset()


def test_a_place_its_source_asks_not_to_show_goes_and_the_name_stays() -> None:
    found = drawn(service("Friday groceries", at=location(is_hidden="yes"), terms=("Food",), phones=[phone("211")]))
    assert leaks(found) == []
    assert ASKED in what(found)
    assert (found.entry["short"]["en"], found.entry["kind"]) == ("Friday groceries", "service")


def test_an_organization_that_hides_its_own_place_keeps_those_of_its_services() -> None:
    owner = organization(locations=[location("Office")], is_hidden=True, description=f"Office: {NUMBER} {STREET}")
    found = drawn(service("Pantry", at=_elsewhere(), organization=owner))
    assert leaks(found) == []
    assert "500 Public Avenue" in text_of(found.service.doc)


def test_without_a_hideout_nothing_is_taken_from_anybody() -> None:
    food = service("Food pantry", at=location(), organization=organization(), description=f"At {NUMBER} {STREET}")
    assert drawn(food).service == food


def _switches(found: Any) -> Iterator[str]:
    yield from (
        name for name in found.__code__.co_varnames[: found.__code__.co_argcount + found.__code__.co_kwonlyargcount]
    )


def test_there_is_no_switch_to_bring_a_place_back() -> None:
    # `Drawn` is made by one function; what it is told can only add to what is left out.
    from bot.directory.drawing.draw import draw

    assert [*_switches(draw)] == ["service", "content", "terms", "source", "hidden"]
