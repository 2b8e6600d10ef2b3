"""Which files of a folder or a zip are its data: found by their form, in one folder, with what stands beside them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.directory.note import Level, Where
from bot.directory.reading.findings import BrokenError, Findings, shown
from bot.directory.reading.form import Form, form_of
from bot.directory.reading.kinds import MAIN, kind_named
from bot.directory.reading.source import Source, source_at

DESCRIPTOR = "datapackage.json"
#: How the name of a file one folder above the data begins.
ABOVE = "../"
TABLES = (".csv", ".tsv", ".tab")
JSONS = (".json", ".jsonl", ".ndjson", ".geojson")
_BOOKS = (".xlsx", ".xlsm")
#: What everybody puts beside data and nobody needs to hear of.
_QUIET = re.compile(r"(licen[cs]e|copying|notice|readme|changelog|thumbs\.db|desktop\.ini|_headers|_redirects)", re.I)
#: Of so many files it is said why they are not the data, where nothing is.
_MOST_SAID = 5
_HIDDEN = ("__macosx", "__pycache__", "node_modules")


@dataclass(frozen=True, slots=True)
class Layout:
    """The data files of a directory, in the order of their names, and what stands beside them."""

    data: tuple[Source, ...]
    descriptor: Source | None = None
    mappings: tuple[Source, ...] = ()


def layout_of(sources: Sequence[Source], findings: Findings) -> Layout:
    """Return which files are the data. What is passed over gets a note; that there is no data, or two of it, a problem.

    A folder that holds services wins over one that holds other data, the top over folders inside it.
    """
    visible = [source for source in sources if not _is_quiet(source.name)]
    by_folder: dict[str, list[Source]] = {}
    for source in visible:
        if _may_be_data(source):
            by_folder.setdefault(source.folder, []).append(source)
    if not by_folder:
        findings.problem("no data that can be read: JSON, CSV or a spreadsheet (.xlsx) is needed")
        for source in visible[:_MOST_SAID]:
            findings.problem(f"{source.name}: {_why_not(source)}")
        return Layout(())
    folder = _the_folder(by_folder, findings)
    if folder is None:
        return Layout(())
    if folder:
        findings.note(Level.INFERRED, Where(folder), "the data stand in this folder further down; it was read")
    _say_what_is_passed_over(visible, folder, by_folder, findings)
    beside = [source for source in visible if _is_above(source.folder, folder)]
    descriptor = next((source for source in reversed(beside) if source.base.lower() == DESCRIPTOR), None)
    data = (replace(source, name=source.base) for source in sorted(by_folder[folder], key=_by_name))
    return Layout(tuple(data), descriptor, tuple(filter(_is_mapping, beside)))


def _by_name(source: Source) -> str:
    return source.name


def _is_quiet(name: str) -> bool:
    steps = name.lower().split("/")
    return any(step.startswith((".", "~$")) or step in _HIDDEN for step in steps) or bool(_QUIET.match(steps[-1]))


def mappings_above(folder: Path) -> tuple[Source, ...]:
    """Return the mapping files that lie one folder above: data that came with one often stand in a folder below it."""
    try:
        found = [path for path in folder.parent.iterdir() if "mapping" in path.name.lower()]
        return tuple(source_at(path, f"{ABOVE}{path.name}") for path in sorted(found) if _is_named_mapping(path.name))
    except OSError:
        return ()


def _is_named_mapping(name: str) -> bool:
    return name.lower().endswith((".toml", ".yaml", ".yml")) and shown(name) == name


def _is_mapping(source: Source) -> bool:
    name = source.base.lower()
    return name.endswith(".toml") or (name.endswith((".yaml", ".yml")) and "mapping" in name)


def _may_be_data(source: Source) -> bool:
    if source.base.lower() == DESCRIPTOR:
        return False
    if source.suffix in (*TABLES, *JSONS, *_BOOKS):
        return True
    # The files of a paged site have no ending.
    return not source.suffix and kind_named(source.base) != ""


def _the_folder(by_folder: dict[str, list[Source]], findings: Findings) -> str | None:
    rank = {folder: any(kind_named(source.base) in MAIN for source in found) for folder, found in by_folder.items()}
    best = [folder for folder in by_folder if rank[folder] == max(rank.values())]
    if "" in best:
        return ""
    depth = min(folder.count("/") for folder in best)
    nearest = [folder for folder in best if folder.count("/") == depth]
    if len(nearest) > 1:
        told = ", ".join(f"{folder} ({_some(by_folder[folder])})" for folder in sorted(best)[:_MOST_SAID])
        findings.problem(
            f"several folders hold data, each a directory by itself: {told}. Name the one to read (of a zip: unpack it"
            " first)"
        )
        return None
    return nearest[0]


def _some(found: Sequence[Source]) -> str:
    names = sorted(source.base for source in found)
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _say_what_is_passed_over(
    visible: Iterable[Source], folder: str, by_folder: dict[str, list[Source]], findings: Findings
) -> None:
    passed: Counter[str] = Counter()
    for other, found in by_folder.items():
        if other != folder:
            # Told by the outermost folder: a site of an API has one for every service.
            below = f"{folder}/" if folder and other.startswith(f"{folder}/") else ""
            passed[below + other.removeprefix(below).partition("/")[0]] += len(found)
    for other, count in passed.items():
        what = "other data in another folder were not read"
        findings.note(Level.DROPPED, Where(other or "the top folder"), what, f"files: {count}")
    for source in visible:
        if source.folder != folder or _may_be_data(source) or _is_mapping(source) or source.base.lower() == DESCRIPTOR:
            continue
        findings.note(Level.DROPPED, Where(source.name), _why_not(source))


def _why_not(source: Source) -> str:
    try:
        form, why = form_of(source.head())
    except BrokenError:
        return "could not be looked at; was not read"
    if form == Form.ZIP:
        return "is a zip inside; such are not opened, unpack it if its data are wanted"
    return f"was not read: {why}" if why else "was not read: its name does not end like that of data"


def _is_above(folder: str, inner: str) -> bool:
    return folder in ("", inner) or inner.startswith(f"{folder}/")
