"""A number that was given did not work: which texts say so, whose number is meant, and what they get."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.referral.answer import Answer, Outcome, answer
from bot.referral.bulletin import Bulletins, Pause, Why
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.meaning import Kind
from bot.referral.understand import understand
from tests.referral.small import NIGHT, NOON, content, entry

SMALL = content()
GIVEN = Conversation(at=NOON, language="en", area="westmont", topic="shelter", given=("211-dupage", "pads", "hope"))


def talk(*texts: str, found: Content = SMALL, every: float = 70, now: datetime = NOON) -> list[Answer]:
    """Hold a conversation, a text every so many seconds."""
    said, conversation = [], Conversation()
    for n, text in enumerate(texts):
        said.append(answer(text, conversation, found, now + timedelta(seconds=every * n)))
        conversation = said[-1].conversation
    return said


@pytest.mark.parametrize(
    ("text", "how"),
    [
        pytest.param("no answer", "no_answer", id="the words"),
        pytest.param("NO ANSWER!!", "no_answer", id="loud"),
        pytest.param("no anwser", "no_answer", id="letters swapped"),
        pytest.param("hi nobody there answers pls", "no_answer", id="a gap, among fillers"),
        pytest.param("busy", "no_answer", id="a word that is enough as the whole message"),
        pytest.param("nadie contesta", "no_answer", id="Spanish"),
        pytest.param("naide contesta", "no_answer", id="Spanish with a slip"),
        pytest.param("211 busy", "no_answer", id="a whole message with a number"),
        pytest.param("full", "full", id="full"),
        pytest.param("pads is full", "full", id="with its name"),
        pytest.param("the 211 and the 630 are full 60559", "full", id="with numbers and a place"),
        pytest.param("estan llenos", "full", id="full in Spanish"),
        pytest.param("wrong number", "wrong_number", id="wrong number"),
        pytest.param("so i went and tried that and it was the wrong number", "wrong_number", id="inside a sentence"),
        pytest.param("no answer, more", "no_answer", id="and another one is asked for"),
    ],
)
def test_what_says_so_after_a_referral(text: str, how: str) -> None:
    meant = understand(text, SMALL, GIVEN)
    assert (meant.kind, meant.label, meant.facet) == (Kind.COMMAND, "failed", how)


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        pytest.param("he wont answer", Kind.UNCLEAR, "", id="somebody else does not answer"),
        pytest.param("you have the wrong number", Kind.UNCLEAR, "", id="the line has the wrong number"),
        pytest.param("busy with my kids", Kind.UNCLEAR, "", id="a word that counts only as the whole message"),
        pytest.param("no answer he has a gun", Kind.CRISIS, "danger", id="a crisis goes first"),
        pytest.param("no answer want to die", Kind.CRISIS, "suicide", id="and so does another one"),
        pytest.param("no answer stop texting me", Kind.COMMAND, "stop", id="an opt-out goes first"),
        pytest.param("no answer i need food", Kind.TOPIC, "food", id="a need of its own goes first"),
        pytest.param("more", Kind.COMMAND, "more", id="more is more"),
        pytest.param("wrong", Kind.UNCLEAR, "", id="half of it"),
    ],
)
def test_what_does_not_say_so(text: str, kind: Kind, label: str) -> None:
    meant = understand(text, SMALL, GIVEN)
    assert (meant.kind, meant.label) == (kind, label)


@pytest.mark.parametrize("text", ["no answer", "full", "wrong number", "nadie contesta", "pads is full"])
def test_without_a_referral_no_text_is_a_complaint(text: str) -> None:
    assert understand(text, SMALL).label != "failed"
    assert understand(text, SMALL, replace(GIVEN, given=())).label != "failed"


def test_what_the_examples_take_for_a_crisis_by_its_very_words_is_a_complaint() -> None:
    cries = content(topics__danger={"examples": {"en": "nobody there answers me\nhe is outside my window"}})
    assert understand("oh nobody there answers me", cries).label == "danger"
    assert understand("oh nobody there answers me", cries, GIVEN).label == "failed"
    # What is left of the text without its complaint is a cry by itself.
    both = understand("nobody answers he is outside my window", cries, GIVEN)
    assert (both.kind, both.label) == (Kind.CRISIS, "danger")


def test_a_text_that_wants_to_be_let_go_of_in_free_words_is_no_complaint() -> None:
    words = "let go of all of this and forget everything i wrote"
    lets_go = content(commands={"erase": {"whole": {"en": ["x"]}, "examples": {"en": words}}})
    assert understand(f"no answer {words}", lets_go, GIVEN).label == "erase"


def test_what_the_examples_take_for_another_need_in_the_rest_goes_first() -> None:
    needs = content(topics__food={"examples": {"en": "my kids have nothing on their plates since monday"}})
    rest = "my kids have nothing on their plates since monday"
    assert understand(f"nobody answers and {rest}", needs, GIVEN).label == "food"
    assert understand(f"nobody answers and {rest}", needs, replace(GIVEN, topic="food")).label == "failed"


@pytest.mark.parametrize(
    ("text", "given", "named"),
    [
        pytest.param("no answer", ("pads",), "pads", id="the only one"),
        pytest.param("no answer", ("211-dupage", "pads"), "211-dupage", id="the first of several"),
        pytest.param("no answer", ("911", "pads"), "pads", id="911 stands everywhere and must be named"),
        pytest.param("911 no answer", ("pads", "911"), "911", id="911 by its number"),
        pytest.param("dupage pads no answer", ("211-dupage", "pads"), "pads", id="by a name"),
        pytest.param("hope house no answer", ("211-dupage", "pads"), "", id="by the name of one that was not given"),
        pytest.param("630-555-0104 no answer", ("211-dupage", "pads"), "pads", id="by all of its number"),
        pytest.param("1 630 555 0104 no answer", ("211-dupage", "pads"), "pads", id="with a 1 before it"),
        pytest.param("the 630 no answer", ("211-dupage", "pads"), "pads", id="by its area code"),
        pytest.param("no answer 0104", ("211-dupage", "pads"), "pads", id="by its last four digits"),
        pytest.param("211 no answer", ("pads", "211-dupage"), "211-dupage", id="by a short number"),
        pytest.param("called 3 no answer", ("211-dupage", "pads"), "211-dupage", id="another number is none"),
        pytest.param("pads line no answer", ("211-dupage", "pads"), "pads", id="by the short name we gave"),
        pytest.param("is full", ("211-dupage", "pads"), "pads", id="211 is never full"),
        pytest.param("is full", ("211-dupage", "911"), "", id="nobody knows which place was full"),
        pytest.param("no answer", ("gone", "pads"), "pads", id="an entry of an older release"),
    ],
)
def test_whose_number_is_meant(text: str, given: tuple[str, ...], named: str) -> None:
    found = content(entries__westmont={"entry": [*small_entries(), entry("full", "+16305550199", ("food", 90))]})
    meant = understand(text, found, replace(GIVEN, given=given))
    assert (meant.label, meant.named) == ("failed", named)


def small_entries() -> list[dict[str, object]]:
    return [
        entry("211-dupage", "211", ("shelter", 10), keep=True),
        entry("pads", "+16305550104", ("shelter", 20), aliases=["dupage pads"]),
    ]


#: So many pantries that one message cannot hold them, and something to read behind them.
PANTRIES = [entry(f"pantry{n:02}", f"+121355501{n:02}", ("food", n)) for n in range(20, 40)]
MANY = content(
    entries__westlake={"entry": [entry("211-la", "211", ("food", 10), keep=True), *PANTRIES]},
    topics__food={"block": [{"place": "after", "text": {"en": "Bring bags.", "es": "Lleve bolsas."}}]},
)


def test_the_next_numbers_are_given_and_211_as_a_last_resort() -> None:
    first, second, third = talk("food 90057", "213-555-0120 no answer", "nobody answers", found=MANY)
    assert first.entries[:2] == ("211-la", "pantry20")
    after = [f"pantry{n}" for n in range(len(first.entries) + 19, len(first.entries) + 23)]
    assert second.entries == tuple(after)
    said = " ".join(f"{name} line: 213-555-01{name[-2:]}." for name in after)
    assert second.reply == (f"en failed no answer en failed next {said} en failed or 211 MORE for others. Danger: 911.")
    assert (second.complained, second.outcome) == ("pantry20", Outcome.LOCAL)
    assert (third.complained, third.entries[0]) == (after[0], f"pantry{int(after[-1][-2:]) + 1}")


def test_after_211_itself_failed_it_is_not_the_last_resort() -> None:
    assert "or 211" not in (talk("food 90057", "211 no answer", found=MANY)[1].reply or "")
    assert "Call 211 again." in (talk("food 90057", "211 no answer", found=MANY)[1].reply or "")


def test_more_goes_on_after_what_a_complaint_brought() -> None:
    said = talk("food 90057", "no answer", *["more"] * 2, found=MANY)
    given = [e for a in said for e in a.entries]
    assert given == ["211-la", *(e["id"] for e in PANTRIES)]
    assert (said[-2].reply or "").endswith("Bring bags. Danger: 911.")
    assert said[-1].reply == "en no more"


def test_complaints_lead_to_the_end_and_then_to_what_else_there_is() -> None:
    said = talk("food 90057", *["no answer"] * 5, "more", found=MANY)
    assert [e for a in said for e in a.entries] == ["211-la", *(e["id"] for e in PANTRIES)]
    assert (said[-2].reply or "").endswith("en failed call 211 en failed talk MORE for others. Danger: 911.")
    assert said[-1].reply == "Bring bags. Danger: 911."


def test_what_was_said_against_an_entry_counts_once_and_is_remembered() -> None:
    said = talk("food 60559", "no answer", "211 no answer", "211 no answer")
    assert [a.complained for a in said] == ["", "211-dupage", "", ""]
    assert said[-1].conversation.failed == ("211-dupage",)


@pytest.mark.parametrize("how", ["no answer", "wrong number", "is full"])
def test_the_end_of_the_list_is_never_silence(how: str) -> None:
    for place in ("", "90057", "60559", "10001"):
        for said in talk(f"food {place}", *[how] * 4)[1:]:
            assert said.reply is not None
            assert "Danger: 911." in said.reply
            assert "call 211" in said.reply or "failed talk" in said.reply
            assert said.outcome is not Outcome.UNCLEAR


def test_without_a_place_the_place_is_asked_for() -> None:
    assert "Near you: 1 Los Angeles, 2 DuPage, or a ZIP." in (talk("food", "no answer")[1].reply or "")
    assert talk("food", "no answer", "2")[2].conversation.area == "westmont"


def with_two_numbers() -> Content:
    """Give the county's 211 a second number, and before it a desk of its own."""
    desk = {"number": "+12135550112", "ways": ["call"], "publish": True, "serves": [{"topic": "law", "rank": 9}]}
    second = {"number": "+12135550111", "ways": ["call"], "publish": True}
    la = entry("211-la", "211", ("food", 10), keep=True, phones=[desk, second])
    return content(entries__westlake={"entry": [la]})


def test_another_number_of_the_same_place_is_given_once() -> None:
    said = talk("food 90057", "no answer", "no answer", found=with_two_numbers())
    assert "Also: 213-555-0111." in (said[1].reply or "")
    assert "213-555-0111" not in (said[2].reply or "")
    assert "Call 211 again." in (said[2].reply or "")
    assert not any("213-555-0112" in (a.reply or "") for a in said)


def test_a_number_that_is_paused_is_not_offered_instead() -> None:
    pause = Pause("211-la", None, Why.OUTAGE, "+12135550111")
    paused = replace(with_two_numbers(), bulletins=Bulletins(1, pauses=(pause,)))
    assert "Also:" not in (talk("food 90057", "no answer", found=paused)[1].reply or "")


@pytest.mark.parametrize(
    ("before", "outcome"),
    [
        pytest.param("he has a gun", Outcome.CRISIS, id="a crisis spends no budget"),
        pytest.param("food 60559", Outcome.COMMAND, id="a need with nothing left"),
    ],
)
def test_a_complaint_in_a_crisis_is_a_crisis(before: str, outcome: Outcome) -> None:
    said = talk(before, "no answer", "no answer")
    assert {a.outcome for a in said[1:]} == {outcome}


def test_in_a_crisis_the_numbers_of_its_one_message_are_not_given_again() -> None:
    first, second = talk("he has a gun", "no answer")
    assert first.conversation.given == ("911", "hope")
    assert second.reply == "en failed no answer en failed last now MORE for others."
    assert second.complained == "hope"


@pytest.mark.parametrize("cover", ["who dis", "asdf", "x", "menu"])
def test_whoever_holds_the_phone_learns_nothing_from_a_complaint(cover: str) -> None:
    said = talk("bed 60559", "no answer", cover, "no answer")
    assert said[-1].meaning.label != "failed"
    assert "pads" not in (said[-1].reply or "")
    assert said[-1].conversation.given == said[-1].conversation.failed == ()


def test_a_quarter_of_an_hour_later_it_is_none() -> None:
    assert talk("bed 60559", "no answer", every=900)[1].complained == ""


def test_a_question_back_ends_what_was_given() -> None:
    both = content(topics__food={"hints": {"en": ["motel", "car"]}})
    said = talk("bed 60559", "car motel", "no answer", found=both)
    assert said[1].meaning.kind is Kind.CHOICES
    assert said[2].meaning.label != "failed"


def test_hours_that_are_not_known_at_night_are_said() -> None:
    assert "Night hours not known." in (talk("food 90057", "no answer", found=MANY, now=NIGHT)[1].reply or "")
    assert "Night hours not known." not in (talk("food 90057", "no answer", found=MANY)[1].reply or "")


def test_what_was_given_for_another_need_is_not_what_fails_now() -> None:
    said = talk("bed 60559", "food 90057", "is full")
    assert said[1].conversation.given == ("211-la", "911")
    assert said[2].complained == ""


def test_no_word_of_a_complaint_is_remembered() -> None:
    last = talk("bed 60559", "pads no answer zebra")[-1].conversation
    assert "zebra" not in last.dump()
    assert Conversation.load(last.dump()) == last
