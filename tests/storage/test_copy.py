import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.referral.bulletin import Pause
from bot.storage import copy
from bot.storage.copy import BULLETINS, NAME, Copy, NoCopyError, UnusableCopyError
from bot.storage.said import Lifted, Said, written

DOCUMENT = {"line.toml": {"name": "¿Qué? 🆘", "languages": ["en", "es"]}}
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SAID: list[Said] = [Pause("a", NOON), Lifted("a"), Pause("ñ \ud83d", None)]
ROWS = [written(said, number=number, day=NOON.date(), by="AB") for number, said in enumerate(SAID, start=1)]


def test_a_release_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    copy.write(tmp_path / "var" / "cache", 7, DOCUMENT)
    assert copy.read(tmp_path / "var" / "cache") == Copy(7, DOCUMENT)


def test_very_many_entries_come_back(tmp_path: Path) -> None:
    entries = {"entry": [{"id": f"¿{n}?", "serves": [{"topic": "food"}]} for n in range(401)]}
    document = {"entries/la.toml": entries, "entries/none.toml": {"entry": []}, "line.toml": {"entry": 1, "x": []}}
    copy.write(tmp_path, 7, document)
    assert copy.read(tmp_path) == Copy(7, document)


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


def test_bulletins_come_back_without_who_said_them(tmp_path: Path) -> None:
    copy.write_bulletins(tmp_path / "cache", ROWS)
    assert copy.read_bulletins(tmp_path / "cache") == [replace(row, by="") for row in ROWS]
    assert stat.S_IMODE((tmp_path / "cache" / BULLETINS).stat().st_mode) == 0o600


def test_release_and_bulletins_do_not_touch_each_other(tmp_path: Path) -> None:
    copy.write(tmp_path, 7, DOCUMENT)
    with pytest.raises(NoCopyError):
        copy.read_bulletins(tmp_path)  # as an older version leaves it
    copy.write_bulletins(tmp_path, ROWS)
    copy.write(tmp_path, 8, DOCUMENT)
    copy.write_bulletins(tmp_path, [])
    assert (copy.read(tmp_path), copy.read_bulletins(tmp_path)) == (Copy(8, DOCUMENT), [])
    (tmp_path / NAME).write_bytes(b"half a co")
    assert copy.read_bulletins(tmp_path) == []


def test_bulletins_that_were_damaged_are_not_used(tmp_path: Path) -> None:
    copy.write_bulletins(tmp_path, ROWS)
    content = (tmp_path / BULLETINS).read_bytes()
    (tmp_path / BULLETINS).write_bytes(content.replace(b"pause", b"pausd"))
    with pytest.raises(UnusableCopyError, match="damaged"):
        copy.read_bulletins(tmp_path)
