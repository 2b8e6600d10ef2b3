"""Which needs a service is offered for, by which evidence; the terms and codes that say so."""

from pathlib import Path
from typing import Any

import pytest

from bot.directory.drawing.codes import CodesError, load_codes
from bot.directory.drawing.runs import Runs, stems_of
from bot.directory.drawing.terms import FILE, Terms, lint
from bot.directory.drawing.topics import (
    BY_CODE,
    BY_DESCRIPTION,
    BY_NAME,
    BY_OWNER,
    BY_TERM,
    BY_TERM_WORDS,
    NO_TOPIC,
    RANK,
    Meant,
    meant_by,
)
from bot.referral.problem import ContentError
from bot.storage.files import read_document
from tests.directory.drawing.made import organization, release, service, term


def meant(**made: Any) -> Meant:
    content, terms = release()
    return meant_by(service(**{"name": "Program", **made}).doc, content, terms)


def told(found: Meant) -> list[str]:
    return ["/".join(filter(None, meaning)) for meaning in found.meanings]


TOLD: dict[str, tuple[dict[str, Any], list[str], str]] = {
    "a term": ({"terms": ("Food Pantry",)}, ["food"], BY_TERM),
    "a term in other case": ({"terms": ("EMERGENCY SHELTER",)}, ["shelter"], BY_TERM),
    "a term in the plural": ({"terms": ("Food Pantries",)}, ["food"], BY_TERM),
    "a term with a sign": ({"terms": ("Diapers & Formula",)}, ["money/diapers"], BY_TERM),
    "a term of two needs": ({"terms": ("Food Stamps",)}, ["food", "money"], BY_TERM),
    "a term in Spanish": ({"terms": ("Violencia doméstica",)}, ["violence/partner"], BY_TERM),
    "words in a term": ({"terms": ("Homeless Shelter for Men",)}, ["shelter"], BY_TERM_WORDS),
    "its name": ({"name": "St. Anne food bank"}, ["food"], BY_NAME),
    "its other name": ({"alternate_name": "St. Anne food bank"}, ["food"], BY_NAME),
    "its name in Spanish": ({"name": "Banco de alimentos"}, ["food"], BY_NAME),
    "its organization's name": ({"organization": organization("St. Anne dental clinic")}, ["health/dental"], BY_OWNER),
    "its description": ({"description": "Groceries on Friday."}, ["food"], BY_DESCRIPTION),
    "nothing": ({"description": "Good things."}, [], NO_TOPIC),
    "longer wins": ({"name": "Animal shelter"}, [], NO_TOPIC),
    "no bed for people": ({"name": "Shelter for pets"}, [], NO_TOPIC),
    "no food for people": ({"name": "Pet food pantry"}, [], NO_TOPIC),
    "no bed at a bus stop": ({"name": "Bus shelter cleaning"}, [], NO_TOPIC),
    "no doctor": ({"name": "Emissions testing"}, [], NO_TOPIC),
    "who deports, not who helps": ({"name": "Immigration Enforcement tip line"}, [], NO_TOPIC),
    "a facet only": ({"name": "Divorce help"}, ["legal/family"], BY_NAME),
    "lawyers": ({"name": "Legal aid", "terms": ("Food Stamps", "Eviction")}, ["legal/civil", "legal"], BY_TERM),
    "lawyers against violence": (
        {"name": "Domestic violence", "organization": organization("Legal Services of the North")},
        ["violence/partner", "legal"],
        BY_NAME,
    ),
    "police": ({"name": "Police Department", "terms": ("Domestic Violence",)}, ["report"], BY_NAME),
}


@pytest.mark.parametrize(("made", "expected", "how"), TOLD.values(), ids=TOLD)
def test_needs_are_told(made: dict[str, Any], expected: list[str], how: str) -> None:
    found = meant(**made)
    assert told(found) == expected
    assert found.notes[0][0] == how


def test_what_is_told_by_something_surer_is_not_looked_up_in_the_description() -> None:
    found = meant(terms=("Food Pantry",), description="We also mention dentists, lawyers and jobs.")
    assert told(found) == ["food"]


def test_the_first_word_for_a_need_is_the_evidence_for_it() -> None:
    found = meant(name="Food bank", terms=("Food Pantry",))
    assert found.notes == ((BY_TERM, "food: Food Pantry"),)


def test_a_need_as_a_whole_and_facets_stand_in_rows_of_their_own() -> None:
    found = meant(terms=("Medical Care", "Dental Care", "Prenatal Care"))
    assert found.serves() == [
        {"topic": "health", "rank": RANK},
        {"topic": "health", "rank": RANK, "facets": ["dental", "pregnancy"]},
    ]
    assert meant(terms=("Dental Care",)).serves() == [{"topic": "health", "rank": RANK, "facets": ["dental"]}]


KINDS = {
    "crisis line": ("County crisis line", "crisis line"),
    "hotline": ("Tenants' hotline", "hotline"),
    "shelter": ("Winter shelter", "shelter"),
    "in Spanish": ("Línea de crisis", "crisis line"),
    "a line before a bed": ("Shelter hotline", "hotline"),
    "any other": ("Food bank", "service"),
}


@pytest.mark.parametrize(("name", "kind"), KINDS.values(), ids=KINDS)
def test_what_kind_of_place_it_is(name: str, kind: str) -> None:
    assert meant(name=name).kind == kind


def test_police_is_police() -> None:
    assert meant(name="Westmont Police Department").is_police
    assert not meant(name="Westmont Township").is_police


CODES = b"code,topic,facet\nAB-1000,food\nAB-1000.2000,money,diapers\nXY,shelter\nXY,youth\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("AB-1000", ["food"]),
        ("ab-1000 ", ["food"]),
        ("AB-1000.2000", ["money/diapers"]),
        ("AB-1000.2000-300.20", ["money/diapers"]),
        ("AB-1000.9000", ["food"]),
        ("XY-1", ["shelter", "youth"]),
        ("AB", []),
        ("AB-10001", []),
        ("", []),
    ],
)
def test_codes_of_an_operator_mean_what_their_table_says(code: str, expected: list[str]) -> None:
    content, terms = release()
    doc = service("Program", attributes=[term("Unheard of", code=code)]).doc
    found = meant_by(doc, content, terms.with_codes(load_codes(CODES, content)))
    assert told(found) == expected
    assert found.notes[0][0] == (BY_CODE if expected else NO_TOPIC)
    assert not code or code.strip() not in str(found.notes)


BAD_CODES = {
    "no such topic": (
        b"A1,foo\nA2,food\nA3,money,foo\n",
        ("line 1: no topic 'foo'", "line 3: no facet 'foo' in money"),
    ),
    "no code": (b",food\n", ("line 1: no code",)),
    "no topic": (b"A1\n", ("line 1: no topic ''",)),
    "not text": (b"\xff\xfe", ("byte 1 is not UTF-8",)),
    "no CSV": (b'A1,food\n"A2,food', ("line 2 is no line of a CSV file",)),
}


@pytest.mark.parametrize(("data", "problems"), BAD_CODES.values(), ids=BAD_CODES)
def test_a_table_of_codes_that_cannot_be_used_says_all_that_is_wrong(data: bytes, problems: tuple[str, ...]) -> None:
    with pytest.raises(CodesError) as caught:
        load_codes(data, release()[0])
    assert caught.value.problems == problems
    assert "A1" not in str(caught.value)


def test_codes_show_only_their_number() -> None:
    assert repr(load_codes(CODES, release()[0])) == "<Codes: 3>"


def test_the_terms_of_the_release_are_right(data_dir: Path) -> None:
    assert lint(read_document(data_dir), release()[0]) == []


def test_every_topic_that_can_be_told_has_a_short_name() -> None:
    _, terms = release()
    means = {topic for found in terms.whole.values() for topic, _ in found}
    assert means - terms.shorts.keys() == set()
    assert "" in terms.shorts


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "term": ({"term": [{"means": ["foo"], "names": ["x"]}]}, "taxonomy.toml: term[0].means: no topic 'foo'"),
    "facet": ({"word": [{"means": ["food/foo"]}]}, "taxonomy.toml: word[0].means: no facet 'foo' in food"),
    "narrow": ({"narrow": [{"keep": ["foo"]}]}, "taxonomy.toml: narrow[0]: no topic 'foo'"),
    "short of no topic": (
        {"short": [{"topic": "foo", "text": {"en": "Help", "es": "Ayuda"}}]},
        "taxonomy.toml: short[foo]: no topic 'foo'",
    ),
    "sensitive": (
        {"short": [{"topic": "food", "text": {"en": "Rape line", "es": "Ayuda"}}]},
        "taxonomy.toml: short[food].en: shows 'rape'; a texter's phone may be read",
    ),
    "one language": (
        {"short": [{"topic": "food", "text": {"en": "Help"}}]},
        "taxonomy.toml: short[food].es: is missing",
    ),
}


@pytest.mark.parametrize(("tables", "problem"), WRONG.values(), ids=WRONG)
def test_terms_are_linted(tables: dict[str, Any], problem: str) -> None:
    assert [str(found) for found in lint({FILE: tables}, release()[0])] == [problem]


UNREADABLE = {
    "a list for a text": {"term": [{"means": "food", "names": ["x"]}]},
    "no such kind": {"kind": [{"name": "castle", "en": ["castle"]}]},
    "no such table": {"terms": []},
}


@pytest.mark.parametrize("tables", UNREADABLE.values(), ids=UNREADABLE)
def test_terms_that_cannot_be_read_are_told(tables: dict[str, Any]) -> None:
    with pytest.raises(ContentError, match=r"^taxonomy\.toml"):
        Terms.of({FILE: tables})


def test_a_release_without_terms_knows_none() -> None:
    content, _ = release()
    found = meant_by(service("Food bank").doc, content, Terms.of({}))
    assert found.notes == ((NO_TOPIC, ""),)


STEMS = {
    "plural": ("Food Pantries", ("food", "pantry")),
    "possessive": ("women's", ("women",)),
    "curly": ("Women’s", ("women",)),
    "no plural": ("AIDS bus pass", ("aids", "bus", "pass")),
    "and": ("drug & alcohol and more", ("drug", "alcohol", "more")),
    "accents": ("Línea de crisis", ("linea", "de", "crisis")),
}


@pytest.mark.parametrize(("text", "expected"), STEMS.values(), ids=STEMS)
def test_words_are_compared_by_their_stems(text: str, expected: tuple[str, ...]) -> None:
    assert stems_of(text) == expected


def test_no_word_belongs_to_two_runs() -> None:
    runs: Runs[str] = Runs([("food bank", "a"), ("bank", "b"), ("food", "c"), ("blood bank", None)])
    assert [*runs.find(stems_of("food bank bank blood bank food"))] == [
        ("food bank", "a"),
        ("bank", "b"),
        ("food", "c"),
    ]
