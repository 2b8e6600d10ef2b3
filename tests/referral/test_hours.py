"""When a phone is answered: the notation, the clock, holidays, and how hours are said in a text."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.referral.hours import Opening, changes, describe, is_night, parse, state
from bot.referral.segments import gsm_only

LA, DUPAGE = "America/Los_Angeles", "America/Chicago"
EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ES = ("Lun", "Mar", "Mie", "Jue", "Vie", "Sab", "Dom")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
OPEN, CLOSED, HOLIDAY, UNKNOWN = Opening.OPEN, Opening.CLOSED, Opening.HOLIDAY, Opening.UNKNOWN
#: A Monday; no holiday in this week, the one before or the one after.
MONDAY = date(2026, 3, 16)


def clock(day: str, hour: str) -> datetime:
    """Give a time on the wall clock in the week of MONDAY: clock("Tu", "08:30")."""
    return datetime.combine(MONDAY + timedelta(days=DAYS.index(day)), time.fromisoformat(hour))


@pytest.mark.parametrize(
    ("text", "day", "hour", "expected"),
    [
        pytest.param("24/7", "Su", "03:00", OPEN, id="always"),
        pytest.param("Mo-Fr 08:00-18:00", "Mo", "08:00", OPEN, id="opens on the minute"),
        pytest.param("Mo-Fr 08:00-18:00", "Mo", "07:59", CLOSED, id="a minute early"),
        pytest.param("Mo-Fr 08:00-18:00", "Fr", "17:59", OPEN, id="last minute"),
        pytest.param("Mo-Fr 08:00-18:00", "Fr", "18:00", CLOSED, id="closes on the minute"),
        pytest.param("Mo-Fr 08:00-18:00", "Sa", "12:00", CLOSED, id="a day nobody mentions"),
        pytest.param("Mo-We,Fr 08:00-18:00", "Th", "12:00", CLOSED, id="a gap in the days"),
        pytest.param("Mo-We,Fr 08:00-18:00", "Fr", "12:00", OPEN, id="after the gap"),
        pytest.param("Fr-Mo 08:00-18:00", "Su", "12:00", OPEN, id="days over the weekend"),
        pytest.param("Fr-Mo 08:00-18:00", "Tu", "12:00", CLOSED, id="days over the weekend end"),
        pytest.param("08:00-18:00", "Su", "12:00", OPEN, id="no day is every day"),
        pytest.param("Mo 08:00-12:00,13:30-16:00", "Mo", "12:30", CLOSED, id="between two shifts"),
        pytest.param("Mo 08:00-12:00,13:30-16:00", "Mo", "13:30", OPEN, id="second shift"),
        pytest.param("Mo-Fr 08:00-18:00; Tu 12:00-14:00", "Tu", "09:00", CLOSED, id="later rule replaces"),
        pytest.param("Tu 12:00-14:00; Mo-Fr 08:00-18:00", "Tu", "09:00", OPEN, id="order matters"),
        pytest.param("Mo-Su 08:00-18:00; Sa,Su off", "Su", "12:00", CLOSED, id="off"),
        pytest.param("24/7; We closed", "We", "12:00", CLOSED, id="always but one day"),
        pytest.param("Mo-Su 20:00-02:00", "Tu", "01:59", OPEN, id="past midnight"),
        pytest.param("Mo-Su 20:00-02:00", "Tu", "02:00", CLOSED, id="past midnight is over"),
        pytest.param("Su 20:00-02:00", "Mo", "01:00", OPEN, id="past midnight into the next week"),
        pytest.param("Mo 20:00-26:00", "Tu", "01:00", OPEN, id="past midnight, written 26:00"),
        pytest.param("Fr 20:00-02:00; Sa off", "Sa", "01:00", OPEN, id="a shift is not cut by the next day"),
        pytest.param("Fr 18:00-00:00", "Fr", "23:59", OPEN, id="until midnight"),
        pytest.param("Fr 18:00-24:00", "Sa", "00:00", CLOSED, id="until midnight, written 24:00"),
        pytest.param("Mo 08:00-32:00", "Tu", "07:59", OPEN, id="a whole day round the clock"),
        pytest.param("Mo off", "Mo", "12:00", CLOSED, id="never"),
        pytest.param("PH 10:00-14:00", "Mo", "12:00", CLOSED, id="holidays only, and this is none"),
    ],
)
def test_tells_open_from_closed(text: str, day: str, hour: str, expected: Opening) -> None:
    assert parse(text).at(clock(day, hour)) is expected


@pytest.mark.parametrize(
    ("text", "local", "expected"),
    [
        pytest.param("24/7", "2026-12-25T12:00", OPEN, id="always means always"),
        pytest.param("Mo-Fr 08:00-18:00", "2026-12-25T12:00", HOLIDAY, id="silent about holidays"),
        pytest.param("Mo-Fr 08:00-18:00", "2026-12-25T19:00", CLOSED, id="silent, but closed at that hour"),
        pytest.param("Mo-Fr 08:00-18:00; PH off", "2026-12-25T12:00", CLOSED, id="off"),
        pytest.param("Mo-Fr 08:00-18:00; PH 10:00-14:00", "2026-12-25T12:00", OPEN, id="own hours"),
        pytest.param("Mo-Fr 08:00-18:00; PH 10:00-14:00", "2026-12-25T09:00", CLOSED, id="before its own hours"),
        pytest.param("Mo-Fr,PH 08:00-18:00", "2026-12-25T12:00", OPEN, id="named with the days"),
        pytest.param("Mo-Su 20:00-02:00", "2026-12-25T01:00", OPEN, id="shift of the day before"),
        pytest.param("Mo-Su 20:00-02:00", "2026-12-26T01:00", HOLIDAY, id="the holiday's own shift, past midnight"),
        pytest.param("Mo-Su 20:00-02:00; PH off", "2026-12-26T01:00", CLOSED, id="the holiday's shift is off"),
        pytest.param("Mo-Su 20:00-02:00; PH off", "2026-12-25T01:00", OPEN, id="the night before is not"),
        pytest.param("Mo-Fr 08:00-18:00", "2026-07-03T12:00", HOLIDAY, id="kept on the Friday before"),
    ],
)
def test_a_holiday_nobody_spoke_of_is_neither_open_nor_closed(text: str, local: str, expected: Opening) -> None:
    assert parse(text).at(datetime.fromisoformat(local)) is expected


@pytest.mark.parametrize(
    ("zone", "now", "expected"),
    [
        # In DuPage 02:00 became 03:00 on 8 March 2026, at 08:00 in UTC; the shift is Saturday's.
        pytest.param(DUPAGE, "2026-03-08T07:59:00+00:00", OPEN, id="spring: 01:59"),
        pytest.param(DUPAGE, "2026-03-08T08:00:00+00:00", CLOSED, id="spring: 03:00, 02:30 never came"),
        pytest.param(DUPAGE, "2026-03-09T07:29:00+00:00", OPEN, id="the night after: 02:29 in summer time"),
        pytest.param(DUPAGE, "2026-03-09T07:30:00+00:00", CLOSED, id="the night after: 02:30"),
        # They went back from 02:00 to 01:00 on 1 November 2026, at 07:00 in UTC.
        pytest.param(DUPAGE, "2026-11-01T06:30:00+00:00", OPEN, id="autumn: the first 01:30"),
        pytest.param(DUPAGE, "2026-11-01T07:30:00+00:00", OPEN, id="autumn: the second 01:30"),
        pytest.param(DUPAGE, "2026-11-01T08:29:00+00:00", OPEN, id="autumn: 02:29"),
        pytest.param(DUPAGE, "2026-11-01T08:30:00+00:00", CLOSED, id="autumn: 02:30"),
        pytest.param(LA, "2026-03-08T07:59:00+00:00", OPEN, id="two hours earlier in the west"),
        pytest.param(LA, "2026-03-08T10:00:00+00:00", CLOSED, id="spring in the west"),
    ],
)
def test_follows_the_wall_clock_when_the_clocks_change(zone: str, now: str, expected: Opening) -> None:
    assert state(parse("Mo-Su 20:00-02:30"), datetime.fromisoformat(now), zone) is expected


def test_without_a_schedule_the_state_is_unknown() -> None:
    assert state(None, datetime(2026, 3, 16, 12, tzinfo=UTC), LA) is UNKNOWN


def test_reads_now_in_any_zone() -> None:
    noon = datetime(2026, 3, 16, 12, tzinfo=ZoneInfo("Europe/Madrid"))  # 06:00 in DuPage
    assert state(parse("06:00-06:01"), noon, DUPAGE) is OPEN


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        state(parse("24/7"), datetime(2026, 3, 16, 12), LA)
    with pytest.raises(ValueError, match="aware"):
        is_night(datetime(2026, 3, 16, 12), LA)
    with pytest.raises(ValueError, match="aware"):
        changes(None, datetime(2026, 3, 16, 12), 7, LA)


@pytest.mark.parametrize(
    ("now", "dark"),
    [
        pytest.param("2026-03-17T00:59:00+00:00", False, id="19:59"),
        pytest.param("2026-03-17T01:00:00+00:00", True, id="20:00"),
        pytest.param("2026-03-17T12:59:00+00:00", True, id="07:59"),
        pytest.param("2026-03-17T13:00:00+00:00", False, id="08:00"),
    ],
)
def test_night_is_from_eight_to_eight(now: str, dark: bool) -> None:
    assert is_night(datetime.fromisoformat(now), DUPAGE) is dark


@pytest.mark.parametrize(
    ("text", "english", "spanish"),
    [
        pytest.param("24/7", "24/7", "24/7", id="always"),
        pytest.param("Mo-Fr 08:00-18:00", "Mon-Fri 8am-6pm", "Lun-Vie 8am-6pm", id="office hours"),
        pytest.param(
            "Sa,Su 10:00-14:00; Mo-Fr 08:00-16:30",
            "Mon-Fri 8am-4:30pm, Sat-Sun 10am-2pm",
            "Lun-Vie 8am-4:30pm, Sab-Dom 10am-2pm",
            id="week and weekend",
        ),
        pytest.param(
            "Mo,We,Fr 08:00-12:00,13:30-16:00",
            "Mon,Wed,Fri 8am-12pm & 1:30pm-4pm",
            "Lun,Mie,Vie 8am-12pm & 1:30pm-4pm",
            id="two shifts",
        ),
        pytest.param("Mo-Su 20:00-02:00", "Mon-Sun 8pm-2am", "Lun-Dom 8pm-2am", id="past midnight"),
        pytest.param("Tu 00:00-24:00", "Tue 24h", "Mar 24h", id="a whole day"),
        pytest.param("Th 00:30-24:00", "Thu 12:30am-12am", "Jue 12:30am-12am", id="midnight and half past"),
        pytest.param(
            "Mo-Fr 08:00-17:00; PH off",
            "Mon-Fri 8am-5pm, holidays closed",
            "Lun-Vie 8am-5pm, feriados cerrado",
            id="closed on holidays",
        ),
        pytest.param(
            "Mo-Fr 08:00-17:00; PH 10:00-14:00",
            "Mon-Fri 8am-5pm, holidays 10am-2pm",
            "Lun-Vie 8am-5pm, feriados 10am-2pm",
            id="open on holidays",
        ),
        pytest.param("off", "closed", "cerrado", id="never"),
    ],
)
def test_says_the_hours_as_a_text_would(text: str, english: str, spanish: str) -> None:
    assert describe(parse(text), EN, closed="closed", holidays="holidays") == english
    assert describe(parse(text), ES, closed="cerrado", holidays="feriados") == spanish


def test_says_nothing_of_holidays_without_a_word_for_them() -> None:
    assert describe(parse("Mo 08:00-17:00; PH off"), list(EN)) == "Mon 8am-5pm"
    assert describe(parse("off"), EN) == ""


def test_day_names_are_seven() -> None:
    with pytest.raises(ValueError, match="7 day names, Monday first, got 5"):
        describe(parse("24/7"), EN[:5])


CLOCKS = st.integers(0, 24 * 60 - 1)


@st.composite
def shifts(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Draw one to three shifts of a day that do not overlap; the last may run past midnight."""
    edges = sorted(draw(st.sets(CLOCKS, min_size=2, max_size=6)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    if draw(st.booleans()):
        spans[-1] = (spans[-1][0], draw(st.integers(24 * 60, 24 * 60 + spans[-1][0])))
    return spans


Rule = tuple[list[str], list[tuple[int, int]]]
RULES = st.lists(
    st.tuples(st.lists(st.sampled_from([*DAYS, "PH"]), min_size=1), st.one_of(st.just([]), shifts())),
    min_size=1,
)


def written(rules: list[Rule]) -> str:
    """Write rules in the notation, each day by itself."""
    return "; ".join(
        f"{','.join(days)} "
        + (",".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in spans) or "off")
        for days, spans in rules
    )


def open_minutes(rules: list[Rule]) -> set[int]:
    """Fill in the minutes of a week, from Monday 00:00, one by one; the week bites its own tail."""
    last = {day: spans for days, spans in rules for day in days}
    return {
        (DAYS.index(day) * 1440 + minute) % 10080
        for day, spans in last.items()
        if day != "PH"
        for start, end in spans
        for minute in range(start, end)
    }


@settings(max_examples=25)
@given(RULES)
def test_every_minute_of_the_week_is_as_the_table_says(rules: list[Rule]) -> None:
    schedule, minutes = parse(written(rules)), open_minutes(rules)
    midnight = datetime.combine(MONDAY, time())
    answered = {m for m in range(10080) if schedule.at(midnight + timedelta(minutes=m)) is OPEN}
    assert answered == minutes


@given(RULES, st.sampled_from([EN, ES]))
def test_hours_are_said_in_gsm7(rules: list[Rule], names: tuple[str, ...]) -> None:
    said = describe(parse(written(rules)), names, closed="-", holidays="PH")
    assert said
    assert gsm_only(said) == ()


@settings(max_examples=20)
@given(
    RULES,
    st.sampled_from([LA, DUPAGE, "UTC"]),
    # Weeks in which the clocks change, a holiday falls, the year ends, or nothing happens.
    st.sampled_from(["2026-03-04", "2026-10-28", "2026-12-22", "2026-12-29", "2026-03-15"]),
    st.integers(0, 1439),
)
def test_nothing_changes_between_two_changes(rules: list[Rule], zone: str, day: str, minute: int) -> None:
    schedule = parse(written(rules))
    start = datetime.fromisoformat(f"{day}T00:00:00+00:00") + timedelta(minutes=minute)
    moments = changes(schedule, start, 7, zone)
    assert moments == sorted(set(moments))
    assert moments[0] == start
    turned = [start]
    before = None
    for now in (start + timedelta(minutes=m) for m in range(7 * 1440)):
        answer = (state(schedule, now, zone), is_night(now, zone))
        if before not in (None, answer):
            turned.append(now)
        before = answer
    assert moments == turned


def test_changes_without_a_schedule_are_those_of_the_night() -> None:
    start = datetime(2026, 3, 16, 12, tzinfo=ZoneInfo(DUPAGE))
    assert [f"{moment:%d %H:%M}" for moment in changes(None, start, 1, DUPAGE)] == [
        "16 17:00",
        "17 01:00",
        "17 13:00",
    ]


def test_changes_come_twice_in_the_night_the_clocks_go_back() -> None:
    # Open until 01:15 on the clock, which shows 01:15 twice: at 06:15 and 07:15 in UTC.
    start = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    moments = changes(parse("Mo-Su 20:00-01:15"), start, 1, DUPAGE)
    assert [f"{moment:%H:%M}" for moment in moments] == ["05:30", "06:15", "07:00", "07:15", "14:00", "02:00"]
