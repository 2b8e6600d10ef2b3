import pytest

from bot.directory.shaping.mending.spoken import days_in, hours_in

OFFICE = [("MO,TU,WE,TH,FR", "09:00:00", "17:00:00")]
ALWAYS = [("MO,TU,WE,TH,FR,SA,SU", "00:00:00", "23:59:00")]


def read(text: str) -> list[tuple[str, str, str]]:
    return [(shift.byday, shift.opens_at, shift.closes_at) for shift in hours_in(text)]


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("Mon-Fri 9am-5pm", OFFICE),
        ("Monday through Friday, 9:00 a.m. - 5:00 p.m.", OFFICE),
        ("9:00am-5:00pm, Mon-Fri", OFFICE),
        ("M-F 9:00am–5:00pm", OFFICE),
        ("Open weekdays from 9am to 5pm", OFFICE),
        ("Mon-Fri: 09:00-17:00", OFFICE),
        ("Mon-Fri 9-5pm", OFFICE),
        ("Mon, Tues, Wed, Thurs & Fri 9 am to 5 pm", OFFICE),
        ("24/7", ALWAYS),
        ("24 hours a day, 7 days a week", ALWAYS),
        ("24 hrs, Mon-Sun", ALWAYS),
        ("Daily 24 hours", ALWAYS),
        (
            "Sunday: 11:00-20:00  Monday: 9:00-22:00",
            [("SU", "11:00:00", "20:00:00"), ("MO", "09:00:00", "22:00:00")],
        ),
        (
            "Sunday: Closed Monday: 8:30-12:00 , 13:00-17:00  Tuesday: 8:30-12:00  Wednesday: Closed",
            [("MO,TU", "08:30:00", "12:00:00"), ("MO", "13:00:00", "17:00:00")],
        ),
        (
            "9:00am-8:00pm, Mon-Thur;\\n9:00am-5:00pm, Fri",
            [("MO,TU,WE,TH", "09:00:00", "20:00:00"), ("FR", "09:00:00", "17:00:00")],
        ),
        ("8pm-8am daily", [("MO,TU,WE,TH,FR,SA,SU", "20:00:00", "08:00:00")]),
        ("6:00pm-7:30pm, 4th Thursday of each month", [("4TH", "18:00:00", "19:30:00")]),
        ("2nd and 4th Saturday of every month 10am-noon", [("2SA,4SA", "10:00:00", "12:00:00")]),
        ("Closed Sun; Mon-Sat 10am-6pm", [("MO,TU,WE,TH,FR,SA", "10:00:00", "18:00:00")]),
        ("Sat-Tue 1pm-4pm", [("MO,TU,SA,SU", "13:00:00", "16:00:00")]),
    ],
)
def test_hours_wholly_understood_are_read(text: str, shifts: list[tuple[str, str, str]]) -> None:
    assert read(text) == shifts


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("M-F 8-5", id="day or night"),
        pytest.param("Mon-Fri 9:00-5:00", id="the same with minutes"),
        pytest.param("Hours unknown", id="unknown"),
        pytest.param("Call for hours", id="to be asked"),
        pytest.param("9am-5pm", id="no days"),
        pytest.param("24 hours", id="no days either"),
        pytest.param("Mon-Fri", id="no hours"),
        pytest.param("Closed", id="always closed"),
        pytest.param("Office: Mon-Fri 9am-5pm", id="whose hours"),
        pytest.param("Mon-Fri 9am-5pm, closed holidays", id="holidays"),
        pytest.param("Mon-Fri 9am-5pm by appointment", id="on a condition"),
        pytest.param("8:30am-5pm, Mon-Fri;\n8:30am-7pm, Wed", id="Wednesday twice"),
        pytest.param("8am-5pm, Mon-Fri\n\n24 hours a day, 7 days a week", id="two answers"),
        pytest.param("10:00pm-2:00pm, Sun", id="sixteen hours, or a slip"),
        pytest.param("Sunday: Closed Monday: 9:00-17:00 Friday: 21:00-17:00", id="one slip spoils all"),
        pytest.param("Every other Tuesday 9am-5pm", id="which Tuesday"),
        pytest.param("T 9am-5pm", id="Tuesday or Thursday"),
        pytest.param("Nov 1 - Mar 31: nights", id="a season"),
        pytest.param("Mon-Fri 9am-5pm " * 40, id="an essay"),
        pytest.param("", id="nothing"),
        pytest.param(":;,-", id="signs only"),
    ],
)
def test_hours_that_can_mean_more_are_not_read(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Monday", "MO"),
        ("monday", "MO"),
        ("Mon-Fri", "MO,TU,WE,TH,FR"),
        ("Monday, Wed-Thur", "MO,WE,TH"),
        ("Tuesday & Thursday", "TU,TH"),
        ("Sunday - Saturday", "MO,TU,WE,TH,FR,SA,SU"),
        ("Weekends", "SA,SU"),
        ("Second Saturday", "2SA"),
        ("4th Friday of every month", "4FR"),
        ("By appointment", ""),
        ("Monday Monday", ""),
        ("1st Monday, Friday", ""),
    ],
)
def test_days_are_read_when_they_are_all_a_cell_says(text: str, days: str) -> None:
    assert ",".join(days_in(text)) == days
