"""Faults of a release that are rare and must be named all the same: by its shape, and by what lint finds in it."""

from typing import Any

import pytest

from bot.referral.document import parse
from bot.referral.learnt import TRAINED, learnt
from bot.referral.lint import lint
from bot.referral.problem import ContentError
from bot.referral.reader import Reader
from bot.referral.rules import spelling
from tests.referral.small import content, document, entry

_211 = entry("211-dupage", "211", ("shelter", 1), keep=True)
_PHONE = {"number": "+16305550104", "ways": ["call"], "publish": True}
_AREAS = document()["line.toml"]["areas"]


def never(**more: str) -> dict[str, Any]:
    """Change what may never be listed."""
    return {"denied": {"never": [{"names": ["x house"], "topic": "shelter", "why": "closed", **more}]}}


def eating(**examples: str) -> dict[str, Any]:
    """Give examples of hunger in some languages."""
    return {"topics__food": {"examples": examples}}


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        pytest.param(
            {"line": {"areas": [_AREAS[0] | {"timezone": "Mars/Base"}, _AREAS[1]]}},
            "line.toml: areas.westlake.timezone: no time zone 'Mars/Base'",
            id="a place in no time zone",
        ),
        pytest.param(never(topic="dancing"), "denied.toml: never.x house: no topic 'dancing'", id="never, no topic"),
        pytest.param(never(entry="gone"), "denied.toml: never.x house: no entry 'gone'", id="never, no entry"),
        pytest.param(
            {"topics__law": {"lawyers": "dancing"}}, "topics/law.toml: lawyers: no topic 'dancing'", id="no lawyers"
        ),
        pytest.param(
            {"topics__food": {"label": {"en": "Yes", "es": "comida"}}},
            "topics/food.toml: label.en: 'Yes' is reserved by carriers",
            id="a label that carriers answer",
        ),
        pytest.param(
            {"rules": {"shorteners": ["bit.ly"]}, "wording__en": {"menu": "see Bit.ly"}},
            "holds the link shortener 'bit.ly', which carriers refuse",
            id="a shortened link",
        ),
        pytest.param(eating(fr="j'ai faim"), "examples.fr: there is no language 'fr'", id="a language nobody speaks"),
        pytest.param(eating(en="call me at 213-555-0142"), "holds a number that may be somebody's", id="a number"),
        pytest.param(eating(en="im hungry\nmail me@x.org"), "'mail me@x.org' holds an address", id="an address"),
        pytest.param(eating(en="hungry since 3/14/26"), "holds a date", id="a date"),
        pytest.param(eating(en="hungry " * 60), "has more than 320 characters", id="no text of a phone"),
        pytest.param(
            {
                **eating(en="My kids are hungry"),
                "topics__shelter": {"examples": {"en": "my kids ARE hungry"}},
                "commands": {"more": {"whole": {"en": ["more"]}, "examples": {"en": "what else is there"}}},
            },
            "topics/shelter.toml: examples.en: 'my kids ARE hungry' stands in topics/food.toml too: examples.en",
            id="one text with two meanings",
        ),
    ],
)
def test_a_breach_is_found(files: dict[str, Any], fault: str) -> None:
    before = {str(problem) for problem in lint(content())}
    found = [str(problem) for problem in lint(parse(document(**files)))]
    assert any(fault in problem for problem in found), sorted({*found} - before)
    assert not any(fault in problem for problem in before)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"phone": [_PHONE | {"publish": False}]}, "phone: has no published number and no link"),
        ({"phone": [_PHONE | {"timezone": "Mars/Base"}]}, "phone[0]: no time zone 'Mars/Base'"),
        ({"phone": [_PHONE | {"ways": []}]}, "phone[0]: has no ways"),
        ({"link": "pads.org"}, "link: stands beside a published number"),
        ({"link": "pads[1].org", "phone": []}, "link: holds '[', which counts twice"),
        ({"link": "https://pads.org", "phone": []}, "link: holds a link; print the bare name"),
    ],
)
def test_a_breach_in_an_entry_is_found(change: dict[str, Any], fault: str) -> None:
    def faults(**more: Any) -> list[str]:
        made = entry("pads", "+16305550104", ("shelter", 20)) | more
        return [str(problem) for problem in lint(content(entries__westmont={"entry": [_211, made]}))]

    assert any(f"entry[pads].{fault}" in problem for problem in faults(**change)), faults(**change)
    assert not any(f"entry[pads].{fault}" in problem for problem in faults())


def test_a_number_that_is_given_may_be_written_in_any_way() -> None:
    found = [str(p) for p in lint(content(wording__en={"menu": "Call (800) 555.0100 or 1 800 5550199"}))]
    assert not any("0100" in problem for problem in found)
    assert any("holds 1 800 5550199, which is no published number" in problem for problem in found)


def test_only_what_is_sent_in_seven_bits_is_held_to_them() -> None:
    assert spelling("aquí") != []
    assert spelling("aquí", alphabet="ucs2") == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        pytest.param({"entries__national": None}, "entries/national.toml: holds no entry", id="nobody for everywhere"),
        pytest.param({"commands": None}, "commands.toml: is missing", id="no commands"),
        pytest.param({"topics__food": {"facets": 3}}, "topics/food.toml: facets: expected a mapping", id="facets"),
        pytest.param({"topics__food": {"facets": {"hot": 3}}}, "facets['hot']: invalid value for type", id="a facet"),
        pytest.param({"trained": {"sharpness": "much"}}, "trained.toml: sharpness: should be a number", id="a number"),
        pytest.param(
            {"trained": {"sharpness": 1.5}}, "trained.toml: labels: needs 'labels'", id="a part of the weights"
        ),
    ],
)
def test_a_broken_document_is_named(files: dict[str, Any], said: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse(document(**files))
    found = [str(problem) for problem in caught.value.problems]
    assert any(said in problem for problem in found), found


def test_weights_that_cannot_be_unpacked_are_named_and_the_rest_is_read(default_document: Any) -> None:
    table = default_document[TRAINED]
    reader = Reader({TRAINED: {**table, "bias": table["bias"][1:]}})
    found = learnt(reader, {}, {}, frozenset())
    assert found.trained is None
    ((problem,),) = (reader.problems,)
    assert str(problem).startswith("trained.toml: ")
    assert str(problem).endswith("; make it again: quietline train")
