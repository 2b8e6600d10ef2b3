"""An export appears as a whole, or not at all, and never over what somebody else put there."""

import os
import stat
from pathlib import Path

import pytest

from bot.directory.writing.place import MARKER, OccupiedFolderError, written_anew


def write(folder: Path, text: str = "one") -> None:
    """Write an export of one file in a folder."""
    with written_anew(folder) as place:
        (place / "csv").mkdir()
        (place / "csv" / "a.csv").write_text(text, encoding="utf-8")


def files(folder: Path) -> set[str]:
    """List the files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("made", [True, False], ids=["empty folder", "no folder"])
def test_a_new_export(made: bool, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    if made:
        folder.mkdir(parents=True)
    write(folder)
    assert files(tmp_path) == {"deep/out/csv/a.csv", f"deep/out/{MARKER}"}


def test_a_former_export_is_replaced_as_a_whole(tmp_path: Path) -> None:
    write(tmp_path / "out")
    with written_anew(tmp_path / "out") as place:
        (place / "b.json").write_text("two", encoding="utf-8")
        assert files(tmp_path / "out") == {"csv/a.csv", MARKER}
    assert files(tmp_path) == {"out/b.json", f"out/{MARKER}"}


def test_the_folder_can_be_read_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    write(tmp_path / "out")
    assert stat.S_IMODE(os.stat(tmp_path / "out").st_mode) == stat.S_IMODE(os.stat(tmp_path / "other").st_mode)


def _add(folder: Path) -> None:
    (folder / "CNAME").write_text("facts.example.org", encoding="utf-8")


def _edit(folder: Path) -> None:
    (folder / "csv" / "a.csv").write_text("edited", encoding="utf-8")


def _remove(folder: Path) -> None:
    (folder / "csv" / "a.csv").unlink()


def _unmark(folder: Path) -> None:
    (folder / MARKER).unlink()


def _damage(folder: Path) -> None:
    (folder / MARKER).write_text("[]", encoding="utf-8")


@pytest.mark.parametrize("change", [_add, _edit, _remove, _unmark, _damage])
def test_what_is_not_ours_is_refused_before_anything_is_written(change: "object", tmp_path: Path) -> None:
    write(tmp_path / "out")
    change(tmp_path / "out")  # type: ignore[operator]
    before = files(tmp_path)
    with pytest.raises(OccupiedFolderError, match="choose an empty folder"), written_anew(tmp_path / "out"):
        pytest.fail("nothing may be written")
    assert files(tmp_path) == before


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(OccupiedFolderError, match="is a file"):
        write(tmp_path / "out")


def _write_half(folder: Path) -> None:
    with written_anew(folder) as place:
        (place / "half").write_text("written", encoding="utf-8")
        raise OSError("the disk is full")


@pytest.mark.parametrize("before", [True, False], ids=["over a former one", "new"])
def test_a_failure_leaves_everything_as_it_was(before: bool, tmp_path: Path) -> None:
    if before:
        write(tmp_path / "out")
    found = files(tmp_path)
    with pytest.raises(OSError, match="full"):
        _write_half(tmp_path / "out")
    assert files(tmp_path) == found
    assert [path.name for path in tmp_path.iterdir()] == (["out"] if before else [])


def test_a_former_export_comes_back_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "out")
    moved = os.rename

    def rename(source: Path, target: Path) -> None:
        if source.name == "new":
            raise OSError("the disk is full")
        moved(source, target)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(OSError, match="full"):
        write(tmp_path / "out", "two")
    assert (tmp_path / "out" / "csv" / "a.csv").read_text(encoding="utf-8") == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".out.quietline-killed" / "new").mkdir(parents=True)
    write(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
