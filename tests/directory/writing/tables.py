"""Read a tabular package back and find what is wrong with it, without any code of ours."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Rows = dict[str, list[dict[str, str]]]


def read(folder: Path, described: dict[str, Any]) -> Rows:
    """Read the tables that a descriptor lists, by name."""
    found: Rows = {}
    for resource in described["resources"]:
        if (folder / resource["path"]).is_file():
            with open(folder / resource["path"], encoding="utf-8", newline="") as file:
                found[resource["name"]] = list(csv.DictReader(file))
    return found


def official(hsds: Path) -> dict[str, Any]:
    """Read the standard's own descriptor."""
    made: dict[str, Any] = json.loads((hsds / "datapackage-3.1.1-generated.json").read_text(encoding="utf-8"))
    return made


def faults(rows: Rows, described: dict[str, Any]) -> Iterator[str]:
    """List broken links, ids that stand twice and required cells that are empty."""
    for resource in described["resources"]:
        name, schema = resource["name"], resource["schema"]
        for field in schema["fields"]:
            cells = [row.get(field["name"], "") for row in rows.get(name, ())]
            rules = field.get("constraints", {})
            if rules.get("required") and "" in cells:
                yield f"{name}.{field['name']}: empty"
            full = [cell for cell in cells if cell]
            if rules.get("unique") and len(set(full)) != len(full):
                yield f"{name}.{field['name']}: stands twice"
        for link in schema.get("foreignKeys", ()):
            target = {row["id"] for row in rows.get(link["reference"]["resource"], ())}
            for row in rows.get(name, ()):
                if row[link["fields"]] and row[link["fields"]] not in target:
                    yield f"{name}.{link['fields']}: leads nowhere"
