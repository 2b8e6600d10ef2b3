"""The rules of the house that no linter checks: sizes, docstrings, imports, names, and a clean lock."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

FILE_LINES = 200
FUNCTION_LINES = {"referral": 25}  # by package; the subject stays the easiest part to read
FUNCTION_LINES_ELSEWHERE = 40
POSITIONAL_ARGUMENTS = 4
DRAWERS = {"common", "constants", "helper", "helpers", "misc", "util", "utils"}
# A migration is written once and never edited, its two functions are named by the tool that runs them.
WRITTEN_ONCE = ("bot", "storage", "migrations")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Rule = Callable[[Path, str], Iterator[str]]


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _lines(function: Function) -> int:
    """Count a function's lines from `def` to its end, its docstring left out."""
    first = function.body[0]
    documented = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def _is_overload(function: Function) -> bool:
    return any("overload" in ast.unparse(decorator) for decorator in function.decorator_list)


def _public(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[str, Function | ast.ClassDef]]:
    """Give every function, class and method a reader may use, with its dotted name."""
    for node in body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        yield inside + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from _public(node.body, f"{inside}{node.name}.")


def long_files(path: Path, source: str) -> Iterator[str]:
    lines = len(source.splitlines())
    if lines > FILE_LINES:
        yield f"{path}: {lines} lines, at most {FILE_LINES}: does it still hold one subject?"


def long_functions(path: Path, source: str) -> Iterator[str]:
    most = FUNCTION_LINES.get(path.parts[1], FUNCTION_LINES_ELSEWHERE)
    for function in _functions(ast.parse(source)):
        lines = _lines(function)
        if lines > most:
            yield f"{path}:{function.lineno}: {function.name} has {lines} lines, at most {most} here"


def undocumented(path: Path, source: str) -> Iterator[str]:
    for name, node in _public(ast.parse(source).body):
        if isinstance(node, Function) and _is_overload(node):
            continue
        if not (ast.get_docstring(node) or "").strip():
            yield f"{path}:{node.lineno}: {name} is public and promises nothing: add a docstring of one line"


def late_imports(path: Path, source: str) -> Iterator[str]:
    for function in _functions(ast.parse(source)):
        for node in ast.walk(function):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = ["bot" if node.level else node.module or ""]
            else:
                continue
            if any(name.split(".")[0] == "bot" for name in names):
                yield f"{path}:{node.lineno}: {function.name} imports our own code; import it at the top"


def crowded_signatures(path: Path, source: str) -> Iterator[str]:
    for function in _functions(ast.parse(source)):
        given = [argument.arg for argument in function.args.posonlyargs + function.args.args]
        count = len([name for name in given if name not in {"self", "cls"}])
        if count > POSITIONAL_ARGUMENTS:
            yield (
                f"{path}:{function.lineno}: {function.name} takes {count} positional arguments, at most "
                f"{POSITIONAL_ARGUMENTS}: put a * before the rest"
            )


def full_package_files(path: Path, source: str) -> Iterator[str]:
    if path.name == "__init__.py" and source.strip():
        yield f"{path}: package files stay empty, so that importing one part never loads another"


def drawers(path: Path, source: str) -> Iterator[str]:
    if {part.removesuffix(".py") for part in path.parts} & DRAWERS:
        yield f"{path}: name the subject it holds instead"


RULES: list[Rule] = [
    long_files,
    long_functions,
    undocumented,
    late_imports,
    crowded_signatures,
    full_package_files,
    drawers,
]
rules = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)


def _applies(rule: Rule, path: Path) -> bool:
    written_once = path.parts[: len(WRITTEN_ONCE)] == WRITTEN_ONCE
    return not (written_once and rule in {long_functions, undocumented})


@rules
def test_our_code_keeps_the_rule(rule: Rule, root: Path) -> None:
    files = [path for path in sorted(root.glob("bot/**/*.py")) if "_data" not in path.parts]
    assert files, "no code found: the rule would hold for nothing"
    broken = [
        finding
        for path in files
        if _applies(rule, path.relative_to(root))
        for finding in rule(path.relative_to(root), path.read_text(encoding="utf-8"))
    ]
    if broken:
        pytest.fail("\n".join(broken), pytrace=False)


BODY = "\n".join("    x = 1" for _ in range(25))
BAD: dict[Rule, tuple[str, str]] = {
    long_files: ("bot/line/sms.py", "x = 1\n" * 201),
    long_functions: ("bot/referral/choose.py", f'def choose() -> None:\n    """Choose."""\n{BODY}\n'),
    undocumented: ("bot/line/sms.py", 'class Door:\n    """A door."""\n\n    def open(self) -> None: ...\n'),
    late_imports: ("bot/app.py", "def make() -> None:\n    if 1:\n        from bot.line import sms\n"),
    crowded_signatures: ("bot/app.py", "class A:\n    def _f(self, a, b, c, d, e): ...\n"),
    full_package_files: ("bot/line/__init__.py", "from bot.line.sms import bp\n"),
    drawers: ("bot/line/utils.py", ""),
}
GOOD: dict[Rule, tuple[str, str]] = {
    long_files: ("bot/line/sms.py", "x = 1\n" * 200),
    long_functions: ("bot/line/sms.py", f'def choose() -> None:\n    """Choose."""\n{BODY}\n'),
    undocumented: (
        "bot/line/sms.py",
        'def _own() -> None: ...\n\n\ndef seen() -> None:\n    """Be seen."""\n',
    ),
    late_imports: ("bot/app.py", "from bot.line import sms\n\n\ndef make() -> None:\n    import json\n"),
    crowded_signatures: ("bot/app.py", "class A:\n    def f(self, a, b, c, d, *, e, f): ...\n"),
    full_package_files: ("bot/line/__init__.py", "\n"),
    drawers: ("bot/line/memory.py", ""),
}


@rules
def test_the_rule_sees_what_breaks_it_and_no_more(rule: Rule) -> None:
    bad_path, bad_source = BAD[rule]
    good_path, good_source = GOOD[rule]
    assert len(list(rule(Path(bad_path), bad_source))) == 1
    assert not list(rule(Path(good_path), good_source))


def test_the_lock_pins_and_hashes_everything_and_names_no_host(root: Path) -> None:
    lines = (root / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith((" ", "#"))]
    unhashed = [line for line in pins if not re.fullmatch(r"[a-z0-9-]+==\S+( ; .+)? \\", line)]
    assert len(pins) > 20
    assert not unhashed
    assert not [line for line in lines if re.search(r"://|file:|--(extra-)?index|--find-links|/(home|work|tmp)/", line)]


def test_the_node_lock_names_no_host(root: Path) -> None:
    locks = [path for path in root.glob("tests/*/package-lock.json")]
    for lock in locks:
        packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
        assert not [name for name, package in packages.items() if "resolved" in package], lock
    assert locks or not list(root.glob("tests/*/package.json")), "package.json without its lock"


@pytest.mark.parametrize("command", ["run", "test", "check", "coverage", "eval", "bench", "faults", "thorough"])
def test_make_knows_the_command(command: str, root: Path) -> None:
    assert re.search(rf"^{command}: \.venv/\.ready", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
