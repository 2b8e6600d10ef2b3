"""A third county is added by data alone, and what is near goes first."""

from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.directory.counties import county
from bot.referral.answer import answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.release import load
from bot.storage.files import read_document

NOON = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # a Monday, noon in Chicago
CHECKS = [{"on": "2026-11-21", "how": "official page"}]


def entry(entry_id: str, number: str, topic: str, rank: int, **more: Any) -> dict[str, Any]:
    """Return an entry of the new county with one number."""
    return {
        "id": entry_id,
        "name": entry_id.replace("-", " "),
        "short": {"en": f"{entry_id[:20]} food", "es": f"{entry_id[:20]} comida"},
        "status": "publish",
        "source": "official",
        "serves": [{"topic": topic, "rank": rank}],
        "evidence": ["its own page"],
        "checks": CHECKS,
        "phone": [{"number": number, "ways": ["call"], "hours": "24/7", "languages": ["*"], "publish": True}],
        **more,
    }


@pytest.fixture(scope="module")
def content(data_dir: Path) -> Content:
    """Return the default release with Cook County added: nothing but tables of data."""
    document = {file: deepcopy(table) for file, table in read_document(data_dir).items() if file != "trained.toml"}
    cook = county("Cook County", "IL")
    middles = {z.code: list(z.middle) for z in cook.zips if z.middle}
    document["zips.toml"]["middles"] |= middles
    document["line.toml"]["areas"].append(
        {
            "slug": "cook",
            "digit": "3",
            "name": "Cook",
            "state": "IL",
            "timezone": "America/Chicago",
            "entry_211": "211-cook",
            "zips": [z.code for z in cook.zips],
            "places": {"en": ["cook county", "evanston"], "es": ["condado de cook"]},
        }
    )
    elsewhere = document["line.toml"]["elsewhere"]
    for kind, names in elsewhere.items():
        elsewhere[kind] = [name for name in names if name not in ("cook county", "evanston", "condado de cook")]
    far, near = (dict(zip(("lat", "long"), middles[code], strict=True)) for code in ("60411", "60201"))
    document["entries/cook.toml"] = {
        "entry": [
            entry("211-cook", "211", "food", 90, keep=True, kind="hotline"),
            entry("a-far-pantry", "+13125550101", "food", 20, place=far),
            entry("b-near-pantry", "+13125550102", "food", 20, place=near),
            entry("c-small-pantry", "+13125550103", "food", 20, place=far, radius_miles=5),
        ]
    }
    for language in ("en", "es"):
        wording = document[f"wording/{language}.toml"]
        for key in ("place_question", "place_or_211", "area_repeat"):
            wording[key] = wording[key].replace("2 DuPage", "2 DuPage, 3 Cook")
    return load(document)


@pytest.mark.parametrize("text", ["food 60201", "cook county food", "comida condado de cook", "food evanston"])
def test_a_text_from_the_new_county_gets_its_services(content: Content, text: str) -> None:
    given = answer(text, Conversation(), content, NOON)
    assert given.conversation.area == "cook"
    assert any(name.endswith("pantry") for name in given.entries)


def test_the_digit_of_the_new_county_chooses_it(content: Content) -> None:
    asked = answer("food", Conversation(), content, NOON)
    assert asked.reply
    assert "3 Cook" in asked.reply
    chosen = answer("3", asked.conversation, content, NOON)
    assert chosen.conversation.area == "cook"
    assert any(name.endswith("pantry") for name in chosen.entries)


def in_order(content: Content, *texts: str) -> list[str]:
    """Return all entries that are named when these texts and then MORE are sent."""
    talk, found = Conversation(), []
    for text in (*texts, "more", "more", "more"):
        told = answer(text, talk, content, NOON)
        talk = told.conversation
        found += [name for name in told.entries if name not in found]
    return found


def pantries(content: Content, *texts: str) -> list[str]:
    """Return the pantries in the order in which they are named."""
    return [name for name in in_order(content, *texts) if name.endswith("pantry")]


def test_the_nearest_goes_first_when_a_zip_was_told(content: Content) -> None:
    assert pantries(content, "food 60201") == ["b-near-pantry", "a-far-pantry"]
    assert pantries(content, "food 60411") == ["a-far-pantry", "c-small-pantry", "b-near-pantry"]


def test_without_a_zip_the_order_is_the_one_of_ids(content: Content) -> None:
    assert pantries(content, "food cook county") == ["a-far-pantry", "b-near-pantry", "c-small-pantry"]


def test_a_zip_is_remembered_until_another_county_is_told(content: Content) -> None:
    first = answer("60201", Conversation(), content, NOON).conversation
    assert first.zip == "60201"
    assert answer("food", first, content, NOON).conversation.zip == "60201"
    assert answer("60559", first, content, NOON).conversation.zip == "60559"
    assert answer("los angeles", first, content, NOON).conversation.zip == ""


def test_a_zip_that_is_none_of_ours_is_not_kept(content: Content) -> None:
    assert answer("food 73301", Conversation(), content, NOON).conversation.zip == ""


def test_the_middles_of_zip_codes_are_those_of_the_package(data_dir: Path) -> None:
    known = read_document(data_dir)["zips.toml"]["middles"]
    for name, state in (("Los Angeles County", "CA"), ("DuPage County", "IL")):
        for found in county(name, state).zips:
            assert known[found.code] == list(found.middle or ())
