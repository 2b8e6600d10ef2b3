"""Break the code in every small way, and see which breaks no test notices: what docs/mutation.md lists.

    python -m tests.mutants bot.referral.crisis bot.referral.command -- tests/referral/test_crisis.py ...
    python -m tests.mutants --again bot.referral.crisis -- tests/referral/test_crisis.py ...

The second tries only what survived the last time, as long as the code is the same: for new tests.

Needs mutmut (3.8 or newer, below 4) beside what the tests need. It makes the mutants; they are tried here, because
collecting the tests again for each of them takes most of the time: they are collected once, and a fork of that process
runs for one mutant those that reach the broken function, until one fails: first the quick ones that have killed most.
The tree is copied to build/mutants first; nothing else is changed.
"""

import gc
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from types import FrameType

import pytest

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "build" / "mutants" / "main"
TOLD = ROOT / "build" / "mutants" / "told.json"
#: What the made code looks at to know which mutant it is to be.
CHOSEN = "MUTANT_UNDER_TEST"
#: Seconds of CPU that all tests together may take with one mutant in place.
PATIENCE = 10
#: mutmut leaves whatever is decorated as it is; what a property does is put beside it, as a method, to be broken too.
_PROPERTY = re.compile(r"^( +)@property\n +def (\w+)\(self\)( -> .*):\n", re.MULTILINE)
_AS_METHOD = r"\1@property\n\1def \2(self)\3:\n\1    return self._do_\2()\n\n\1def _do_\2(self)\3:\n"
_MADE = re.compile(r"^ *def (x[^(]*__mutmut_\d+)\(", re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Make the mutants of some modules and try the tests on them; return what pytest returns."""
    again, arguments = arguments[:1] == ["--again"], [one for one in arguments if one != "--again"]
    at = arguments.index("--")
    shutil.rmtree(COPY, ignore_errors=True)
    if not again:
        TOLD.unlink(missing_ok=True)
    ignored = shutil.ignore_patterns(".*", "build", "instance", "node_modules", "__pycache__")
    shutil.copytree(ROOT, COPY, ignore=ignored)
    with (COPY / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write('\n[tool.mutmut]\nsource_paths = ["bot"]\n')  # mutmut looks for it when it is imported
    os.chdir(COPY)
    for module in arguments[:at]:
        _mutate(COPY / f"{module.replace('.', '/')}.py")
    ours = {"MUTANTS_OF": " ".join(arguments[:at]), "MUTANTS_TOLD": str(TOLD), "PYTHONPATH": str(COPY), CHOSEN: ""}
    options = ["-p", "tests.mutants", "-p", "no:cacheprovider", "-p", "no:xdist", "-q"]
    call = [sys.executable, "-m", "pytest", *options, *arguments[at + 1 :]]
    return subprocess.run(call, cwd=COPY, env={**os.environ, **ours}, check=False).returncode


def _mutate(path: Path) -> None:
    from mutmut.mutation.file_mutation import mutate_file_contents  # type: ignore[import-not-found]  # not locked

    code = _PROPERTY.sub(_AS_METHOD, path.read_text("utf-8"))
    path.write_text(mutate_file_contents(str(path.relative_to(COPY)), code, None, set()).code)


@dataclass(slots=True)
class Tests:
    """The tests, what each of them reaches and takes, and how many mutants each has killed."""

    items: list[pytest.Item]
    reach: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    seconds: dict[int, float] = field(default_factory=dict)
    kills: Counter[int] = field(default_factory=Counter)

    def trace(self) -> bool:
        """Run every test once without any mutant, and see which functions it reaches; return whether all passed."""
        for number, item in enumerate(self.items):

            def seen(frame: FrameType, event: str, _: object, number: int = number) -> None:
                if event == "call" and frame.f_code.co_name.endswith("__mutmut_orig"):
                    name = f"{frame.f_globals['__name__']}.{frame.f_code.co_name}"
                    self.reach[name.removesuffix("__mutmut_orig")].add(number)

            began = process_time()
            threading.setprofile(seen)
            sys.setprofile(seen)
            try:
                passed = _passes(item, self.items[(number + 1) % len(self.items)])
            finally:
                sys.setprofile(None)
                threading.setprofile(None)
            self.seconds[number] = process_time() - began
            if not passed:
                return False
        return True

    def of(self, mutant: str) -> list[int]:
        """Return the tests that reach what a mutant breaks: those that kill most in the least time first."""
        found = self.reach.get(mutant.rpartition("__mutmut_")[0], set())
        return sorted(found, key=lambda number: (self.seconds[number] + 0.005) / (self.kills[number] + 0.2))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try every mutant, instead of running the tests once, and write what became of each to build/mutants/told.json."""
    tests = Tests(session.items)
    if not tests.trace():
        raise pytest.UsageError("a test fails without any mutant")
    gc.freeze()  # what a fork does not touch need not be copied for it
    last = Path(os.environ["MUTANTS_TOLD"])
    told: dict[str, str] = json.loads(last.read_text("utf-8")) if last.exists() else {}
    for module in os.environ["MUTANTS_OF"].split():
        code = Path(f"{module.replace('.', '/')}.py").read_text("utf-8")
        found = {
            mutant: "killed" if told.get(mutant) == "killed" else _tried(tests, mutant)
            for mutant in (f"{module}.{name}" for name in _MADE.findall(code))
        }
        sys.stderr.write(f"{module}: {dict(Counter(found.values()))}\n")
        told |= found
        last.write_text(json.dumps(told, indent=1), "utf-8")
    return True


def _tried(tests: Tests, mutant: str) -> str:
    """Say whether a mutant was killed, survived or took too long, or whether no test ever reaches it."""
    numbers = tests.of(mutant)
    if not numbers:
        return "not reached"
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.environ[CHOSEN] = mutant
        _try(tests, numbers, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        killer = pipe.read()
    if os.WIFSIGNALED(os.waitpid(child, 0)[1]):
        return "timeout"
    if killer:
        tests.kills[int(killer)] += 1
    return "killed" if killer else "survived"


def _try(tests: Tests, numbers: list[int], writing: int) -> None:
    """Run tests until one fails, say which, and end this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + PATIENCE
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    killer = -1
    try:
        for killer, following in zip(numbers, [*numbers[1:], None], strict=True):
            if killer == numbers[0]:
                # The tests were set up in another order before.
                tests.items[killer].session._setupstate.teardown_exact(tests.items[killer])
            if not _passes(tests.items[killer], None if following is None else tests.items[following]):
                os.write(writing, str(killer).encode())
                break
    except BaseException:
        os.write(writing, str(killer).encode())
    finally:
        os._exit(0)


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    reporting = item.config.pluginmanager.getplugin("runner")
    return not any(report.failed for report in reporting.runtestprotocol(item, log=False, nextitem=following))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
