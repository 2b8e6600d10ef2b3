"""Whole exports, checked by the tools that other people check them with."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.directory.drawing.draw import draw
from bot.directory.drawing.places import confidential_places
from bot.directory.reading.opening import open_path
from bot.directory.service import canonical
from bot.directory.shaping.shape import shape
from bot.directory.stored import as_kept, as_stored
from bot.directory.writing.export import export
from bot.directory.writing.pack import packed
from bot.directory.writing.paged import Site
from tests.directory.drawing.made import release
from tests.directory.writing.conftest import TODAY

Doc = dict[str, Any]


def ran(*command: str | Path) -> tuple[int, str]:
    """Run a checker with the tools of this environment at hand; return its status and what it said."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, *map(str, command)], env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    return done.returncode, done.stdout[-2000:] + done.stderr[-500:]


@pytest.fixture(scope="module")
def examples(hsds: Path) -> list[Doc]:
    """Give the services of the official examples, ours already or not."""
    folder = hsds / "examples" / "json"
    full = json.loads((folder / "service_full.json").read_text(encoding="utf-8"))
    listed = json.loads((folder / "service_list.json").read_text(encoding="utf-8"))["contents"]
    inside = json.loads((folder / "organization_full.json").read_text(encoding="utf-8"))["services"]
    place = json.loads((folder / "service_at_location_full.json").read_text(encoding="utf-8"))["service"]
    found = [full, *listed, *inside, place]
    numbered = [canonical({**doc, "id": f"00000000-0000-4000-8000-{n:012}"}) for n, doc in enumerate(found)]
    return [packed(doc | {"colour": n}) for n, doc in enumerate(numbered)]


@pytest.fixture(scope="module")
def imported(directories: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Doc]:
    """Give services of real directories as they leave after an import: every eighth, for the checker is slow."""
    content, terms = release()
    found: list[Doc] = []
    for name in ("florida", "ilao/input", "ohana"):
        scratch = tmp_path_factory.mktemp("scratch")
        directory = open_path(directories / name, scratch)
        shaped = shape(directory, source=name, mapping=None, scratch=scratch, progress=lambda done, total: None)
        read = list(shaped.services)
        hidden = confidential_places(read, terms)
        drawn = (draw(one, content, terms, source=name, hidden=hidden) for one in read[::8])
        found += [as_stored(as_kept(each.service.doc)) for each in drawn if not each.refused]
    assert len(found) > 50
    return found


@pytest.fixture(scope="module")
def exports(
    services: list[Doc], examples: list[Doc], imported: list[Doc], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Write exports with their sites, by the name of what they hold."""
    top = tmp_path_factory.mktemp("exports")
    made = {}
    for name, docs in (("default", services), ("examples", examples), ("imported", imported), ("nothing", [])):
        made[name] = top / name
        assert export(made[name], docs, Site("Quietline", TODAY)) == len(docs)
    return made


CHECKS = [
    ("default", ("json", "service", "services.json", "--strict")),
    ("default", ("json", "organization", "organizations.json", "--strict")),
    ("default", ("page", "services/index.json", "service")),
    ("default", ("page", "organizations/page/2/index.json", "organization")),
    ("default", ("csv", "csv")),
    ("examples", ("json", "service", "services.json", "--strict")),
    ("examples", ("page", "service_at_locations/index.json", "service_at_location")),
    ("examples", ("csv", "csv")),
    ("imported", ("json", "service", "services.json", "--strict")),
    ("imported", ("json", "organization", "organizations.json", "--strict")),
    ("imported", ("page", "services/index.json", "service")),
    ("imported", ("csv", "csv")),
    ("nothing", ("json", "service", "services.json", "--strict")),
    ("nothing", ("page", "services/index.json", "service")),
]


@pytest.mark.parametrize(("name", "words"), CHECKS, ids=[f"{name}: {' '.join(words)}" for name, words in CHECKS])
def test_the_official_checker_finds_no_fault(
    name: str, words: tuple[str, ...], exports: dict[str, Path], hsds: Path
) -> None:
    what, *rest = words
    told = [exports[name] / word if (exports[name] / word).exists() else word for word in rest]
    status, said = ran(hsds / "check_export.py", what, *told)
    assert status == 0, said


@pytest.mark.parametrize("name", ["default", "examples", "imported"])
def test_tables_are_what_our_own_descriptor_says(name: str, exports: dict[str, Path]) -> None:
    status, said = ran("-m", "frictionless", "validate", exports[name] / "csv" / "datapackage.json")
    assert status == 0, said


def test_the_same_services_give_the_same_bytes(services: list[Doc], tmp_path: Path) -> None:
    export(tmp_path / "one", services, Site("Quietline", TODAY))
    export(tmp_path / "two", reversed(services), Site("Quietline", TODAY))
    one, two = (
        {path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()}
        for top in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
