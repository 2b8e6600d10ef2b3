import csv
import json
from pathlib import Path

import pytest

from bot.directory.note import Level, Note, Where
from bot.directory.plan_report import report
from bot.directory.plan_rows import Row, Verdict
from bot.referral.changes import Change
from tests.directory.plan.made import service_id

ROWS = [
    Row(Verdict.SAME, service_id(1), "pantry-1", "westlake", "Pantry", Where("services.csv", 2)),
    Row(
        Verdict.CLASH,
        service_id(2),
        "pantry-2",
        "westlake",
        "=HYPERLINK(1)",
        Where("services.csv", 3),
        why=("its entry was edited here",),
        changes=(Change("name", "A", "B"),),
        here=(Change("phone[211].hours", "", "24/7"),),
        notes=(Note(Level.MENDED, Where("phones.csv", 9, "number"), "was in words", "call 5"),),
    ),
    Row(Verdict.GONE, service_id(3), "pantry-3", "westlake", "Old", why=("it is marked",)),
]


def written(path: Path) -> str:
    with report(path) as made:
        for row in ROWS:
            made.add(row)
    assert [other.name for other in path.parent.iterdir()] == [path.name]
    return path.read_text("utf-8")


def test_csv_has_a_line_for_every_reason(tmp_path: Path) -> None:
    rows = list(csv.DictReader(written(tmp_path / "plan.csv").splitlines()))
    assert [(row["verdict"], row["file"], row["row"], row["what"], row["about"], row["detail"]) for row in rows] == [
        ("same", "services.csv", "2", "", "", ""),
        ("clash", "services.csv", "3", "its entry was edited here", "", ""),
        ("clash", "phones.csv", "9", "mended: was in words", "number", "call 5"),
        ("clash", "services.csv", "3", "changed in the source", "name", "A -> B"),
        ("clash", "services.csv", "3", "edited here", "phone[211].hours", "nothing -> 24/7"),
        ("gone", "", "", "it is marked", "", ""),
    ]
    # A spreadsheet would carry it out.
    assert rows[1]["name"] == "'=HYPERLINK(1)"


def test_what_is_said_of_a_row_that_many_share_stands_once(tmp_path: Path) -> None:
    shared = Note(Level.MENDED, Where("places.csv", 2, "type"), "was a guess")
    own = [Note(Level.DROPPED, Where("phones.csv", n, "number"), "was none", "x") for n in (2, 3)]
    rows = [Row(Verdict.ADD, service_id(n), "", name=str(n), notes=(shared, own[n], own[n])) for n in (0, 1)]
    with report(tmp_path / "plan.csv") as made:
        for row in rows:
            made.add(row)
    lines = list(csv.DictReader((tmp_path / "plan.csv").read_text("utf-8").splitlines()))
    assert [(line["name"], line["file"], line["what"], line["detail"]) for line in lines] == [
        ("0", "places.csv", "mended: was a guess", ""),
        ("0", "phones.csv", "dropped: was none", "x"),
        ("0", "phones.csv", "dropped: was none", "x"),
        ("1", "phones.csv", "dropped: was none", "x"),
        ("1", "phones.csv", "dropped: was none", "x"),
        ("1", "", "more is said of rows it shares with a service above", "1"),
    ]


def test_json_has_an_object_for_every_service(tmp_path: Path) -> None:
    rows = json.loads(written(tmp_path / "plan.JSON"))
    assert [(row["verdict"], row["service"], len(row["said"])) for row in rows] == [
        ("same", service_id(1), 0),
        ("clash", service_id(2), 4),
        ("gone", service_id(3), 1),
    ]
    assert rows[1]["said"][1] == {
        "file": "phones.csv",
        "row": 9,
        "what": "mended: was in words",
        "about": "number",
        "detail": "call 5",
    }


def test_an_empty_plan_is_a_report_too(tmp_path: Path) -> None:
    with report(tmp_path / "a.json"), report(tmp_path / "a.csv"):
        pass
    assert json.loads((tmp_path / "a.json").read_text()) == []
    assert len((tmp_path / "a.csv").read_text().splitlines()) == 1


def test_what_fails_on_the_way_leaves_the_report_before(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    before = written(path)

    def broken() -> None:
        with report(path) as made:
            made.add(ROWS[0])
            raise ZeroDivisionError

    pytest.raises(ZeroDivisionError, broken)
    assert path.read_text("utf-8") == before
    assert [other.name for other in tmp_path.iterdir()] == ["plan.csv"]


def test_a_report_says_what_it_is_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.csv or \.json"), report(tmp_path / "plan.txt"):
        pass


def test_a_report_is_for_its_owner_alone(tmp_path: Path) -> None:
    written(tmp_path / "plan.csv")
    assert (tmp_path / "plan.csv").stat().st_mode & 0o077 == 0
