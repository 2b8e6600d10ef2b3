"""Counting from the texts of a running line to what staff read."""

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import cli
from tests.e2e.running import Home, RunningLine, eventually, running


def figures(home: Home) -> dict[str, int]:
    """Return the open figures, by their names in one string; empty when there is no table or row."""
    with closing(sqlite3.connect(f"file:{home.database}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT kind, first, second, n FROM count_open").fetchall()
    return {" ".join(filter(None, cell)): n for *cell, n in rows}


def counted(home: Home, name: str = "conversations") -> int:
    return figures(home).get(name, -1)


def with_flush(home: Home, seconds: int) -> Home:
    home.changes = {**home.changes, "COUNTS_FLUSH_SECONDS": str(seconds)}
    return home


def marks(home: Home) -> list[tuple[str, int, bytes]]:
    """Return what somebody who looks at the disk sees of the database: names, moments, bytes."""
    files = sorted(Path(home.folder).glob("line.db*"))
    return [(path.name, path.stat().st_mtime_ns, path.read_bytes()) for path in files]


def test_an_orderly_stop_flushes_what_was_counted(small_home: Home) -> None:
    with running(small_home) as line:
        for _ in range(12):
            line.text("food 90057")
        line.text("zzqx qwrtzp")
        before = marks(small_home)
        line.text("bed 60559")
        assert marks(small_home) == before, "a text left its mark on the disk"
    found = figures(small_home)
    assert (found["conversations"], found["topic_area food westlake"], found["topic_area shelter westmont"]) == (
        14,
        12,
        1,
    )
    assert (found["outcome unclear"], found["area unknown"]) == (1, 1)
    assert found["segments"] > 14


def test_five_hundred_texts_of_one_phone_count_once(small_home: Home) -> None:
    with running(small_home) as line:
        for _ in range(500):
            line.text("food 90057", From="+13105559999")
    found = figures(small_home)
    assert {n for name, n in found.items() if name != "segments"} == {0, 1}
    assert found["conversations"] == 1


def test_figures_appear_together_at_a_tick_whether_anything_came_in_or_not(small_home: Home) -> None:
    with running(with_flush(small_home, 1)) as line:
        eventually(lambda: counted(small_home) == 0, "the zeros of an empty week")
        names = set(figures(small_home))
        size = small_home.database.stat().st_size
        line.text("food 90057")
        eventually(lambda: counted(small_home) == 1, "the first conversation")
        assert set(figures(small_home)) == names
        assert small_home.database.stat().st_size == size


def test_counts_wait_in_memory_while_the_database_is_away(small_home: Home) -> None:
    away = small_home.folder / "elsewhere.db"
    with running(with_flush(small_home, 1)) as line:
        line.text("food 90057")
        eventually(lambda: counted(small_home) == 1, "the first conversation")
        small_home.database.rename(away)
        line.text("food 90057")
        eventually(lambda: "counts wait in memory" in line.log, "a word about it")
        away.rename(small_home.database)
        eventually(lambda: counted(small_home) == 2, "the second one")


def test_a_stop_after_a_tick_that_failed_loses_nothing(small_home: Home) -> None:
    with running(with_flush(small_home, 1)) as line:
        eventually(lambda: counted(small_home) == 0, "the zeros of an empty week")
        with closing(sqlite3.connect(small_home.database)) as other:
            other.execute("BEGIN IMMEDIATE")
            for _ in range(3):
                line.text("food 90057")
            eventually(lambda: "counts wait in memory" in line.log, "a word about it")
            for _ in range(4):
                line.text("food 90057")
            other.rollback()
    assert counted(small_home) == 7


def test_kill_9_loses_what_came_since_the_last_tick_and_no_more(small_home: Home) -> None:
    line = RunningLine(with_flush(small_home, 1))
    for _ in range(3):
        line.text("food 90057")
    eventually(lambda: counted(small_home) == 3, "three conversations")
    line.process.send_signal(signal.SIGKILL)
    line.stop()
    assert counted(small_home) == 3
    with running(small_home) as again:
        again.text("food 90057")
    assert counted(small_home) == 4


def test_a_second_line_beside_one_with_memory_of_its_own_is_refused(small_home: Home) -> None:
    with running(small_home) as line:
        refused = small_home.run("serve", "--port", "0")
        assert refused.returncode == 1
        assert b"half of a conversation" in refused.stderr
        assert line.text("food").message
    # However the first one ends, the next one may start.
    killed = RunningLine(small_home)
    killed.process.kill()
    killed.stop()
    with running(small_home) as line:
        assert line.text("food").message


def test_a_line_for_real_people_does_not_start_with_its_inside_open(small_home: Home) -> None:
    small_home.changes = {"FLASK_DEBUG": "1"}
    refused = small_home.run("serve", "--port", "0")
    assert refused.returncode == 1
    assert b"FLASK_DEBUG is set" in refused.stderr
    assert b"Traceback" not in refused.stderr


class TestCommands:
    @pytest.fixture
    def home(self, small_home: Home) -> Home:
        """A home whose week is over: 15 conversations, one of them also about suicide."""
        with running(small_home) as line:
            for _ in range(14):
                line.text("food 90057")
            line.text("food 90057", From="+13105559999")
            line.text("suicidal", From="+13105559999")
        with closing(sqlite3.connect(small_home.database)) as connection, connection:
            connection.execute("UPDATE count_open SET period = '2026-W40'")
        return small_home

    def run(self, home: Home, *arguments: str) -> Result:
        return CliRunner().invoke(cli.main, ["counts", *arguments], env={**home.environ, "DATA_DIR": None})

    def said(self, home: Home, *arguments: str) -> str:
        told = self.run(home, *arguments)
        assert told.exit_code == 0, told.output
        return told.stdout

    def test_staff_close_a_week_and_read_it(self, home: Home) -> None:
        assert self.said(home, "close") == "Closed: 2026-W40.\n"
        shown = self.said(home)
        lines = {" ".join(line.split()) for line in shown.splitlines()}
        assert lines >= {"2026-W40", "conversations 15", "food 15", "suicide hidden", "crisis hidden"}
        table = self.said(home, "--csv", "--from", "2026-W40", "--to", "2026-W40")
        assert "2026-W40,topic,suicide,,hidden,\n" in table

    @pytest.mark.parametrize("arguments", [("--from", "yesterday"), ("--to", "2026-W60")], ids=" ".join)
    def test_what_is_no_week_gets_a_clear_answer(self, small_home: Home, arguments: tuple[str, ...]) -> None:
        told = self.run(small_home, *arguments)
        assert told.exit_code == 2
        assert isinstance(told.exception, SystemExit)

    def test_without_a_database_it_says_so(self, small_home: Home) -> None:
        small_home.delete_database()
        told = self.run(small_home)
        assert told.exit_code == 1
        assert "the database cannot be used" in told.stderr
