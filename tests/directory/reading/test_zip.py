"""Zips, friendly and hostile. Nothing of them is ever written anywhere."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.directory.reading.limits import Limits
from tests.directory.reading.made import docs, opened, problems, said, zipped

CSV = b"id,name\n1,Food\n"
NAMES = ["services.csv"]

#: what the zip is · its files · the tables found · words a note must say
READ = [
    ("flat", {"services.csv": CSV}, NAMES, ""),
    ("two tables", {"services.csv": CSV, "phones.csv": CSV}, ["phones.csv", "services.csv"], ""),
    ("a folder inside", {"export/services.csv": CSV}, NAMES, "export: inferred: the data stand in this folder further"),
    ("folders inside folders", {"a/b/c/services.csv": CSV}, NAMES, "a/b/c: inferred"),
    ("names from here", {"./services.csv": CSV, ".//phones.csv": CSV}, ["phones.csv", "services.csv"], ""),
    ("folders as members", {"export/": b"", "export/services.csv": CSV}, NAMES, "export: inferred"),
    ("a mac's leavings", {"services.csv": CSV, "__MACOSX/._services.csv": b"x", ".DS_Store": b"x"}, NAMES, ""),
    (
        "a licence and a readme",
        {"services.csv": CSV, "LICENSE": b"x", "README.md": b"x", "a/Readme.txt": b""},
        NAMES,
        "",
    ),
    (
        "a zip inside",
        {"services.csv": CSV, "more.zip": zipped({"services.csv": CSV})},
        NAMES,
        "more.zip: dropped: is a zip",
    ),
    ("a letter", {"services.csv": CSV, "letter.docx": b"x"}, NAMES, "letter.docx: dropped: was not read"),
    ("other data below", {"services.csv": CSV, "old/services.csv": CSV}, NAMES, "old: dropped: other data in another"),
    ("other data above", {"stats.csv": CSV, "hsds/services.csv": CSV}, NAMES, "the top folder: dropped: other data"),
    ("a name with an odd letter", {"services.csv": CSV, "a\x1b[31m.txt": b"x"}, NAMES, "a?[31m.txt: dropped"),
    ("a name with accents", {"número.csv": CSV}, ["número.csv"], ""),
    ("named by no ending", {"services": b'{"contents": []}'}, [], "services: dropped: holds no object"),
]


@pytest.mark.parametrize(("files", "tables", "note"), [case[1:] for case in READ], ids=[case[0] for case in READ])
def test_a_zip_is_read(files: dict[str, bytes], tables: list[str], note: str, tmp_path: Path) -> None:
    found = opened(tmp_path, {"a.zip": zipped(files)}, name="a.zip")
    assert [table.file for table in found.tables] == tables
    assert (note in said(found), bool(note)) == (True, bool(found.notes))
    assert all(list(table.rows()) for table in found.tables)


def _info(name: str, mode: int = 0, content: bytes = CSV) -> bytes:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return zipped([(info, content), ("organizations.csv", CSV)])


def _twice() -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return zipped([("services.csv", CSV), ("services.csv", b"id,name\n2,Other\n")])


def _changed(change: Callable[[bytearray], None], **files: bytes) -> bytes:
    data = bytearray(zipped({"services.csv": CSV * 200, **files}))
    change(data)
    return bytes(data)


def _lock(data: bytearray) -> None:
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1


def _flip(data: bytearray) -> None:
    data[data.index(b"services.csv") + 15] ^= 0xFF


def _wrong_sum(data: bytearray) -> None:
    data[data.index(b"PK\x01\x02") + 16] ^= 0xFF
    data[14] ^= 0xFF


def _shrink(data: bytearray) -> None:
    """Say that a file unpacks to 10 bytes."""
    for place in (22, data.index(b"PK\x01\x02") + 24):
        data[place : place + 4] = struct.pack("<L", 10)


def _packing(data: bytearray) -> None:
    data[data.index(b"PK\x01\x02") + 10] = 99


def _no_utf8(data: bytearray) -> None:
    place = data.index(b"PK\x01\x02")
    data[place + 9] |= 0x08
    data[place + 46] = 0xFF


def _many_listed(data: bytearray) -> None:
    place = data.index(b"PK\x05\x06")
    data[place + 12 : place + 16] = struct.pack("<L", 1 << 30)


def _large_end(data: bytearray) -> None:
    """Say in the way of large zips that the list of files takes 2 to the 40 bytes."""
    place = data.index(b"PK\x05\x06")
    end = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 1 << 40, 0)
    data[place:place] = end + struct.pack("<4sLQL", b"PK\x06\x07", 0, place, 1)


def _no_name(data: bytearray) -> None:
    """Let the name in the list of files have no letters; what were its letters become its comment."""
    place = data.index(b"PK\x01\x02")
    data[place + 28 : place + 34] = struct.pack("<3H", 0, 0, len("services.csv"))


def _otherwise_packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("services.csv", CSV)
    return out.getvalue()


def _name_inside_no_text(data: bytearray) -> None:
    data[7] |= 0x08
    data[30] = 0xFF


def _other_name_inside(data: bytearray) -> None:
    data[30] = ord("x")


def _stored_bomb() -> bytes:
    """Return a thousand members that share the bytes of one: together they unpack to a gigabyte."""
    packed = zlib.compress(b"1," * 500_000, 9)[2:-4]
    name, size, total = b"services.csv", len(packed), 1_000_000
    head = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, zlib.crc32(b"1," * 500_000), size, total, len(name), 0)
    body = head + name + packed
    listed = b""
    for number in range(1000):
        entry = name if not number else b"f%011d" % number
        listed += struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 33, 0, size, total, 12, 0, 0, 0, 0, 0, 0)
        listed += entry
    return body + listed + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1000, 1000, len(listed), len(body), 0)


HUGE = b"id\n" + b"0" * (2 << 20)
#: what the zip is · its bytes · words of the problem
HOSTILE = [
    ("a way out", _info("../services.csv"), "a.zip: ../services.csv: its name leads out of the zip"),
    ("a way out from inside", _info("a/../../services.csv"), "its name leads out of the zip"),
    ("a way out for windows", _info("a\\..\\..\\services.csv"), "its name leads out of the zip"),
    ("a name from the top", _info("/etc/services.csv"), "/etc/services.csv: its name leads out of the zip"),
    ("a name from the top for windows", _info("\\\\host\\services.csv"), "its name leads out of the zip"),
    ("a drive", _info("C:services.csv"), "C:services.csv: its name leads out of the zip"),
    ("a way out of a file never read", zipped({"services.csv": CSV, "../x.txt": b""}), "../x.txt: its name leads out"),
    ("a name of dots", _info("."), "its name leads out of the zip"),
    ("a name of a dot and a slash", _info("x/.."), "its name leads out of the zip"),
    ("one name twice, in two ways", zipped([("a.csv", CSV), ("./a.csv", CSV)]), "a.zip: holds a.csv twice"),
    ("a link", _info("services.csv", 0o120777, b"/etc/passwd"), "services.csv: is a link to somewhere else"),
    ("a device", _info("services.csv", 0o020666), "services.csv: is a device"),
    ("a pipe", _info("services.csv", 0o010666), "services.csv: is a device"),
    ("one name twice", _twice(), "a.zip: holds services.csv twice"),
    ("a password", _changed(_lock), "services.csv: is locked with a password"),
    ("unknown packing", _changed(_packing), "services.csv: is packed in a way that cannot be read"),
    ("a bomb of zeros", zipped({"services.csv": HUGE}), "services.csv: would unpack to more than 200 times its size"),
    ("a bomb of shared bytes", _stored_bomb(), "would unpack to 953 MB, more than the 100 MB"),
    ("a bomb that says it is small", _changed(_shrink), "services.csv: is damaged inside the zip"),
    ("too many files", zipped({f"{n}.csv": b"" for n in range(60)}), "holds 60 files, more than the 50"),
    ("a list of files that fills the memory", _changed(_many_listed), "lists far more files than a directory has"),
    ("the same, as large zips say it", _changed(_large_end), "lists far more files than a directory has"),
    ("packing that takes much memory", _otherwise_packed(), "services.csv: is packed in a way that cannot be read"),
    ("a name of no letters", _changed(_no_name), "its name leads out of the zip"),
    ("a damaged file", _changed(_flip), "services.csv: is damaged inside the zip"),
    ("a wrong check sum", _changed(_wrong_sum), "services.csv: is damaged inside the zip"),
    ("another name inside", _changed(_other_name_inside), "services.csv: is damaged inside the zip"),
    ("a name inside that is no text", _changed(_name_inside_no_text), "services.csv: is damaged inside the zip"),
    ("a name that is no text", _changed(_no_utf8), "a.zip: holds names that are not text"),
    ("the end missing", zipped({"services.csv": CSV * 100})[:-30], "a.zip: is not a whole zip"),
    ("the beginning only", b"PK\x03\x04", "a.zip: is not a whole zip"),
    ("the list only", b"PK\x05\x06" + bytes(18), "no data that can be read"),
    (
        "the middle missing",
        zipped({"services.csv": CSV * 100, "b.csv": CSV})[:60] + zipped({"c.csv": CSV})[-80:],
        "c.csv: is damaged",
    ),
    ("nothing in it", zipped({}), "no data that can be read: JSON, CSV or a spreadsheet"),
    ("only a zip in it", zipped({"b.zip": zipped({"services.csv": CSV})}), "no data that can be read"),
    (
        "two folders of data",
        zipped({"a/services.csv": CSV, "b/services.csv": CSV}),
        "a (services.csv), b (services.csv). Name the one to read (of a zip: unpack it first)",
    ),
    ("a word file", zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "is a Word or PowerPoint file"),
    (
        "an opendocument sheet",
        zipped({"mimetype": b"", "content.xml": b""}),
        "is an OpenDocument file; save it as .xlsx",
    ),
]


@pytest.mark.parametrize(("content", "problem"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_a_hostile_zip_is_refused_and_leaves_nothing_behind(content: bytes, problem: str, tmp_path: Path) -> None:
    limits = Limits(members=50, total=100 << 20) if "953" not in problem else Limits(members=2000, total=100 << 20)
    assert problem in problems(tmp_path, {"a.zip": content}, name="a.zip", limits=limits)
    assert [path.name for path in tmp_path.rglob("*")] == ["given", "a.zip"]


def test_everything_wrong_with_a_zip_is_said_at_once(tmp_path: Path) -> None:
    content = zipped({"../a.csv": CSV, "/b.csv": CSV, "services.csv": CSV, "c.csv": HUGE})
    assert len(problems(tmp_path, {"a.zip": content}, name="a.zip").splitlines()) == 3


def test_a_zip_stays_open_as_long_as_its_rows_are_wanted_and_no_longer(tmp_path: Path) -> None:
    found = opened(
        tmp_path, {"a.zip": zipped({"services.json": b'[{"id": "1", "name": "a", "status": "x"}]'})}, name="a.zip"
    )
    (tmp_path / "given" / "a.zip").unlink()
    assert docs(found) == docs(found) == [("service", "1")]


@pytest.mark.thorough
def test_a_gigabyte_is_refused_before_it_is_unpacked(tmp_path: Path, thorough: bool) -> None:
    size = 1 << 30 if thorough else 1 << 26
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("services.csv", "w") as file,
    ):
        for _ in range(size >> 22):
            file.write(bytes(1 << 22))
    assert len(out.getvalue()) < size // 200
    found = problems(tmp_path, {"a.zip": out.getvalue()}, name="a.zip")
    assert found == "a.zip: services.csv: would unpack to more than 200 times its size; no directory does that"
