"""Break the code in every small way, and see which breaks no test notices: what docs/mutation.md lists.

    python -m tests.mutants bot.referral.crisis bot.referral.command -- tests/referral/test_crisis.py ...

Needs mutmut (3.8 or newer, below 4) beside what the tests need. It makes the mutants; they are tried here, because
collecting the tests again for each of them takes most of the time: they are collected once, and a fork of that process
runs them for one mutant, until one fails. The tree is copied to build/mutants first; nothing else is changed.
"""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "build" / "mutants" / "main"
TOLD = ROOT / "build" / "mutants" / "told.json"
#: What the made code looks at to know which mutant it is to be.
CHOSEN = "MUTANT_UNDER_TEST"
#: Seconds of CPU that all tests together may take with one mutant in place.
PATIENCE = 30
_MADE = re.compile(r"^ *def (x[^(]*__mutmut_\d+)\(", re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Make the mutants of some modules and try the tests on them; return what pytest returns."""
    at = arguments.index("--")
    shutil.rmtree(COPY.parent, ignore_errors=True)
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

    path.write_text(mutate_file_contents(str(path.relative_to(COPY)), path.read_text("utf-8"), None, set()).code)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try every mutant, instead of running the tests once, and write what became of each to build/mutants/told.json."""
    if not _all_pass(session.items):
        raise pytest.UsageError("a test fails without any mutant")
    told: dict[str, str] = {}
    for module in os.environ["MUTANTS_OF"].split():
        code = Path(f"{module.replace('.', '/')}.py").read_text("utf-8")
        found = {f"{module}.{name}": _tried(session.items, f"{module}.{name}") for name in _MADE.findall(code)}
        sys.stderr.write(f"{module}: {dict(Counter(found.values()))}\n")
        told |= found
    Path(os.environ["MUTANTS_TOLD"]).write_text(json.dumps(told, indent=1), "utf-8")
    return True


def _tried(items: list[pytest.Item], mutant: str) -> str:
    """Say whether a mutant was killed, survived or took too long."""
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        return "timeout" if os.WIFSIGNALED(status) else "killed" if os.WEXITSTATUS(status) else "survived"
    os.environ[CHOSEN] = mutant
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + PATIENCE
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    try:
        os._exit(0 if _all_pass(items) else 1)
    except BaseException:
        os._exit(1)


def _all_pass(items: list[pytest.Item]) -> bool:
    """Run tests until one fails."""
    reports: list[pytest.TestReport] = []
    for item, following in zip(items, [*items[1:], items[0]], strict=True):
        reporting = item.config.pluginmanager.getplugin("runner")
        reports = reporting.runtestprotocol(item, log=False, nextitem=following)
        if any(report.failed for report in reports):
            return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
