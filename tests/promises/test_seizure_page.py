"""docs/what-a-seizure-yields.md lists what there is: nothing is missing from it, and nothing on it is made up."""

import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.counts.cell import Table
from bot.counts.tally import Tally
from bot.line.memory.interface import Allowances
from bot.line.memory.redis_memory import RedisMemory
from bot.line.memory.redis_server import connect
from bot.line.provider import transport
from bot.line.quiet_logs import QuietFilter
from bot.reckoning import Flushing
from bot.referral.answer import answer
from bot.referral.document import parse
from bot.storage.database import watch
from bot.storage.staff.tables import StaffBase
from bot.storage.tables import Base
from tests.e2e.running import Home, RunningLine, running
from tests.line.memory.redis_server import RedisServer, free_port
from tests.line.standins import FakeSource, House, make_settings
from tests.promises import inventory

#: Conversations that go every way through what understands a text and puts a reply together.
TALKS = (
    ("food 90057", "MORE", "food", "food"),
    ("i am scared",),
    ("need a lawyer or food", "1"),
    ("i am 16 and need a bed",),
    ("quiero comida en 60559",),
    ("zzqx qwrtzp", "zzqx"),
    ("suicide", "is it legal"),
    ("bed", "X"),
    ("bed 60559", "no answer"),
    ("stop texting me",),
)


@pytest.fixture(scope="module")
def seizure_page(root: Path) -> str:
    return (root / "docs" / "what-a-seizure-yields.md").read_text("utf-8")


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


def rows(page: str, heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its first two lines."""
    parts = re.split(rf"^#+ {re.escape(heading)}\n", page, flags=re.MULTILINE)
    lines = re.split(r"^#", parts[1], maxsplit=1, flags=re.MULTILINE)[0].splitlines() if len(parts) == 2 else []
    return [line.strip("|").split("|") for line in lines if line.startswith("|")][2:]


def listed(page: str, heading: str) -> list[str]:
    """Return the names in the first column of that table."""
    return [name for row in rows(page, heading) for name in re.findall(r"`([^`]+)`", row[0])]


def check(page: str, facts: Mapping[str, Iterable[str]]) -> list[str]:
    """Return what differs between the tables under some headings and what there is."""
    problems = []
    for heading, names in facts.items():
        said, there = Counter(listed(page, heading)), set(names)
        problems += [f"{heading}: {name} is missing" for name in sorted(there - said.keys())]
        problems += [f"{heading}: {name} does not exist" for name in sorted(said.keys() - there)]
        problems += [f"{heading}: {name} stands there twice" for name, n in sorted(said.items()) if n > 1]
    return problems


SMALL = "# Page\n\n## Database\n\nWords.\n\n| Name | x |\n|---|---|\n| `a.b` `a.c` | y |\n| `a.d` | `z` |\n\n## Files\n"


@pytest.mark.parametrize(
    ("facts", "problems"),
    [
        pytest.param({"Database": ["a.b", "a.c", "a.d"]}, [], id="equal"),
        pytest.param({"Database": ["a.b", "a.c", "a.d", "a.e"]}, ["Database: a.e is missing"], id="a new column"),
        pytest.param({"Database": ["a.b", "a.d"]}, ["Database: a.c does not exist"], id="a row too many"),
        pytest.param({"Files": ["f"]}, ["Files: f is missing"], id="no table"),
        pytest.param({"Memory": ["m"]}, ["Memory: m is missing"], id="no heading"),
    ],
)
def test_what_differs_is_told(facts: dict[str, list[str]], problems: list[str]) -> None:
    assert check(SMALL, facts) == problems


def test_a_name_that_stands_there_twice_is_told() -> None:
    assert check(SMALL.replace("`a.d`", "`a.c`"), {"Database": ["a.b", "a.c"]}) == ["Database: a.c stands there twice"]


def test_what_is_added_to_the_program_or_to_the_page_is_told(seizure_page: str) -> None:
    columns = listed(seizure_page, "Database")
    texter = "count_open.texter"
    assert check(seizure_page, {"Database": [*columns, texter]}) == [f"Database: {texter} is missing"]
    longer = seizure_page.replace("| `release.note` |", f"| `release.note` `{texter}` |")
    assert check(longer, {"Database": columns}) == [f"Database: {texter} does not exist"]


def test_database_settings_commands_and_network(seizure_page: str) -> None:
    tables = (*Base.metadata.tables.values(), *StaffBase.metadata.tables.values())
    columns = [f"{table.name}.{column.name}" for table in tables for column in table.columns]
    asked = inventory.settings_asked_for()
    elsewhere = {name for name in asked if name.endswith("_URL") and not name.endswith("_BASE_URL")}
    facts: dict[str, Iterable[str]] = {
        "Database": [*columns, "alembic_version.version_num"],
        "Figures": list(Table),
        "Settings": asked,
        "Commands": inventory.commands_of(main),
        "Network": elsewhere | transport._SIGNED_IN | {transport.BINS},
        "Doors": {rule.rule for rule in House(make_settings()).app.url_map.iter_rules()},
    }
    assert check(seizure_page, facts) == []


def test_memory(seizure_page: str, default_document: Mapping[str, Any]) -> None:
    content, tally = parse(dict(default_document)), Tally()  # a fresh one, which has made nothing yet
    house = House(make_settings(sender_budget_per_5_min=2), FakeSource(content), answer, tally=tally)
    made = inventory.made_while(lambda: [house.text(text, From=f"+1310555010{n}") for n, text in chatter()])
    tally.take()
    away = connect(f"redis://127.0.0.1:{free_port()}/0")
    shared, flushing = RedisMemory(away, Allowances()), Flushing(watch("sqlite:///never.db"), tally)
    held = inventory.reachable(house.app.extensions["quietline"].memory, tally, flushing, shared, QuietFilter())
    away.close()
    held -= {f"quiet_logs.QuietFilter.{name}" for name in ("name", "nlen")}  # of logging itself
    # The classes that understand texts are many, and change: their names will do.
    passing = {inventory.name_of(kind) for kind in made if ".referral." in kind.__module__}
    passing |= {name for kind in made if ".referral." not in kind.__module__ for name in inventory.fields_of(kind)}
    passing -= held | {name.rpartition(".")[0] for name in held}
    assert check(seizure_page, {"Memory of a running line": held, "While a text is answered": passing}) == []


def chatter() -> list[tuple[int, str]]:
    return [(n, text) for n, talk in enumerate(TALKS) for text in talk]


def test_redis(seizure_page: str, redis: RedisServer) -> None:
    with redis.client() as client, connect(redis.url) as ours:
        lives = inventory.keys_while_used(RedisMemory(ours, Allowances(20, 1)), client)
    assert check(seizure_page, {"Redis": lives}) == []
    said = {name: float(row[1]) for row in rows(seizure_page, "Redis") for name in re.findall(r"`([^`]+)`", row[0])}
    assert all(0 < lives[kind] <= said[kind] for kind in said), lives
    # Nor does the page say much more than is true; when a day's key dies depends on the hour.
    assert all(lives[kind] > said[kind] - 2 for kind in said if "<day>" not in kind), lives


def test_files(seizure_page: str, tmp_path: Path, small: Path) -> None:
    home, noted, temporary = Home(tmp_path / "home"), tmp_path / "noted", tmp_path / "tmp"
    for folder in (temporary, home.folder, home.folder / "instance"):
        folder.mkdir()
    shutil.copy(small, home.folder / "instance" / "quietline.db")  # read in no time
    home.program = ("-c", inventory.WATCHED)
    home.changes = {"DATABASE_URL": None, "CACHE_DIR": None, "TMPDIR": str(temporary), "WATCHED": str(noted)}
    home.changes |= {"COUNTS_FLUSH_SECONDS": "1", "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(tmp_path / "nowhere")}
    home.init()
    with running(home) as line:
        texted(line)
        with closing(sqlite3.connect(home.folder / "instance" / "quietline.db")) as reader:
            reader.execute("SELECT count(*) FROM count_open").fetchall()
            found = names_in(home.folder)
    killed = RunningLine(home)
    texted(killed)
    killed.process.kill()
    killed.stop()
    found |= names_in(home.folder) | {"standard output"} | names_in(temporary)
    found |= {name.removeprefix(f"{home.folder}/") for name in noted.read_text().splitlines()}
    patterns = listed(seizure_page, "Files")
    there = {next((pattern for pattern in patterns if fnmatchcase(name, pattern)), name) for name in found}
    assert check(seizure_page, {"Files": there}) == []


def texted(line: RunningLine) -> None:
    for _, text in chatter():
        assert line.text(text).status == 200


def names_in(folder: Path) -> set[str]:
    """Return the files below a folder; the one that a line's standard error goes to by what it is."""
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return {"standard error" if name == "stderr" else name for name in found}
