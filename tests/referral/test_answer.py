"""Conversations in the small release: what is said, what is remembered, and when the line stays silent."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referral.answer import Answer, OptOutMode, Outcome, answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from tests.referral.small import NIGHT, NOON, content

SMALL = content()


def talk(
    *texts: str, found: Content = SMALL, now: datetime = NOON, every: float = 70, opt_out: OptOutMode | None = None
) -> list[Answer]:
    """Hold a conversation, a text every so many seconds."""
    said, conversation = [], Conversation()
    for n, text in enumerate(texts):
        moment = now + timedelta(seconds=every * n)
        mode = opt_out or OptOutMode.PROVIDER_CUSTOM
        said.append(answer(text, conversation, found, moment, opt_out=mode))
        conversation = said[-1].conversation
    return said


def replies(*texts: str, now: datetime = NOON, every: float = 70) -> Sequence[str | None]:
    """Give the replies of a conversation."""
    return [a.reply for a in talk(*texts, now=now, every=every)]


def test_a_first_reply_says_that_it_is_automatic_helps_and_asks_for_the_place() -> None:
    assert replies("bed") == [
        "Automatic line. For a bed: 211 line: 211, 24/7. hope line: 800-555-0100, 24/7, or send a new text to 88788"
        " that says START. Ask what to bring. No promise. Near you: 1 Los Angeles, 2 DuPage, or a ZIP. X to forget."
        " Danger: 911."
    ]


def test_a_digit_answers_the_place_question() -> None:
    assert (replies("bed", "2")[1] or "").startswith("For a bed: 211-dupage line: 211, 24/7. pads line: 630-555-0104.")


@pytest.mark.parametrize("text", ["60559", "im in naperville", "westmont il"])
def test_a_place_in_words_does_so_too(text: str) -> None:
    assert "211-dupage" in (replies("bed", text)[1] or "")


def test_the_place_is_remembered_for_the_next_need() -> None:
    assert "211-dupage" in (replies("bed 60559", "food")[1] or "")


def test_closed_and_unknown_hours_are_said_at_night() -> None:
    (reply,) = replies("bed 90057", now=NIGHT)
    assert reply is not None
    assert "Night hours not known." in reply
    assert "day-la" not in reply  # closed: comes last, by MORE


def test_closed_now_stands_before_the_hours() -> None:
    shown = [r or "" for r in replies("bed 90057", "more", "more", now=NIGHT)]
    assert any("day-la line: 213-555-0101, closed now, Mon-Fri 9am-5pm." in text for text in shown)


@pytest.mark.parametrize(
    "before", [(), ("bed",), ("stop",), ("motel",), ("x",), ("asdf", "asdf", "asdf"), ("menu",), ("food n a bed",)]
)
def test_a_crisis_is_answered_in_every_state(before: tuple[str, ...]) -> None:
    last = talk(*before, "he has a gun", every=1)[-1]
    assert last.reply is not None
    assert last.reply.startswith("Call 911 or 800-555-0100.")
    assert last.outcome is Outcome.CRISIS


def test_a_crisis_knows_the_place() -> None:
    assert (replies("he has a gun 90057")[0] or "").startswith("LA: 911, 800-555-0100.")


@pytest.mark.parametrize(("mode", "reply"), [(OptOutMode.PROVIDER_CUSTOM, None), (OptOutMode.APP, "en stopped")])
def test_a_reserved_word_is_answered_only_when_the_provider_does_not(mode: OptOutMode, reply: str | None) -> None:
    assert talk("stop", opt_out=mode)[0].reply == reply


def test_free_wording_is_confirmed_once_then_chatter_stays_unanswered() -> None:
    assert replies("pls stop texting me", "ok", "asdf", "thanks", "more") == ["en stopped", None, None, None, None]


def test_a_need_after_an_opt_out_is_a_new_request() -> None:
    assert "211" in (replies("pls stop texting me", "ok", "food")[2] or "")


def test_an_opt_out_that_says_somebody_reads_along_gets_nothing() -> None:
    (only,) = talk("he reads my phone")
    assert only.reply is None
    assert only.conversation == Conversation(at=NOON, language="en", silent=True)


@pytest.mark.parametrize("cover", ["who dis", "asdf", "x"])
@pytest.mark.parametrize("probe", ["more", "back", "1", "2"])
def test_whoever_holds_the_phone_learns_nothing_from_more_back_or_a_digit(cover: str, probe: str) -> None:
    shown = replies("bed 60559", cover, probe)[2] or ""
    assert "bed" not in shown.lower()
    assert "pads" not in shown


def test_fifteen_minutes_later_nothing_is_remembered() -> None:
    assert replies("bed 60559", "more", every=900)[1] == "Automatic line. en nothing to more"


def test_erase_forgets_place_and_topic_and_keeps_the_language() -> None:
    last = talk("comida 60559", "borra")[-1]
    assert last.conversation == Conversation(
        at=NOON + timedelta(seconds=70), language="es", pending=(("1", "area:westlake"), ("2", "area:westmont"))
    )


def test_unclear_twice_and_thrice_within_a_minute() -> None:
    assert replies("asdf", "qwer", "zxcv", "asdf", every=10) == ["en unclear", "en unclear again", None, None]


def test_unclear_again_after_a_minute_is_answered_like_the_first() -> None:
    assert replies("asdf", "qwer", every=61) == ["en unclear", "en unclear"]


def test_fragments_within_a_minute_add_up() -> None:
    assert "For a bed" in (replies("motel", "in the car", every=20)[1] or "")


def test_two_needs_offer_the_second() -> None:
    assert "Or text: shelter." in (replies("food n a bed 60515")[0] or "")


def test_near_equals_offer_digits() -> None:
    both = content(topics__food={"hints": {"en": ["motel", "car"]}})
    first, second = talk("car motel", "2", found=both)
    assert first.reply == "Automatic line. Which one? 1 food, 2 shelter. Danger: 911."
    assert second.conversation.topic == "shelter"


def test_another_language_repeats_the_answer_in_it() -> None:
    assert (replies("bed 60559", "espanol")[1] or "").startswith("Para una cama: linea hope: 800-555-0100, 24/7.")


def test_more_runs_to_the_end_and_says_so() -> None:
    shown = replies("bed 90057", *["more"] * 6, now=NIGHT)
    assert shown[-1] == "en no more"
    assert len(set(shown)) >= 2


def test_a_minor_hears_first_who_must_report() -> None:
    assert (replies("im 15 need a bed")[0] or "").startswith("Automatic line. Under 18, some must report.")


def test_a_law_past_due_says_so() -> None:
    later = datetime(2027, 1, 2, 20, tzinfo=NOON.tzinfo)
    assert "Laws change: ask a lawyer, 800-555-0100." in (replies("is it legal", now=later)[0] or "")
    assert "Laws change" not in (replies("is it legal")[0] or "")


def test_an_entry_shows_its_police_policy_where_the_topic_asks_for_it() -> None:
    asked = content(topics__counseling={"police": True})
    assert "may tell if danger." in (talk("therapy", found=asked)[0].reply or "")
    assert "may tell" not in (talk("therapy")[0].reply or "")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("bed 60559", Outcome.LOCAL),
        ("therapy", Outcome.NATIONAL),
        ("food 60559", Outcome.ONLY_211),
        ("asdf", Outcome.UNCLEAR),
        ("stop", Outcome.OPT_OUT),
        ("he has a gun", Outcome.CRISIS),
        ("thanks", Outcome.COMMAND),
    ],
)
def test_outcome(text: str, outcome: Outcome) -> None:
    assert talk(text)[0].outcome is outcome


@given(st.lists(st.text(max_size=40) | st.sampled_from(["bed", "more", "x", "1", "stop", "he has a gun"]), max_size=6))
def test_no_conversation_raises_and_a_dumped_one_is_the_same(texts: list[str]) -> None:
    for said in talk(*texts, every=7):
        assert said.reply is None or said.reply.strip()
        assert Conversation.load(said.conversation.dump()) == said.conversation
