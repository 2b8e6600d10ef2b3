"""A broken release names every problem at once, with its file and place, and a good one survives a round trip."""

import json
from typing import Any

import pytest

from bot.referral.document import parse
from bot.referral.problem import ContentError
from tests.referral.small import DOCUMENT, document, topic


def problems(**files: Any) -> list[str]:
    """List what parsing says about a changed document."""
    with pytest.raises(ContentError) as caught:
        parse(document(**files))
    return [str(p) for p in caught.value.problems]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        pytest.param({"topics__food": {"label": {"en": 3}}}, "label['en']: should be text", id="type"),
        pytest.param({"topics__food": {"colour": 1}}, "extra fields found (colour)", id="unknown key"),
        pytest.param({"topics__food": {"slug": "feed"}}, "topics/food.toml: slug: should be 'food'", id="slug"),
        pytest.param(
            {"topics__food": {"words": {"en": "food"}}},
            "topics/food.toml: words['en']: should be a list, is 'food'",
            id="a text where a list belongs",
        ),
        pytest.param({"topics__food": {"words": {"en": ["@nobody"]}}}, "no class '@nobody'", id="unknown class"),
        pytest.param(
            {"topics__food": {"lead": {"en": "Call {nobody}."}}},
            "topics/food.toml: lead.en: no published number for {nobody}",
            id="a number nobody published",
        ),
        pytest.param(
            {"wording__en": {"help": "Text {pads.text}"}},
            "wording/en.toml: help: no published number for {pads.text}",
            id="a text number where there is none",
        ),
        pytest.param({"wording__en": {"days": ["Mon"]}}, "wording/en.toml: days: should be seven", id="days"),
        pytest.param({"denied": None}, "denied.toml: is missing", id="missing file"),
        pytest.param({"line": {"areas": 3}}, "line.toml: areas: should be a list", id="areas"),
    ],
)
def test_one_problem(files: dict[str, Any], said: str) -> None:
    assert any(said in problem for problem in problems(**files)), problems(**files)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"police": "sometimes"}, "police: should be one of never unasked, only if law requires"),
        ({"source": "hearsay"}, "source: should be one of official, government, secondary"),
        ({"status": "publsh"}, "status: should be one of publish, check-first"),
        ({"checks": [{"on": "yesterday", "how": "call"}]}, "checks[0].on: should be a day like 2026-11-21"),
        (
            {"phone": [{"number": "211", "ways": ["shout"]}]},
            "phone[0].ways[0]: should be one of call, text, tty, video",
        ),
        ({"phone": [{"number": "211", "ways": ["call"], "hours": "nine to five"}]}, "phone.hours"),
        ({"id": "211"}, "is in national too"),
    ],
)
def test_a_broken_entry_is_named(change: dict[str, Any], said: str) -> None:
    entries = document()["entries/westmont.toml"]["entry"]
    entries[1] |= change
    assert any(said in p for p in problems(entries__westmont={"entry": entries})), problems(
        entries__westmont={"entry": entries}
    )


def test_every_problem_is_told_at_once() -> None:
    told = problems(
        topics__food={"label": {"en": 3}, "lead": {"en": "{nobody}"}}, wording__es={"help": 4}, rules={"stigma": 1}
    )
    assert [p.split(":")[0] for p in told] == ["rules.toml", "topics/food.toml", "topics/food.toml", "wording/es.toml"]


def test_a_document_means_the_same_after_json() -> None:
    again = parse(json.loads(json.dumps(DOCUMENT)))
    assert again.topics == parse(DOCUMENT).topics
    assert again.entries == parse(DOCUMENT).entries


def test_facets_are_languages_besides_lead_and_note() -> None:
    shelter = parse(DOCUMENT).topics["shelter"]
    assert shelter.facets["family"].words == {"en": ("my kids", "family"), "es": ("mis hijos",)}
    assert shelter.facets["family"].lead["en"] == "Family bed:"


def test_a_third_language_needs_data_alone() -> None:
    more: dict[str, Any] = {
        "line": {"languages": ["en", "es", "tl"]},
        "words__tl": {
            "common": "ako ikaw kumain bahay",
            "fillers": "po",
            "place_fillers": "sa",
            "courtesy": "salamat",
            "speak": {},
            "classes": {},
        },
        "wording__tl": {k: v if k == "days" else f"tl {v}" for k, v in DOCUMENT["wording/en.toml"].items()},
    }
    for slug in ("food",):
        made = topic(slug, ["food", "pantry"], ["comida"])
        made["label"]["tl"] = "pagkain"
        made["words"]["tl"] = ["pagkain", "gutom ~ ako"]
        more[f"topics__{slug}"] = made
    found = parse(document(**more))
    assert found.topics["food"].words["tl"] == ("pagkain", "gutom ~ ako")
    assert found.wording["tl"]["menu"] == "tl en menu"
