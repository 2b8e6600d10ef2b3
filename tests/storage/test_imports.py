from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from bot.storage import drafts, imports
from bot.storage.database import connect
from bot.storage.document import digest
from bot.storage.drafts import Draft, body_text
from bot.storage.importing import MovedError, Step, carry_out
from bot.storage.imports import EditedDraftError, Imported, UnknownServiceError, drawn_of, drawn_text
from bot.storage.migrate import migrate
from bot.storage.releases import Mark, newest, publish
from bot.storage.tables import ImportedRow
from tests.databases import Database
from tests.storage.races import race

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ENTRY = {"id": "pantry-0a", "name": "Pantry ñ", "status": "check-first"}


def service(number: int) -> str:
    return f"{number:08d}-0000-4000-8000-000000000000"


def imported(number: int, source: str = "ohana") -> Imported:
    entry = {**ENTRY, "id": f"pantry-{number}"}
    return Imported(service(number), source, str(number), entry["id"], False, "{}", drawn_text("westlake", entry))


def step(number: int, source: str = "ohana") -> Step:
    row = imported(number, source)
    area, entry = drawn_of(row.drawn)
    part = drafts.part_of(area, row.entry)
    return Step(row, part=part, body=body_text(entry), seen=((part, ""),))


def done(engine: Engine, *steps: Step, gone: tuple[str, ...] = (), release: Mark | None = None) -> list[int]:
    ticks: list[int] = []
    carry_out(engine, steps, gone, release=release, tick=ticks.append)
    return ticks


def kept(engine: Engine) -> dict[str, Imported]:
    return {row.service: row for row in imports.listed(engine)}


def test_what_is_imported_comes_back_in_order(engine: Engine) -> None:
    assert sum(done(engine, step(3), step(1), step(2, "ilao"))) == 3
    assert list(imports.listed(engine)) == [imported(1), imported(2, "ilao"), imported(3)]
    assert list(imports.listed(engine, "ilao")) == [imported(2, "ilao")]
    assert imports.known(engine, [service(3), service(9)]) == {service(3): imported(3)}
    assert imports.sources(engine) == {"ilao": 1, "ohana": 2}
    waiting = list(drafts.drafts(engine))
    assert Draft("entries/westlake.toml#pantry-1", {**ENTRY, "id": "pantry-1"}, "import ohana") in waiting
    assert len(waiting) == 3
    parts = [draft.part for draft in waiting]
    assert imports.draft_bodies(engine, [parts[0], "none"]) == {parts[0]: body_text(waiting[0].body)}


def test_an_import_of_many_goes_in_one_transaction(engine: Engine) -> None:
    many = [step(number) for number in range(1201)]
    assert done(engine, *many) == [500, 500, 201]
    bad = replace(step(5000), seal="what the plan saw")
    with pytest.raises(MovedError):
        done(engine, *(replace(each, row=replace(each.row, source="new"), seal=each.row.seal) for each in many), bad)
    assert imports.sources(engine) == {"ohana": 1201}


def test_services_that_are_gone_are_marked_and_stay(engine: Engine) -> None:
    done(engine, step(1), step(2), step(3, "ilao"))
    done(engine, gone=(service(2),))
    assert kept(engine)[service(2)] == replace(imported(2), gone=True)
    assert imports.still_listed(engine, "ohana") == [service(1)]
    assert len(drafts.waiting(engine)) == 3
    with pytest.raises(MovedError):
        done(engine, gone=(service(1), service(2)))
    assert imports.still_listed(engine, "ohana") == [service(1)]


def test_an_entry_that_moves_takes_its_draft_along(engine: Engine) -> None:
    done(engine, step(1))
    old, new = "entries/westlake.toml#pantry-1", "entries/westmont.toml#pantry-1"
    before = digest(imports.draft_bodies(engine, [old])[old])
    moved = Step(
        replace(imported(1), drawn=drawn_text("westmont", ENTRY)), imported(1).seal, new, body_text(ENTRY), old
    )
    done(engine, replace(moved, seen=((old, before), (new, ""))))
    assert [part for part, _ in drafts.waiting(engine)] == [new]


def _import(engine: Engine) -> None:
    done(engine, step(1))


def _edit(engine: Engine) -> None:
    drafts.put(engine, [Draft("entries/westlake.toml#pantry-1", {"id": "pantry-1"}, "AB")])


def _publish(engine: Engine) -> None:
    publish(engine, {"line.toml": {}}, note="", now=NOON)


@pytest.mark.parametrize("meanwhile", [_import, _edit, _publish], ids=["imported", "a draft", "a release"])
def test_a_plan_whose_ground_moved_is_not_carried_out(meanwhile: object, engine: Engine) -> None:
    assert callable(meanwhile)
    meanwhile(engine)
    before = kept(engine), list(drafts.drafts(engine))
    with pytest.raises(MovedError):
        done(engine, step(0), step(1))
    assert (kept(engine), list(drafts.drafts(engine))) == before


def test_a_plan_that_saw_the_release_is_carried_out(engine: Engine) -> None:
    _publish(engine)
    done(engine, step(1), release=newest(engine))
    assert len(kept(engine)) == 1


def test_a_row_changed_since_is_not_written_over(engine: Engine) -> None:
    done(engine, step(1))
    seen = kept(engine)[service(1)].seal
    with engine.begin() as connection:
        connection.execute(update(ImportedRow).values(merged=True))
    with pytest.raises(MovedError, match=service(1)):
        done(engine, Step(imported(1), seen))
    done(engine, Step(imported(1), kept(engine)[service(1)].seal))
    assert kept(engine)[service(1)] == imported(1)


IMPORT_TOGETHER = """
import sys
from bot.storage.database import connect
from bot.storage.importing import MovedError, carry_out
from tests.storage.test_imports import step
engine = connect(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
try:
    carry_out(engine, [step(number) for number in range(700)], (), release=None, tick=lambda _: None)
    print("done")
except MovedError:
    print("moved")
engine.dispose()
"""


def test_two_imports_at_once_take_turns(database: Database, engine: Engine) -> None:
    printed = race(IMPORT_TOGETHER, database.url)
    assert sorted(line for lines in printed for line in lines) == ["done", "moved", "moved"]
    assert len(kept(engine)) == 700


def test_a_merged_service_is_remembered_and_its_own_draft_goes(engine: Engine) -> None:
    done(engine, step(1), step(2))
    imports.merge(engine, service(1), "cast-la")
    assert kept(engine) == {service(1): replace(imported(1), entry="cast-la", merged=True), service(2): imported(2)}
    assert [part for part, _ in drafts.waiting(engine)] == ["entries/westlake.toml#pantry-2"]
    imports.merge(engine, service(1), "pantry-2")
    assert kept(engine)[service(1)].entry == "pantry-2"
    assert len(drafts.waiting(engine)) == 1


def test_a_draft_somebody_worked_on_is_not_lost_by_merging(engine: Engine) -> None:
    done(engine, step(1))
    _edit(engine)
    with pytest.raises(EditedDraftError, match="pantry-1"):
        imports.merge(engine, service(1), "cast-la")
    assert kept(engine) == {service(1): imported(1)}
    with pytest.raises(UnknownServiceError):
        imports.merge(engine, service(8), "cast-la")


def test_without_its_tables_a_database_is_not_ready(bare_engine: Engine, database: Database) -> None:
    if database.kind == "sqlite":
        bare_engine = connect(f"{database.url}.none")
    assert not imports.is_ready(bare_engine)
    bare_engine.dispose()


def test_with_its_tables_it_is(engine: Engine) -> None:
    assert imports.is_ready(engine)


def test_what_a_service_no_longer_says_is_not_left_on_the_disk(tmp_path: Path) -> None:
    # On SQLite; PostgreSQL keeps a row until it cleans up.
    engine = connect(f"sqlite:///{tmp_path}/line.db")
    migrate(engine)
    secret = "12 Hidden Lane"
    done(engine, replace(step(1), row=replace(imported(1), hsds=secret)))
    assert any(secret.encode() in path.read_bytes() for path in tmp_path.iterdir())
    done(engine, Step(imported(1), kept(engine)[service(1)].seal))
    assert not any(secret.encode() in path.read_bytes() for path in tmp_path.iterdir())
    engine.dispose()
