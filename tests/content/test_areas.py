"""Every ZIP, town and street leads to the county it lies in, and an unclear one to none."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.content.zips import as_toml, county

Table = dict[str, Any]
#: Towns that lie in several counties or share a name with a big place: asked about, never assumed.
ASKED = {"aurora", "bartlett", "wayne", "fox valley", "medinah", "eola"}
#: Short forms of states that are words in English, Spanish or text slang.
WORDS = set("in me ok oh hi or la de mi va pa ma md id al co mo ne nd ms mt ar ak az ct".split())


@pytest.fixture(scope="module")
def line(data_dir: Path) -> Table:
    """Give line.toml."""
    return tomllib.loads((data_dir / "line.toml").read_text(encoding="utf-8"))


def places(line: Table) -> dict[str, str]:
    """Give every place wording with its area; none may stand in two."""
    found: dict[str, str] = {}
    for area in line["areas"]:
        for wordings in area["places"].values():
            for wording in wordings:
                assert wording not in found, f"{wording!r} stands twice"
                found[wording] = area["slug"]
    return found


def test_the_line_is_what_the_design_says(line: Table) -> None:
    assert (line["name"], line["languages"]) == ("Quietline", ["en", "es"])
    assert (line["limits"]["aim_segments"], line["limits"]["cap_segments"]) == (2, 3)
    shown = [(a["slug"], a["digit"], a["name"], a["state"], a["entry_211"]) for a in line["areas"]]
    assert shown == [("westlake", "1", "Los Angeles", "CA", "211-la"), ("westmont", "2", "DuPage", "IL", "211-dupage")]
    assert [ZoneInfo(a["timezone"]).key for a in line["areas"]] == ["America/Los_Angeles", "America/Chicago"]


@pytest.mark.parametrize(
    ("at", "name", "state", "some"),
    [
        (0, "Los Angeles County", "CA", {"90057", "90006", "90003", "90028", "90802", "90220", "91331", "93550"}),
        (1, "DuPage County", "IL", {"60559", "60540", "60563", "60515", "60561", "60532", "60187", "60522"}),
    ],
    ids=["Los Angeles", "DuPage"],
)
def test_zips_are_those_of_the_county(line: Table, at: int, name: str, state: str, some: set[str]) -> None:
    ours = line["areas"][at]["zips"]
    assert ours == county(name, state).zips
    assert set(ours) >= some


def test_zips_across_a_county_line_go_where_the_package_puts_them(line: Table) -> None:
    los_angeles, dupage = (set(a["zips"]) for a in line["areas"])
    assert {"60502", "60504", "60103", "60527"} <= dupage
    assert dupage.isdisjoint({"60505", "60506", "60440", "60490", "60564", "60133", "60439", "60525", "60601"})
    assert "91359" in los_angeles
    assert los_angeles.isdisjoint({"91361", "91362", "90630", "90631", "93243", "91709", "92801"})
    assert los_angeles.isdisjoint(dupage)


def test_codes_are_written_twelve_in_a_line() -> None:
    lines = as_toml([f"{n:05}" for n in range(13)]).splitlines()
    assert [len(re.findall(r"\d{5}", text)) for text in lines] == [12, 1]


def test_every_town_of_dupage_is_known_or_asked_about(line: Table) -> None:
    known = {p for p, slug in places(line).items() if slug == "westmont"} | {n["word"] for n in line["namesakes"]}
    towns = {town.lower() for town in county("DuPage County", "IL").towns.values()}
    assert {t for t in towns if t not in known} == ASKED & towns


@pytest.mark.parametrize(
    ("area", "texts"),
    [
        (
            "westlake",
            "los angeles|la county|l a|dtla|macarthur park|parque macarthur|pico union|koreatown|k town|echo park"
            "|hollywood|south central|boyle heights|east los angeles|east la|figueroa|skid row|long beach|compton"
            "|alvarado|wilshire|bonnie brae|the valley|van nuys|in watts|inglewood|pomona|palmdale|westlake village"
            "|condado de los angeles",
        ),
        (
            "westmont",
            "dupage|dupage county|condado de dupage|naperville|lisle|wheaton|downers grove|darien|lombard|villa park"
            "|oak brook|hinsdale|elmhurst|addison|glen ellyn|carol stream|west chicago|woodridge|cass ~ ogden",
        ),
    ],
    ids=["Los Angeles", "DuPage"],
)
def test_what_people_call_a_place_is_known(line: Table, area: str, texts: str) -> None:
    known = places(line)
    assert {t: known.get(t) for t in texts.split("|")} == dict.fromkeys(texts.split("|"), area)


def test_wordings_are_folded_and_no_everyday_word_is_a_place(line: Table) -> None:
    wordings = [*places(line), *(w for ws in line["states"].values() for w in ws)]
    wordings += [w for ws in line["elsewhere"].values() for w in ws]
    assert [w for w in wordings if not re.fullmatch(r"[a-z0-9/]+( ([a-z0-9/]+|~))*", w)] == []
    assert [w for w, n in Counter(wordings).items() if n > 1] == []
    everyday = {
        "la",
        "el",
        "valley",
        "union",
        "ogden",
        "cass",
        "bell",
        "venice",
        "aurora",
        "wayne",
        "park",
        "downers",
        "il",
        "ca",
    }
    assert everyday.isdisjoint(wordings)
    assert WORDS.isdisjoint(wordings)


def test_names_that_exist_twice_need_a_state(line: Table) -> None:
    twins = {n["word"]: (n["default"], n["states"]) for n in line["namesakes"]}
    both = {"ca": "westlake", "il": "westmont"}
    assert twins == {
        "westmont": ("westmont", both),
        "westlake": ("westlake", {"ca": "westlake"}),
        "willowbrook": ("westmont", both),
    }
    # Every other state that has a Westlake is known, so that "westlake ohio" is elsewhere.
    assert {"oh", "tx", "fl", "ca", "il"} <= line["states"].keys()
    assert twins.keys().isdisjoint(places(line))


def test_states_are_all_there_and_a_mere_mention_is_no_place(line: Table) -> None:
    assert len(line["states"]) == 52  # fifty, the District of Columbia, Puerto Rico
    for code, wordings in line["states"].items():
        assert re.fullmatch(r"[a-z]{2}", code)
        assert all(" " in w for w in wordings)
    assert "living/im/am/here in texas" in line["states"]["tx"]
    assert {"westmont ~ california", "westmont ca"} <= set(line["states"]["ca"])
    assert {"westmont ~ illinois", "westmont il"} <= set(line["states"]["il"])
    assert "westlake ohio" in line["states"]["oh"]


def test_other_counties_are_elsewhere(line: Table) -> None:
    cities = line["elsewhere"]["cities"]
    assert {"chicago", "cook county", "cicero", "san diego", "orange county", "in las vegas"} <= set(cities)
    assert places(line).keys().isdisjoint(cities)


def test_pictures_stand_for_plain_words(line: Table) -> None:
    pictures = line["emoji"]
    assert [p for p in pictures if re.search("[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]", p)] == []
    assert [w for w in pictures.values() if not re.fullmatch(r"[a-z]+( [a-z]+)*", w)] == []
    assert pictures["🔫"] == "gun"
    # A stop sign must not silence the line, and a skull is mostly a joke.
    assert {"🛑", "✋", "💀", "🔥"}.isdisjoint(pictures)
    assert {"stop", "end", "quit", "cancel"}.isdisjoint(pictures.values())
