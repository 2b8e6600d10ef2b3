"""What may not go live: every rule on content shown with one breach of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.referral.bulletin import Banner
from bot.referral.content import Content
from bot.referral.document import parse
from bot.referral.lint import REQUIRED, banner_faults, lint
from tests.referral.small import content, document, entry

_211 = entry("211-dupage", "211", ("shelter", 1), keep=True)
_PHONE = {"number": "+16305550104", "ways": ["call"], "publish": True}


def _check(on: str) -> dict[str, str]:
    return {"on": on, "how": "called", "by": "ab"}


_PROOF = {"evidence": ["its own page"], "source": "official", "checks": [_check("2026-11-21")]}


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
        pytest.param({"wording__en": {"menu": "Call 8005559999"}}, "holds 8005559999", id="number without signs"),
        pytest.param({"wording__en": {"menu": "Call (800) 555-9999"}}, "holds (800) 555-9999", id="brackets"),
        pytest.param({"wording__en": {"menu": "+1 800 5559999"}}, "holds +1 800 5559999", id="number of the world"),
        pytest.param({"wording__en": {"voice_hello": "Call 8005559999"}}, "holds 8005559999", id="number said aloud"),
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
        ({"checks": []}, "checks: are missing: no number without"),
        ({"checks": [_check("2026-11-22"), _check("2026-11-21")]}, "pads].checks: are not in the order of their days"),
        (
            {"phone": [_PHONE | {"checks": [_check("2026-11-22"), _check("2026-11-21")]}]},
            "pads].phone[0].checks: are not in the order",
        ),
        ({"note": {"en": "Or call 800-555-9999", "es": "nota"}}, "note.en: holds 800-555-9999, which is no published"),
        ({"who": {"en": "Women", "es": "Llame 2135550142"}}, "who.es: holds 2135550142"),
        ({"note": {"en": "At 123 North Main St", "es": "nota"}}, "note.en: holds an address"),
        ({"phone": [_PHONE | {"purpose": {"en": "or 12345", "es": "a"}}]}, "purpose.en holds 12345"),
        ({"season": "winter"}, "'winter' is no season like 11-15/03-31"),
        ({"season": "02-30/03-31"}, "names 02-30, which is no day"),
        ({"season": "11-15/03-31", "keep": True}, "stands beside keep"),
    ],
)
def test_a_breach_in_an_entry_is_found(change: dict[str, Any], fault: str) -> None:
    made = entry("pads", "+16305550104", ("shelter", 20)) | change
    found = said(content(entries__westmont={"entry": [_211, made]}))
    assert any(fault in problem for problem in found), found


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"evidence": [], "checks": [], "phone": [_PHONE | _PROOF]}, id="its number has its own"),
        pytest.param({"checks": [_check("2026-11-21"), _check("2026-11-21")]}, id="two checks on one day"),
        pytest.param({"season": "11-15/03-31"}, id="a season"),
        pytest.param({"phone": [_PHONE | {"purpose": {"en": "ext. 12345", "es": "ext. 12345"}}]}, id="an extension"),
        pytest.param({"note": {"en": "Mon 9-5. Or 630-555-0104", "es": "L 9-5"}}, id="a number that is given"),
    ],
)
def test_an_entry_may_have(change: dict[str, Any]) -> None:
    made = entry("pads", "+16305550104", ("shelter", 20)) | change
    assert said(content(entries__westmont={"entry": [_211, made]})) == []


def test_who_leads_a_crisis_is_a_crisis_line() -> None:
    first = entry("near", "+16305550104", ("danger", 5), ("shelter", 20))
    for kind, faulty in (("hotline", True), ("crisis line", False)):
        found = said(content(entries__westmont={"entry": [_211, first | {"kind": kind}]}))
        assert any("entry[near].kind: leads danger: it must be a crisis line" in p for p in found) is faulty


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"keep": False}, "'211-dupage' is not published with keep = true and 211"),
        ({"phone": [{"number": "+16305550104", "ways": ["call"], "publish": True}]}, "with keep = true and 211"),
        ({"id": "211-other"}, "no entry '211-dupage'"),
    ],
)
def test_the_211_of_an_area_is_always_given(change: dict[str, Any], fault: str) -> None:
    assert any(fault in p for p in said(content(entries__westmont={"entry": [_211 | change]})))


def test_what_names_a_number_that_may_step_back_has_something_to_say_instead() -> None:
    texts = {"stopped": "Call {hope}."}
    found = said(content(wording__en=texts, wording__es=texts))
    assert len([p for p in found if "stopped: names 800-555-0100" in p and "add stopped_instead" in p]) == 2
    texts |= {"stopped_instead": "Call {211}."}
    assert said(content(wording__en=texts, wording__es=texts)) == []
    texts |= {"stopped_instead": "Call {hope} now."}
    assert any("add stopped_instead_instead" in p for p in said(content(wording__en=texts, wording__es=texts)))


def test_a_crisis_has_words_that_hold_everywhere_and_always() -> None:
    blocks = document()["topics/danger.toml"]["block"]
    for changed, fault in (
        (
            blocks[1:],
            "block[0]: is what is said alone when nothing else may be: it must hold everywhere, and names 800",
        ),
        ([blocks[0] | {"areas": ["westlake"]}, *blocks[1:]], "block[0]: is what is said alone when nothing else"),
    ):
        assert any(fault in p for p in said(content(topics__danger={"block": changed})))


_LAW = document()["topics/law.toml"]["block"][0]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"due": None, "checked_on": None}, "block[0].due: is missing, though the paragraph speaks of the law ('law')"),
        ({"checked_on": None}, "without checked_on"),
        ({"due": "2026-12-31"}, "should be 2027-01-01, the first 1 January or 1 July after"),
        ({"due": "2027-07-01"}, "should be 2027-01-01"),
        ({"checked_on": "2027-01-01"}, "should be 2027-07-01"),
    ],
)
def test_what_speaks_of_the_law_is_read_again_twice_a_year(change: dict[str, Any], fault: str) -> None:
    listed = {"law": {"en": ["law", "laws"], "es": ["ley"]}}
    block = {key: value for key, value in (_LAW | change).items() if value is not None}
    found = said(content(topics__law={"block": [block]}, rules=listed))
    assert any(fault in problem for problem in found), found
    assert not [p for p in said(content(rules=listed)) if ".due" in p]


def test_a_denied_pair_of_number_and_name_is_refused_and_the_number_under_its_own_name_is_not() -> None:
    for name, refused in (("The Green House", True), ("Other House", False)):
        made = entry("green", "+13125550100", ("shelter", 20), name=name)
        found = said(content(entries__westmont={"entry": [_211, made]}))
        assert any("must not be listed: misprint" in p for p in found) is refused


_DENIED = {
    "number": [{"number": "+18663472423", "why": "a tip line"}],
    "never": [{"names": ["blue house", "the blue house of westmont"], "topic": "shelter", "why": "closed"}],
}
_TIP = "866-DHS-2-ICE"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"note": {"en": "or 866-347-2423", "es": "o 211"}}, "note.en: holds a number that must not be listed"),
        ({"note": {"en": "or 211", "es": f"o {_TIP}"}}, "note.es: holds a number that must not be listed"),
        ({"who": {"en": "men: 866.347.2423", "es": "hombres"}}, "who.en: holds a number"),
        ({"short": {"en": "Help 8663472423", "es": "Ayuda"}}, "short.en: holds a number"),
        ({"phone": [_PHONE | {"purpose": {"en": f"or {_TIP}", "es": "x"}}]}, "phone[0].purpose.en: holds a number"),
        ({"phone": [_PHONE | {"keyword": {"en": "8663472423"}}]}, "phone[0].keyword.en: holds a number"),
        ({"name": "The Blue House, Inc."}, "name: is a name that may never be listed"),
        ({"name": "Help (Blue House of Westmont)"}, "name: is a name that may never be listed"),
        ({"short": {"en": "Blue House", "es": "Casa"}}, "short.en: is a name that may never be listed"),
    ],
)
def test_what_may_never_be_listed_is_found_in_every_text_of_an_entry(change: dict[str, Any], fault: str) -> None:
    made = entry("pads", "+16305550104", ("shelter", 20)) | change
    found = said(content(entries__westmont={"entry": [_211, made]}, denied=_DENIED))
    assert any(fault in problem for problem in found), found


def test_a_sentence_and_a_banner_cannot_spell_a_number_that_must_not_be_listed() -> None:
    found = content(denied=_DENIED, topics__shelter={"note": {"en": f"Call {_TIP}.", "es": "Llame al {211-dupage}."}})
    assert any("note.en: holds a number that must not be listed" in problem for problem in said(found))
    banner = Banner("tips", {"en": f"Call {_TIP}.", "es": "Llame."}, datetime(2026, 12, 1, tzinfo=UTC))
    assert "en: holds a number that must not be listed" in banner_faults(found, banner)
