import pytest

from bot.directory.shaping.mending.clock import opening, read_time

NINE_TO_FIVE = ("09:00:00", "17:00:00")


@pytest.mark.parametrize(
    ("opens", "closes", "read"),
    [
        ("9:00am", "5:00pm", NINE_TO_FIVE),
        ("9 AM", "5 P.M.", NINE_TO_FIVE),
        ("9", "17", NINE_TO_FIVE),
        ("0900", "1700", NINE_TO_FIVE),
        ("09:00", "17:00", NINE_TO_FIVE),
        ("9:00", "17:00", NINE_TO_FIVE),
        ("09:00:00", "17:00:00", NINE_TO_FIVE),
        ("1899-12-30T09:00:00", "1899-12-30 17:00:00", NINE_TO_FIVE),
        ("09:00Z", "17:00:00Z", ("09:00:00Z", "17:00:00Z")),
        ("09:00-05:00", "17:00-0500", ("09:00:00-05:00", "17:00:00-05:00")),
        ("noon", "midnight", ("12:00:00", "00:00:00")),
        ("08:00", "2400", ("08:00:00", "00:00:00")),
        ("0:00", "24:00", ("00:00:00", "23:59:00")),
        ("midnight", "midnight", ("00:00:00", "23:59:00")),
        ("8pm", "8am", ("20:00:00", "08:00:00")),
        ("22:00", "06:00", ("22:00:00", "06:00:00")),
        ("10:00", "3pm", ("10:00:00", "15:00:00")),
        ("14:00", "4:00 PM", ("14:00:00", "16:00:00")),
    ],
)
def test_two_times_that_can_mean_one_thing_are_read(opens: str, closes: str, read: tuple[str, str]) -> None:
    assert opening(opens, closes) == read


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        pytest.param("9", "5", id="day or night"),
        pytest.param("9:00", "5:00", id="day or night with minutes"),
        pytest.param("9:00", "12:00", id="noon or midnight"),
        pytest.param("9", "10pm", id="from the morning or the evening"),
        pytest.param("9am", "03:00", id="two clocks over midnight"),
        pytest.param("8:00pm", "5:00pm", id="21 hours"),
        pytest.param("21:00", "17:00", id="20 hours"),
        pytest.param("9am", "9am", id="no time at all, or a day"),
        pytest.param("750", "855", id="three digits"),
        pytest.param("13:00pm", "5pm", id="both clocks in one"),
        pytest.param("25:00", "26:00", id="no hour"),
        pytest.param("9am", "later", id="a word"),
        pytest.param("", "5pm", id="nothing"),
    ],
)
def test_two_times_that_can_mean_more_or_nothing_are_not_read(opens: str, closes: str) -> None:
    assert opening(opens, closes) is None


@pytest.mark.parametrize("text", ["", "am", "9:60", "9:00:61", "24:01", "1-2", "9amm", "2016", "99"])
def test_what_is_no_time_is_none(text: str) -> None:
    read = read_time(text)
    assert read is None or (text == "2016" and str(read) == "20:16:00")
