"""An entry through its form and back: what nobody touched is as it was, what somebody typed is what is meant."""

from datetime import date
from typing import Any

import pytest

from bot.console.editing.entry_form import entry_from, entry_shown
from bot.console.editing.number_form import new_number
from bot.console.editing.typed import Typed
from bot.referral.content import Content
from bot.storage.files import read_document
from tests.conftest import ROOT

LANGUAGES = ("en", "es")
TODAY = date(2026, 11, 23)
ENTRIES: dict[str, dict[str, Any]] = {
    table["id"]: table
    for file, tables in read_document(ROOT / "data").items()
    if file.startswith("entries/")
    for table in tables["entry"]
}


def made(typed: Typed, base: dict[str, Any], content: Content) -> dict[str, Any]:
    return entry_from(typed, base, content, today=TODAY, by="AB")


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_nobody_touched_stays_as_it_was(name: str, default_release: Content) -> None:
    table = ENTRIES[name]
    typed = entry_shown(table, LANGUAGES)
    assert made(typed, table, default_release) == table
    assert typed.errors == {}


def test_a_changed_number_is_a_new_one(default_release: Content) -> None:
    table = {**ENTRIES["cast-la"], "phone": [{**ENTRIES["cast-la"]["phone"][0], "checks": [{"on": "2026-01-01"}]}]}
    typed = entry_shown(table, LANGUAGES)
    typed["phone.0.number"] = "(213) 555-0142"
    phone = made(typed, table, default_release)["phone"][0]
    assert phone["number"] == "+12135550142"
    assert "checks" not in phone
    assert phone["ways"] == table["phone"][0]["ways"]


def test_who_says_that_they_tried_it_is_written_down(default_release: Content) -> None:
    table = ENTRIES["cast-la"]
    typed = entry_shown(table, LANGUAGES)
    typed["phone.0.number"], typed["phone.0.tried"] = "213-555-0142", "called"
    assert made(typed, table, default_release)["phone"][0]["checks"] == [
        {"on": "2026-11-23", "how": "called", "by": "AB"}
    ]


@pytest.mark.parametrize("how", ["stored page", "ok", "yes", "<b>"])
def test_only_ways_that_prove_it_are_taken(how: str, default_release: Content) -> None:
    typed = entry_shown(ENTRIES["cast-la"], LANGUAGES)
    typed["phone.0.tried"] = how
    made(typed, ENTRIES["cast-la"], default_release)
    assert "phone.0.tried" in typed.errors


def test_hidden_fields_cannot_be_typed(default_release: Content) -> None:
    typed = entry_shown(ENTRIES["cast-la"], LANGUAGES)
    for name in ("checks", "phone.0.checks", "keep", "place", "id", "area"):
        typed[name] = "x"
    assert made(typed, ENTRIES["cast-la"], default_release) == ENTRIES["cast-la"]


def test_a_number_more_and_a_number_less(default_release: Content) -> None:
    table = ENTRIES["211-la"]
    typed = entry_shown(table, LANGUAGES)
    new_number(typed)
    assert len(made(typed, table, default_release)["phone"]) == 2
    typed["phone.2.number"], typed["phone.2.way.text"] = "898211", "yes"
    assert made(typed, table, default_release)["phone"][2] == {"number": "898211", "ways": ["text"], "publish": False}
    typed.without_row("phone.0")
    assert [one["number"] for one in made(typed, table, default_release)["phone"]] == ["+18003396993", "898211"]


REFUSED = {
    "no name": ("name", ""),
    "a name too long": ("name", "a" * 200),
    "markup in a name": ("short.en", "<i>x"),
    "turned around": ("note.es", "x\u202ey"),
    "no short name": ("short.en", ""),
    "no such state": ("status", "open"),
    "no such kind": ("kind", "hideout"),
    "no such policy": ("police", "always"),
    "an address with https": ("link", "https://example.org"),
    "what is no address": ("link", "call us"),
    "evidence with markup": ("evidence", "<a href=x>"),
    "a season nobody knows": ("season", "winter"),
    "a day that is none": ("season", "02-30/03-01"),
    "ages turned": ("ages.to", "5"),
    "an age in words": ("ages.from", "twelve"),
    "no such topic": ("serves.0.topic", "gardening"),
    "no such need": ("serves.0.facets", "roses"),
    "no rank": ("serves.0.rank", ""),
    "a rank of nought": ("serves.0.rank", "0"),
    "no number": ("phone.0.number", ""),
    "seven digits": ("phone.0.number", "555-0142"),
    "no such area code": ("phone.0.number", "123-555-0142"),
    "another country": ("phone.0.number", "+44 20 7946 0018"),
    "letters": ("phone.0.number", "call us"),
    "two numbers": ("phone.0.number", "213-555-0142 or 213-555-0143"),
    "an extension": ("phone.0.number", "213-555-0142 ext 5"),
    "hours nobody understands": ("phone.0.hours", "whenever"),
    "hours by appointment": ("phone.0.hours", "by appointment"),
    "no such zone": ("phone.0.timezone", "Mars/Olympus"),
    "a path for a zone": ("phone.0.timezone", "../../etc/passwd"),
    "languages in words": ("phone.0.languages", "Spanish"),
}


@pytest.mark.parametrize(("field", "value"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_stands_beside_its_field(field: str, value: str, default_release: Content) -> None:
    table = ENTRIES["nrs"]
    typed = entry_shown(table, LANGUAGES)
    typed[field] = value
    if field == "short.en":
        typed["short.es"] = value
    made(typed, table, default_release)
    wanted = {"ages.to": "ages.from"}.get(field, field)
    assert typed.errors.get(wanted), typed.errors
    assert typed[field] == value


def test_a_number_without_a_way_is_refused(default_release: Content) -> None:
    typed = entry_shown(ENTRIES["cast-la"], LANGUAGES)
    for way in ("call", "text", "tty", "video"):
        typed[f"phone.0.way.{way}"] = ""
    made(typed, ENTRIES["cast-la"], default_release)
    assert "phone.0.way.call" in typed.errors


def test_the_same_number_twice_is_refused(default_release: Content) -> None:
    typed = entry_shown(ENTRIES["cast-la"], LANGUAGES)
    new_number(typed)
    row = typed.rows("phone")[-1]
    typed[f"{row}.number"] = typed["phone.0.number"]
    for way in ENTRIES["cast-la"]["phone"][0]["ways"]:
        typed[f"{row}.way.{way}"] = "yes"
    made(typed, ENTRIES["cast-la"], default_release)
    assert typed.errors[f"{row}.number"] == ["That number is here twice."]


def test_a_form_of_a_new_entry_is_empty(default_release: Content) -> None:
    typed = entry_shown({}, LANGUAGES)
    assert typed["status"] == "check-first"
    made(typed, {}, default_release)
    assert {"name", "short.en"} <= set(typed.errors)
