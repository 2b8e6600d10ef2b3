"""What may not go live: every rule on content shown with one breach of it."""

from typing import Any

import pytest

from bot.referral.content import Content
from bot.referral.document import parse
from bot.referral.lint import REQUIRED, lint
from tests.referral.small import content, document, entry


def said(found: Content) -> list[str]:
    """List the problems that the untouched small release does not have."""
    before = {str(p) for p in lint(content())}
    return [str(p) for p in lint(found) if str(p) not in before]


def test_the_small_release_lacks_only_wording_no_test_needs() -> None:
    assert all(p.message == "is missing" or "wording" in p.file for p in lint(content()))
    assert {p.path for p in lint(content()) if p.file == "wording/en.toml"} <= set(REQUIRED)


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        pytest.param({"wording__en": {"help": "it’s"}}, "holds '’' (U+2019)", id="character outside GSM-7 is named"),
        pytest.param({"wording__es": {"help": "aquí"}}, "holds 'í'", id="Spanish accent that doubles the bill"),
        pytest.param({"wording__en": {"help": "a [b]"}}, "holds '[', which counts twice", id="extension character"),
        pytest.param({"wording__en": {"help": "a" * 307}}, "takes 3 segments, more than 2", id="too long"),
        pytest.param({"wording__en": {"unclear_again": "a" * 161}}, "more than 1", id="one segment only"),
        pytest.param({"wording__en": {"provider_help": "a" * 321}}, "321 characters", id="provider text"),
        pytest.param({"wording__en": {"menu": "for abused people"}}, "shows 'abused' in its first", id="sensitive"),
        pytest.param({"wording__en": {"menu": "you victims"}}, "says 'victims'", id="stigma"),
        pytest.param({"wording__en": {"menu": "a secret line"}}, "says 'secret'", id="promise"),
        pytest.param({"wording__en": {"menu": "see https://x.org"}}, "holds a link", id="link"),
        pytest.param({"wording__en": {"menu": "Call 800-555-9999"}}, "holds 800-555-9999", id="number typed in"),
        pytest.param({"wording__en": {"menu": "Text 12345"}}, "holds 12345", id="short code typed in"),
        pytest.param({"wording__en": {"extra": "hello"}}, "wording/es.toml: extra: is missing", id="no Spanish twin"),
        pytest.param({"topics__food": {"label": {"en": "food"}}}, "label.es: is missing", id="label without twin"),
        pytest.param({"topics__food": {"lead": {"en": "Eat:"}}}, "lead.es: is missing", id="lead without twin"),
        pytest.param({"topics__food": {"lead": {"en": "Not abuse:", "es": "x"}}}, "may stand in the first", id="lead"),
        pytest.param({"topics__food": {"words": {"en": ["food"]}}}, "words.es: is missing", id="words without twin"),
        pytest.param({"topics__food": {"words": {"en": ["bed"], "es": ["b"]}}}, "'bed' means shelter too", id="clash"),
        pytest.param(
            {"topics__food": {"label": {"en": "zzz", "es": "comida"}}}, "leads to unclear", id="label leads away"
        ),
        pytest.param({"topics__food": {"otherwise": "no"}}, "no topic 'no'", id="otherwise"),
        pytest.param({"topics__suicide": None}, "topics/suicide.toml: is missing", id="a crisis without a topic"),
        pytest.param({"commands": {"more": {"whole": {"en": ["yes"]}}}}, "'yes' is reserved", id="reserved command"),
        pytest.param(
            {"topics__food": {"block": [{"place": "top", "areas": ["mars"], "text": {"en": "a", "es": "b"}}]}},
            "no area 'mars'",
            id="block",
        ),
        pytest.param(
            {"denied": {"never": [{"names": ["pads"], "topic": "food", "why": "closed"}]}}, "never be", id="never"
        ),
    ],
)
def test_a_breach_is_found(files: dict[str, Any], fault: str) -> None:
    found = said(parse(document(**files)))
    assert any(fault in problem for problem in found), found


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"short": {"en": "abuse line", "es": "linea"}}, "shows 'abuse'"),
        ({"short": {"en": "x" * 27, "es": "linea"}}, "27 septets"),
        ({"short": {"en": "line"}}, "short.es: is missing"),
        ({"phone": [{"number": "555-0104", "ways": ["call"], "publish": True}]}, "is no number of +1"),
        ({"phone": [{"number": "88788", "ways": ["text"], "publish": True}]}, "short code without the word"),
        ({"status": "check-first"}, "is to be checked first"),
        ({"evidence": []}, "no number without a source"),
        ({"serves": [{"topic": "dancing", "rank": 1}]}, "no topic 'dancing'"),
        ({"serves": [{"topic": "shelter", "rank": 1, "facets": ["pets"]}]}, "no facet 'pets'"),
    ],
)
def test_a_breach_in_an_entry_is_found(change: dict[str, Any], fault: str) -> None:
    made = entry("pads", "+16305550104", ("shelter", 20)) | change
    found = said(content(entries__westmont={"entry": [entry("211-dupage", "211", ("shelter", 1)), made]}))
    assert any(fault in problem for problem in found), found


def test_a_denied_pair_of_number_and_name_is_refused_and_the_number_under_its_own_name_is_not() -> None:
    for name, refused in (("The Green House", True), ("Other House", False)):
        made = entry("green", "+13125550100", ("shelter", 20), name=name)
        found = said(content(entries__westmont={"entry": [entry("211-dupage", "211", ("shelter", 1)), made]}))
        assert any("must not be listed: misprint" in p for p in found) is refused
