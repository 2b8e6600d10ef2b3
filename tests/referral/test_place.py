"""Where a text says its writer is: which ZIP codes and names count, which decides, and what staff are told of it."""

import pytest

from bot.referral.read import Read, read
from tests.referral.small import content, document

_LINE = document()["line.toml"]
_LA, _DUPAGE = _LINE["areas"]
SMALL = content(line={"areas": [_LA | {"alone": ["la"]}, _DUPAGE], "state_names": {"tx": ["texas"]}})


def found(text: str) -> Read:
    """Read a text with the small release."""
    return read(text, SMALL)


@pytest.mark.parametrize(
    ("text", "area", "zip_code", "why"),
    [
        pytest.param("90057", "westlake", "90057", "zip 90057", id="a ZIP code"),
        pytest.param("i owe 500 in 60559 now", "westmont", "60559", "zip 60559", id="one of ours, anywhere"),
        pytest.param("food 10001", "elsewhere", "", "zip 10001", id="another in a short text"),
        pytest.param("zip 15000 please", "elsewhere", "", "zip 15000", id="another that is said to be one"),
        pytest.param("from 10001 to 60559", "westmont", "60559", "zip 60559", id="ours go before others"),
        pytest.param("koreatown 60559", "westmont", "60559", "zip 60559", id="before a name, too"),
        pytest.param("koreatown", "westlake", "", "place: 'koreatown' -> westlake", id="a name"),
        pytest.param(
            "macathur parc bed",
            "westlake",
            "",
            "place: 'macarthur park' -> westlake (typo: macarthur, typo: park)",
            id="a name with slips",
        ),
        pytest.param("la", "westlake", "", "place: 'la' -> westlake", id="a name that counts by itself"),
        pytest.param("la bed", "westlake", "", "place: 'la' -> westlake", id="or almost"),
        pytest.param("texas", "elsewhere", "", "place: 'texas' -> elsewhere", id="the name of a state"),
        pytest.param(
            "i slept in koreatown texas", "elsewhere", "", "place: 'texas' -> elsewhere", id="right behind a place"
        ),
        pytest.param(
            "koreatown i like texas", "westlake", "", "place: 'koreatown' -> westlake", id="further on it is none"
        ),
        pytest.param("ohio food now", "elsewhere", "", "place: 'ohio' -> elsewhere", id="a state"),
        pytest.param("naperville ohio food", "elsewhere", "", "place: 'ohio' -> elsewhere", id="of another state"),
        pytest.param("naperville il", "westmont", "", "place: 'naperville' -> westmont", id="of its own state"),
        pytest.param(
            "koreatown california", "westlake", "", "place: 'koreatown' -> westlake", id="of the other's own state"
        ),
        pytest.param(
            "naperville macarthur park", "westlake", "", "place: 'macarthur park' -> westlake", id="the longer of two"
        ),
        pytest.param(
            "macarthur park naperville", "westlake", "", "place: 'macarthur park' -> westlake", id="wherever it stands"
        ),
        pytest.param(
            "koreatown naperville", "westlake", "", "place: 'koreatown' -> westlake", id="the first of equals"
        ),
        pytest.param(
            "naperville koreatown", "westmont", "", "place: 'naperville' -> westmont", id="the first of equals, turned"
        ),
        pytest.param("chicago", "elsewhere", "", "place: 'chicago' -> elsewhere", id="a city that is not served"),
    ],
)
def test_where_a_text_says_it_is(text: str, area: str, zip_code: str, why: str) -> None:
    where = found(text).where
    assert where is not None
    assert (where.area, where.zip_code, where.why) == (area, zip_code, why)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the la bed", id="a name that counts by itself alone"),
        pytest.param("i like texas toast food", id="a state that follows no place"),
        pytest.param("bed texas toast food", id="a state behind a need"),
        pytest.param("i owe 15000 dollars", id="a sum"),
        pytest.param("15000 bucks im in", id="a sum first, and a word of places last"),
        pytest.param("in foo bar abc15000", id="part of a word"),
        pytest.param("in case 45678 came up", id="a case"),
        pytest.param("213 90057 is the number", id="behind three digits"),
        pytest.param("5550 90057 is the number", id="behind four"),
        pytest.param("90057 5550 is the number", id="before four"),
    ],
)
def test_what_is_no_place(text: str) -> None:
    assert found(text).where is None


@pytest.mark.parametrize(
    ("text", "outside", "bare"),
    [
        pytest.param("i need food koreatown now", "i need food now", False, id="a name inside"),
        pytest.param("koreatown naperville bed", "bed", False, id="two names"),
        pytest.param("la bed", "bed", True, id="a name that counts by itself"),
        pytest.param("la koreatown", "", False, id="such a name and another"),
        pytest.param("bed 90057", "bed 90057", False, id="a ZIP code"),
    ],
)
def test_what_is_left_of_the_text(text: str, outside: str, *, bare: bool) -> None:
    read_as = found(text)
    where = read_as.where
    assert where is not None
    assert (" ".join(where.outside(read_as.reading)), where.is_bare) == (outside, bare)


def test_which_zip_codes_were_named() -> None:
    where = found("from 10001 to 60559").where
    assert where is not None
    assert where.zips == {"10001", "60559"}
