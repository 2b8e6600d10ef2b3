"""One line on SQLite and RAM: every path, every trouble, two kinds of end, and then not one trace of anybody."""

import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.running import RunningLine, eventually
from tests.promises.canaries import Flock
from tests.promises.lean import lean_document
from tests.promises.paths import Texting, every_path, half_sent, until_killed
from tests.promises.site import Site, seize_process
from tests.promises.sweep import sweep
from tests.promises.trouble import deleted, locked, moved_away, read_only


@pytest.fixture
def site(tmp_path: Path, lean_database: Path) -> Site:
    """Give a folder with a database and release 1."""
    (tmp_path / "data").mkdir()
    shutil.copy(lean_database, tmp_path / "data" / "line.db")
    return Site(tmp_path, f"sqlite:///{tmp_path}/data/line.db")


def through_every_path(site: Site) -> Flock:
    """Take every path through a line as it is run in earnest, and kill it in the middle of texts."""
    line = RunningLine(site.home("line"))
    try:
        flock = site.new_flock()
        texting = Texting([line], flock)
        every_path(texting, lean_document())
        seize_process(line, site.evidence)
        site.seize()
        until_killed(texting, line.process.kill)
    finally:
        line.stop()
    site.evidence.add("standard output", line.said.encode())
    return flock


def through_every_trouble(site: Site, flock: Flock) -> None:
    """Let everything go wrong that can, and stop the line in good order."""
    database = site.folder / "data" / "line.db"
    line = RunningLine(site.home("faulty", ("-m", "tests.promises.faulty")))
    texting = Texting([line], flock)
    with ExitStack() as left_open:
        left_open.callback(line.stop)
        timed_out = half_sent(line, flock.canary("never finished", "food"), 0.5)
        left_open.enter_context(timed_out)
        errors(texting)
        for trouble in (locked, read_only, moved_away):
            with trouble(database):
                for number in range(5):
                    assert texting.text(f"{trouble.__name__}, text {number}", "food").message
        with deleted(database):
            assert texting.text("database deleted", "food").message
            eventually(lambda: "database cannot be read" in line.log, "a word about the database")
        assert timed_out.recv(4096) == b"", "a half-sent request was answered"
        seize_process(line, site.evidence)
        assert line.stop() == 0
    for said in ("answered with the safe reply", "a thread ended with", "left out: it held", "Exception while serving"):
        assert said in line.log
    assert "Traceback" not in line.log
    site.evidence.add("standard output", line.said.encode())


def errors(texting: Texting) -> None:
    """Meet errors that quote the text or the sender."""
    for kind in ("boom", "wedge", "chatter"):
        assert texting.text(f"an error: {kind}", kind).message
    assert texting.text("an error: crash", "crash").status == 500


def test_nothing_points_at_anybody(site: Site) -> None:
    flock = through_every_path(site)
    site.seize()
    through_every_trouble(site, flock)
    site.seize()
    assert len(flock.canaries) > 120
    assert sweep(site.evidence, flock, site.secrets()) == []
