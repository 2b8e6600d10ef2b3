"""Everything that comes out is valid under the strict schema, but for fields nobody knows."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from bot.directory.hsds import ENTITIES
from bot.directory.reading.opening import open_path
from bot.directory.service import Doc, canonical, text_of
from tests.directory.shaping.made import Came, came_of, table, tables
from tests.directory.shaping.test_tables import ohana


@pytest.fixture(scope="module")
def strict(hsds: Path) -> Draft202012Validator:
    schema = json.loads((hsds / "strict" / "service.json").read_text())
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def known_only(entity: str, doc: Doc) -> Doc:
    kind = ENTITIES[entity]
    kept: Doc = {name: value for name, value in doc.items() if name in kind.known}
    for child in kind.children:
        inside: Any = doc.get(child.key)
        if inside:
            kept[child.key] = (
                [known_only(child.entity, row) for row in inside] if child.many else known_only(child.entity, inside)
            )
    return kept


def faults(strict: Draft202012Validator, came: Came, most: int = 12) -> list[str]:
    assert all(text_of(doc) == text_of(canonical(doc)) for doc in came.docs)
    return [error.message for doc in came.docs[:most] for error in strict.iter_errors(known_only("service", doc))]


@pytest.mark.parametrize("name", ["florida", "ilao/input", "ilao/output", "ohana/data/sample-csv"])
def test_real_directories(name: str, directories: Path, strict: Draft202012Validator, tmp_path: Path) -> None:
    came = came_of(open_path(directories / name, tmp_path))
    assert len(came.services) > 20
    assert faults(strict, came) == []


def test_made_up_ones(strict: Draft202012Validator) -> None:
    assert faults(strict, ohana()) == []


def test_rows_in_which_every_cell_is_wrong(strict: Draft202012Validator) -> None:
    odd = "“odd”, 7"
    every = {
        entity: {field.name: odd for field in kind.fields if field.name not in ("id", "status", "name")}
        for entity, kind in ENTITIES.items()
    }
    given = [
        table(kind.file, {**every[entity], "name": "A", "id": "1", "link_entity": "service", "resource_type": "service"}
              | {f"{other}_id": "1" for other in ENTITIES} | {"link_id": "1", "resource_id": "1", "status": "active"})
        for entity, kind in ENTITIES.items()
    ]  # fmt: skip
    came = tables(*given)
    assert faults(strict, came) == []
    assert text_of(came.doc).count("odd") > 60, "nothing that was said is lost"
