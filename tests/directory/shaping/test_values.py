from typing import Any

import pytest

from tests.directory.shaping.made import one, remarks


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2015-12-24", "2015-12-24"),
        ("12/24/2015", "2015-12-24"),
        ("12/24/15", "2015-12-24"),
        ("24.12.2015", "2015-12-24"),
        ("December 24, 2015", "2015-12-24"),
        ("24 Dec 2015", "2015-12-24"),
        ("20151224", "2015-12-24"),
        ("2015-12-24T10:00:00", "2015-12-24"),
    ],
)
def test_a_date_in_any_form_is_read(text: str, day: str) -> None:
    assert one("service", name="A", status="active", assured_date=text)["assured_date"] == day


@pytest.mark.parametrize("text", ["last tuesday", "2015-02-30", "13/13/2015", "0", "soon"])
def test_a_date_that_is_none_is_kept_as_words(text: str) -> None:
    came = one("service", name="A", status="active", assured_date=text)
    assert "assured_date" not in came
    assert came["assured_date_text"] == text


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("minimum_age", "18", 18),
        ("minimum_age", "18.0", 18),
        ("minimum_age", "0.5", 0.5),
        ("maximum_age", "1,000", 1000),
        ("last_modified", "2023-03-15T10:30:45.123Z", "2023-03-15T10:30:45.123Z"),
        ("last_modified", "2023-03-15 10:30:45", "2023-03-15T10:30:45Z"),
        ("last_modified", "2023-03-15 10:30:45 +0200", "2023-03-15T10:30:45+02:00"),
        ("last_modified", "3/15/2023", "2023-03-15T00:00:00Z"),
        ("url", "http://example.org/a?b=c#d", "http://example.org/a?b=c#d"),
        ("url", "www.example.org", "https://www.example.org"),
        ("url", "example.org/help", "https://example.org/help"),
        ("email", "help@example.org", "help@example.org"),
        ("email", "mailto:help@example.org", "help@example.org"),
        ("email", " help@example.org ", "help@example.org"),
    ],
)
def test_a_value_that_can_mean_one_thing_is_mended(field: str, text: str, value: Any) -> None:
    assert one("service", name="A", status="active", **{field: text})[field] == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("minimum_age", "18+"),
        ("minimum_age", "eighteen"),
        ("minimum_age", "nan"),
        ("last_modified", "yesterday"),
        ("last_modified", "2023-13-15T10:30:45Z"),
        ("url", "no page yet"),
        ("url", "http://a.org; http://b.org"),
        ("url", "http:example"),
        ("url", "http://exämple.org/ü"),
        ("email", "a@b.org; c@d.org"),
        ("email", "call us"),
        ("email", "a@b"),
    ],
)
def test_a_value_that_can_not_be_read_stays_as_words_beside_the_field(field: str, text: str) -> None:
    came = one("service", name="A", status="active", **{field: text})
    assert field not in came
    assert came[f"{field}_text"] == text
    assert any(said.startswith(f"{field}: is no") for said in remarks("service", name="A", **{field: text}))


def test_what_was_inferred_is_said() -> None:
    assert "url: had no http:// or https://; https:// was put before it" in remarks("service", name="A", url="a.org")
    assert "status: had no status and was taken as active" in remarks("service", name="A")
    assert "description: had no description: its name stands there" in remarks("organization", name="A")


def test_clean_values_are_left_alone_and_nothing_is_said() -> None:
    fields = {
        "name": "A ",
        "status": "active",
        "description": " as it stands ",
        "url": "https://a.org",
        "minimum_age": "3",
    }
    assert one("service", **fields) == {**fields, "minimum_age": 3}
    assert remarks("service", **fields) == []
