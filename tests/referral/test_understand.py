"""What texts mean in the small release: crisis, opt-out, commands, places, needs, choices."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.referral.conversation import Conversation, Trace
from bot.referral.meaning import Kind
from bot.referral.understand import understand
from tests.referral.small import NOON, content

SMALL = content()


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        pytest.param("bed", Kind.TOPIC, "shelter", id="poster word"),
        pytest.param("BED!!", Kind.TOPIC, "shelter", id="loud"),
        pytest.param("i need a place to sleep 2nite", Kind.TOPIC, "shelter", id="in a sentence"),
        pytest.param("sheltr", Kind.TOPIC, "shelter", id="one slip"),
        pytest.param("shetler", Kind.TOPIC, "shelter", id="letters swapped"),
        pytest.param("theraphy", Kind.TOPIC, "counseling", id="one letter too many"),
        pytest.param("fooood", Kind.TOPIC, "food", id="leaning on a key"),
        pytest.param("beds", Kind.TOPIC, "shelter", id="plural"),
        pytest.param("needfood", Kind.TOPIC, "food", id="written as one"),
        pytest.param("nesesito comida", Kind.TOPIC, "food", id="by ear"),
        pytest.param("food stamps", Kind.TOPIC, "food", id="longest wording wins"),
        pytest.param("good", Kind.UNCLEAR, "", id="an ordinary word is never repaired (food)"),
        pytest.param("mood", Kind.UNCLEAR, "", id="an ordinary word is never repaired (food) 2"),
        pytest.param("bad", Kind.UNCLEAR, "", id="three letters are never repaired"),
        pytest.param("bedford", Kind.UNCLEAR, "", id="a word inside another word is none"),
        pytest.param("motel", Kind.UNCLEAR, "", id="one hint is not enough"),
        pytest.param("in my car outside a motel", Kind.TOPIC, "shelter", id="two hints are"),
        pytest.param("@", Kind.UNCLEAR, "", id="nothing"),
        pytest.param("help", Kind.TOPIC, "help", id="the reserved word"),
        pytest.param("who is this", Kind.COMMAND, "who", id="command"),
        pytest.param("hi who dis pls", Kind.COMMAND, "who", id="command among fillers"),
        pytest.param("so like who is this even", Kind.COMMAND, "who", id="command anywhere"),
        pytest.param("who is this food for", Kind.TOPIC, "food", id="a need beats a command somewhere in the text"),
        pytest.param("i need more food", Kind.TOPIC, "food", id="a command word inside a sentence is no command"),
        pytest.param("will you tell the cops", Kind.COMMAND, "who", id="privacy is asked of who"),
        pytest.param("stop", Kind.COMMAND, "stop", id="opt-out"),
        pytest.param("please stop texting me", Kind.COMMAND, "stop", id="opt-out anywhere"),
        pytest.param("my ex wont stop texting me", Kind.UNCLEAR, "", id="somebody else's texts are no opt-out"),
        pytest.param("at the bus stop", Kind.UNCLEAR, "", id="a stop inside a sentence is no opt-out"),
        pytest.param("hope house", Kind.TOPIC, "counseling", id="a service by its name"),
        pytest.param("blue house", Kind.TOPIC, "shelter", id="a name that may never be listed leads to its topic"),
    ],
)
def test_kind_and_label(text: str, kind: Kind, label: str) -> None:
    meant = understand(text, SMALL)
    assert (meant.kind, meant.label) == (kind, label)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("danger", "danger", id="the word"),
        pytest.param("he has a gun", "danger", id="wording"),
        pytest.param("my ex still has a gun", "danger", id="class and gap"),
        pytest.param("he 🔫", "danger", id="emoji"),
        pytest.param("stop he has a gun", "danger", id="crisis goes before an opt-out"),
        pytest.param("food but he has a gun", "danger", id="crisis goes before a need"),
        pytest.param("@he used to hit me and hit me again now boyfriend hit me", "danger", id="past, but again now"),
        pytest.param("mi ex me pega", "danger", id="Spanish"),
        pytest.param("she is not breathing", "overdose", id="a denial inside the wording is part of it"),
        pytest.param("i want to die years ago and now", "suicide", id="wishing to die"),
        pytest.param("wanted to die years ago, want to die", "suicide", id="wishing to die does not pass"),
        pytest.param("he hit me he overdosed not breathing", "overdose", id="the heavier one"),
    ],
)
def test_crisis(text: str, label: str) -> None:
    meant = understand(text, SMALL)
    assert (meant.kind, meant.label) == (Kind.CRISIS, label)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("he used to hit me", id="past"),
        pytest.param("he went to the gun show", id="unless"),
        pytest.param("not suicidal", id="denied"),
        pytest.param("never suicidal", id="denied otherwise"),
        pytest.param("he overdosed years ago", id="past overdose"),
        pytest.param("scared", id="half a proof"),
    ],
)
def test_no_crisis(text: str) -> None:
    assert understand(text, SMALL).kind is not Kind.CRISIS


@pytest.mark.parametrize(
    ("text", "area"),
    [
        pytest.param("90057", "westlake", id="zip"),
        pytest.param("60559-1234", "westmont", id="zip+4"),
        pytest.param("bed 60559", "westmont", id="zip beside a need"),
        pytest.param("10001", "elsewhere", id="zip of neither"),
        pytest.param("food 90057 or 60559", "westlake", id="the first of two zips"),
        pytest.param("food 60559 or 90057", "westmont", id="the first of two, the other way round"),
        pytest.param("food 10001 or 60559", "westmont", id="of two the one we serve"),
        pytest.param("call 213-555-90057", "", id="a piece of a phone number is no zip"),
        pytest.param("i make $90057", "", id="money is no zip"),
        pytest.param("koreatown", "westlake", id="neighbourhood"),
        pytest.param("korea town", "", id="two words we do not know"),
        pytest.param("napervile", "westmont", id="town with a slip"),
        pytest.param("chicago", "elsewhere", id="city we do not serve"),
        pytest.param("westmont", "westmont", id="name alone"),
        pytest.param("westmont california", "westlake", id="the state breaks the tie"),
        pytest.param("westmont il", "westmont", id="the state agrees"),
        pytest.param("westlake ohio", "elsewhere", id="another state altogether"),
        pytest.param("westmont near koreatown", "westlake", id="another place breaks the tie"),
        pytest.param("westmont 90057", "westlake", id="the zip breaks the tie"),
        pytest.param("food", "", id="not said"),
    ],
)
def test_area(text: str, area: str) -> None:
    assert understand(text, SMALL).area == area


@pytest.mark.parametrize(
    "text", ["im in koreatown", "at macarthur park", "60559", "westmont pls", "estoy en el parque macarthur"]
)
def test_a_text_that_only_says_where_is_the_area_command(text: str) -> None:
    assert understand(text, SMALL).label == "area"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("food", "en"),
        ("comida", "es"),
        ("como esta usted", "es"),
        ("what about this", "en"),
        ("90057", ""),
        ("xfa", "es"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert understand(text, SMALL).language == language


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("im 15", True),
        ("i am fifteen", True),
        ("tengo 16 años", True),
        ("15 yo girl", True),
        ("im 18", False),
        ("im 15 minutes away", False),
        ("tengo 16 semanas", False),
        ("15", False),
        ("my kids are 12", False),
    ],
)
def test_minor(text: str, minor: bool) -> None:
    assert understand(text, SMALL).minor is minor


def test_two_needs_answer_the_first_and_offer_the_second() -> None:
    meant = understand("food n a bed 60515", SMALL)
    assert (meant.kind, meant.label, meant.choices, meant.area) == (Kind.TOPIC, "food", ("shelter",), "westmont")


def test_near_equals_without_a_word_of_their_own_become_choices() -> None:
    both = content(topics__food={"hints": {"en": ["motel", "car"]}})
    meant = understand("car motel", both)
    assert (meant.kind, meant.label, meant.choices) == (Kind.CHOICES, "", ("food", "shelter"))


def test_a_facet_is_told_and_the_label_stays() -> None:
    meant = understand("bed for me and my kids", SMALL)
    assert (meant.label, meant.facet) == ("shelter", "family")


def test_fragments_add_up() -> None:
    before = Conversation(at=NOON, traces=(Trace(NOON - timedelta(seconds=30), "shelter", 0.5),))
    assert understand("motel", SMALL, before).label == "shelter"


def test_the_reason_names_the_wording_and_how_it_was_recognised() -> None:
    assert understand("sheltr", SMALL).why == ("words: 'shelter' -> shelter (typo: shelter)",)


@given(st.text(max_size=300))
@settings(deadline=None)
def test_every_text_means_something(text: str) -> None:
    meant = understand(text, SMALL)
    assert meant.kind in Kind
    assert (meant.label == "") == (meant.kind in (Kind.CHOICES, Kind.UNCLEAR))


def test_a_word_from_the_poster_is_no_crisis_whatever_was_hinted_at() -> None:
    hints = tuple(Trace(NOON, "danger", 0.5) for _ in range(3))
    assert understand("bed", SMALL, Conversation(at=NOON, traces=hints)).label == "shelter"
