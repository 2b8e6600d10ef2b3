"""The parts of a text: counted as the test vectors of the provider and of GOV.UK have them."""

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referral.segments import (
    EXTENSION,
    SAFE,
    Encoding,
    Segments,
    count,
    fits,
    gsm_only,
    printable,
    room,
    septets,
)

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "data" / "segments"
GSM, UCS = Encoding.GSM_7, Encoding.UCS_2
FAMILY = "👩\u200d👩\u200d👧"
FLAG = "🇲🇽"


def _vectors(name: str) -> dict[str, Any]:
    """Read a file of vectors; nothing where there is none: then the `shared` fixture skips or fails."""
    path = VECTORS / name
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


TWILIO = _vectors("twilio_segment_calculator.json")
GOVUK = _vectors("govuk_sanitise_sms.json")
TWILIO_COUNTS = [
    pytest.param(case, id=f"{group}-{number}")
    for group in ("basic_tests", "gsm7_escape_tests", "ucs2_letter_tests", "special_tests")
    for number, case in enumerate(TWILIO.get(group, [None]))
]
# Of GOV.UK's 34 counts 32 can be compared. The two left out hold "((a placeholder))", which its templates cut
# out before counting. Its lists of single characters and strings are no counts: they say what GOV.UK turns a
# character into, and this line turns none into another, its lint refuses them.
GOVUK_COUNTS = [
    pytest.param(case, id=f"{group.removeprefix('test_sms_fragment_count_accounts_for_')}-{number}")
    for group, cases in GOVUK.get("fragment_counts", {"missing": [None]}).items()
    for number, case in enumerate(cases)
    if case is None or "((" not in case["content"]
]
GOVUK_REFUSED = [
    pytest.param(content, expected, id=f"non-gsm-{number}")
    for table in GOVUK.get("non_gsm_characters", [{"cases": [(None, None)]}])
    for number, (content, expected) in enumerate(table["cases"])
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", Segments(GSM, 0, 1), id="empty is one, as at the provider"),
        pytest.param("a" * 160, Segments(GSM, 160, 1), id="one full part"),
        pytest.param("a" * 161, Segments(GSM, 161, 2), id="one too many"),
        pytest.param("a" * 306, Segments(GSM, 306, 2), id="two full parts"),
        pytest.param("a" * 307, Segments(GSM, 307, 3), id="two parts and one"),
        pytest.param("ñéü¿¡àÇ" * 20, Segments(GSM, 140, 1), id="spanish letters of gsm-7"),
        pytest.param("a" * 158 + "€", Segments(GSM, 160, 1), id="extension fills the part"),
        pytest.param("a" * 159 + "€", Segments(GSM, 161, 2), id="extension overflows"),
        pytest.param("a" * 152 + "[" + "a" * 152, Segments(GSM, 306, 3), id="extension is never split"),
        pytest.param("a" * 151 + "[" + "a" * 153, Segments(GSM, 306, 2), id="extension ends the part"),
        pytest.param("a\r\n" * 51, Segments(GSM, 153, 1), id="cr and lf are two septets"),
        pytest.param("a" * 152 + "\r\n" + "a" * 152, Segments(GSM, 306, 2), id="cr and lf may be parted"),
        pytest.param("a\tb", Segments(UCS, 3, 1, ("\t",)), id="tab is not in gsm-7"),
        pytest.param("más allá, así", Segments(UCS, 13, 1, ("á", "í")), id="distinct, in order"),
        pytest.param("é" * 69 + "á", Segments(UCS, 70, 1, ("á",)), id="ucs-2 full part"),
        pytest.param("é" * 70 + "á", Segments(UCS, 71, 2, ("á",)), id="ucs-2 one too many"),
        pytest.param("á[" * 35, Segments(UCS, 70, 1, ("á",)), id="extension is one unit in ucs-2"),
        pytest.param("á" * 66 + "😀" + "á" * 66, Segments(UCS, 134, 3, ("á", "😀")), id="pair is never split"),
        pytest.param("á" * 64 + FLAG + "á" * 66, Segments(UCS, 134, 3, ("á", *FLAG)), id="flag is never split"),
        pytest.param("á" * 63 + FLAG + "á" * 67, Segments(UCS, 134, 2, ("á", *FLAG)), id="flag ends the part"),
        pytest.param(
            "á" * 60 + FAMILY + "á" * 66,
            Segments(UCS, 134, 3, ("á", "👩", "\u200d", "👧")),
            id="joined emoji are never split",
        ),
        pytest.param(
            "á" * 66 + "e\u0301" + "á" * 66,
            Segments(UCS, 134, 3, ("á", "\u0301")),
            id="accent is never split",
        ),
        pytest.param(
            "á" * 4 + "e" + "\u0301" * 66 + "á" * 63, Segments(UCS, 134, 3, ("á", "\u0301")), id="what fits is not cut"
        ),
        pytest.param("e" + "\u0301" * 201, Segments(UCS, 202, 4, ("\u0301",)), id="cut what fits no part"),
        pytest.param("e" + "\u0301" * 201 + "á" * 66, Segments(UCS, 268, 4, ("\u0301", "á")), id="and fill its rest"),
    ],
)
def test_counts_parts_as_handsets_pack_them(text: str, expected: Segments) -> None:
    assert count(text) == expected


@pytest.mark.parametrize("case", TWILIO_COUNTS)
def test_counts_as_the_providers_own_vectors(case: dict[str, Any], shared: Path) -> None:
    counted = count(case["body"])
    assert (counted.encoding, counted.parts) == (case["encoding"], case["segments"])
    if "messageSize" in case:
        assert counted.units * (7 if counted.encoding is GSM else 16) == case["messageSize"]


def test_line_breaks_and_offending_characters_as_the_providers_own_vectors(shared: Path) -> None:
    for case in TWILIO["line_break_tests"]:
        assert count(case["body"]).units == case["numberOfCharacters"], case["desc"]
    for case in TWILIO["methods"]:
        assert list(gsm_only(case["body"])) == case["nonGsmCharacters"]


def test_the_alphabets_are_the_providers_and_govuks(shared: Path) -> None:
    widths = {chr(int(point)): len(septet) for point, septet in TWILIO["gsm7_table"].items()}
    assert {c for c, width in widths.items() if width == 1} == SAFE
    assert {c for c, width in widths.items() if width == 2} == EXTENSION
    # GOV.UK lists the escape character itself, which no text holds, and forgets the form feed.
    assert set(GOVUK["gsm_characters"]) == SAFE | {"\x1b"}
    assert set(GOVUK["extended_gsm_characters"]) == EXTENSION - {"\f"}


@pytest.mark.parametrize("case", GOVUK_COUNTS)
def test_counts_as_govuk_after_its_own_clean_up(case: dict[str, Any], shared: Path) -> None:
    # GOV.UK sends "?" for what is neither GSM-7 nor Welsh, and counts after that.
    kept = SAFE | EXTENSION | set(GOVUK["welsh_non_gsm"])
    counted = count("".join(c if c in kept else "?" for c in case["content"]))
    alone, each = (160, 153) if counted.encoding is GSM else (70, 67)
    full_before = {1: 0, 2: alone}.get(counted.parts, each * (counted.parts - 1))
    assert counted.parts == case["fragments"]
    assert counted.units - full_before == case["chars_above_previous_boundary"]


@pytest.mark.parametrize(("content", "expected"), GOVUK_REFUSED)
def test_names_the_characters_govuk_would_lose(content: str, expected: list[str], shared: Path) -> None:
    # GOV.UK first replaces typographic characters, and keeps Welsh ones at the price of UCS-2.
    replaced = content.translate(str.maketrans(GOVUK["replacement_characters"]))
    assert [c for c in gsm_only(replaced) if c not in GOVUK["welsh_non_gsm"]] == expected


@pytest.mark.parametrize(("parts", "size"), [(1, 160), (2, 306), (3, 459)])
def test_room_is_what_the_limits_of_a_reply_say(parts: int, size: int) -> None:
    assert room(parts) == size
    assert fits("a" * size, parts)
    assert not fits("a" * (size + 1), parts)


@pytest.mark.parametrize(("parts", "size"), [(1, 70), (2, 134), (3, 201)])
def test_room_of_a_text_beyond_gsm_7(parts: int, size: int) -> None:
    assert room(parts, UCS) == size
    assert fits("á" * size, parts)
    assert not fits("á" * (size + 1), parts)


@pytest.mark.parametrize(
    "text", ["", "a", "a€", "á", "á" * 71], ids=["empty", "gsm-7", "extension", "ucs-2", "two parts"]
)
def test_units_and_parts_are_whole(text: str) -> None:
    assert {type(count(text).units), type(count(text).parts), type(septets("a€"))} == {int}


@given(st.text(), st.integers(1, 6))
def test_fits_when_the_count_says_so(text: str, parts: int) -> None:
    assert fits(text, parts) is (count(text).parts <= parts)


@given(st.text(alphabet=sorted(SAFE | EXTENSION)), st.text(alphabet=sorted(SAFE | EXTENSION)))
def test_septets_of_the_pieces_add_up(one: str, other: str) -> None:
    assert septets(one) + septets(other) == septets(one + other) == count(one + other).units


@given(st.text())
def test_gsm_only_objects_exactly_to_what_forces_ucs2(text: str) -> None:
    assert gsm_only(text) == count(text).offending
    assert bool(gsm_only(text)) is (count(text).encoding is UCS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("line one\nline two", "line one\nline two", id="newline stays"),
        pytest.param("a\r\nb\x00c\x1fd\x7fe\x85f", "a\nbcdef", id="controls go"),
        pytest.param("a\ud83db\ude00", "ab", id="lone surrogates go"),
        pytest.param("a\ufffe\uffff\ufdd0\U0010ffffb", "ab", id="noncharacters go"),
        pytest.param("¿Está? 😀 <&>", "¿Está? 😀 <&>", id="the rest stays"),
    ],
)
def test_printable_keeps_what_xml_can_carry(text: str, expected: str) -> None:
    assert printable(text) == expected


@given(st.text(alphabet=st.characters(codec=None, exclude_characters="<&>")))
def test_printable_text_always_makes_valid_xml(text: str) -> None:
    clean = printable(text)
    assert ElementTree.fromstring(f"<m>{clean}</m>".encode()).text == (clean or None)  # noqa: S314 - our own
