"""The entry drawn from a service: its table, what lint says of it, and what an export of ours gives back."""

import copy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.directory.drawing.answering import ANY_LANGUAGE, DIFFER, OF_SERVICE
from bot.directory.drawing.draw import NOT_OURS
from bot.directory.drawing.names import CUT, NEUTRAL
from bot.directory.drawing.table import NO_PHONE, NO_PHONE_NO_PAGE, NOT_ACTIVE
from bot.directory.service import Service, canonical
from bot.directory.writing.from_entry import service_of
from bot.referral import lint_entries
from bot.referral.entry import Entry
from bot.referral.shape import shaped
from tests.directory.drawing.made import an_id, drawn, location, organization, phone, release, service, what

MONDAY = {"id": an_id("s"), "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00:00", "closes_at": "17:00:00"}


def test_a_service_becomes_the_table_of_an_entry() -> None:
    found = drawn(
        service(
            "Friday groceries",
            at=location(),
            terms=("Food Pantry",),
            organization=organization("St. Anne's"),
            phones=[phone("(213) 748-1234 x7", languages=[{"id": "l", "name": "Spanish"}])],
            schedules=[MONDAY],
            minimum_age=18,
            url="https://www.example.org/food",
        )
    )
    assert found.area == "westlake"
    assert found.entry == {
        "id": found.entry_id,
        "name": "Friday groceries (St. Anne's)",
        "short": {"en": "Friday groceries", "es": "Ayuda con comida"},
        "kind": "service",
        "status": "check-first",
        "source": "secondary",
        "serves": [{"topic": "food", "rank": 500}],
        "phone": [
            {
                "number": "+12137481234",
                "ways": ["call"],
                "purpose": {"en": "ext. 7", "es": "ext. 7"},
                "hours": "Mo-Tu 09:00-17:00",
                "languages": ["es"],
                "publish": False,
            }
        ],
        "ages": [18, 120],
        "police": "unknown",
        "minors": "unknown",
        "evidence": ["Test directory", "https://www.example.org/food"],
    } | ({"place": found.entry["place"]} if "place" in found.entry else {})
    assert found.entry_id == f"friday-groceries-{found.service.id[:8]}"


MADE: dict[str, dict[str, Any]] = {
    "food": {"name": "Food pantry", "terms": ("Food Pantry",), "phones": [phone("213-748-1234")]},
    "a hideout": {"name": "Women's shelter", "at": location(), "phones": [phone("213-748-1234")]},
    "a long name": {"name": "The quite long name of a program in Los Angeles", "phones": [phone("213-748-1234")]},
    "a name with accents": {"name": "Clínica Médica", "terms": ("Salud",), "phones": [phone("213-748-1234")]},
    "a name in Chinese": {"name": "食物银行", "terms": ("Food",), "phones": [phone("213-748-1234")]},
    "a frank name": {"name": "Rape Crisis", "phones": [phone("213-748-1234")]},
    "a promise in its name": {"name": "Confidential counseling", "phones": [phone("213-748-1234")]},
    "hurting words in its name": {"name": "Addicts Anonymous", "phones": [phone("213-748-1234")]},
    "police": {"name": "Police Department", "phones": [phone("213-748-1234")]},
    "sheriff": {"name": "Los Angeles County Sheriff's Department", "phones": [phone("213-748-1234")]},
    "only a page": {"name": "Food pantry", "terms": ("Food Pantry",), "url": "http://www.example.org/a?b#c"},
    "a short code": {
        "name": "Text line",
        "terms": ("Counseling",),
        "phones": [phone("741741", type="text", description="Text HOME to 741741")],
    },
    "an extension": {"name": "Food", "terms": ("Food",), "phones": [phone("213-748-1234", extension="9")]},
    "no need at all": {"name": "Program", "phones": [phone("211")]},
    "many needs": {
        "name": "Community services",
        "terms": (
            "Dental Care",
            "Domestic Violence",
            "Detox",
            "ESL",
            "Immigration",
            "Suicide Prevention",
            "Runaway Youth",
        ),
        "phones": [phone("213-748-1234")],
    },
}


@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_once_checked_it_may_go_live(made: dict[str, Any]) -> None:
    found = drawn(service(**{"at": location(), **made}))
    content, _ = release()
    assert found.entry["status"] == "check-first"
    assert not any(row["publish"] for row in found.entry.get("phone", ()))
    assert _faults(found.entry, found.area) == []
    table = copy.deepcopy(found.entry) | {"status": "publish"}
    table["checks"] = [{"on": "2026-11-21", "how": "called"}]
    for row in table.get("phone", ()):
        row["publish"] = True
    assert _faults(table, found.area) == []
    assert len(table["short"]["en"]) <= 26
    assert content.rules.sensitive.first(table["short"]["en"]) in (("police", "") if table.get("is_police") else ("",))


def _faults(table: dict[str, Any], area: str) -> list[str]:
    content, _ = release()
    entry = shaped("entry", {**table, "area": area}, Entry)
    within = replace(content, entries={**content.entries, entry.id: entry})
    return [str(problem) for problem in lint_entries.lint(within) if entry.id in problem.path]


SHORTS = {
    "its own": ("Friday groceries", ("Food",), "Friday groceries", ""),
    "without brackets": ("Groceries (Friday), Inc.", ("Food",), "Groceries", ""),
    "cut before its place": ("Friday groceries of the South Side Ministry", ("Food",), "Friday groceries", CUT),
    "too long": ("Distribution Organization Headquarters", ("Food",), "Food help", NEUTRAL),
    "sensitive": ("Shelter", ("Emergency Shelter",), "Help with a bed", NEUTRAL),
    "a need nobody should read": ("Harbor Light", ("Detox",), "Wellness center", NEUTRAL),
    "no need": ("Distribution Organization Headquarters", (), "Help line", NEUTRAL),
}


@pytest.mark.parametrize(("name", "terms", "short", "note"), SHORTS.values(), ids=SHORTS)
def test_the_short_name_is_short_and_discreet(name: str, terms: tuple[str, ...], short: str, note: str) -> None:
    found = drawn(service(name, terms=terms))
    assert found.entry["short"]["en"] == short
    assert {CUT, NEUTRAL} & what(found) == ({note} if note else set())


NOTED: dict[str, tuple[dict[str, Any], str]] = {
    "hours": ({"phones": [phone("211")], "schedules": [MONDAY]}, OF_SERVICE),
    "interpreters": ({"phones": [phone("211")], "interpretation_services": "Language line"}, ANY_LANGUAGE),
    "not active": ({"status": "defunct"}, NOT_ACTIVE),
    "no number": ({"url": "example.org"}, NO_PHONE),
    "neither number nor page": ({}, NO_PHONE_NO_PAGE),
    "hours that differ": (
        {
            "phones": [phone("211")],
            "service_at_locations": [
                {"id": an_id("1"), "schedules": [MONDAY]},
                {"id": an_id("2"), "schedules": [{**MONDAY, "byday": "SU"}]},
            ],
        },
        DIFFER,
    ),
}


@pytest.mark.parametrize(("made", "sentence"), NOTED.values(), ids=NOTED)
def test_what_was_concluded_is_told(made: dict[str, Any], sentence: str) -> None:
    assert sentence in what(drawn(service(**made)))


LANGUAGES: dict[str, tuple[dict[str, Any], list[str] | None]] = {
    "of the telephone": (
        {"phones": [phone("211", languages=[{"name": "Español"}])], "languages": [{"code": "en"}]},
        ["es"],
    ),
    "of the service": ({"phones": [phone("211")], "languages": [{"code": "spa"}, {"name": "English"}]}, ["en", "es"]),
    "of the place": ({"phones": [phone("211")], "at": location(languages=[{"name": "Korean"}])}, ["ko"]),
    "any": ({"phones": [phone("211")], "interpretation_services": "Interpreters for any language"}, ["*"]),
    "not any": ({"phones": [phone("211")], "interpretation_services": "No language line"}, None),
    "a few": ({"phones": [phone("211")], "interpretation_services": "Available in Urdu and Polish"}, None),
    "unheard of": ({"phones": [phone("211")], "languages": [{"name": "Klingon"}]}, None),
}


@pytest.mark.parametrize(("made", "expected"), LANGUAGES.values(), ids=LANGUAGES)
def test_languages_are_those_of_the_nearest_level(made: dict[str, Any], expected: list[str] | None) -> None:
    assert drawn(service(**made)).entry["phone"][0].get("languages") == expected


AGES: dict[str, tuple[Any, Any, list[int] | None]] = {
    "both": (12, 24, [12, 24]),
    "as text": ("12.0", "24", [12, 24]),
    "from": (18, None, [18, 120]),
    "until": (None, 17, [0, 17]),
    "everybody": (0, 200, None),
    "neither": (None, None, None),
    "upside down": (30, 20, None),
    "nonsense": ("young", "nan", None),
    "endless": ("inf", 1e400, None),
}


@pytest.mark.parametrize(("least", "most", "expected"), AGES.values(), ids=AGES)
def test_ages(least: Any, most: Any, expected: list[int] | None) -> None:
    assert drawn(service(minimum_age=least, maximum_age=most)).entry.get("ages") == expected


def test_hours_of_the_whole_country_say_in_which_zone() -> None:
    areas = [{"id": "1", "name": "National"}]
    found = drawn(service(phones=[phone("211")], schedules=[MONDAY], service_areas=areas, at=location()))
    assert found.area == "national"
    assert found.entry["phone"][0]["timezone"] == "America/Los_Angeles"
    assert "timezone" not in drawn(service(phones=[phone("211")], schedules=[MONDAY], at=location())).entry["phone"][0]


def _exported(entry_id: str) -> Service:
    content, _ = release()
    doc = service_of(content.entries[entry_id], content, date(2026, 11, 22))
    return Service(canonical(doc), service().where)


@pytest.mark.parametrize("entry_id", ["211-la", "cast-la", "lapd-nonemergency", "988", "dupagepads"])
def test_an_export_of_ours_comes_back_as_it_was_unchecked(entry_id: str) -> None:
    content, _ = release()
    found = drawn(_exported(entry_id))
    was = content.entries[entry_id]
    assert (found.entry_id, found.area) == (entry_id, was.area)
    assert found.entry["status"] == "check-first"
    assert "checks" not in found.entry
    back = shaped("entry", {**found.entry, "area": found.area}, Entry)
    given = [replace(row, checks=(), publish=False) for row in was.phone if row.publish]
    assert list(back.phone) == given
    assert (back.serves, back.short, back.aliases, back.police) == (was.serves, was.short, was.aliases, was.police)


def test_an_export_of_ours_that_somebody_changed_can_smuggle_nothing_in() -> None:
    made = _exported("cast-la")
    doc = copy.deepcopy(made.doc)
    doc["phones"][0]["number"] = "866-347-2423"
    for row in doc["phones"][0]["attributes"]:
        if row["taxonomy_term"]["name"] == "number":
            row["value"] = "+18663472423"
    found = drawn(Service(canonical(doc), made.where))
    assert "8663472423" not in str(found.entry)
    assert "347" not in str(found.service.doc["phones"] if "phones" in found.service.doc else "")


def test_an_export_of_ours_that_cannot_be_read_is_any_service() -> None:
    made = _exported("cast-la")
    doc = copy.deepcopy(made.doc)
    for row in doc["attributes"]:
        if row["taxonomy_term"]["name"] == "police":
            row["value"] = "whenever they like"
    found = drawn(Service(canonical(doc), made.where))
    assert NOT_OURS in what(found)
    assert found.entry_id != "cast-la"


def test_drawing_changes_nothing_it_was_given() -> None:
    made = service("Women's shelter", at=location(), organization=organization(), phones=[phone("866-347-2423")])
    before = copy.deepcopy(made)
    drawn(made)
    assert made == before
