"""How sure examples and wordings have to be that somebody is in danger, and what a text asks of the line itself."""

from dataclasses import replace
from typing import Any

import pytest

from bot.referral.content import Content
from bot.referral.conversation import Conversation, Trace
from bot.referral.meaning import Kind, Meaning
from bot.referral.trained import Thresholds
from bot.referral.understand import understand
from tests.referral.small import NOON, content, document

LIMITS = Thresholds(topic=0.5, choices=0.4, crisis=0.5, doubt=0.1, command=0.7, stop=0.8, facet=0.5)
SMALL = content()
GIVEN = Conversation(at=NOON, language="en", area="westmont", topic="shelter", given=("211-dupage", "pads"))
LONG = "so we are outside right here now"


class Sure:
    """Examples that find every text as likely to mean each label."""

    def __init__(self, shares: dict[str, float], thresholds: Thresholds) -> None:
        """Keep how likely."""
        self.shares, self.thresholds, self.labels = shares, thresholds, tuple(shares)

    def compare(self, found: object) -> dict[str, float]:
        """Return how likely each label is."""
        return dict(self.shares)

    def facet(self, found: object, label: str) -> str | None:
        """Return nothing: no facet was learnt."""
        return None


def sure(shares: dict[str, float], found: Content = SMALL, /, **limits: float) -> Content:
    """Make a release whose examples are this sure of everything."""
    trained: Any = Sure(shares, replace(LIMITS, **limits))
    return replace(found, learnt=replace(found.learnt, trained=trained))


def after(*labels: str) -> Conversation:
    """Return a conversation in which these were hinted at a moment ago."""
    return Conversation(at=NOON, language="en", traces=tuple(Trace(NOON, label, 0.5) for label in labels))


def meant(text: str, shares: dict[str, float], *traces: str, **limits: float) -> str:
    """Return the crisis that a text means, "" for none."""
    found = understand(text, sure(shares, **limits), after(*traces))
    return found.label if found.kind is Kind.CRISIS else ""


@pytest.mark.parametrize(
    ("text", "shares", "label"),
    [
        pytest.param("he has a gun", {"none": 1.0}, "danger", id="a wording and nothing else is believed"),
        pytest.param("tonight he has a gun man", {"danger": 0.06, "suicide": 0.04}, "danger", id="with more: likely"),
        pytest.param("tonight he has a gun man", {"danger": 0.05, "suicide": 0.04}, "", id="with more: unlikely"),
        pytest.param("tonight he has a gun man", {"suicide": 0.6}, "suicide", id="examples are sure of another"),
        pytest.param("tonight he has a gun man", {"suicide": 0.59}, "danger", id="examples are not sure enough"),
        pytest.param(LONG, {"danger": 0.3, "suicide": 0.2}, "danger", id="no wording: likely together"),
        pytest.param(LONG, {"danger": 0.2, "suicide": 0.3}, "suicide", id="the likelier of both"),
        pytest.param(LONG, {"danger": 0.3, "suicide": 0.19}, "", id="not likely enough"),
        pytest.param("outside now", {"danger": 0.75}, "danger", id="two words: very likely"),
        pytest.param("outside now", {"danger": 0.74}, "", id="two words: not enough"),
        pytest.param("outside right now", {"danger": 0.5}, "danger", id="three words"),
        pytest.param("tonight he has a gun show here", {"danger": 0.6}, "danger", id="doubted: sure"),
        pytest.param("tonight he has a gun show here", {"danger": 0.59}, "", id="doubted: not sure"),
    ],
)
def test_when_a_text_is_a_crisis(text: str, shares: dict[str, float], label: str) -> None:
    assert meant(text, shares) == label


@pytest.mark.parametrize(
    ("text", "share", "crisis", "label"),
    [
        pytest.param("outside right here now man", 0.4, 0.3, "danger", id="five words"),
        pytest.param("outside right here now man", 0.39, 0.3, "", id="five words, less"),
        pytest.param("outside right here now man ok", 0.3, 0.3, "danger", id="six words"),
        pytest.param("outside right here now man ok", 0.29, 0.3, "", id="six words, less"),
        pytest.param("tonight he has a gun show here", 0.65, 0.7, "", id="doubted, and examples have to be surer"),
        pytest.param("tonight he has a gun show here", 0.7, 0.7, "danger", id="doubted, and they are"),
    ],
)
def test_how_likely_depends_on_how_much_is_said(text: str, share: float, crisis: float, label: str) -> None:
    assert meant(text, {"danger": share}, crisis=crisis) == label


@pytest.mark.parametrize(
    ("text", "share", "traces", "label"),
    [
        pytest.param("outside now", 0.5, ("food",), "danger", id="a few words end a sentence"),
        pytest.param("outside now", 0.49, ("food",), "", id="and have to be as likely as any"),
        pytest.param(LONG, 0.3, ("danger",), "danger", id="a fragment makes it likelier"),
        pytest.param("scared", 0.1, ("danger",), "danger", id="two hints are a wording"),
        pytest.param("scared", 0.1, ("food",), "", id="a hint at something else"),
        pytest.param("scared", 0.1, ("gone",), "", id="a hint at what the release has no more"),
    ],
)
def test_fragments_of_the_last_minute(text: str, share: float, traces: tuple[str, ...], label: str) -> None:
    assert meant(text, {"danger": share}, *traces) == label


def test_staff_are_told_why_it_is_a_crisis() -> None:
    partner = content(topics__danger={"facets": {"partner": {"en": ["my ex hit me"]}}})
    found = understand("my ex hit me", sure({"danger": 0.55}, partner))
    assert (found.kind, found.label, found.facet) == (Kind.CRISIS, "danger", "partner")
    assert found.why[-1] == "like: danger 0.55"
    assert "hint: 'my ex hit me' -> danger/partner" in found.why
    assert {e.label for e in found.evidence} == {"danger"}
    assert understand("he has a gun", sure({"none": 1.0})).why == ("words: '@he ~ gun' -> danger", "like: danger 0.00")


def test_half_a_proof_of_a_crisis_stays_in_mind() -> None:
    found = understand("scared", SMALL)
    assert found.kind is Kind.UNCLEAR
    assert [(e.label, e.weight) for e in found.evidence] == [("danger", 0.5)]
    assert "hint: 'scared' -> danger" in found.why


def test_a_fragment_lends_its_facet_and_says_so() -> None:
    talk = Conversation(at=NOON, language="en", traces=(Trace(NOON, "shelter", 0.5, "family"),))
    found = understand("motel", SMALL, talk)
    assert (found.label, found.facet) == ("shelter", "family")
    assert "hint: 'a moment ago' -> shelter/family" in found.why


@pytest.mark.parametrize(("language", "label"), [("es", "food"), ("en", ""), ("", "food")], ids=["es", "en", "unknown"])
def test_short_forms_are_those_of_the_conversations_language(language: str, label: str) -> None:
    short = content(topics__food={"words": {"en": ["food"], "es": ["me falta"]}})
    assert understand("m falta", short, Conversation(at=NOON, language=language)).label == label


WATCHED = content(
    commands={"watched": {"within": {"en": ["sees my texts"]}}}, topics__food={"hints": {"en": ["my texts"]}}
)


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        pytest.param("man he sees my texts", True, id="and nothing else"),
        pytest.param("sees my texts 60559", False, id="a place"),
        pytest.param("motel sees my texts", False, id="something is asked for before it"),
        pytest.param("sees my texts motel", False, id="or after it"),
    ],
)
def test_when_somebody_reads_along(text: str, *, silent: bool) -> None:
    found = understand(text, WATCHED)
    assert (found.label == "stop", found.watched, found.facet == "watched") == (silent, silent, silent)


@pytest.mark.parametrize(
    ("text", "shares", "label"),
    [
        pytest.param(LONG, {"stop": 0.8}, "stop", id="to stop"),
        pytest.param(LONG, {"stop": 0.79}, "", id="hardly to stop"),
        pytest.param(LONG, {"erase": 0.7}, "erase", id="to forget"),
        pytest.param(LONG, {"erase": 0.69}, "", id="hardly to forget"),
        pytest.param(LONG, {"food": 0.9, "erase": 0.75}, "food", id="something else is likelier"),
        pytest.param("my ex wont stop with it all day", {"stop": 0.9}, "", id="somebody else is to stop"),
        pytest.param("my ex wont stop with it all day", {"erase": 0.9}, "erase", id="that is no matter here"),
        pytest.param("can they stop with it all day", {"stop": 0.9}, "stop", id="the word itself"),
    ],
)
def test_what_is_asked_of_the_line_in_free_words(text: str, shares: dict[str, float], label: str) -> None:
    found = understand(text, sure(shares))
    assert found.label == label
    if found.kind is Kind.COMMAND:
        assert found.why == (f"like: {label} {shares[label]:.2f}",)


@pytest.mark.parametrize(
    ("text", "label", "facet", "watched"),
    [
        pytest.param("he reads my phone", "stop", "silence", True, id="silence"),
        pytest.param("pls stop texting me", "stop", "", False, id="stop"),
        pytest.param("will you tell the cops", "who", "privacy", False, id="privacy"),
        pytest.param("who dis", "who", "", False, id="who"),
    ],
)
def test_what_a_command_is_called(text: str, label: str, facet: str, *, watched: bool) -> None:
    found = understand(text, SMALL)
    assert (found.label, found.facet, found.watched) == (label, facet, watched)
    assert found.why[0].startswith("command: '")


def test_a_place_tells_its_language_unless_its_name_is_a_word() -> None:
    first, *others = document()["line.toml"]["areas"]
    found = content(line={"areas": [first | {"alone": ["la"]}, *others]})
    assert understand("la", found) == Meaning(Kind.COMMAND, "area", area="westlake", why=("place: 'la' -> westlake",))
    assert (understand("hola la", found).label, understand("hola la", found).language) == ("area", "")
    polite = understand("hola estoy por favor en naperville", found)
    assert (polite.kind, polite.label, polite.language) == (Kind.COMMAND, "area", "es")
