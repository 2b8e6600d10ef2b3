"""Whole conversations through the SMS door with the shipped content: what only the door decides.

Duplicates, floods, what the provider has answered itself, pictures, an error inside. What is said apart from these is
in tests/transcripts.
"""

from datetime import datetime

import pytest

from bot.line import last_resort
from bot.referral.answer import Answer, OptOutMode, answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from tests.line.standins import FakeSource, House, make_settings

#: What is texted to make the part behind the door fail.
BOOM = "a text that breaks something"
NEED, CRISIS = "bed 60559", "he has a gun"


@pytest.fixture(scope="module")
def release(default_release: Content) -> Content:
    return default_release


@pytest.fixture
def real(release: Content) -> House:
    return real_house(release)


def real_house(release: Content, mode: OptOutMode = OptOutMode.PROVIDER_CUSTOM, **settings: int) -> House:
    """Build a line that answers from the shipped content, and fails at one text."""
    return House(make_settings(opt_out_mode=mode, **settings), source=FakeSource(release), core=answer_or_fail)


def answer_or_fail(
    text: str, conversation: Conversation, content: Content, now: datetime, *, opt_out: OptOutMode
) -> Answer:
    """Answer as always; one text fails."""
    if text == BOOM:
        raise RuntimeError("broken")
    return answer(text, conversation, content, now, opt_out=opt_out)


def alone(release: Content, *texts: str) -> list[str]:
    """Give the replies of an undisturbed conversation."""
    house = real_house(release)
    return [house.text(text) for text in texts]


class TestDeliveredTwice:
    def test_the_same_reply_and_more_goes_on_from_there(self, real: House, release: Content) -> None:
        first, second, third = alone(release, NEED, "more", "more")
        assert len({first, second, third}) == 3
        assert [real.text(NEED, sid="SM1"), real.text(NEED, sid="SM1")] == [first, first]
        assert [real.text("more", sid="SM2"), real.text("more", sid="SM2")] == [second, second]
        assert real.text("more") == third

    def test_after_who_dis_the_old_reply_is_not_told_again(self, real: House, release: Content) -> None:
        real.text(NEED, sid="SM1")
        assert real.text("who dis") == release.wording["en"]["who"]
        assert real.text("more") == release.wording["en"]["nothing_to_more"]


class TestFlood:
    def test_the_twenty_first_text_gets_numbers_then_nothing(self, release: Content, real: House) -> None:
        replies = [real.text(NEED) for _ in range(23)]
        assert all("211" in reply for reply in replies[:20])
        assert replies[20:] == [release.wording["en"]["slow_down"], "", ""]
        assert all(number in replies[20] for number in ("911", "988", "211", "800-799-7233"))

    def test_a_crisis_is_answered_in_the_middle_of_it(self, release: Content) -> None:
        house = real_house(release, sender_budget_per_5_min=1)
        (told,) = alone(release, CRISIS)
        assert [house.text("food"), house.text("food"), house.text("food")][2] == ""
        assert [house.text(CRISIS) for _ in range(3)] == [told] * 3

    def test_five_minutes_later_the_conversation_goes_on(self, release: Content) -> None:
        house = real_house(release, sender_budget_per_5_min=1)
        house.text(NEED)
        assert house.text("more") == release.wording["en"]["slow_down"]
        house.clock.tick(301)
        assert house.text("more") == alone(release, NEED, "more")[1]

    def test_in_spanish(self, release: Content) -> None:
        house = real_house(release, sender_budget_per_5_min=1)
        house.text("necesito comida 90057")
        assert house.text("mas") == release.wording["es"]["slow_down"]

    def test_fragments_of_somebody_frightened_are_no_flood(self, real: House) -> None:
        words = "i need help my man he took my papers and my phone i dont know what to do".split()
        assert len(words) < 20
        replies = []
        for word in words:
            replies.append(real.text(word))
            real.clock.tick(3)
        assert real.source.content.wording["en"]["slow_down"] not in replies


@pytest.mark.parametrize("mode", list(OptOutMode))
class TestWhatTheProviderAnswered:
    def test_stop_wipes_what_was_said_and_thanks_stay_unanswered(self, release: Content, mode: OptOutMode) -> None:
        house = real_house(release, mode)
        house.text("my boyfriend hit me 60559")
        replies = [house.text("STOP", OptOutType="STOP"), *(house.text(t) for t in ("ok", "more", "back", "lol"))]
        assert replies == [""] * 5

    def test_a_need_or_a_crisis_after_stop_is_a_new_request(self, release: Content, mode: OptOutMode) -> None:
        house = real_house(release, mode)
        house.text("STOP", OptOutType="STOP")
        assert [house.text(NEED)] == alone(release, NEED)
        house.text("STOP", OptOutType="STOP")
        assert [house.text(CRISIS)] == alone(release, CRISIS)

    @pytest.mark.parametrize("word", ["HELP", "START"])
    def test_help_and_start_change_nothing(self, release: Content, mode: OptOutMode, word: str) -> None:
        house = real_house(release, mode)
        house.text(NEED)
        assert house.text(word, OptOutType=word) == ""
        assert house.text("more") == alone(release, NEED, "more")[1]


#: design.md, section 4: who answers what when the provider has not; "" is silence.
WITHOUT_TYPE = [
    pytest.param("STOP", {OptOutMode.APP: "stopped"}, id="STOP"),
    pytest.param("unsubscribe", {OptOutMode.APP: "stopped"}, id="another STOP word"),
    pytest.param("HELP", dict.fromkeys(OptOutMode, "help"), id="HELP"),
    pytest.param("info", dict.fromkeys(OptOutMode, "help"), id="INFO"),
    pytest.param("START", dict.fromkeys(OptOutMode, "started"), id="START"),
    pytest.param("pls stop texting me", dict.fromkeys(OptOutMode, "stopped"), id="free wording"),
    pytest.param("dont text back he reads my phone", {}, id="somebody reads the phone"),
]


@pytest.mark.parametrize("mode", list(OptOutMode))
@pytest.mark.parametrize(("text", "said"), WITHOUT_TYPE)
def test_who_answers_the_reserved_words(
    release: Content, text: str, said: dict[OptOutMode, str], mode: OptOutMode
) -> None:
    key = said.get(mode, "")
    assert real_house(release, mode).text(text) == (release.wording["en"][key] if key else "")


class TestErrorInside:
    def test_the_safe_reply_then_the_conversation_goes_on(self, real: House, release: Content) -> None:
        first, second = alone(release, NEED, "more")
        assert [real.text(NEED), real.text(BOOM), real.text("more")] == [first, last_resort.SMS["en"], second]

    def test_in_both_languages_to_a_stranger(self, real: House) -> None:
        assert real.text(BOOM) == last_resort.sms("")

    def test_in_spanish(self, real: House) -> None:
        real.text("necesito comida")
        assert real.text(BOOM) == last_resort.SMS["es"]


def test_a_picture_gets_words_and_a_picture_with_words_is_its_words(real: House, release: Content) -> None:
    media = {language: release.wording[language]["media"] for language in release.line.languages}
    assert real.text("", NumMedia="1") == " ".join(media.values())
    assert real.text(NEED, NumMedia="1") == alone(release, NEED)[0]
    assert real.text("", NumMedia="1") == media["en"]


def test_the_number_that_was_texted_carries_its_county_also_after_erase(release: Content) -> None:
    settings = make_settings(line_areas={"+12135550100": "westlake"})
    house = House(settings, source=FakeSource(release), core=answer_or_fail)
    told = house.text("bed")
    house.text("x")
    assert house.text("bed") == told
    assert told == alone(release, "bed 90057")[0]
