"""The files of a zip, read where they stand: nothing is unpacked to disk, nothing is believed unseen."""

import re
import stat
import struct
import weakref
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from bot.directory.reading.findings import BrokenError, Findings, naming, shown
from bot.directory.reading.source import Source, open_regular

_END, _END_64, _PLACE_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_LONGEST_END = 22 + 0xFFFF
#: The list of files stands at the end of a zip; with 10,000 files of long names it takes about 3 MB.
_LONGEST_LIST = 4 * 1024**2
_DRIVE = re.compile(r"[A-Za-z]:")
#: What zipfile raises for heads that make no sense, beside what it says it raises.
_BROKEN = (ValueError, LookupError, OverflowError, struct.error)
_READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def archive_sources(path: Path, name: str, findings: Findings) -> list[Source]:
    """Return the files of a zip. What is hostile or broken about it becomes problems, all of them at once.

    Raises BrokenError when its list of files cannot be read.
    """
    archive = _opened(path, name)
    # Not info.is_dir(), which stumbles over a name of no letters.
    members = [info for info in archive.infolist() if not info.filename.endswith("/")]
    for problem in _problems(members, findings):
        findings.problem(f"{name}: {problem}")
    return [Source(_plain(info), info.file_size, _opener(archive, info)) for info in members]


def _opened(path: Path, name: str) -> zipfile.ZipFile:
    with naming(name):
        stream = open_regular(path)
        try:
            _refuse_a_long_list(stream, name)
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, *_BROKEN) as error:
            stream.close()
            # A name that is said to be UTF-8 and is not makes a UnicodeDecodeError, which is a ValueError.
            broken = "holds names that are not text" if isinstance(error, UnicodeDecodeError) else "is not a whole zip"
            raise BrokenError(f"{name}: {broken}; download or pack it anew") from error
        except BaseException:
            stream.close()
            raise
    # A ZipFile does not close what it was given; nobody else knows when its last file was read.
    weakref.finalize(archive, stream.close)
    return archive


def _refuse_a_long_list(stream: BinaryIO, name: str) -> None:
    """Refuse a list of files that would not fit into memory: zipfile reads it whole before anyone can count it."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _LONGEST_END))
    tail = stream.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        raise zipfile.BadZipFile
    length = struct.unpack("<L", tail[end + 12 : end + 16])[0]
    if end >= 20 and tail[end - 20 :].startswith(_PLACE_64):
        stream.seek(struct.unpack("<Q", tail[end - 12 : end - 4])[0])
        large = stream.read(56)
        length = max(length, struct.unpack("<Q", large[40:48])[0]) if large.startswith(_END_64) else 1 << 62
    if length > _LONGEST_LIST:
        raise BrokenError(f"{name}: lists far more files than a directory has")
    stream.seek(0)


def _problems(members: list[zipfile.ZipInfo], findings: Findings) -> Iterator[str]:
    limits = findings.limits
    if len(members) > limits.members:
        yield f"holds {len(members)} files, more than the {limits.members} a zip may hold"
    total = sum(info.file_size for info in members)
    if total > limits.total:
        yield f"would unpack to {total // 1024**2} MB, more than the {limits.total // 1024**2} MB that are read"
    seen: set[str] = set()
    for info in members:
        name = _plain(info)
        if name in seen:
            yield f"holds {name} twice"
        seen.add(name)
        if fault := _name_fault(info) or _packing_fault(info):
            yield f"{name}: {fault}"
        elif info.file_size > limits.ratio_from and info.file_size > limits.ratio * info.compress_size:
            yield f"{name}: would unpack to more than {limits.ratio} times its size; no directory does that"


def _plain(info: zipfile.ZipInfo) -> str:
    """Return a name without steps that lead nowhere; as it stands where nothing else is in it."""
    steps = [step for step in info.filename.split("/") if step not in ("", ".")]
    return shown("/".join(steps) if info.filename[:1] != "/" and steps else info.filename)


def _name_fault(info: zipfile.ZipInfo) -> str:
    # On Windows a backslash parts folders too, and a name may begin with a drive.
    steps = info.orig_filename.replace("\\", "/").split("/")
    if not steps[0] or not info.filename.strip("/.") or _DRIVE.match(steps[0]) or ".." in steps:
        return "its name leads out of the zip; such a zip is not to be trusted"
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "is a link to somewhere else; pack the file itself"
    return "is a device, not a file" if kind not in (0, stat.S_IFREG) else ""


def _packing_fault(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x1:
        return "is locked with a password; pack it without one"
    return "is packed in a way that cannot be read" if info.compress_type not in _READABLE else ""


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        # The zip stays open as long as any of its files may be asked for.
        try:
            return cast(BinaryIO, archive.open(info))
        except _BROKEN as error:  # the file's own head, which only now is read
            raise zipfile.BadZipFile from error

    return opened
