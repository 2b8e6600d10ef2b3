"""What a texter sees of an entry is discreet, short and in both languages; what they may call it leads to it."""

import re
from collections import defaultdict

import pytest

from tests.content.coverage import WESTLAKE, WESTMONT
from tests.content.directory import Entry, phones

#: What an SMS may hold without turning dear, as far as our names and notes need it.
GSM = re.compile(r"[A-Za-z0-9ñÑéÉüÜ¿¡ .,:;?!'()&/+-]*")
#: Subjects that a name or note must never show on a locked screen.
SENSITIVE = re.compile(
    r"sex|rape|assault|traffick|trata|abus|violen|domestic|viol|suicid|crisis|drug|droga|overdose|sobredosis|hiv|vih"
    r"|lgbt|gay|trans|immigra|inmigra|migra|deport|police|policia|shelter|albergue|runaway|victim|rescue|survivor",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\d+ +\w+ +(ave|avenue|st|street|blvd|rd|road|dr|suite)\b|[A-Z]{2} \d{5}", re.IGNORECASE)


def test_names_are_discreet_short_and_bilingual(entries: dict[str, Entry]) -> None:
    for entry in entries.values():
        for key, most in (("short", 26), ("who", 40), ("note", 60)):
            texts = entry.get(key)
            if texts is None:
                continue
            assert set(texts) == {"en", "es"}, (entry["id"], key)
            for text in texts.values():
                assert GSM.fullmatch(text), (entry["id"], text)
                assert len(text) <= most, (entry["id"], text)
                assert not SENSITIVE.search(text), (entry["id"], text)
        for phone in phones(entry):
            for texts in (phone.get("purpose"), phone.get("keyword")):
                assert texts is None or set(texts) == {"en", "es"} or entry["id"] == "988", entry["id"]
                assert all(GSM.fullmatch(t) for t in (texts or {}).values()), entry["id"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_short_names_tell_entries_apart(entries: dict[str, Entry], language: str) -> None:
    for area in ("", WESTLAKE, WESTMONT):
        names: defaultdict[str, list[str]] = defaultdict(list)
        for entry in entries.values():
            if entry["area"] in ("national", area):
                names[entry["short"][language]].append(entry["id"])
        assert [ids for ids in names.values() if len(ids) > 1] == []


def test_no_entry_gives_a_place_away(entries: dict[str, Entry]) -> None:
    for entry in entries.values():
        spoken = [*entry["short"].values(), *entry.get("who", {}).values(), *entry.get("note", {}).values()]
        spoken += [t for p in phones(entry) for t in p.get("purpose", {}).values()]
        assert not ADDRESS.search(" | ".join(spoken)), entry["id"]


def test_aliases_are_folded_and_lead_to_one_entry(entries: dict[str, Entry]) -> None:
    owners: dict[str, str] = {}
    for entry in entries.values():
        for alias in entry.get("aliases", []):
            assert re.fullmatch(r"[a-z0-9]+( [a-z0-9]+)*", alias), (entry["id"], alias)
            assert alias not in owners, (entry["id"], owners.get(alias))
            owners[alias] = entry["id"]
    # Ordinary words, and numbers that people say they have tried, are nobody's name.
    assert owners.keys().isdisjoint({"cast", "pads", "trevor", "stop it", "esperanza", "saban", "rainn", "211", "988"})
    for alias, owner in {
        "haymarket": "haymarket", "hay market": "haymarket", "family shelter service": "fss-mfsd",
        "family shelter svc": "fss-mfsd", "covenant house": "covenant-house-ca", "covnant house": "covenant-house-ca",
        "romero clinic": "clinica-romero", "clinica romero": "clinica-romero", "chirla": "chirla",
        "carecen": "carecen", "lafla": "lafla", "dupage pads": "dupagepads", "dupagepads": "dupagepads",
        "howard brown": "howard-brown", "trevor project": "trevor", "national runaway": "nrs",
    }.items():  # fmt: skip
        assert owners[alias] == owner
