"""Bringing the content up to date, as a person at a terminal meets it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from bot.commands import parts
from bot.commands.content import DEFAULT
from bot.referral.problem import ContentError, Problem
from bot.storage import drafts
from bot.storage.database import connect
from bot.storage.document import to_text
from bot.storage.drafts import Draft
from bot.storage.file_writer import write_document
from bot.storage.files import read_document
from bot.storage.releases import publish
from tests.databases import Database, bare_engine, database, engine
from tests.e2e.running import Home
from tests.storage.test_releases import NOON

__all__ = ["bare_engine", "database", "engine"]

Content = Callable[..., Result]
FIRST: dict[str, Any] = {
    "line.toml": {"name": "Line", "limits": {"cap_segments": 3}},
    "entries/westlake.toml": {"entry": [{"id": "a", "name": "A", "keep": True}, {"id": "b", "name": "B"}]},
    "topics/food.toml": {"slug": "food", "examples": {"en": "one\ntwo\n"}},
    "trained.toml": {"weights": [0.1, 0.2]},
}
NEWER: dict[str, Any] = {
    **FIRST,
    "line.toml": {"name": "Line", "limits": {"cap_segments": 4}},
    "entries/westlake.toml": {"entry": [{"id": "a", "name": "A"}, {"id": "c", "name": "C"}]},
    "topics/food.toml": {"slug": "food", "examples": {"en": "one\nthree\n"}},
    "topics/new.toml": {"slug": "new"},
    "trained.toml": {"weights": [0.3]},
}


@pytest.fixture
def content(database: Database, tmp_path: Path) -> Content:
    """Run a command of the group on a database of its own; NEWER is the default that came with the program."""
    write_document(tmp_path / "newer", NEWER)
    environ = {"DATABASE_URL": database.url, "DATA_DIR": str(tmp_path / "newer"), "CACHE_DIR": str(tmp_path / "cache")}

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(parts.content, [str(each) for each in arguments], env=environ)

    return run


@pytest.fixture
def live(engine: Engine) -> None:
    """Publish FIRST as the default of its day."""
    publish(engine, FIRST, note=DEFAULT, now=NOON)


@pytest.fixture
def _fit(monkeypatch: pytest.MonkeyPatch) -> None:
    # What a release must be is tested elsewhere; here only that it is asked.
    def load(document: dict[str, Any]) -> None:
        if document["line.toml"]["limits"].get("cap_segments") == 4 and "topics/new.toml" not in document:
            raise ContentError((Problem("line.toml", "limits", "is too much"), Problem("x.toml", "y", "is wrong")))
        assert "entries/elsewhere.toml" not in document

    monkeypatch.setattr(parts, "load", load)


def good(result: Result) -> str:
    assert (result.exit_code, result.exception) == (0, None), result.output
    return result.stdout


def refused(result: Result) -> str:
    assert result.exit_code == 1, result.output
    assert result.stderr.startswith("Error: ")
    return result.stderr


def waiting(database: Database) -> dict[str, Draft]:
    engine = connect(database.url)
    found = {draft.part: draft for draft in drafts.drafts(engine)}
    engine.dispose()
    return found


@pytest.mark.usefixtures("live")
def test_the_live_release_is_written_as_files(content: Content, tmp_path: Path) -> None:
    assert good(content("export", tmp_path / "out")) == f"Release 1 is in {tmp_path / 'out'}: 4 files.\n"
    assert to_text(read_document(tmp_path / "out")) == to_text(FIRST)
    good(content("export", tmp_path / "out"))
    (tmp_path / "out" / "notes.txt").write_text("mine")
    assert "notes.txt" in refused(content("export", tmp_path / "out"))


@pytest.mark.usefixtures("live")
def test_what_a_newer_default_would_change_is_told_part_by_part(content: Content) -> None:
    assert good(content("diff")).splitlines() == [
        "entries/westlake.toml#a",
        "    keep: yes -> nothing",
        "entries/westlake.toml#b",
        "    is gone there: B",
        "entries/westlake.toml#c",
        "    is new: C",
        "line.toml",
        "    limits.cap_segments: 3 -> 4",
        "topics/food.toml",
        '    examples.en: added "three", gone "two"',
        "topics/new.toml",
        "    is new",
        "trained.toml",
        "    learnt weights differ",
        "7 parts differ. Take what you want as drafts: quietline content take PART...",
    ]


@pytest.mark.usefixtures("live")
def test_what_was_changed_here_is_told_apart(content: Content, engine: Any) -> None:
    changed = {**FIRST, "topics/food.toml": {"slug": "food"}, "line.toml": {"name": "Ours"}}
    publish(engine, {**changed, "extra.toml": {}}, note="ours", now=NOON)
    told = good(content("diff"))
    assert "line.toml (changed here too)\n" in told
    assert "extra.toml" not in told
    assert "1 part differs only because it was changed here; --all shows it." in told
    rows = json.loads(good(content("diff", "--json", "--all")))
    assert {row["part"]: row["changed"] for row in rows}["extra.toml"] == "changed here only"
    assert [row["changes"] for row in rows if row["part"] == "topics/new.toml"] == [
        [{"path": "", "before": None, "after": {"slug": "new"}}]
    ]


@pytest.mark.usefixtures("live")
def test_a_folder_is_compared_as_well(content: Content, tmp_path: Path) -> None:
    good(content("export", tmp_path / "out"))
    assert good(content("diff", tmp_path / "out")) == "Nothing differs.\n"
    assert "no such directory" in refused(content("diff", tmp_path / "none"))


@pytest.mark.usefixtures("live", "_fit")
def test_what_is_taken_waits_as_drafts(content: Content, database: Database) -> None:
    told = good(content("take", "topics/new.toml", "entries/westlake.toml#a", "entries/westlake.toml#b"))
    assert "entries/westlake.toml#b: to be removed" in told
    assert "two people" in told
    assert waiting(database) == {
        "topics/new.toml": Draft("topics/new.toml", {"slug": "new"}, "upgrade"),
        "entries/westlake.toml#a": Draft("entries/westlake.toml#a", {"id": "a", "name": "A"}, "upgrade"),
        "entries/westlake.toml#b": Draft("entries/westlake.toml#b", None, "upgrade"),
    }
    # What waits counts when more is taken: alone this part would not be fit to go live.
    good(content("take", "line.toml"))
    assert good(content("drafts")).splitlines() == [
        f"{part} (upgrade)" for part in [*sorted(part for part in waiting(database))]
    ]


@pytest.mark.usefixtures("live", "_fit")
def test_nothing_is_taken_that_would_not_be_fit_to_go_live(content: Content, database: Database) -> None:
    told = refused(content("take", "line.toml", "entries/westlake.toml#a"))
    assert "line.toml: limits: is too much" in told
    assert "x.toml: y: is wrong" in told
    assert waiting(database) == {}


@pytest.mark.usefixtures("live", "_fit")
def test_every_objection_is_told_at_once(content: Content, database: Database, tmp_path: Path) -> None:
    good(content("take", "topics/new.toml", "--from", tmp_path / "newer"))
    other = tmp_path / "other"
    write_document(other, {**NEWER, "topics/new.toml": {"slug": "other"}, "trained.toml": FIRST["trained.toml"]})
    told = refused(content("take", "topics/none.toml", "trained.toml", "topics/new.toml", "--from", other))
    assert "topics/none.toml: there is no such part" in told
    assert "trained.toml: is the same here already" in told
    assert "topics/new.toml: another draft of it waits (upgrade)" in told
    assert list(waiting(database)) == ["topics/new.toml"]


@pytest.mark.usefixtures("live", "_fit")
def test_imported_drafts_neither_stop_an_upgrade_nor_fill_the_list(content: Content, engine: Any) -> None:
    imported = [Draft(f"entries/elsewhere.toml#{n}", {"id": str(n), "broken": True}, "import ohana") for n in range(30)]
    drafts.put(engine, imported)
    good(content("take", "topics/new.toml"))
    assert good(content("drafts")) == "topics/new.toml (upgrade)\n30 entries (import ohana); --all names them\n"
    assert len(good(content("drafts", "--all")).splitlines()) == 31


@pytest.mark.usefixtures("live", "_fit")
def test_a_draft_is_thrown_away(content: Content, database: Database) -> None:
    good(content("take", "topics/new.toml", "entries/westlake.toml#a"))
    assert "no draft of line.toml" in refused(content("drop", "topics/new.toml", "line.toml"))
    assert good(content("drop", "topics/new.toml")) == "Dropped: topics/new.toml\n"
    assert list(waiting(database)) == ["entries/westlake.toml#a"]
    good(content("drop", "entries/westlake.toml#a"))
    assert good(content("drafts")) == "No draft is waiting.\n"


@pytest.mark.parametrize(
    "arguments",
    [["export", "out"], ["diff"], ["take", "line.toml"], ["drafts"], ["drop", "line.toml"]],
    ids=lambda arguments: str(arguments[0]),
)
def test_without_a_database_one_sentence_says_what_to_do(
    arguments: list[str], content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(content(*arguments)).endswith("quietline init\n")
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "database" / "test.db").exists()


def test_the_default_release_is_taken_back_part_by_part(new_home: Home, data_dir: Path, tmp_path: Path) -> None:
    # With the real content: a part that was changed here can be taken back, and one that is broken cannot be taken.
    newer = tmp_path / "newer"
    shutil.copytree(data_dir, newer)
    path = newer / "entries" / "westlake.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('name = "Cast (', 'name = "New Cast (', 1).replace("evidence = [", "evidense = [", 1))
    environ = {"DATABASE_URL": new_home.database_url, "CACHE_DIR": str(tmp_path / "cache")}

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(parts.content, [*arguments], env=environ)

    assert good(run("diff")) == "Nothing differs.\n"
    assert "    name: Cast (Coalition" in good(run("diff", str(newer)))
    assert "evidense" in refused(run("take", "entries/westlake.toml#211-la", "--from", str(newer)))
    good(run("take", "entries/westlake.toml#cast-la", "--from", str(newer)))
    assert good(run("drafts")) == "entries/westlake.toml#cast-la (upgrade)\n"
