"""The counts on their page: what was published and nothing else, hidden figures never worked out, and the CSV of it."""

import csv
import io
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from bot.console.counting.periods import CLOSING
from bot.console.counting.spreadsheet import harmless
from bot.console.roles import Role
from bot.console.work import work
from bot.counts.cell import CONVERSATIONS, SEGMENTS, Cell, Table
from bot.counts.period import end_of_week, week_after, week_of
from bot.counts.report import Column
from bot.counts.sheet import Figure, figure, quarter_column, rows, total
from bot.counts.universe import cells_of
from bot.reckoning import published as all_published
from bot.storage import audit, bulletins, published
from bot.storage.closing import Decided, Figures, Shown, close_week, open_weeks, periods
from bot.storage.counts import Flush, add
from bot.storage.database import Database, DatabaseError
from tests.console.house import Browser, House
from tests.console.releases import Releases
from tests.console.test_booklet_page import faults

FIRST, SECOND = "2026-W46", "2026-W47"
SHOWN: dict[str, Shown] = {
    FIRST: {
        CONVERSATIONS: 60, SEGMENTS: 150, Cell("area", "westlake"): 40, Cell("area", "westmont"): 20,
        Cell("language", "en"): 60, Cell("outcome", "unclear"): 15, Cell("topic", "food"): 40,
        Cell("topic", "shelter"): 20, Cell("topic", "jobs"): 0, Cell("topic_area", "food", "westlake"): 40,
        Cell("entry", "211-la"): 30,
    },
    SECOND: {
        CONVERSATIONS: 90, SEGMENTS: 200, Cell("area", "westlake"): 55, Cell("area", "westmont"): 35,
        Cell("language", "en"): None, Cell("language", "es"): None, Cell("outcome", "unclear"): 12,
        Cell("topic", "food"): 55, Cell("topic", "shelter"): None, Cell("topic_area", "food", "westlake"): 55,
        Cell("entry", "211-la"): None,
    },
}  # fmt: skip


def fill(engine: Database, weeks: Iterable[str] = SHOWN, *, mended: bool = False) -> None:
    """Close weeks with the figures above, as if they had been counted; later ones repeat the last."""
    for week in weeks:
        shown = SHOWN.get(week, SHOWN[SECOND])
        true = {cell: 5 if n is None else n for cell, n in shown.items()}
        count(engine, week, true)
        decided = partial(lambda done, _: done, Decided(shown, true, mended))
        close_week(engine, week, "2026-Q4", decided)


def count(engine: Database, week: str, gains: Figures) -> None:
    add(engine, Flush(f"writer of {week}", 1, {week: gains}), week=week, cells=(), into=lambda name, _: name)


def closed(house: House) -> None:
    """Wait until what is closed beside the pages is closed."""
    with house.app.app_context():
        done = work().wait(CLOSING, 30)
    assert done
    assert not done.running


@pytest.fixture
def counted(stocked: House) -> House:
    fill(stocked.engine)
    return stocked


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[House]:
    """Give a house for all tests that only read."""
    folder = tmp_path_factory.mktemp("counts")
    path = shutil.copy(filled, folder / "staff.db")
    house = House(f"sqlite:///{path}", source=Releases)
    fill(house.engine)
    yield house
    house.close()


@pytest.fixture(scope="module")
def viewer(shared: House) -> Browser:
    return shared.member(Role.VIEWER)


def table(page: str, caption: str) -> dict[str, list[str]]:
    """Give the rows of a table of a page, by their heads."""
    found = re.search(rf"<caption>{re.escape(caption)}</caption>(.*?)</table>", page, re.S)
    assert found, caption
    told = {}
    for row in re.findall(r"<tr>(.*?)</tr>", found[1], re.S)[1:]:
        cells = [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        told[cells[0]] = cells[1:]
    return told


def acts(house: House) -> list[tuple[str, str, str]]:
    lines = audit.entries(house.engine)
    return [(line.act, line.by, line.about) for line in lines if line.act in ("viewed counts", "exported")]


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    "path",
    ["/counts", "/counts?by=quarter", "/counts?from=x", "/counts/topic/food", "/counts/referred", "/counts/compare"],
)
def test_every_page_is_whole_for_everybody(viewer: Browser, path: str) -> None:
    assert faults(viewer.get(path).text) == []


@pytest.mark.parametrize("path", ["/counts", "/counts?as=csv", "/counts/topic/food", "/counts/compare"])
def test_strangers_get_none_of_it(shared: House, path: str) -> None:
    assert shared.browser().get(path).headers["Location"].startswith("/sign-in")


def test_the_page_shows_what_was_published_by_week_and_the_sum(viewer: Browser) -> None:
    page = viewer.get("/counts").text
    assert table(page, "All conversations") == {"conversations": ["150", "60", "90"]}
    assert table(page, "Where") == {"Los Angeles": ["95", "40", "55"], "DuPage": ["55", "20", "35"]}
    assert table(page, "What for") == {"food": ["95", "40", "55"], "shelter (bed)": ["20+", "20", "hidden"]}
    assert table(page, "Language") == {"English": ["60+", "60", "hidden"], "Spanish": ["hidden", "0", "hidden"]}
    assert table(page, "Parts of messages sent") == {"parts": ["350", "150", "200"]}
    assert table(page, "Share of all conversations")["not understood"] == ["18%", "25%", "13%"]
    assert "about $4.55" in page


def test_hidden_is_explained_and_is_never_drawn_as_a_number(viewer: Browser) -> None:
    page = viewer.get("/counts").text
    assert "“hidden” stands for 1 to 10 conversations" in page
    assert "Never try to work out a hidden figure" in page
    spanish = re.search(r"Spanish</tspan> hidden</text><rect class=\"([a-z-]*)\"[^>]*width=\"([^\"]*)\"", page)
    assert spanish
    assert spanish.groups() == ("chart-hidden", "100.0%")


def test_one_topic_by_area_and_language(viewer: Browser) -> None:
    page = viewer.get("/counts/topic/food").text
    assert table(page, "What for") == {"food": ["95", "40", "55"]}
    assert table(page, "What for, and where") == {"Los Angeles": ["95", "40", "55"]}
    assert "Nothing but zeros in these weeks." in page  # no language was published
    assert viewer.get("/counts/topic/nothing").status_code == 404


def test_the_entries_people_were_referred_to(viewer: Browser) -> None:
    told = table(viewer.get("/counts/referred").text, "Referred to")
    assert list(told.values()) == [["30+", "30", "hidden"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"from={FIRST}&to={FIRST}&by=week", ["60"]),
        (f"from={SECOND}&to={SECOND}&by=week", ["90"]),
        (f"from={FIRST}&to={SECOND}&by=quarter", ["150+"]),  # the quarter is not over
    ],
)
def test_a_period_is_chosen(viewer: Browser, query: str, expected: list[str]) -> None:
    assert table(viewer.get(f"/counts?{query}").text, "All conversations")["conversations"] == expected


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("from=2026-W01&to=2026-W47", "in the lists"),
        ("from=%3Cscript%3E&to=2026-W47", "in the lists"),
        ("from=2026-W47&to=2026-W46", "after the last one"),
        ("to=x%00y", "in the lists"),
        (f"from={'9' * 5000}", "in the lists"),
    ],
)
def test_what_is_no_choice_is_refused_beside_the_field(viewer: Browser, query: str, told: str) -> None:
    answered = viewer.get(f"/counts?{query}")
    assert answered.status_code == 200
    found = re.search(r'<span class="error" id="counts-wrong">([^<]*)<', answered.text)
    assert found
    assert told in found[1]
    assert "<script>" not in answered.text
    assert viewer.get(f"/counts?{query}&as=csv").content_type.startswith("text/html")


def test_so_many_weeks_and_no_more(stocked: House) -> None:
    weeks = ["2026-W32"]
    while len(weeks) < 15:
        weeks.append(week_after(weeks[-1]))
    fill(stocked.engine, weeks)
    viewer = stocked.member(Role.VIEWER)
    assert len(table(viewer.get("/counts").text, "All conversations")["conversations"]) == 9
    assert "at most 14 weeks" in viewer.get(f"/counts?from={weeks[0]}&to={weeks[-1]}").text
    page = viewer.get(f"/counts?from={weeks[1]}&to={weeks[-1]}").text
    assert len(table(page, "All conversations")["conversations"]) == 15


@pytest.mark.parametrize("number", ["0", "-3", "99", "x"])
def test_a_page_that_is_not_there_is_the_nearest(viewer: Browser, number: str) -> None:
    assert "Referred to</caption>" in viewer.get(f"/counts/referred?page={number}").text


def test_two_periods_and_what_changed(viewer: Browser) -> None:
    page = viewer.get(f"/counts/compare?one={FIRST}&other={SECOND}").text
    assert table(page, "All conversations") == {"conversations": ["60", "90", "30 more"]}
    assert table(page, "What for")["shelter (bed)"] == ["20", "hidden", "cannot be told"]
    back = viewer.get(f"/counts/compare?one={SECOND}&other={FIRST}").text
    assert table(back, "All conversations") == {"conversations": ["90", "60", "30 fewer"]}
    same = viewer.get(f"/counts/compare?one={FIRST}&other={FIRST}").text
    assert table(same, "All conversations") == {"conversations": ["60", "60", "the same"]}
    unsure = viewer.get(f"/counts/compare?one={FIRST}&other=2026-Q4").text
    assert table(unsure, "All conversations") == {"conversations": ["60", "150+", "cannot be told"]}


def test_periods_that_are_not_there_cannot_be_compared(viewer: Browser) -> None:
    assert "that are in the lists" in viewer.get(f"/counts/compare?one=2020-W01&other={SECOND}").text
    assert "that are in the lists" not in viewer.get("/counts/compare").text


@pytest.mark.parametrize(
    "path", ["/counts", "/counts/topic/food", "/counts/referred", f"/counts/compare?one={FIRST}&other={SECOND}"]
)
def test_the_csv_is_what_is_shown(shared: House, viewer: Browser, path: str) -> None:
    page = viewer.get(path).text
    answered = viewer.get(f"{path}{'&' if '?' in path else '?'}as=csv")
    assert answered.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="quietline-counts-[a-zA-Z0-9-]+\.csv"', answered.headers["Content-Disposition"]
    )
    held: dict[str, dict[str, list[str]]] = {}
    for title, row, *figures in read(answered.text)[1:]:
        held.setdefault(title, {})[row] = figures
    captions = re.findall(r"<caption>([^<]*)</caption>", page)
    assert captions
    assert held == {caption: table(page, caption) for caption in captions}
    assert acts(shared)[0][:2] == ("exported", viewer.email)


def test_nothing_in_it_is_taken_for_a_formula(viewer: Browser) -> None:
    values = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\uff1d1", "20+", "a=b", ""]
    assert harmless(values) == ["'=1+1", "'+1", "'-1", "'@x", "'\t=1", "'\r=1", "' =1", "'\uff1d1", "20+", "a=b", ""]
    for path in ("/counts?as=csv", f"/counts/compare?one={SECOND}&other={FIRST}&as=csv"):
        cells = [cell for row in read(viewer.get(path).text) for cell in row]
        assert len(cells) > 20
        assert [cell for cell in cells if cell.startswith(tuple("=+-@"))] == []


def test_reading_is_written_down_once_a_day_in_each_session(counted: House) -> None:
    viewer = counted.member(Role.VIEWER)
    for path in ("/counts", "/counts", "/counts/referred", "/counts/compare"):
        viewer.get(path)
    assert acts(counted) == [("viewed counts", viewer.email, "")]
    other = counted.member(Role.EDITOR)
    other.get("/counts")
    assert [by for _, by, _ in acts(counted)] == [other.email, viewer.email]
    counted.now = counted.now.replace(hour=23, minute=50) + timedelta(days=1)
    viewer = counted.member(Role.VIEWER, email="late@example.org")
    for _ in range(3):
        viewer.get("/counts")
        counted.pass_time(minutes=7)
    mine = [line.at.isoformat()[11:16] for line in audit.entries(counted.engine) if line.by == viewer.email]
    assert mine == ["00:04", "23:50"]


def test_a_period_that_was_changed_is_marked(counted: House) -> None:
    viewer = counted.member(Role.VIEWER)
    with counted.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE count_published SET n = 41 WHERE first = 'food' AND n = 40")
    assert f"{FIRST}: CHANGED after it was closed" in viewer.get("/counts").text
    assert "CHANGED" in viewer.get("/counts?as=csv").text
    fill(counted.engine, ["2026-W45"], mended=True)
    assert "2026-W45: did not add up" in viewer.get("/counts").text


def test_before_anything_was_closed_it_says_so(stocked: House) -> None:
    viewer = stocked.member(Role.VIEWER)
    for path in ("/counts", "/counts/referred", "/counts/compare", "/counts?as=csv", "/counts/compare?as=csv"):
        assert "No week has been closed yet" in viewer.get(path).text


def test_opening_the_page_closes_what_is_over(stocked: House) -> None:
    viewer, week = stocked.member(Role.VIEWER), week_of(stocked.now)
    assert stocked.source
    gains: dict[tuple[str, str, str], int] = dict.fromkeys(cells_of(stocked.source.held.content), 0)
    gains |= dict.fromkeys((CONVERSATIONS, Cell("area", "westlake"), Cell("language", "en")), 30)
    gains[Cell("outcome", "unclear")] = 30
    count(stocked.engine, week, gains)
    assert "No week has been closed yet" in viewer.get("/counts").text
    stocked.now = end_of_week(week) + timedelta(minutes=119)  # twice the hour after which a line flushes
    viewer = stocked.member(Role.VIEWER, email="late@example.org")
    assert "No week has been closed yet" in viewer.get("/counts").text
    stocked.pass_time(minutes=2)
    viewer.get("/counts")
    closed(stocked)
    assert table(viewer.get("/counts").text, "All conversations") == {"conversations": ["30"]}
    assert open_weeks(stocked.engine) == []


def test_what_texters_complained_of_is_asked_before_it_is_destroyed(stocked: House) -> None:
    count(stocked.engine, FIRST, {CONVERSATIONS: 30, Cell("complaint", "211-la"): 3, Cell("complaint", "ndvh"): 2})
    stocked.member(Role.VIEWER).get("/counts")
    closed(stocked)
    assert open_weeks(stocked.engine) == []
    assert [(row.entry, row.by) for row in bulletins.rows(stocked.engine)] == [("211-la", "")]


def test_without_a_release_nothing_is_closed_and_figures_are_shown_by_their_ids(house: House) -> None:
    fill(house.engine)
    count(house.engine, "2026-W40", {CONVERSATIONS: 30})
    page = house.member(Role.VIEWER).get("/counts").text
    assert table(page, "Where")["westlake"] == ["95", "40", "55"]
    assert "there is no release to work on" in page
    assert open_weeks(house.engine) == ["2026-W40"]


def test_what_keeps_a_week_from_closing_is_told_and_the_rest_is_shown(
    counted: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = counted.member(Role.VIEWER)
    count(counted.engine, "2026-W40", {CONVERSATIONS: 9})

    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("no")

    monkeypatch.setattr("bot.console.counting.periods.PATIENCE", 30)
    monkeypatch.setattr("bot.console.counting.periods.reckoning.close_due", fail)
    viewer.get("/counts")
    closed(counted)
    page = viewer.get("/counts").text
    assert "could not be closed just now" in page
    assert table(page, "All conversations")["conversations"] == ["150", "60", "90"]


def test_some_periods_are_read_as_all_of_them_are(counted: House) -> None:
    with counted.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE count_published SET n = 1 WHERE period = '2026-W46' AND n = 60")
    found = periods(counted.engine)
    assert [one.intact for one in found] == [False, True]
    assert published.some(counted.engine, [SECOND, FIRST, "2020-W01"]) == found
    assert published.names(counted.engine) == [FIRST, SECOND]
    assert all_published(counted.engine) == found


COLUMNS = {name: Column(name, {Cell(*key): n for key, n in shown.items()}) for name, shown in SHOWN.items()}


def test_a_quarter_is_its_weeks_and_what_they_hid_once_that_is_shown() -> None:
    shelter, english = Cell("topic", "shelter"), Cell("language", "en")
    closed = {**COLUMNS, "2026-Q4": Column("2026-Q4", {shelter: 11, english: None})}
    whole = quarter_column("2026-Q4", closed, newest="2026-W53")
    assert (whole.name, figure(whole, shelter), figure(whole, CONVERSATIONS)) == ("2026-Q4", Figure(31), Figure(150))
    assert figure(whole, english) == Figure(60, least=True)
    running = quarter_column("2026-Q4", COLUMNS, newest=SECOND)
    assert figure(running, CONVERSATIONS) == Figure(150, least=True)
    over = quarter_column("2026-Q4", COLUMNS, newest="2026-W53")
    assert [figure(over, cell) for cell in (CONVERSATIONS, shelter)] == [Figure(150), Figure(20, least=True)]


def test_a_sum_takes_from_a_quarter_only_where_all_its_weeks_are_in_it() -> None:
    shelter = Cell("topic", "shelter")
    closed = {**COLUMNS, "2026-Q4": Column("2026-Q4", {shelter: 11})}
    assert figure(total((FIRST, SECOND), closed), shelter) == Figure(20, least=True)
    weeks = tuple(f"2026-W{number}" for number in range(40, 54))
    assert figure(total(weeks, closed), shelter) == Figure(31)


def test_rows_of_zeros_are_left_out_and_a_change_needs_both_figures() -> None:
    found = rows(Table.TOPIC, [COLUMNS[FIRST], COLUMNS[SECOND]])
    assert {row.cell[1]: row.change for row in found} == {"food": 15, "shelter": None}


def test_a_page_does_not_wait_for_closing_that_takes_long(counted: House, monkeypatch: pytest.MonkeyPatch) -> None:
    viewer, goes_on = counted.member(Role.VIEWER), Event()
    count(counted.engine, "2026-W40", {CONVERSATIONS: 9})
    monkeypatch.setattr("bot.console.counting.periods.PATIENCE", 0.01)
    monkeypatch.setattr("bot.console.counting.periods.reckoning.close_due", lambda *_, **__: goes_on.wait(30))
    page = viewer.get("/counts").text
    assert "is being closed now" in page
    assert table(page, "All conversations")["conversations"] == ["150", "60", "90"]
    goes_on.set()
    closed(counted)
