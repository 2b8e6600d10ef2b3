"""A directory is read and drawn the same way by one process and by several."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
import pytest

from bot.commands import reading
from bot.commands.reading import Shelved, drawn, shelved
from bot.commands.released import Live
from bot.directory.drawing.draw import Drawn
from bot.directory.reading.opening import open_path
from tests.benchmarks.made_directory import make
from tests.directory.drawing.made import release

SERVICES = 450


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made")
    make(made, SERVICES)
    return made


@pytest.fixture
def read(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], tuple[Shelved, list[Drawn]]]:
    def read(processes: int) -> tuple[Shelved, list[Drawn]]:
        monkeypatch.setattr(reading, "processes_for", lambda services: processes)
        content, terms = release()
        told: list[tuple[int, int]] = []
        directory = open_path(folder, tmp_path)
        with shelved(directory, "made", None, terms, scratch=tmp_path, progress=lambda *at: told.append(at)) as shelf:
            shares = [done / total for done, total in told]
            assert shares == sorted(shares)
            assert shares[-1] == 1
            assert len({*shares}) > 5
            told.clear()
            live = Live(content, {}, date(2026, 3, 2))
            found = list(drawn(shelf, live, terms, "made", progress=lambda *at: told.append(at)))
        assert told[-1] == (SERVICES, SERVICES)
        assert len(told) > 3
        return replace(shelf, services=None), found  # type: ignore[arg-type]

    return read


def test_several_processes_draw_what_one_does(read: Callable[[int], tuple[Shelved, list[Drawn]]]) -> None:
    alone, one_by_one = read(1)
    assert len(one_by_one) == SERVICES
    # Else nothing is tried of what is found in the first walk and left out in the second.
    assert alone.hidden
    assert any(each.hides for each in one_by_one)
    shelf, found = read(2)
    assert found == one_by_one
    assert shelf.hidden == alone.hidden


def test_a_process_that_is_killed_is_told_in_a_sentence(
    read: Callable[[int], tuple[Shelved, list[Drawn]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(reading, "draw", dies)
    with pytest.raises(click.ClickException, match=r"was ended.*\. Nothing was written\.$"):
        read(2)


def test_small_directories_are_read_by_this_process_alone() -> None:
    assert reading.processes_for(2999) == 1
