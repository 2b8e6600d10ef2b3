"""Teaching the line an example: what may be somebody's own is refused, what is alike elsewhere is told."""

from typing import Any

import pytest

from bot.referral.content import Content
from bot.referral.document import parse
from bot.referral.examples import lines
from bot.referral.lint_examples import LONGEST
from bot.referral.meaning import Kind
from bot.referral.private import doubts, faults
from bot.referral.teach import Refused, Taught, clashes, teach, why
from tests.referral.small import document

SMALL = document(
    topics__food={"examples": {"en": "nothing in the fridge\nmy kids did not eat today", "es": "no hay nada de comer"}},
    topics__shelter={"examples": {"en": "the landlord locked me out\n"}},
)
CONTENT = parse(SMALL)


@pytest.fixture(scope="module")
def release(default_release: Content) -> Content:
    return default_release


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("call me at 213 555 0142", "number"),
        ("its 2135550142", "number"),
        ("my code is 90210", "number"),
        ("my pin 4821", "number"),
        ("write to mari at mari.x@example.org", "net"),
        ("look at www.example.org", "net"),
        ("im @mari_la on there", "net"),
        ("im at 1204 s alvarado st", "address"),
        ("im at 12 west 6th street", "address"),
        ("come to apt 4", "address"),
        ("vivo en calle 8", "address"),
        ("he hit me on 11/21", "date"),
        ("court is on 2026-11-24", "date"),
        ("court is nov 24", "date"),
        ("la corte es el 24 de noviembre", "date"),
        ("my name is mari", "name"),
        ("me llamo mari", "name"),
    ],
)
def test_what_may_be_somebodys_own_is_refused(text: str, word: str) -> None:
    assert any(word in fault for fault in faults(text)), faults(text)
    refused = teach(CONTENT, SMALL, text, topic="food", language="en")
    assert isinstance(refused, Refused)
    assert any(word in reason for reason in refused.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "open 24/7?",
        "i got 2 kids and 40 dollars",
        "im 16 and need a bed",
        "15 años en la calle",
        "may i ask something",
        "he took my phone and my id",
        "call 911 or 988?",
        "no tengo nada de comer desde hace 3 dias",
    ],
)
def test_what_is_nobodys_own_is_not(text: str) -> None:
    assert faults(text) == []


def test_few_of_our_own_examples_would_be_refused_or_doubted(release: Content) -> None:
    texts = [line for block in release.learnt.examples for line in lines(block.texts)[:10]]
    assert len(texts) > 1000
    assert sum(bool(faults(text)) for text in texts) < len(texts) / 50
    assert sum(bool(list(doubts(release, text))) for text in texts) < len(texts) / 25


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("he took Tyrone and Xiomara to his house", ["Tyrone", "Xiomara"]),
        ("Tyrone took my phone", []),  # a first word is large anyway
        ("i need a bed. My kids too", []),
        ("I NEED A BED TONIGHT", []),
        ("need a lawyer in Spanish", []),
    ],
)
def test_words_that_may_be_a_name_are_shown(text: str, names: list[str], release: Content) -> None:
    assert list(doubts(release, text)) == names


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "empty": ({"text": "  \n "}, "is empty"),
    "too long": ({"text": "hungry " * LONGEST}, "more than"),
    "a direction mark": ({"text": "no food\u202e today"}, "nobody sees"),
    "there already": ({"text": "Nothing in the FRIDGE"}, "is an example already: of food"),
    "of another topic already": ({"text": "the landlord locked me out"}, "of shelter"),
    "no such topic": ({"topic": "rent"}, "no topic 'rent'"),
    "no such facet": ({"facet": "baby"}, "no facet 'baby'"),
    "no such language": ({"language": "fr"}, "no language 'fr'"),
}


@pytest.mark.parametrize(("asked", "reason"), BAD.values(), ids=BAD)
def test_what_cannot_be_an_example(asked: dict[str, str], reason: str) -> None:
    told = {"text": "no groceries left", "topic": "food", "language": "en"} | asked
    text = told.pop("text")
    refused = teach(CONTENT, SMALL, text, topic=told.pop("topic"), language=told.pop("language"), **told)
    assert isinstance(refused, Refused)
    assert any(reason in each for each in refused.reasons)


@pytest.mark.parametrize(
    ("language", "facet", "topic", "expected"),
    [
        pytest.param(
            "en", "", "food", ["nothing in the fridge", "my kids did not eat today", "pantry is bare"], id="last"
        ),
        pytest.param("es", "", "food", ["no hay nada de comer", "pantry is bare"], id="another language"),
        pytest.param("es", "", "shelter", ["pantry is bare"], id="the first one"),
        pytest.param("en", "family", "shelter", ["pantry is bare"], id="of a facet"),
    ],
)
def test_an_example_more_is_a_draft_of_its_topic(language: str, facet: str, topic: str, expected: list[str]) -> None:
    taught = teach(CONTENT, SMALL, " pantry  is bare ", topic=topic, language=language, facet=facet)
    assert isinstance(taught, Taught)
    assert (taught.part, taught.works, taught.now.label) == (f"topics/{topic}.toml", True, topic)
    body = taught.body["facets"][facet] if facet else taught.body
    assert lines(body["examples"][language]) == expected
    after = parse({**SMALL, taught.part: taught.body})
    assert why(after, "the pantry is bare").meaning.label == topic


def test_an_example_that_is_much_like_another_topics_is_told() -> None:
    taught = teach(CONTENT, SMALL, "the landlord locked us out", topic="food", language="en")
    assert isinstance(taught, Taught)
    assert [(like.label, like.text) for like in taught.clashes] == [("shelter", "the landlord locked me out")]
    apart = teach(CONTENT, SMALL, "my fridge broke", topic="food", language="en")
    assert isinstance(apart, Taught)
    assert apart.clashes == ()


def test_a_text_that_a_wording_takes_elsewhere_is_told_so() -> None:
    taught = teach(CONTENT, SMALL, "i need a place to sleep", topic="food", language="en")
    assert isinstance(taught, Taught)
    assert (taught.works, taught.now.label) == (False, "shelter")


@pytest.mark.parametrize(
    ("wording", "topic", "owners"),
    [
        ("bed", "food", ["shelter"]),
        ("BED", "shelter", []),
        ("food stamps", "shelter", ["food"]),
        ("stop", "food", ["stop"]),
        ("motel", "food", ["shelter"]),
        ("groceries", "food", []),
    ],
)
def test_a_wording_that_means_something_else_already(wording: str, topic: str, owners: list[str]) -> None:
    assert clashes(CONTENT, wording, topic) == owners


def test_why_a_text_is_understood_and_what_else_was_near(release: Content) -> None:
    found = why(release, "the landlord turned the heat off")
    assert len(found.near) >= 2
    assert [near.share for near in found.near] == sorted((near.share for near in found.near), reverse=True)
    assert all(near.example for near in found.near if near.label in release.topics)
    assert found.reasons
    plain = why(release, "i need a bed tonight")
    assert (plain.meaning.kind, plain.meaning.label) == (Kind.TOPIC, "shelter")
    assert any("shelter" in reason for reason in plain.reasons)
    nothing = why(CONTENT, "zzqx")
    assert (nothing.meaning.kind, nothing.near) == (Kind.UNCLEAR, ())
