from collections.abc import Callable
from pathlib import Path

import pytest

from bot.storage.folder import MARKER, OccupiedFolderError, written_whole


def export(folder: Path, files: dict[str, str], kind: str = "content") -> None:
    with written_whole(folder, kind) as place:
        for name, text in files.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, encoding="utf-8")


def held(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MARKER)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


FIRST = {"a.toml": "1", "topics/b.toml": "2", "old/c.toml": "3"}
SECOND = {"a.toml": "changed", "topics/b.toml": "2", "topics/d.toml": "new"}


def test_a_former_export_is_replaced_and_what_no_longer_belongs_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    export(folder, FIRST)
    assert held(folder) == FIRST
    export(folder, SECOND)
    assert held(folder) == SECOND
    assert not (folder / "old").exists()
    assert sorted(path.name for path in folder.iterdir()) == [MARKER, "a.toml", "topics"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    export(tmp_path, FIRST)
    assert held(tmp_path) == FIRST


def _add(folder: Path) -> None:
    (folder / "notes.txt").write_text("mine")


def _change(folder: Path) -> None:
    (folder / "topics" / "b.toml").write_text("edited by hand")


def _link(folder: Path) -> None:
    (folder / "elsewhere").symlink_to(folder.parent)


def _damage(folder: Path) -> None:
    (folder / MARKER).write_text("{")


def _unmark(folder: Path) -> None:
    (folder / MARKER).unlink()


def _nothing(folder: Path) -> None:
    """Leave it as it is."""


@pytest.mark.parametrize(
    ("spoil", "kind", "told"),
    [
        pytest.param(_add, "content", "notes.txt", id="somebody's file"),
        pytest.param(_change, "content", "changed since its export (topics/b.toml)", id="a file edited since"),
        pytest.param(_link, "content", "elsewhere", id="a link"),
        pytest.param(_damage, "content", "damaged", id="a damaged marker"),
        pytest.param(_unmark, "content", "a.toml, old/c.toml, topics/b.toml", id="no marker"),
        pytest.param(_nothing, "hsds", "another kind of export (content)", id="another kind"),
    ],
)
def test_what_is_not_ours_is_never_written_over(
    spoil: Callable[[Path], None], kind: str, told: str, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    export(folder, FIRST)
    spoil(folder)
    before = held(folder)
    with pytest.raises(OccupiedFolderError) as caught:
        export(folder, SECOND, kind)
    assert told in str(caught.value)
    assert held(folder) == before


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(OccupiedFolderError, match="is a file"):
        export(tmp_path / "out", FIRST)


def test_what_fails_on_the_way_leaves_the_former_export(tmp_path: Path) -> None:
    export(tmp_path, FIRST)
    with pytest.raises((NotADirectoryError, FileExistsError)):
        export(tmp_path, {"a.toml": "half", "a.toml/b.toml": "the file before is no folder"})
    assert held(tmp_path) == FIRST
    export(tmp_path, SECOND)
    assert held(tmp_path) == SECOND


def test_a_run_that_was_killed_while_it_moved_files_can_be_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(tmp_path, FIRST)
    moved: list[str] = []
    replace = __import__("os").replace

    def dies(source: Path, target: Path) -> None:
        if len(moved) == 2:  # the marker and one file are in place, the others are not
            raise KeyboardInterrupt
        moved.append(str(target))
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr("bot.storage.folder.os.replace", dies)
        with pytest.raises(KeyboardInterrupt):
            export(tmp_path, SECOND)
    assert held(tmp_path) != FIRST
    export(tmp_path, SECOND)
    assert held(tmp_path) == SECOND
