"""The files of a folder and of the folders inside it: never through a link, never without end."""

import os
from collections.abc import Iterator
from pathlib import Path

from bot.directory.note import Level, Where
from bot.directory.reading.findings import Findings, shown
from bot.directory.reading.source import Source, source_at


def folder_sources(folder: Path, findings: Findings) -> list[Source]:
    """Return the regular files below a folder, in the order of their names; links and devices get a note."""
    limits = findings.limits
    sources: list[Source] = []
    for path, name in _walk(folder, "", findings):
        try:
            source = source_at(path, name)
        except OSError:
            findings.problem(f"{name}: could not be looked at")
            continue
        sources.append(source)
        if len(sources) > limits.files:
            findings.problem(f"the folder holds more than {limits.files} files")
            break
    return sources


def _walk(folder: Path, inside: str, findings: Findings) -> Iterator[tuple[Path, str]]:
    try:
        found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = "may not be read with the rights this program has" if isinstance(error, PermissionError) else ""
        findings.problem(f"{inside or 'the folder'}: {reason or 'could not be looked into'}")
        return
    for entry in found:
        # A name that is not UTF-8 comes with lone surrogates, which nothing could print or store.
        name = shown(inside + os.fsencode(entry.name).decode("utf-8", "replace"))
        if entry.is_symlink():
            findings.note(Level.DROPPED, Where(name), "is a link to somewhere else; links are not followed")
        elif entry.is_dir():
            if name.count("/") + 1 >= findings.limits.levels:
                findings.note(Level.DROPPED, Where(name), "stands too deep inside other folders; was not read")
            else:
                yield from _walk(Path(entry.path), f"{name}/", findings)
        elif entry.is_file():
            yield Path(entry.path), name
        else:
            findings.note(Level.DROPPED, Where(name), "is not a file but a device or a pipe; was not read")
