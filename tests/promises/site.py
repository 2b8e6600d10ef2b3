"""A place of its own for a swept line: everything its processes may write to lies in one folder, and is searched."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

from bot.drill import secrets_found
from bot.drill.digests import Secret
from bot.storage.copy import NAME
from bot.storage.everything import every_value
from tests.e2e.running import Home, RunningLine, eventually
from tests.promises.canaries import Flock
from tests.promises.evidence import Evidence
from tests.promises.last_four import alone

#: Where the system tells of its processes, as on Linux.
PROC = Path("/proc/self/maps").exists()
#: All of the caller's environment that a swept line gets to see.
_INHERITED = ("PATH", "LANG", "LD_LIBRARY_PATH")
_REGION = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw")
#: More is no value of Redis but room it has not used.
_MOST_MEMORY = 256 * 1024 * 1024


@dataclass
class SweptHome(Home):
    """Settings with a home and a temporary folder of their own, and nothing of the caller's."""

    @property
    def environ(self) -> dict[str, str]:
        """The whole environment of its processes."""
        kept = {*_INHERITED, *self.changes}
        return {n: value for n, value in super().environ.items() if n in kept or os.environ.get(n) != value}


@dataclass
class Site:
    """The folder of a sweep, its lines, and what was found in it so far; `also` is one more folder to search."""

    folder: Path
    database_url: str
    changes: dict[str, str | None] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=Evidence)
    environs: list[dict[str, str]] = field(default_factory=list)
    also: Path | None = None
    tokens: tuple[str, str] = field(default_factory=lambda: (token_hex(16), token_hex(16)))

    def home(self, name: str, program: tuple[str, ...] = ("-m", "bot.cli")) -> SweptHome:
        """Return settings for one process, with a working folder of its own."""
        for part in (name, "home", "tmp"):
            (self.folder / part).mkdir(exist_ok=True)
        changes = {
            "DATABASE_URL": self.database_url,
            "CACHE_DIR": str(self.folder / "cache"),
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "COUNTS_FLUSH_SECONDS": "1",
            "FORGET_AFTER_SECONDS": "2",
            "SENDER_BUDGET_PER_5_MIN": "5",
            **self.changes,
        }
        made = SweptHome(self.folder / name, self.tokens, changes, program)
        self.environs.append(made.environ)
        return made

    def new_flock(self) -> Flock:
        """Take note of all there is, and return a flock without a canary: none can stand in what was there before."""
        # A line copies its release to disk in the background.
        eventually((self.folder / "cache" / NAME).exists, "the copy of the release")
        taken = set()
        for _, data in (*self.files(), *self.rows()):
            self.evidence.know(data)
            taken |= alone(data)
        return Flock(taken)

    def seize(self) -> None:
        """Collect every file and every row."""
        for place, data in (*self.rows(), *self.files()):
            self.evidence.add(place, data)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Give every file below the folders, and the names of all."""
        for folder in filter(None, (self.folder, self.also)):
            names = sorted(folder.rglob("*"))
            yield "names of files", "\n".join(str(path.relative_to(folder)) for path in names).encode()
            for path in names:
                with suppress(FileNotFoundError):
                    if stat.S_ISREG(path.lstat().st_mode):
                        yield str(path.relative_to(folder)), path.read_bytes()

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Give every value of the database."""
        for table, column, held in every_value(self.database_url):
            yield f"{table}.{column}", bytes(held) if isinstance(held, bytes) else str(held).encode()

    def secrets(self) -> list[Secret]:
        """Return every secret in the environments of the lines and in what was found on disk."""
        found = [secret for environ in self.environs for secret in secrets_found.in_environment(environ)]
        found += secrets_found.in_values(every_value(self.database_url))
        found += secrets_found.in_files(path for path in self.folder.rglob("*") if path.is_file())
        return list({secret.data: secret for secret in found}.values())


def seize_process(line: RunningLine, evidence: Evidence) -> None:
    """Collect what the system knows of a running line: environment, command line, open files, deleted ones too."""
    if not PROC:
        return
    process = Path(f"/proc/{line.process.pid}")
    for name in ("environ", "cmdline", "status"):
        evidence.add(f"process: {name}", (process / name).read_bytes())
    for handle in sorted((process / "fd").iterdir()):
        with suppress(FileNotFoundError):
            name = os.readlink(handle)
            evidence.add("process: names of open files", name.encode())
            if name.endswith("(deleted)") and handle.stat().st_size:
                evidence.add("process: an open file without a name", handle.read_bytes())


def memory_of(pid: int) -> Iterator[bytes]:
    """Give the memory a process may write to. Raises OSError where the system does not allow it."""
    if not PROC:
        return
    regions = [(int(a, 16), int(b, 16)) for a, b in _REGION.findall(Path(f"/proc/{pid}/maps").read_text())]
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for begin, end in regions:
            if end - begin <= _MOST_MEMORY:
                memory.seek(begin)
                with suppress(OSError):  # a page that was given back
                    yield memory.read(end - begin)
