"""The right services come first: by topic, by facet, in each county and where we have no list."""

import pytest

from tests.content.coverage import ANYWHERE, FACETS, KNOWN, LEADING, WESTLAKE, WESTMONT
from tests.content.directory import Entry, ordered, phones, serving


@pytest.mark.parametrize("topic", LEADING)
def test_the_coverage_table_comes_out(entries: dict[str, Entry], topic: str) -> None:
    for area, row in zip((WESTLAKE, WESTMONT), LEADING[topic], strict=True):
        wanted = row.split()
        assert ordered(entries, topic, area)[: len(wanted)] == wanted
    wanted = ANYWHERE[topic].split()
    assert ordered(entries, topic, "")[: len(wanted)] == wanted


@pytest.mark.parametrize(("topic", "facet"), FACETS)
def test_a_facet_picks_its_entries(entries: dict[str, Entry], topic: str, facet: str) -> None:
    for area, row in zip((WESTLAKE, WESTMONT), FACETS[topic, facet], strict=True):
        wanted = row.split()
        assert ordered(entries, topic, area, facet)[: len(wanted)] == wanted


def test_topics_and_facets_are_known_and_ranks_leave_room(entries: dict[str, Entry]) -> None:
    for entry in entries.values():
        for s in serving(entry):
            assert s["topic"] in LEADING, entry["id"]
            assert set(s.get("facets", [])) <= set(KNOWN.get(s["topic"], "").split()), entry["id"]
            assert s["rank"] % 10 == 0
            # From 200 on: what serves a facet, and what is not published yet.
            assert (s["rank"] >= 200) == ("facets" in s or entry["status"] == "check-first"), (entry["id"], s)


def test_a_number_for_enquiries_comes_last(entries: dict[str, Entry]) -> None:
    for topic in ("exit", "jobs"):
        assert ordered(entries, topic, WESTMONT)[-1] == "salt-light"


def test_special_desks_answer_for_their_own_business_only(entries: dict[str, Entry]) -> None:
    def serves(entry: str, number: str) -> set[str]:
        phone = next(p for p in phones(entries[entry]) if p["number"] == number)
        return {s["topic"] for s in phone["serves"]}

    assert serves("fss-mfsd", "+16304078813") == {"legal"}
    assert "legal" not in {s["topic"] for s in entries["fss-mfsd"]["serves"]}
    for entry, number in (
        ("lalgbt", "+13239937649"),
        ("dupage-cs", "+18668001409"),
        ("dupage-cs", "+18009429412"),
        ("haymarket", "+13122267984"),
        ("dg-township", "+16307196670"),
    ):
        assert serves(entry, number) == set()
