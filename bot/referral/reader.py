"""Reads the tables of a release document one after the other and keeps what is wrong with them."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from bot.referral.entry import Entry
from bot.referral.numbers import UnknownNumber, fill
from bot.referral.problem import ContentError, Problem
from bot.referral.shape import Misfit, shaped

T = TypeVar("T")
_LACKS = "no published number for"
#: A release document: file path under data/ → its tables (TOML, dates as ISO text).
Document = Mapping[str, Mapping[str, Any]]


class Reader:
    """Reads table after table of one document; `problems` grows with what is wrong."""

    def __init__(self, document: Document) -> None:
        """Begin with nothing wrong."""
        self.document = document
        self.problems: list[Problem] = []

    def table(self, file: str, kind: type[T], raw: Any = None, at: str = "") -> T | None:
        """Return a table with its type, or None after noting what is wrong."""
        if raw is None and file not in self.document:
            self.problems.append(Problem(file, "", "is missing"))
            return None
        try:
            return shaped(file, self.document[file] if raw is None else raw, kind, at)
        except Misfit as misfit:
            self.problems.extend(misfit.problems)
            return None

    def files(self, folder: str) -> list[tuple[str, str]]:
        """List (file, stem) of a folder of the document, in order."""
        found = [f for f in self.document if f.startswith(f"{folder}/") and f.endswith(".toml")]
        return [(f, f.removeprefix(f"{folder}/").removesuffix(".toml")) for f in sorted(found)]

    def stop_on_problems(self) -> None:
        """Raise ContentError when anything was wrong so far.

        Sentences that lack a number because an entry could not be read say nothing new: they are left out.
        """
        own = [p for p in self.problems if not p.message.startswith(_LACKS)]
        if any(p.file.startswith("entries/") for p in own):
            raise ContentError(tuple(own))
        if self.problems:
            raise ContentError(tuple(self.problems))


def filled(reader: Reader, file: str, raw: Any, entries: Mapping[str, Entry]) -> Any:
    """Put the published numbers into the sentences of a file; other files are returned as they are."""
    if not file.startswith(("topics/", "wording/")):
        return raw
    stem = file.rpartition("/")[2].removesuffix(".toml")

    def change(text: str, path: str, language: str) -> str:
        try:
            return fill(text, entries, language or stem)
        except UnknownNumber as unknown:
            reader.problems.append(Problem(file, path, f"{_LACKS} {unknown.args[0]}"))
            return text

    return _walk(raw, "", change)


def _walk(raw: Any, path: str, change: Callable[[str, str, str], str], key: str = "") -> Any:
    if isinstance(raw, Mapping):
        return {k: _walk(v, f"{path}.{k}".lstrip("."), change, k if len(k) == 2 else key) for k, v in raw.items()}
    if isinstance(raw, list):
        return [_walk(v, f"{path}[{i}]", change, key) for i, v in enumerate(raw)]
    return change(raw, path, key) if isinstance(raw, str) and "{" in raw else raw
