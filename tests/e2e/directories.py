"""Directories, a release and a terminal for the tests of importing and exporting."""

import csv
import functools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner, Result

from bot.commands.directory import duplicates, import_directory
from bot.commands.export import export
from bot.commands.parts import content
from bot.referral.content import Content
from bot.referral.document import parse
from bot.storage import drafts, imports
from bot.storage.database import connect
from bot.storage.drafts import Draft
from bot.storage.imports import Imported
from bot.storage.migrate import migrate
from bot.storage.releases import publish
from tests.storage.test_releases import NOON

_COMMANDS = click.Group(
    commands={"import": import_directory, "duplicates": duplicates, "export": export, "content": content}
)


#: What makes a release slow to read, and what no test here is about.
_HEAVY = ("examples", "words", "hints", "alone", "unless", "whole", "within")


def light(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a release that understands no text, and is read at once."""
    kept = {name: table for name, table in document.items() if name not in ("trained.toml", "ordinary.toml")}
    return {name: _light(table) if name.startswith(("topics/", "commands")) else table for name, table in kept.items()}


def _light(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _light(inner) for key, inner in value.items() if key not in _HEAVY}
    return value


@functools.cache
def _parsed(document: str) -> Content:
    return parse(json.loads(document))


def parsed(document: Mapping[str, Any]) -> Content:
    """Read a release once, however often it is asked for; that it is fit to go live is tested elsewhere."""
    return _parsed(json.dumps(document))


@dataclass
class Line:
    """A line's database and cache, and a person at its terminal."""

    folder: Path
    url: str
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    def publish(self, document: Mapping[str, Any]) -> "Line":
        """Publish a release."""
        engine = connect(self.url)
        migrate(engine)
        publish(engine, document, note="", now=NOON)
        engine.dispose()
        return self

    def run(self, *arguments: str | Path, stdin: str = "") -> Result:
        """Run a command; `stdin` is what the person answers."""
        environ = {"DATABASE_URL": self.url, "CACHE_DIR": str(self.cache), **self.environ}
        return CliRunner().invoke(_COMMANDS, [str(each) for each in arguments], env=environ, input=stdin)

    def rows(self) -> dict[str, Imported]:
        """Give what was imported, by the id its source gave it, or its own."""
        found: dict[str, Imported] = self._asked(
            lambda engine: {row.source_id or row.service: row for row in imports.listed(engine)}
        )
        return found

    def drafts(self) -> dict[str, Draft]:
        """Give the drafts, by part."""
        found: dict[str, Draft] = self._asked(lambda engine: {draft.part: draft for draft in drafts.drafts(engine)})
        return found

    def put(self, *chosen: Draft) -> None:
        """Write drafts as staff do."""
        self._asked(lambda engine: drafts.put(engine, chosen))

    def _asked(self, ask: Callable[[Any], Any]) -> Any:
        engine = connect(self.url)
        try:
            return ask(engine)
        finally:
            engine.dispose()


def good(result: Result) -> str:
    """Return what a command printed that went well."""
    assert (result.exit_code, result.exception) == (0, None), result.output
    return result.stdout


def refused(result: Result, status: int = 1) -> str:
    """Return the one message of a command that refused."""
    assert result.exit_code == status, result.output
    assert "Traceback" not in result.output
    return result.stderr


def totals(told: str) -> dict[str, int]:
    """Return the totals a plan begins with, by their first word."""
    words = {"new,": "add", "changed in the source since": "change", "the same": "same", "refused": "refuse"}
    words |= {"changed in the source and": "clash", "no longer": "gone"}
    found: dict[str, int] = {}
    for line in told.splitlines():
        number, _, rest = line.strip().partition(" ")
        for start, name in words.items():
            if rest.startswith(start) and number.replace(",", "").isdigit():
                found.setdefault(name, int(number.replace(",", "")))
    return {name: count for name, count in found.items() if count}


def tables(folder: Path, files: Mapping[str, Sequence[Mapping[str, str]]]) -> Path:
    """Write a directory as CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def pantries(folder: Path, *numbers: int, **changes: str) -> Path:
    """Write a directory of food pantries in Los Angeles; `changes` are to the first of them."""
    services, phones, places, links, addresses = [], [], [], [], []
    for number in numbers:
        own = changes if number == numbers[0] else {}
        name = own.get("name", f"Hillside Food Pantry {number}")
        services.append({"id": str(number), "organization_id": "o", "name": name, "status": "active"})
        services[-1] |= {"description": own.get("description", "A food pantry.")}
        phones.append(
            {"id": f"p{number}", "service_id": str(number), "number": own.get("phone", f"213-388-1{number:03}")}
        )
        places.append({"id": f"l{number}", "location_type": "physical", "name": name})
        links.append({"id": f"s{number}", "service_id": str(number), "location_id": f"l{number}"})
        street = own.get("street", f"{number} Alvarado St")
        home = {"city": "Los Angeles", "state_province": "CA", "postal_code": "90057", "country": "US"}
        addresses.append({"id": f"a{number}", "location_id": f"l{number}", "address_1": street, **home})
        addresses[-1] |= {"address_type": "physical"}
    return tables(
        folder,
        {
            "organizations": [{"id": "o", "name": "Hillside", "description": "Hillside"}],
            "services": services,
            "phones": phones,
            "locations": places,
            "service_at_location": links,
            "addresses": addresses,
        },
    )


def same_files(one: Path, other: Path) -> bool:
    """Say whether two folders hold the same files, byte for byte."""
    held = [
        {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()} for folder in (one, other)
    ]
    differing = {str(name) for name in {*held[0], *held[1]} if held[0].get(name) != held[1].get(name)}
    assert differing == set()
    return True
