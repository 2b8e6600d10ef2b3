"""Open somebody's directory, whatever it came as: a folder, a zip, a JSON or CSV file, a spreadsheet."""

import os
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.directory.reading.archive import archive_sources
from bot.directory.reading.findings import BrokenError, Findings, shown
from bot.directory.reading.folder import folder_sources
from bot.directory.reading.form import Form, form_of
from bot.directory.reading.gathering import gathered
from bot.directory.reading.layout import DESCRIPTOR, Layout, layout_of, mappings_above
from bot.directory.reading.limits import USUAL, Limits
from bot.directory.reading.raw import Opened
from bot.directory.reading.source import Source, source_at


def open_path(path: Path, scratch: Path, *, limits: Limits = USUAL) -> Opened:
    """Return the directory at a path, read once from end to end. What it is, its content says, not its name.

    Nothing is written but below `scratch`, where spreadsheets are taken apart; it must stay while the directory is
    read. Raises UnreadableError with every reason at once.
    """
    findings = Findings(limits)
    name = shown(os.fsencode(path.name or path.absolute().name).decode("utf-8", "replace")) or "the folder"
    try:
        layout = _layout(path.resolve(strict=True), name, findings)
    except BrokenError as error:
        findings.problem(str(error))
    except FileNotFoundError:
        findings.problem(f"{name}: there is no such file or folder")
    except PermissionError:
        findings.problem(f"{name}: may not be read with the rights this program has")
    except (OSError, RuntimeError, ValueError) as error:  # a link that leads to itself; a name with a zero in it
        findings.problem(f"{name}: could not be found ({type(error).__name__})")
    findings.stop_at_problems()
    return gathered(name, layout, scratch, findings)


def _layout(path: Path, name: str, findings: Findings) -> Layout:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        layout = layout_of(folder_sources(path, findings), findings)
        return layout if layout.mappings else replace(layout, mappings=mappings_above(path))
    if not stat.S_ISREG(mode):
        raise BrokenError(f"{name}: is neither a file nor a folder")
    source = source_at(path, name)
    form, why = form_of(source.head())
    if form in (Form.EMPTY, Form.OTHER):
        raise BrokenError(f"{name}: {why}")
    if name.lower() == DESCRIPTOR:
        raise BrokenError(f"{name}: describes the data and holds none; name the folder it stands in")
    return Layout((source,)) if form != Form.ZIP else _layout_of_zip(source, path, findings)


def _layout_of_zip(source: Source, path: Path, findings: Findings) -> Layout:
    inside = Findings(findings.limits)
    members = archive_sources(path, source.name, inside)
    if kind := _office_kind(members):
        if kind != "xl":
            raise BrokenError(f"{source.name}: is {kind}; save it as .xlsx or .csv")
        return Layout((source,))
    findings.take(inside)
    findings.stop_at_problems()
    return layout_of(members, findings)


def _office_kind(members: Sequence[Source]) -> str:
    """Return "xl" for a workbook, what another Office file is, "" for an ordinary zip."""
    names = {member.name.lower() for member in members}
    if "[content_types].xml" in names:
        return "xl" if any(name.startswith("xl/") for name in names) else "a Word or PowerPoint file"
    return "an OpenDocument file" if {"mimetype", "content.xml"} <= names else ""
