from typing import Any

import pytest
from sqlalchemy import Engine

from bot.storage import drafts
from bot.storage.drafts import UPGRADE, Draft, applied
from tests.databases import Database
from tests.storage.races import race

CAST = Draft("entries/westlake.toml#cast-la", {"id": "cast-la", "name": "Cast"}, "import ohana")
FOOD = Draft("topics/food.toml", {"slug": "food", "lead": {"es": "¿Comida?"}}, UPGRADE)
GONE = Draft("entries/national.toml#old", None, "AB")

PUT_TOGETHER = """
import sys
from bot.storage import drafts
from bot.storage.database import connect
from bot.storage.drafts import Draft
engine = connect(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for turn in range(10):
    drafts.put(engine, [Draft("a.toml", {"turn": turn}, "AB"), Draft(f"{turn}.toml", None, "AB")])
engine.dispose()
"""


def test_drafts_come_back_as_they_were(engine: Engine) -> None:
    drafts.put(engine, [FOOD, CAST, GONE])
    assert {draft.part: draft for draft in drafts.drafts(engine)} == {d.part: d for d in (CAST, FOOD, GONE)}
    assert [draft.part for draft in drafts.drafts(engine, imported=False)] != []
    assert CAST not in list(drafts.drafts(engine, imported=False))
    assert drafts.waiting(engine) == sorted((d.part, d.origin) for d in (CAST, FOOD, GONE))


def test_a_draft_takes_the_place_of_the_one_before(engine: Engine) -> None:
    drafts.put(engine, [FOOD, CAST])
    again = Draft(FOOD.part, {"slug": "food"}, "AB")
    drafts.put(engine, [again])
    assert {draft.part: draft for draft in drafts.drafts(engine)} == {CAST.part: CAST, FOOD.part: again}


def test_dropping_is_of_all_or_of_none(engine: Engine) -> None:
    drafts.put(engine, [FOOD, CAST, GONE])
    assert drafts.drop(engine, [FOOD.part, "topics/none.toml"]) == ["topics/none.toml"]
    assert len(drafts.waiting(engine)) == 3
    assert drafts.drop(engine, [FOOD.part, GONE.part]) == []
    assert drafts.waiting(engine) == [(CAST.part, CAST.origin)]


def test_processes_that_write_together_take_turns(database: Database, engine: Engine) -> None:
    race(PUT_TOGETHER, database.url)
    assert len(drafts.waiting(engine)) == 11


ENTRIES = {"entry": [{"id": "a", "n": 1}, {"id": "b", "n": 1}]}


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param(("entries/x.toml#b", {"id": "b", "n": 2}), [("a", 1), ("b", 2)], id="an entry keeps its place"),
        pytest.param(("entries/x.toml#c", {"id": "c", "n": 2}), [("a", 1), ("b", 1), ("c", 2)], id="a new one is last"),
        pytest.param(("entries/x.toml#a", None), [("b", 1)], id="one goes"),
        pytest.param(("entries/x.toml#c", None), [("a", 1), ("b", 1)], id="one that was never there goes"),
    ],
)
def test_a_draft_of_an_entry_changes_that_entry(draft: tuple[str, Any], expected: list[tuple[str, int]]) -> None:
    document = {"entries/x.toml": ENTRIES, "line.toml": {}}
    made = applied(document, [Draft(*draft, "AB")])
    assert [(table["id"], table["n"]) for table in made["entries/x.toml"]["entry"]] == expected
    assert document["entries/x.toml"] is ENTRIES
    assert len(ENTRIES["entry"]) == 2


def test_drafts_of_files_come_go_and_replace() -> None:
    document = {"a.toml": {"x": 1}, "b.toml": {"x": 1}}
    made = applied(document, [Draft("a.toml", {"x": 2}, ""), Draft("b.toml", None, ""), Draft("c.toml", {}, "")])
    assert made == {"a.toml": {"x": 2}, "c.toml": {}}


def test_an_entry_of_a_new_area_makes_its_file() -> None:
    assert applied({}, [Draft("entries/new.toml#a", {"id": "a"}, "")]) == {"entries/new.toml": {"entry": [{"id": "a"}]}}
