"""A data/ directory, read into a document."""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]

POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Something a person has to correct in a file; `line` counts from 1, None when no line is to blame."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


class DataFilesError(Exception):
    """A data directory was read and some of its files could not be understood."""

    def __init__(self, problems: list[FileProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def data_dir(environ: Mapping[str, str], package: Path = PACKAGE) -> Path:
    """Find the default release: DATA_DIR, else the installed package's copy, else the checkout's data/."""
    if chosen := environ.get("DATA_DIR"):
        return Path(chosen)
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent / "data"


def read_document(folder: Path) -> dict[str, Any]:
    """Read every .toml file below a folder into one document, keyed by its path ("topics/food.toml").

    Days and times of day become ISO strings. Keys are sorted, as they come back from a release, so content
    behaves the same before and after it was published. Hidden files are left alone.
    Raises DataFilesError with every problem of every file.
    """
    if not folder.is_dir():
        raise DataFilesError([FileProblem(str(folder), None, "there is no such directory")])
    problems: list[FileProblem] = []
    document: dict[str, Any] = {}
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder)
        if not any(part.startswith(".") for part in name.parts):
            document[name.as_posix()] = _read_file(path, name.as_posix(), problems)
    if not document:
        problems.append(FileProblem(str(folder), None, "there is no .toml file in this directory"))
    if problems:
        raise DataFilesError(problems)
    return dict(sorted(document.items()))


def _read_file(path: Path, name: str, problems: list[FileProblem]) -> Any:
    source = b""
    try:
        source = path.read_bytes()
        values = tomllib.loads(source.decode("utf-8-sig"))
    except OSError as error:
        problems.append(FileProblem(name, None, f"cannot be read: {error.strerror}"))
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        problems.append(FileProblem(name, line, f"byte 0x{error.object[error.start]:02x} is not UTF-8"))
    except tomllib.TOMLDecodeError as error:
        problems.append(_syntax_problem(name, str(error), source))
    except RecursionError:
        problems.append(FileProblem(name, None, "nested too deeply"))
    else:
        return _plain(values, name, "", problems)
    return None


def _syntax_problem(name: str, words: str, source: bytes) -> FileProblem:
    found = POSITION.search(words)
    message = POSITION.sub("", words)
    if message == "Cannot overwrite a value":
        message = "this key stands twice"
    if found and found[1]:
        return FileProblem(name, int(found[1]), message)
    return FileProblem(name, source.rstrip().count(b"\n") + 1, f"{message}: the file ends too early")


def _plain(value: Any, name: str, key: str, problems: list[FileProblem]) -> Any:
    """Turn what TOML can say into what JSON can say."""
    if isinstance(value, dict):
        inside = sorted(value.items())
        return {word: _plain(part, name, f"{key}.{word}".strip("."), problems) for word, part in inside}
    if isinstance(value, list):
        return [_plain(part, name, f"{key}[{place}]", problems) for place, part in enumerate(value)]
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        problems.append(FileProblem(name, None, f"{key}: {value} is not a number that can be stored"))
    return value
