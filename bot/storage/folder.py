"""A folder of files we wrote: made anew as a whole, never over what somebody else put there."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

#: Says which files of a folder are ours, and what they held. Hidden, so that nobody reads it as content.
MARKER = ".quietline-export"
_WRITING = ".quietline-writing-"
_NAMED = 3

#: The path of a file below the folder -> the SHA-256 of what we wrote, or are about to write, there.
_Ours = Mapping[str, tuple[str, ...]]


class OccupiedFolderError(Exception):
    """A folder was to be written that holds what somebody else put there, or another kind of export."""


@contextmanager
def written_whole(folder: Path, kind: str) -> Iterator[Path]:
    """Give a place to write files to; they come into `folder` when all of them are there.

    `folder` may be absent, empty, or hold a former export of the same `kind`, unchanged since: its files are
    replaced, those that no longer belong are removed. Raises OccupiedFolderError before anything is written,
    and OSError when it cannot be; `folder` is then as it was.
    """
    ours = _ours(folder, kind)
    _refuse_others(folder, ours)
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_WRITING}*"):  # by a run that was killed
        shutil.rmtree(left)
    place = Path(tempfile.mkdtemp(dir=folder, prefix=_WRITING))
    try:
        yield place
        _bring(place, folder, ours, kind)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _bring(place: Path, folder: Path, ours: _Ours, kind: str) -> None:
    new = {name: (_digest(place / name),) for name in _files(place)}
    both = {name: (*ours.get(name, ()), *new.get(name, ())) for name in {*ours, *new}}
    # From here on a killed run leaves old and new files mixed; the next one knows both as ours.
    _mark(folder, kind, both)
    for name in new:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(place / name, target)
    for name in ours.keys() - new.keys():
        (folder / name).unlink(missing_ok=True)
    _remove_empty(folder)
    _mark(folder, kind, new)


def _ours(folder: Path, kind: str) -> _Ours:
    marker = folder / MARKER
    if not marker.is_file():
        return {}
    try:
        held = json.loads(marker.read_bytes())
        written_by, files = held["kind"], {name: tuple(digests) for name, digests in held["files"].items()}
    except (ValueError, KeyError, AttributeError, TypeError):
        raise OccupiedFolderError(f"{folder} holds a damaged {MARKER}; choose an empty folder") from None
    if written_by != kind:
        raise OccupiedFolderError(f"{folder} holds another kind of export ({written_by}); choose an empty folder")
    return files


def _refuse_others(folder: Path, ours: _Ours) -> None:
    if folder.exists() and not folder.is_dir():
        raise OccupiedFolderError(f"{folder} is a file; name a folder")
    found = _files(folder)
    if others := [name for name in found if name not in ours]:
        raise OccupiedFolderError(f"{folder} holds what was not exported ({_some(others)}); choose an empty folder")
    if changed := [name for name in found if _digest(folder / name) not in ours[name]]:
        raise OccupiedFolderError(f"{folder} was changed since its export ({_some(changed)}); choose an empty folder")


def _files(folder: Path) -> list[str]:
    paths = (path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    names = sorted(path.relative_to(folder).as_posix() for path in paths)
    return [name for name in names if name != MARKER and not name.startswith(_WRITING)]


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} and {len(names) - _NAMED} more"


def _mark(folder: Path, kind: str, files: _Ours) -> None:
    text = json.dumps({"kind": kind, "files": files}, ensure_ascii=False, indent=0, sort_keys=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=_WRITING)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(name, folder / MARKER)


def _remove_empty(folder: Path) -> None:
    for path in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
