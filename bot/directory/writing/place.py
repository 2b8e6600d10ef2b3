"""The folder an export is written to: all of it or nothing, and never over what somebody else put there."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Says that a folder is an export of ours, and what files it then held. Hidden: no tool takes it for data.
MARKER = ".quietline-export"
KIND = "hsds"


class OccupiedFolderError(Exception):
    """A folder was to be written that holds something else than an unchanged export of ours."""


@contextmanager
def written_anew(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside `folder` to write to; it takes the place of `folder` when all is written.

    `folder` may be absent, empty, or hold a former export to which nobody added, took or changed anything. Raises
    OccupiedFolderError before anything is written; whatever is raised while writing leaves `folder` as it was.
    """
    folder = folder.resolve()
    _refuse_others(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(f".{folder.name}.quietline-*"):  # by a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    place = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.quietline-"))
    new, old = place / "new", place / "old"
    try:
        new.mkdir()  # with the rights a new folder has here: a web server has to read it
        yield new
        marker = {"kind": KIND, "files": {}, "held": _held(new)}
        (new / MARKER).write_text(f"{json.dumps(marker)}\n", encoding="utf-8")
        if folder.exists():
            os.rename(folder, old)
        try:
            os.rename(new, folder)
        except OSError:
            if old.exists():
                os.rename(old, folder)
            raise
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _refuse_others(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OccupiedFolderError(f"{folder} is a file; name a folder")
    if not any(folder.iterdir()):
        return
    try:
        marker = json.loads((folder / MARKER).read_bytes())
        is_ours = marker["kind"] == KIND and isinstance(marker["held"], str)
    except (OSError, ValueError, KeyError, TypeError):
        is_ours = False
    if not is_ours:
        raise OccupiedFolderError(f"{folder} holds something that is no export of services; choose an empty folder")
    if marker["held"] != _held(folder):
        raise OccupiedFolderError(
            f"{folder} was changed since its export: a file was added, taken away or edited; choose an empty folder"
        )


def _held(folder: Path) -> str:
    """Return what a folder holds, as one value: the path and size of every file."""
    digest = hashlib.sha256()
    for path, size in sorted(_files(folder, "")):
        if path != MARKER:
            digest.update(f"{path}\0{size}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _files(folder: Path, inside: str) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path), f"{inside}{entry.name}/")
            else:
                yield f"{inside}{entry.name}", entry.stat(follow_symlinks=False).st_size
