"""Importing other people's directories, and exporting ours, as a person at a terminal meets it."""

import csv
import functools
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import opened
from bot.commands import importing
from bot.directory.counties import every_zip
from bot.directory.drawing import ready
from bot.directory.drawing.areas import Areas
from bot.directory.drawing.atlas import Atlas
from bot.directory.writing.table import table_of
from bot.referral.entry import Entry
from bot.storage.drafts import Draft
from bot.storage.files import read_document
from tests.conftest import ROOT, THOROUGH
from tests.databases import Database, bare_engine, database, engine
from tests.directory.conftest import directories, hsds
from tests.directory.writing.made import entries
from tests.e2e.directories import Line, good, light, pantries, parsed, refused, same_files, tables, totals

__all__ = ["bare_engine", "database", "directories", "engine", "hsds"]


@functools.cache
def default() -> dict[str, Any]:
    """Give the default release without its examples."""
    return light(read_document(ROOT / "data"))


@functools.cache
def areas() -> Areas:
    return Areas(Atlas.of(parsed(default()).line, every_zip()))


class _Once:
    """Draws up the areas of the default release, which no test changes, a single time."""

    @staticmethod
    def of(*_: Any) -> Areas:
        return areas()


@pytest.fixture(autouse=True)
def _releases_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "read_document", lambda _folder, below="": {} if below else default())
    monkeypatch.setattr(opened, "load_release", parsed)
    monkeypatch.setattr(opened, "load_stored", lambda document, _packaged: parsed(document))
    # Of the same areas, too: half a second for all ZIP codes of the country.
    monkeypatch.setattr(ready, "Areas", lambda atlas: atlas)
    monkeypatch.setattr(ready, "Atlas", _Once)


#: Tests that change what a database holds run on both kinds; the others need but one.
on_both = pytest.mark.usefixtures("database")


@pytest.fixture
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Line:
    """Give a line whose database nobody has filled yet."""
    if "database" in request.fixturenames:
        held: Database = request.getfixturevalue("database")
        return Line(tmp_path, held.url)
    return Line(tmp_path, f"sqlite:///{tmp_path}/database/test.db")


@pytest.fixture
def line(bare: Line) -> Line:
    """Give a line with a database of its own and the default release."""
    return bare.publish(default())


def lite(folder: Path) -> Line:
    """Give one more line, on SQLite."""
    return Line(folder, f"sqlite:///{folder}/line.db")


PART = re.compile(r"entries/westlake\.toml#hillside-food-pantry-1-[0-9a-f]{8}")


def part_of_first(line: Line) -> str:
    return next(part for part in line.drafts() if PART.fullmatch(part))


def test_a_plan_alone_writes_nothing_and_says_so(bare: Line, database: Database, tmp_path: Path) -> None:
    told = good(bare.run("import", pantries(tmp_path / "pantries", 1, 2)))
    assert told.startswith("Source: pantries\n")
    assert totals(told) == {"add": 2}
    assert told.endswith("Nothing was written. To write it, run the same command with --yes.\n")
    if database.kind == "sqlite":
        assert not (tmp_path / "database").exists()
    assert list(bare.cache.iterdir()) == []


@on_both
def test_what_is_imported_waits_as_unverified_drafts_and_the_same_again_is_nothing_new(
    bare: Line, tmp_path: Path
) -> None:
    folder = pantries(tmp_path / "pantries", 1, 2, 3)
    told = good(bare.run("import", folder, "--source", "hillside", "--yes"))
    assert "Imported entries are unverified drafts: no texter gets them until somebody checks them.\n" in told
    assert told.endswith("See which wait: quietline content drafts --all\n")
    rows, drafts = bare.rows(), bare.drafts()
    assert set(rows) == {"1", "2", "3"}
    assert {row.source for row in rows.values()} == {"hillside"}
    assert {draft.origin for draft in drafts.values()} == {"import hillside"}
    for draft in drafts.values():
        assert draft.body is not None
        assert draft.body["status"] == "check-first"
        assert [phone["publish"] for phone in draft.body["phone"]] == [False]
        assert "checks" not in draft.body
    told = good(bare.run("import", folder, "--source", "hillside", "--yes"))
    assert totals(told) == {"same": 3}
    assert told.endswith("Everything is here already. Nothing was written.\n")
    assert (bare.rows(), bare.drafts()) == (rows, drafts)


@on_both
def test_only_what_changed_is_told_and_written(line: Line, tmp_path: Path) -> None:
    good(line.run("import", pantries(tmp_path / "pantries", 1, 2, 3), "--yes"))
    before = line.rows()
    folder = pantries(tmp_path / "pantries", 1, 3, 4, phone="213-388-9999")
    told = good(line.run("import", folder, "--yes"))
    assert totals(told) == {"add": 1, "change": 1, "same": 1, "gone": 1}
    assert "213-388-1001 -> 213-388-9999" in told
    rows = line.rows()
    assert (rows["3"], rows["2"].gone, rows["2"].hsds) == (before["3"], True, before["2"].hsds)
    body = line.drafts()[part_of_first(line)].body
    assert body is not None
    assert body["phone"][0]["number"] == "+12133889999"
    # What is gone is told once; listed again, it is back.
    assert totals(good(line.run("import", folder, "--yes"))) == {"same": 3}
    told = good(line.run("import", pantries(tmp_path / "pantries", 1, 2, 3, 4, phone="213-388-9999"), "--yes"))
    assert totals(told) == {"change": 1, "same": 3}
    assert not line.rows()["2"].gone


@on_both
def test_what_staff_edited_is_never_written_over_unasked(line: Line, tmp_path: Path) -> None:
    good(line.run("import", pantries(tmp_path / "pantries", 1, 2), "--yes"))
    part = part_of_first(line)
    body = line.drafts()[part].body
    assert body is not None
    edited = {**body, "note": {"en": "Ring twice", "es": "Toque dos veces"}}
    line.put(Draft(part, edited, "AB"))
    folder = pantries(tmp_path / "pantries", 1, 2, phone="213-388-9999")
    told = good(line.run("import", folder, "--yes"))
    assert totals(told) == {"clash": 1, "same": 1}
    assert "edited here: note: nothing -> en: Ring twice; es: Toque dos veces" in told
    assert line.drafts()[part] == Draft(part, edited, "AB")
    entry = part.partition("#")[2]
    told = good(line.run("import", folder, "--yes", "--take", entry))
    assert "1 taken from the source because you asked for it" in told
    taken = line.drafts()[part].body
    assert taken is not None
    assert (taken["note"], taken["phone"][0]["number"]) == (edited["note"], "+12133889999")
    assert totals(good(line.run("import", folder, "--yes"))) == {"same": 2}


def test_taking_what_is_not_kept_back_is_a_mistake(line: Line, tmp_path: Path) -> None:
    told = refused(line.run("import", pantries(tmp_path / "pantries", 1), "--yes", "--take", "x", "--take", "y"))
    assert "--take names what is not kept back: x, y. Nothing was written." in told
    assert line.rows() == {}


@pytest.mark.parametrize(("answer", "expected"), [("y", 1), ("n", 0), ("", 0)], ids=["yes", "no", "nothing said"])
def test_at_a_terminal_a_person_is_asked(
    answer: str, expected: int, bare: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_can_ask", lambda: True)
    told = good(bare.run("import", pantries(tmp_path / "pantries", 1), stdin=f"{answer}\n"))
    assert "Write this? [y/N]" in told
    assert ("Nothing was written." in told) is not bool(expected)
    if expected:
        assert len(bare.rows()) == expected


def test_the_report_lists_every_service_with_every_reason(line: Line, tmp_path: Path) -> None:
    folder = pantries(tmp_path / "pantries", 1, 2, 3)
    for name in ("plan.csv", "plan.json"):
        good(line.run("import", folder, "--report", tmp_path / name))
    rows = list(csv.DictReader((tmp_path / "plan.csv").read_text("utf-8").splitlines()))
    told = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert {row["service"] for row in rows} == {each["service"] for each in told}
    assert len(told) == 3
    assert len(rows) == sum(len(each["said"]) for each in told)
    assert "ends in .csv or .json" in refused(line.run("import", folder, "--report", tmp_path / "plan.txt"), 2)


def test_the_place_of_people_who_hide_is_nowhere(bare: Line, database: Database, tmp_path: Path) -> None:
    words = "A confidential shelter for women who flee domestic violence."
    folder = pantries(tmp_path / "haven", 1, 2, name="Haven House", description=words, street="7719 Zinnia Lane")
    told = bare.run("import", folder, "--yes", "--report", tmp_path / "plan.csv")
    assert totals(good(told)) == {"add": 2}
    assert "people hide there" in told.output
    kept = json.dumps([repr(row) + row.hsds + row.drawn for row in bare.rows().values()])
    kept += json.dumps([draft.body for draft in bare.drafts().values()])
    seen = told.output + kept + (tmp_path / "plan.csv").read_text("utf-8")
    assert "Haven House" in seen
    assert "Zinnia" not in seen
    if database.kind == "sqlite":
        files = (path for path in (tmp_path / "database").iterdir())
        assert not any(b"Zinnia" in path.read_bytes() for path in files)
    assert list(bare.cache.iterdir()) == []
    good(bare.run("export", "hsds", tmp_path / "out", "--paged"))
    assert not any(b"Zinnia" in path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())


def test_what_became_secret_since_the_last_import_goes(bare: Line, tmp_path: Path) -> None:
    good(bare.run("import", pantries(tmp_path / "haven", 1, 2, name="Haven House", street="7719 Zinnia Lane"), "--yes"))
    assert "Zinnia" in bare.rows()["1"].hsds
    words = "A confidential shelter for women who flee domestic violence."
    folder = pantries(tmp_path / "haven", 1, 2, name="Haven House", description=words, street="7719 Zinnia Lane")
    told = good(bare.run("import", folder, "--yes", "--report", tmp_path / "plan.csv"))
    assert "Changed:" in told
    assert "Zinnia" not in told + (tmp_path / "plan.csv").read_text("utf-8")
    assert "Zinnia" not in bare.rows()["1"].hsds


@on_both
def test_two_imports_that_meet_do_not_mix(line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = pantries(tmp_path / "a", 1, 2), pantries(tmp_path / "b", 1, 2, phone="213-388-9999")
    wanted = importing.wanted
    met: list[str] = []

    def meanwhile(made: Any, *, yes: bool) -> bool:
        met.append("")
        if len(met) == 1:
            met.append(good(line.run("import", second, "--source", "x", "--yes")))
        return wanted(made, yes=yes)

    monkeypatch.setattr("bot.commands.directory.wanted", meanwhile)
    told = refused(line.run("import", first, "--source", "x", "--yes"))
    assert re.search(r"meanwhile service .* was imported or merged: plan again. Nothing was written.", told)
    body = line.drafts()[part_of_first(line)].body
    assert body is not None
    assert body["phone"][0]["number"] == "+12133889999"


@on_both
def test_what_resembles_is_shown_and_merged_by_a_person(line: Line, tmp_path: Path) -> None:
    folder = pantries(tmp_path / "pantries", 1, 2, name="211 LA County", phone="800-339-6993")
    told = good(line.run("import", folder, "--yes"))
    assert "May be the same service" in told
    assert re.search(r"here  211-la: 211 LA County \(.*\+18003396993", told)
    new = re.search(r"new   (211-la-county-[0-9a-f]{8})", told)
    assert new is not None
    assert new[1] in good(line.run("duplicates"))
    told = good(line.run("duplicates", "merge", new[1], "211-la"))
    assert "is 211-la from now on" in told
    assert line.rows()["1"].merged
    assert not any(part.endswith(new[1]) for part in line.drafts())
    assert new[1] not in good(line.run("duplicates"))
    # From now on what changes in it is told and changes nothing here.
    waiting = line.drafts()
    folder = pantries(tmp_path / "pantries", 1, 2, name="211 LA County", phone="213-388-9999")
    told = good(line.run("import", folder, "--yes"))
    assert totals(told) == {"change": 1, "same": 1}
    assert "merged into 211-la: that entry stays as it is" in told
    assert line.drafts() == waiting
    assert totals(good(line.run("import", folder, "--yes"))) == {"same": 2}


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("nobody", "211-la"), "no service 'nobody' was imported"),
        (("FIRST", "nowhere"), "no entry 'nowhere'"),
        (("FIRST", "FIRST"), "was imported that is not"),
    ],
    ids=["no service", "no entry", "itself"],
)
def test_what_cannot_be_merged_is_said(names: tuple[str, str], told: str, line: Line, tmp_path: Path) -> None:
    good(line.run("import", pantries(tmp_path / "pantries", 1), "--yes"))
    first = part_of_first(line).partition("#")[2]
    arguments = [name.replace("FIRST", first) for name in names]
    assert told in refused(line.run("duplicates", "merge", *arguments))


def test_a_draft_somebody_worked_on_is_not_lost_by_merging(line: Line, tmp_path: Path) -> None:
    good(line.run("import", pantries(tmp_path / "pantries", 1), "--yes"))
    part = part_of_first(line)
    line.put(Draft(part, {**(line.drafts()[part].body or {}), "link": "x.org"}, "AB"))
    assert "content drop" in refused(line.run("duplicates", "merge", part.partition("#")[2], "211-la"))
    good(line.run("content", "drop", part))
    good(line.run("duplicates", "merge", part.partition("#")[2], "211-la"))


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        pytest.param(["import", "none.csv"], 1, "no such file", id="no such file"),
        pytest.param(["import", "pantries", "--source", "Ohana!"], 2, "small letters", id="a name no source has"),
        pytest.param(["import", "pantries", "--mapping", "bad.toml"], 1, "bad.toml", id="a broken mapping"),
        pytest.param(["import", "pantries", "--mapping", "none.toml"], 1, "cannot be read", id="no mapping"),
        pytest.param(["import", "pantries", "--codes", "bad.csv"], 1, "bad.csv: line 1", id="broken codes"),
        pytest.param(["import", "pantries", "--codes", "none.csv"], 1, "cannot be read", id="no codes"),
        pytest.param(["export", "hsds", "out"], 1, "quietline init", id="export without a database"),
        pytest.param(["duplicates"], 1, "quietline init", id="duplicates without a database"),
        pytest.param(["duplicates", "merge", "a", "b"], 1, "quietline init", id="merge without a database"),
        pytest.param(["export", "hsds", "out", "--contact", "us"], 2, "--paged", id="contact without pages"),
    ],
)
def test_one_clear_sentence_says_what_is_wrong(
    arguments: list[str], status: int, told: str, bare: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pantries(tmp_path / "pantries", 1)
    (tmp_path / "bad.toml").write_text("files = 1")
    (tmp_path / "bad.csv").write_text("X,nothing\nY,nowhere\n")
    assert told in refused(bare.run(*arguments), status)
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "database" / "test.db").exists()
    assert not bare.cache.exists() or list(bare.cache.iterdir()) == []


def test_a_spreadsheet_is_read_by_a_mapping_that_is_saved_and_corrected(bare: Line, tmp_path: Path) -> None:
    rows = [{"Agency": "Hillside", "Call": f"213-388-10{n:02}", "Who": f"Pantry {n}"} for n in (1, 2)]
    folder = tables(tmp_path, {"list": rows})
    mapping = folder / "mapping.toml"
    columns = {"Agency": {"to": "organization.name"}, "Call": {"to": "phones.number"}, "Who": {"to": "name"}}
    mapping.write_text(
        "".join(
            ['[files."list.csv"]\ntable = "services"\n', '[files."list.csv".columns]\n']
            + [f'"{heading}" = {{ to = "{each["to"]}" }}\n' for heading, each in columns.items()]
        )
    )
    saved = tmp_path / "saved.toml"
    told = good(bare.run("import", folder / "list.csv", "--mapping", mapping, "--save-mapping", saved, "--yes"))
    assert totals(told) == {"add": 2}
    assert f"How the columns were read is in {saved}" in told
    assert totals(good(bare.run("import", folder / "list.csv", "--mapping", saved, "--yes"))) == {"same": 2}


def test_the_operators_own_codes_tell_topics(bare: Line, tmp_path: Path) -> None:
    folder = pantries(tmp_path / "places", 1, name="Elm Street Hall", description="Open to all.")
    tables(
        folder,
        {
            "taxonomy_terms": [{"id": "t", "code": "ZZ-1000.100", "name": "(licensed)", "description": "(licensed)"}],
            "attributes": [{"id": "x", "link_id": "1", "link_entity": "service", "taxonomy_term_id": "t"}],
        },
    )
    codes = tmp_path / "codes.csv"
    codes.write_text("code,topic\nZZ-1000,food\n")
    good(bare.run("import", folder, "--codes", codes, "--yes"))
    (draft,) = bare.drafts().values()
    assert draft.body is not None
    assert [serves["topic"] for serves in draft.body["serves"]] == ["food"]


def test_our_own_export_is_nothing_new_to_us(line: Line, tmp_path: Path) -> None:
    told = good(line.run("export", "hsds", tmp_path / "out", "--paged"))
    count = int(told.split()[0])
    assert count > 50
    for what in ("out", "out/csv", "out/services.json"):
        told = good(line.run("import", tmp_path / what, "--source", "ours", "--yes"))
        assert totals(told) == {"same": count}, what
    assert line.rows() == {}


@pytest.fixture(params=["default", "ohana", "json examples", "csv examples"])
def source(request: pytest.FixtureRequest, directories: Path, hsds: Path) -> Path | None:
    """Give a directory to import, None = nothing but the default release."""
    found = {
        "default": None,
        "ohana": directories / "ohana" / "data" / "sample-csv",
        "json examples": hsds / "examples" / "json" / "service_full.json",
        "csv examples": hsds / "examples" / "csv_repaired",
    }
    return found[request.param]


@pytest.mark.parametrize("filled", [False, True], ids=["into an empty database", "into one with the release"])
def test_export_import_export_gives_the_same_bytes(filled: bool, source: Path | None, tmp_path: Path) -> None:
    first, second = lite(tmp_path / "first"), lite(tmp_path / "second")
    if source is None or filled:
        first.publish(default())
    if filled:
        second.publish(default())
    if source is not None:
        good(first.run("import", source, "--source", "theirs", "--yes"))
    pages = ("--paged",) if source is None else ()
    good(first.run("export", "hsds", tmp_path / "one", *pages))
    good(second.run("import", tmp_path / "one", "--source", "back", "--yes"))
    good(second.run("export", "hsds", tmp_path / "two", *pages))
    assert same_files(tmp_path / "one", tmp_path / "two")


@given(st.lists(entries(), min_size=1, max_size=5, unique_by=lambda entry: entry.id))
@settings(max_examples=30 if THOROUGH else 1, suppress_health_check=list(HealthCheck))
@pytest.mark.thorough
def test_made_entries_come_back_the_same(tmp_path_factory: pytest.TempPathFactory, made: list[Entry]) -> None:
    folder = tmp_path_factory.mktemp("made")
    document = dict(default())
    for area in ("westlake", "westmont", "national"):
        mine = [table_of(entry) for entry in made if entry.area == area]
        document[f"entries/{area}.toml"] = {"entry": mine} if mine else default()[f"entries/{area}.toml"]
    for filled in (False, True):
        first, second = lite(folder / f"first {filled}"), lite(folder / f"second {filled}")
        first.publish(document)
        if filled:
            second.publish(document)
        one, two = folder / f"one {filled}", folder / f"two {filled}"
        good(first.run("export", "hsds", one))
        good(second.run("import", one, "--source", "back", "--yes"))
        good(second.run("export", "hsds", two))
        assert same_files(one, two)


def test_an_export_says_what_is_published_and_what_is_not(line: Line, tmp_path: Path) -> None:
    good(line.run("import", pantries(tmp_path / "pantries", 1, 2), "--yes"))
    told = good(line.run("export", "hsds", tmp_path / "all"))
    assert re.fullmatch(r"\d+ services are in .*, 2 of them unverified drafts\.\n", told)
    all_of_it = {doc["name"]: doc for doc in json.loads((tmp_path / "all" / "services.json").read_text("utf-8"))}
    states = {
        name: [a["value"] for a in doc["attributes"] if a["taxonomy_term"]["name"] == "state"]
        for name, doc in all_of_it.items()
    }
    assert states["Hillside Food Pantry 1"] == ["unverified"]
    assert states["211 LA County"] != ["unverified"]
    # Both name the fact in the same words: one term, whoever tells it.
    terms = {
        json.dumps(a["taxonomy_term"], sort_keys=True)
        for doc in all_of_it.values()
        for a in doc["attributes"]
        if a["taxonomy_term"]["name"] == "state"
    }
    assert len(terms) == 1
    good(line.run("export", "hsds", tmp_path / "published", "--published"))
    assert "Hillside" not in (tmp_path / "published" / "services.json").read_text("utf-8")
    good(line.run("export", "hsds", tmp_path / "theirs", "--source", "pantries"))
    theirs = json.loads((tmp_path / "theirs" / "services.json").read_text("utf-8"))
    assert sorted(doc["name"] for doc in theirs) == ["Hillside Food Pantry 1", "Hillside Food Pantry 2"]
    assert "there is pantries" in refused(line.run("export", "hsds", tmp_path / "x", "--source", "others"))


def test_what_was_dropped_or_is_gone_does_not_leave(line: Line, tmp_path: Path) -> None:
    good(line.run("import", pantries(tmp_path / "pantries", 1, 2, 3), "--yes"))
    good(line.run("import", pantries(tmp_path / "pantries", 1, 3), "--yes"))
    good(line.run("content", "drop", part_of_first(line)))
    good(line.run("export", "hsds", tmp_path / "out", "--source", "pantries"))
    names = [doc["name"] for doc in json.loads((tmp_path / "out" / "services.json").read_text("utf-8"))]
    assert names == ["Hillside Food Pantry 3"]


@on_both
def test_a_published_entry_leaves_with_what_its_directory_said(line: Line, tmp_path: Path) -> None:
    good(line.run("import", pantries(tmp_path / "pantries", 1, 2), "--yes"))
    part = part_of_first(line)
    body = dict(line.drafts()[part].body or {})
    checks = [{"on": "2026-11-20", "how": "called", "by": "AB"}]
    phones = [{**phone, "publish": True} for phone in body["phone"]]
    table = {**body, "status": "publish", "checks": checks, "phone": phones}
    westlake = default()["entries/westlake.toml"]
    line.publish({**default(), "entries/westlake.toml": {"entry": [*westlake["entry"], table]}})
    good(line.run("content", "drop", part))
    good(line.run("export", "hsds", tmp_path / "out", "--published"))
    docs = {doc["name"]: doc for doc in json.loads((tmp_path / "out" / "services.json").read_text("utf-8"))}
    doc = docs["Hillside Food Pantry 1"]
    assert doc["description"] == "A food pantry."
    assert doc["assured_date"] == "2026-11-20"
    assert "Hillside Food Pantry 2" not in docs
    # It is an entry of ours now, and still theirs: what they change is kept back.
    told = good(line.run("import", pantries(tmp_path / "pantries", 1, 2, phone="213-388-9999"), "--yes"))
    assert totals(told) == {"clash": 1, "same": 1}
    assert "clash: its entry is published" in told


SCRATCH = """
import sys, time
from pathlib import Path
from bot.commands.scratch import scratch
with scratch(Path(sys.argv[1])) as place:
    (place / "rows").write_text("12 Hidden Lane")
    print(place, oct(place.stat().st_mode & 0o777), flush=True)
    time.sleep(60)
"""


@contextmanager
def at_work(cache: Path) -> Iterator[tuple["subprocess.Popen[str]", Path, str]]:
    """Run an import that hangs, and give its process, its folder and the folder's rights."""
    command = [sys.executable, "-c", SCRATCH, str(cache)]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        place, rights = process.stdout.readline().split()
        yield process, Path(place), rights
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "a stop"])
def test_the_scratch_folder_is_gone_when_an_import_is_stopped(number: int, tmp_path: Path) -> None:
    with at_work(tmp_path) as (process, place, rights):
        assert (place.is_dir(), rights) == (True, "0o700")
        process.send_signal(number)
        process.wait(timeout=30)
        assert list(tmp_path.iterdir()) == []


def test_what_a_killed_import_left_is_removed_by_the_next_one_and_nothing_else(tmp_path: Path) -> None:
    with at_work(tmp_path) as (process, place, _):
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
        assert place.is_dir()
        with at_work(tmp_path) as (_other, second, _):
            assert not place.exists()
            with at_work(tmp_path) as (_third, third, _):
                assert second.is_dir()
                assert third.is_dir()


def test_the_pages_of_a_fetch_that_broke_off_stay_as_long_as_it_can_go_on(tmp_path: Path) -> None:
    for name, hours in (("fetch-new", 23), ("fetch-old", 25)):
        (tmp_path / name).mkdir()
        then = (tmp_path / name).stat().st_mtime - hours * 3600
        os.utime(tmp_path / name, (then, then))
    with at_work(tmp_path) as (_, place, _):
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["fetch-new", place.name])
