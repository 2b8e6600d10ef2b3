"""Opening hours as OpenStreetMap writes them: refused with the place, written back as they were meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referral.hours import HoursError, Schedule, parse


@pytest.mark.parametrize(
    ("text", "at"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param("   ", 3, id="blank"),
        pytest.param("Mo-Fr", 5, id="no hours"),
        pytest.param("Mo-Fr 8:00-18:00", 6, id="one digit"),
        pytest.param("Mo-Fr 08:00-18:00;", 18, id="a rule is missing"),
        pytest.param("Mo-Fr 08:00-18:00+", 17, id="open end"),
        pytest.param("Mo-Fr 08:00", 11, id="no closing time"),
        pytest.param("Mo-Fr 08:00 18:00", 12, id="no hyphen"),
        pytest.param("Mo-Fr 08:00-18:00, We 10:00-12:00", 19, id="a day among the shifts"),
        pytest.param("Mo-Fr 08:00-18:00 Sa off", 18, id="no semicolon"),
        pytest.param("Mo-Xx 08:00-18:00", 3, id="no such day"),
        pytest.param("Monday 08:00-18:00", 0, id="a day in full"),
        pytest.param("Mo-PH off", 3, id="holidays end no range"),
        pytest.param("PH-Mo off", 2, id="holidays begin no range"),
        pytest.param("Mo,24/7", 3, id="always is no day"),
        pytest.param("Mo 24:00-26:00", 3, id="opens after midnight"),
        pytest.param("Mo 08:00-18:000", 9, id="three digits"),
        pytest.param("Mo 08:60-09:00", 3, id="sixty minutes"),
        pytest.param("Mo 08:00-08:00", 9, id="no length"),
        pytest.param("Mo 08:00-49:00", 9, id="two days"),
        pytest.param("Mo 08:00-33:00", 9, id="more than a day"),
        pytest.param("Mo 08:00-12:00,11:00-14:00", 15, id="shifts overlap"),
        pytest.param("Mo 10:00-12:00,off", 15, id="off among the shifts"),
        pytest.param("Dec 25 off", 0, id="a date"),
        pytest.param("SH off", 0, id="school holidays"),
        pytest.param("sunrise-sunset", 0, id="the sun"),
        pytest.param('Mo 08:00-10:00 "by appointment"', 15, id="a comment"),
        pytest.param("offf", 0, id="half a word"),
    ],
)
def test_names_the_place_of_what_it_does_not_read(text: str, at: int) -> None:
    with pytest.raises(HoursError, match=f"^character {at + 1},") as caught:
        parse(text)
    assert caught.value.at == at


def refused_at(text: str) -> int:
    """Give the place at which the text is refused, 0 for one that is read."""
    try:
        parse(text)
    except HoursError as error:
        return error.at
    return 0


@given(st.text(alphabet="MoTuFrPH0123456789:-,;+/ off", max_size=40))
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    assert 0 <= refused_at(text) <= len(text)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        pytest.param("24/7", "24/7", id="always"),
        pytest.param("Mo-Su,PH 00:00-24:00", "24/7", id="always, spelt out"),
        pytest.param("Mo-Su 00:00-24:00", "Mo-Su 00:00-24:00", id="every day, silent about holidays"),
        pytest.param("24/7; PH off", "Mo-Su 00:00-24:00; PH off", id="always but holidays"),
        pytest.param("Sa,Su off;Mo 12:00-13:00 , 08:00-10:00", "Mo 08:00-10:00,12:00-13:00", id="shifts in order"),
        pytest.param("Fr-Mo 22:00-26:00", "Mo,Fr-Su 22:00-02:00", id="past midnight"),
        pytest.param("Mo 08:00-32:00", "Mo 08:00-32:00", id="round the clock"),
        pytest.param("Mo-Fr 08:00-18:00; We 10:00-12:00", "Mo-Tu,Th-Fr 08:00-18:00; We 10:00-12:00", id="replaced"),
        pytest.param("off", "off", id="never"),
        pytest.param("PH 10:00-14:00", "off; PH 10:00-14:00", id="holidays only"),
    ],
)
def test_hours_are_written_back_in_one_form(text: str, back: str) -> None:
    assert str(parse(text)) == back
    assert parse(back) == parse(text)


CLOCKS = st.integers(0, 24 * 60 - 1)
SHIFT = st.tuples(CLOCKS, st.integers(1, 24 * 60)).map(lambda shift: ((shift[0], sum(shift)),))
SHIFTS = st.one_of(st.just(()), SHIFT, st.just(((480, 720), (810, 960))))
SCHEDULES = st.builds(Schedule, st.tuples(*[SHIFTS] * 7), st.none() | SHIFTS)


@given(SCHEDULES)
def test_a_schedule_written_and_read_is_the_same(schedule: Schedule) -> None:
    assert parse(str(schedule)) == schedule
    assert hash(parse(str(schedule))) == hash(schedule)
