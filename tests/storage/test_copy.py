import stat
from pathlib import Path

import pytest

from bot.storage import copy
from bot.storage.copy import NAME, Copy, UnusableCopyError

DOCUMENT = {"line.toml": {"name": "¿Qué? 🆘", "languages": ["en", "es"]}}


def test_a_release_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    copy.write(tmp_path / "var" / "cache", 7, DOCUMENT)
    assert copy.read(tmp_path / "var" / "cache") == Copy(7, DOCUMENT)


def test_a_newer_copy_takes_the_place_of_the_older_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    copy.write(tmp_path, 7, DOCUMENT)
    copy.write(tmp_path, 6, {"line.toml": {}})
    assert copy.read(tmp_path) == Copy(6, {"line.toml": {}})
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_only_we_may_read_it(tmp_path: Path) -> None:
    copy.write(tmp_path / "cache", 7, DOCUMENT)
    assert stat.S_IMODE((tmp_path / "cache" / NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


def test_a_write_that_fails_keeps_the_old_copy_and_leaves_nothing_else(tmp_path: Path) -> None:
    copy.write(tmp_path, 7, DOCUMENT)
    (tmp_path / "taken").mkdir()
    with pytest.raises(UnicodeEncodeError):
        copy.write(tmp_path, 8, {"line.toml": "\ud800"})
    (tmp_path / "elsewhere" / NAME).mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        copy.write(tmp_path / "elsewhere", 8, DOCUMENT)
    assert copy.read(tmp_path) == Copy(7, DOCUMENT)
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == [NAME]


def test_a_missing_copy_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UnusableCopyError, match="none yet"):
        copy.read(tmp_path / "never made")


def test_a_copy_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(UnusableCopyError, match="cannot be read"):
        copy.read(tmp_path)


@pytest.mark.parametrize("place", [0, 63, 64, 65, 80, -1], ids=lambda place: f"byte {place}")
def test_one_changed_byte_is_damage(tmp_path: Path, place: int) -> None:
    copy.write(tmp_path, 7, DOCUMENT)
    content = bytearray((tmp_path / NAME).read_bytes())
    content[place] ^= 1
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(UnusableCopyError, match="damaged"):
        copy.read(tmp_path)


@pytest.mark.parametrize("kept", [0, 10, 65, 90], ids=lambda kept: f"{kept} bytes left")
def test_a_copy_cut_short_is_damage(tmp_path: Path, kept: int) -> None:
    copy.write(tmp_path, 7, DOCUMENT)
    content = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(content[:kept])
    with pytest.raises(UnusableCopyError, match="damaged"):
        copy.read(tmp_path)
