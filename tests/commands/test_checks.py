"""What is due, what a call sheet says, and what a recorded check changes, as staff at a terminal meet it."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from itertools import zip_longest
from pathlib import Path

import pytest

from bot.counts.cell import Table
from bot.counts.period import week_of
from bot.referral.check import How, Result
from bot.storage import counts
from bot.storage.bulletins import add
from bot.storage.counts import Flush, Key
from bot.storage.database import connect
from bot.storage.said import Asked, Lowered
from tests.commands.conftest import Clock, Quietline
from tests.referral import small

Run = Callable[..., str]
CALLED = ("--how", "called", "--by", "ab")
#: The small release: 911, 211, hope (two), 211-la, three in Los Angeles, 211-dupage, pads.
NUMBERS = 10


def rows_of(told: str) -> dict[tuple[str, str], dict[str, object]]:
    return {(row["entry"], row["number"]): row for row in json.loads(told)}


def test_before_the_launch_every_number_waits_and_none_is_late(good: Run) -> None:
    told = good("checks", "due")
    assert f"{NUMBERS} numbers: {NUMBERS} that nobody has tried yet, 0 that must be checked now." in told
    first, *rest = told.splitlines()
    assert first.split() == ["Entry", "Number", "State", "Due", "Last", "check"]
    assert rest[0].split(maxsplit=3)[:3] == ["911", "911", "evidenced"]
    assert "Wed 23 Dec" not in rest[0]
    assert rest[0].endswith("Tue 22 Dec 2026  Sat 21 Nov 2026, stored page")


def test_what_was_tried_is_not_listed_until_it_is_late(good: Run, quietline: Quietline, clock: Clock) -> None:
    good("checks", "record", "pads", *CALLED)
    assert "pads" not in good("checks", "due")
    assert ("pads", "630-555-0104") in rows_of(good("checks", "due", "--json", "--all"))
    clock.now += timedelta(days=91)
    told = quietline("checks", "due").stdout
    assert "pads" in told
    assert "Mon 23 Nov 2026, called (AB)" in told


def test_a_number_that_is_always_given_and_late_comes_first_and_is_an_alarm(quietline: Quietline, clock: Clock) -> None:
    clock.now += timedelta(days=40)
    ran = quietline("checks", "due")
    lines = ran.stdout.splitlines()
    assert (ran.exit_code, lines[1].split()[:3]) == (1, ["911", "911", "due"])
    assert lines[2] == "    ! always given, whatever its state: check it today"
    assert quietline("checks", "due", "--json").exit_code == 1


def test_every_row_says_for_a_program_what_the_table_says_for_people(good: Run) -> None:
    good("checks", "record", "hope", "--phone", "88788", "--how", "texted", "--by", "cd", "--result", "no-answer")
    good("pause", "hope", "--why", "full", "--by", "ab")
    row = rows_of(good("checks", "due", "--json"))["hope", "88788"]
    assert row == {
        "entry": "hope",
        "name": "Hope",
        "area": "national",
        "number": "88788",
        "state": "due",
        "term_days": 90,
        "due": "2027-02-20",
        "last": {"on": "2026-11-23", "how": "texted", "result": "no answer", "by": "CD"},
        "late": True,
        "tried": True,
        "always_given": False,
        "asked": None,
        "paused": [{"until": "2026-11-24T16:00:00+00:00", "why": "full"}],
    }


def test_what_texters_complain_about_is_listed_until_somebody_tries_it(good: Run, database_url: str) -> None:
    good("checks", "record", "pads", *CALLED)
    engine = connect(database_url)
    add(engine, Asked("pads"), day=small.NOON.date(), by="")
    engine.dispose()
    assert "    ! texters say that it does not work, since Mon 23 Nov 2026" in good("checks", "due").splitlines()
    good("checks", "record", "pads", *CALLED)
    assert "pads" not in good("checks", "due")


TRIES = {
    "called": ((), 0),
    "wrong": (("--result", "wrong-number"), 0),
    "no answer": (("--result", "no-answer"), 5),
    "a page that was stored": (("--how", "stored-page"), 5),
    "before the complaints": (("--on", "2026-11-22"), 5),
}


@pytest.mark.parametrize(("how", "left"), TRIES.values(), ids=TRIES)
def test_what_texters_said_before_a_number_was_tried_is_not_held_against_it(
    how: tuple[str, ...], left: int, good: Run, database_url: str
) -> None:
    engine = connect(database_url)
    week = week_of(small.NOON)
    gains: dict[str, dict[Key, int]] = {week: {(Table.COMPLAINT, entry, ""): 5 for entry in ("pads", "hope")}}
    counts.add(engine, Flush("w", 1, gains), week=week, cells=[], into=lambda name, _closed: name)
    good("checks", "record", "pads", *CALLED, *how)
    assert counts.of_kind(engine, Table.COMPLAINT)[week] == {"hope": 5, "pads": left}
    engine.dispose()


def test_a_check_counts_at_once_and_everywhere(good: Run) -> None:
    told = good("checks", "record", "pads", *CALLED, "--note", "open till 9,  ask for the desk; again 2026-12-01")
    assert told == (
        "Bulletin 1: pads, Mon 23 Nov 2026, called (AB).\n"
        "630-555-0104 is now verified; texters get it. Due again on Mon 22 Feb 2027.\n"
    )
    shown = good("checks", "show", "pads")
    assert "checked: Mon 23 Nov 2026, called (AB), 'open till 9, ask for the desk; again 2026-12-01'" in shown
    assert "checked: Sat 21 Nov 2026, stored page" in shown
    assert "evidence: a page" in shown
    assert "source: official" in shown


@pytest.mark.parametrize("result", ["wrong-number", "closed"])
def test_a_number_found_wrong_is_no_longer_given(good: Run, result: str) -> None:
    told = good("checks", "record", "pads", *CALLED, "--result", result)
    assert "630-555-0104 is now unverified; texters do not get it." in told
    assert "verified; texters get it" in good("checks", "record", "pads", *CALLED)


def test_no_answer_proves_nothing_and_is_said_so(good: Run) -> None:
    told = good("checks", "record", "pads", *CALLED, "--result", "no answer")
    assert "630-555-0104 is now due; texters still get it. Try it again soon." in told


def test_a_code_that_is_always_given_stays_whatever_was_found(good: Run) -> None:
    told = good("checks", "record", "911", "--how", "official-page", "--result", "wrong-number", "--by", "ab")
    assert "911 is now unverified; texters still get it." in told


def test_a_number_of_several_entries_is_to_be_recorded_for_each(good: Run) -> None:
    told = good("checks", "record", "211", *CALLED)
    assert "211-dupage has the same number: record it there as well." in told
    assert "211-la has the same number" in told


@pytest.mark.parametrize("written", ["+18005550100", "800-555-0100", "(800) 555 0100", "1 800 555 0100"])
def test_a_number_may_be_written_as_people_write_it(good: Run, written: str) -> None:
    assert "800-555-0100 is now verified" in good("checks", "record", "hope", "--phone", written, *CALLED)


def test_a_page_may_stand_for_all_numbers_a_call_never(good: Run, refused: Run) -> None:
    assert refused("checks", "record", "hope", *CALLED) == (
        "hope has several numbers, say which with --phone: 800-555-0100, 88788\n"
    )
    told = good("checks", "record", "hope", "--how", "official page", "--by", "ab")
    assert "800-555-0100 is now verified" in told
    assert "88788 is now verified" in told


def test_a_check_of_another_day_is_by_the_calendar_of_the_place(good: Run, refused: Run, clock: Clock) -> None:
    clock.now = small.NOON.replace(day=24, hour=6, minute=30)  # past midnight in DuPage, not in Los Angeles
    assert "Tue 24 Nov 2026" in good("checks", "record", "pads", *CALLED, "--on", "2026-11-24")
    assert refused("checks", "record", "day-la", *CALLED, "--on", "2026-11-24") == (
        "Invalid value for --on: 2026-11-24 is still to come: there it is 2026-11-23\n"
    )
    assert "Sun 22 Nov 2026, called (AB)" in good("checks", "record", "day-la", *CALLED, "--on", "2026-11-22")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        pytest.param(["padz", *CALLED], "no entry 'padz'; there is pads", id="an entry there is not"),
        pytest.param(["zzqx", *CALLED], "no entry 'zzqx'", id="nothing like it"),
        pytest.param(["pads", "--phone", "630-555-0199", *CALLED], "it has 630-555-0104", id="another number"),
        pytest.param(["pads", "--phone", "-", *CALLED], "pads has no number -", id="no digits"),
        pytest.param(["pads", "--how", "heard", "--by", "ab"], "none of called, texted, visited", id="a way"),
        pytest.param(["pads", *CALLED, "--result", "maybe"], "none of ok, no-answer, wrong-number", id="a result"),
        pytest.param(["pads", *CALLED, "--on", "yesterday"], "write 2026-12-01", id="a day"),
        pytest.param(["pads", *CALLED, "--on", "20261101"], "write 2026-12-01", id="a day in a hurry"),
        pytest.param(["pads", *CALLED, "--note", "ask at 213 555-0177"], "no phone number", id="a number in a note"),
        pytest.param(["pads", *CALLED, "--note", "x@example.org"], "no phone number", id="an address in a note"),
        pytest.param(["pads", *CALLED, "--note", "long " * 50], "at most 200 letters", id="a long note"),
        pytest.param(["pads", *CALLED, "--note", "\x1b[31m"], "at most 200 letters", id="no letters"),
        pytest.param(["pads", "--how", "called", "--by", "Maria"], "your initials", id="a name"),
        pytest.param(["pads", "--how", "called", "--by", ""], "your initials", id="nobody"),
        pytest.param(["pads", "--how", "called"], "Missing option '--by'", id="who"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_changes_nothing(
    refused: Run, arguments: list[str], why: str, environ: dict[str, str | None]
) -> None:
    assert why in refused("checks", "record", *arguments)
    with closing(sqlite3.connect((environ["DATABASE_URL"] or "").removeprefix("sqlite:///"))) as connection:
        assert connection.execute("SELECT count(*) FROM bulletin").fetchone() == (0,)


@pytest.mark.parametrize(("how", "result"), list(zip_longest(How, Result, fillvalue=Result.OK)))
def test_every_way_and_result_can_be_recorded(good: Run, how: How, result: Result) -> None:
    told = good("checks", "record", "pads", "--how", how.replace(" ", "-"), "--result", result, "--by", "ab")
    assert f"{how}{'' if result is Result.OK else f': {result}'} (AB)." in told


def test_without_a_database_nothing_is_recorded_and_no_file_is_made(
    quietline: Quietline, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert quietline("checks", "due").exit_code == 0  # which leaves a copy on disk
    for file in tmp_path.glob("line.db*"):
        file.unlink()
    shown, recorded = quietline("checks", "due"), quietline("checks", "record", "pads", *CALLED)
    assert shown.exit_code == 0
    assert "the database cannot be read" in caplog.text
    assert f"{NUMBERS} numbers" in shown.stdout
    assert (recorded.exit_code, recorded.stdout) == (1, "")
    assert recorded.stderr.splitlines()[-1].startswith("Error: ")
    assert "quietline init" in recorded.stderr
    assert not list(tmp_path.glob("line.db*"))


def test_bulletins_that_cannot_be_read_are_told_to_staff_too(
    quietline: Quietline, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    engine = connect(database_url)
    add(engine, Lowered("x"), day=small.NOON.date(), by="")
    engine.dispose()
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE bulletin SET body = '?'")
    assert quietline("checks", "due").exit_code == 0
    assert "bulletins that cannot be read were left out: 1" in caplog.text


@pytest.mark.parametrize(("form", "first"), [("html", "<!doctype html>"), ("text", "Smalltown line call sheet")])
def test_the_sheet_holds_what_waits(good: Run, form: str, first: str) -> None:
    good("checks", "record", "pads", *CALLED)
    told, everything = good("checks", "sheet", "--format", form), good("checks", "sheet", "--format", form, "--all")
    assert told.startswith(first)
    assert "213-555-0101" in told
    assert "630-555-0104" not in told
    assert "630-555-0104" in everything


def test_the_sheet_of_one_area(good: Run, refused: Run) -> None:
    told = good("checks", "sheet", "--format", "text", "--area", "westmont")
    assert "630-555-0104" in told
    assert "213-555-0101" not in told
    assert "no entry is in 'mars'" in refused("checks", "sheet", "--area", "mars")


def test_the_sheet_goes_into_a_file(good: Run, refused: Run, tmp_path: Path) -> None:
    told = good("checks", "sheet", "--out", str(tmp_path / "sheet.html"))
    assert f"sheet.html: {NUMBERS} numbers." in told
    assert "shred" in told
    assert (tmp_path / "sheet.html").read_text("utf-8").endswith("</html>\n")
    assert "cannot be written: No such file" in refused("checks", "sheet", "--out", str(tmp_path / "no" / "sheet.html"))


def test_when_nothing_waits_there_is_no_sheet(good: Run, quietline: Quietline) -> None:
    for name in ("day-la", "unsaid-la", "youth-la", "211-la"):
        good("checks", "record", name, *CALLED)
    ran = quietline("checks", "sheet", "--area", "westlake")
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert "Nothing to check" in ran.stderr
