"""A plan drawn as the staff door draws it: in a process of its own, which ends with whoever wanted it."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.commands.planning import Planner
from bot.console.importing.plans import CancelledError, RefusedError, Stop, Wanted
from bot.settings import Settings
from bot.storage.database import connect
from tests.console.importing import CLINIC, PANTRY, table
from tests.console.small import filled_small


@pytest.fixture
def planner(tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch) -> Planner:
    """Give what draws plans from the small release; the process reads its settings from the environment."""
    (tmp_path / "small.db").write_bytes(filled_small(migrated))
    url = f"sqlite:///{tmp_path / 'small.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))
    settings = Settings(auth_tokens=(), public_base_url="", database_url=url, cache_dir=tmp_path / "cache", dev=True)
    return Planner(settings, connect(url))


def wanted(folder: Path, data: bytes) -> Wanted:
    (folder / "plan").mkdir()
    (folder / "list.csv").write_bytes(data)
    return Wanted(folder / "plan", folder / "list.csv", "list")


def test_a_plan_is_drawn_apart(planner: Planner, tmp_path: Path) -> None:
    told: list[str] = []
    made = planner.draw(wanted(tmp_path, table(PANTRY, CLINIC, PANTRY)), lambda what, *_: told.append(what), Stop())
    assert (made.counts.get("add"), made.writes, made.changes_nothing) == (2, 2, False)
    assert made.mark is not None
    assert made.mark[0] == 1
    assert "Hillside" not in str(made.twice) or made.twice[0].why
    assert {"Reading", "Planning"} <= set(told)
    assert (tmp_path / "plan" / "plan.db").stat().st_size > 0


def test_why_there_is_none_comes_back(planner: Planner, tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        planner.draw(wanted(tmp_path, b"%PDF-1.4"), lambda *_: None, Stop())
    assert "list.csv: is a PDF" in refused.value.problems[0]


def test_nobody_waits_for_a_plan_that_nobody_wants(planner: Planner, tmp_path: Path) -> None:
    stop, begun = Stop(), threading.Event()
    ended: list[type[BaseException]] = []

    def draw() -> None:
        try:
            planner.draw(wanted(tmp_path, table(*[(f"Pantry {n}", *PANTRY[1:]) for n in range(5000)])), heard, stop)
        except CancelledError as error:
            ended.append(type(error))

    def heard(what: str, done: int, whole: int) -> None:
        begun.set()

    thread = threading.Thread(target=draw)
    thread.start()
    assert begun.wait(60)
    stop.ask()
    thread.join(10)
    assert not thread.is_alive()
    assert ended == [CancelledError]


@pytest.mark.thorough
def test_it_ends_when_the_door_is_gone(planner: Planner, tmp_path: Path, *, thorough: bool) -> None:
    many = 20_000 if thorough else 2_000
    child = subprocess.Popen(
        [sys.executable, "-m", "bot.commands.plan_apart", "--dev"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(json.dumps(wanted(tmp_path, table(*[(f"P {n}", *PANTRY[1:]) for n in range(many)])).plain()))
    child.stdin.close()
    assert child.stdout.readline()
    child.stdout.close()
    assert child.wait(60) != 0
