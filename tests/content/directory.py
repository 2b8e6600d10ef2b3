"""The entries and the looked-up facts as plain tables, read without any code of ours."""

import tomllib
from pathlib import Path
from typing import Any

import yaml

Entry = dict[str, Any]


def read_entries(data: Path) -> dict[str, Entry]:
    """Read every entry by id, with the name of its file as `area`."""
    found: dict[str, Entry] = {}
    for path in sorted((data / "entries").glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["entry"]:
            assert entry["id"] not in found, f"{entry['id']} stands twice"
            found[entry["id"]] = {**entry, "area": path.stem}
    return found


def read_facts(shared: Path) -> dict[str, Entry]:
    """Read every resource that was looked up, by id."""
    text = (shared / "facts" / "resources.yaml").read_text(encoding="utf-8")
    return {r["id"]: r for r in yaml.safe_load(text)["resources"]}


def phones(entry: Entry) -> list[Entry]:
    """List the numbers of an entry."""
    found: list[Entry] = entry.get("phone", [])
    return found


def published(entry: Entry) -> set[str]:
    """List the numbers of an entry that texters may get."""
    return {p["number"] for p in phones(entry) if p["publish"]}


def serving(entry: Entry) -> list[Entry]:
    """List what an entry and its published numbers serve."""
    own = [s for p in phones(entry) if p["publish"] for s in p.get("serves", [])]
    return [*entry["serves"], *own]


def ordered(entries: dict[str, Entry], topic: str, area: str, facet: str = "") -> list[str]:
    """List who answers by rank: for a topic as a whole, or only those that name the facet."""
    found = set()
    for entry in entries.values():
        if entry["status"] != "publish" or entry["area"] not in ("national", area):
            continue
        if entry["id"] == "211" and area:
            continue
        for s in serving(entry):
            if s["topic"] == topic and (facet in s.get("facets", []) if facet else "facets" not in s):
                found.add((s["rank"], entry["id"]))
    ranks = [rank for rank, _ in found]
    assert len(ranks) == len(set(ranks)), f"two entries share a rank: {sorted(found)}"
    return [name for _, name in sorted(found)]
