"""What a text changes of what is remembered: the place, its ZIP code, the language; and what a digit chooses."""

from datetime import UTC, datetime

import pytest

from bot.referral.answer import OptOutMode, answer
from bot.referral.conversation import Conversation
from bot.referral.meaning import Kind, Meaning
from tests.referral.small import NOON, content

SMALL = content()
LA = Conversation(at=NOON, language="en", area="westlake", zip="90057")
NOWHERE = Conversation(at=NOON, language="en")
AWAY = Conversation(at=NOON, language="en", area="elsewhere")


@pytest.mark.parametrize(
    ("before", "text", "area", "zip_code"),
    [
        pytest.param(NOWHERE, "90057", "westlake", "90057", id="a ZIP code"),
        pytest.param(NOWHERE, "bed koreatown", "westlake", "", id="a name"),
        pytest.param(NOWHERE, "bed in chicago", "elsewhere", "", id="a city that is not served"),
        pytest.param(LA, "koreatown", "westlake", "90057", id="a name in the same county"),
        pytest.param(LA, "bed", "westlake", "90057", id="no place"),
        pytest.param(LA, "90015", "westlake", "90015", id="another ZIP code of it"),
        pytest.param(LA, "60559", "westmont", "60559", id="one of another county"),
        pytest.param(LA, "bed naperville", "westmont", "", id="the name of another county"),
        pytest.param(LA, "food chicago", "westlake", "90057", id="a city that is mentioned"),
        pytest.param(LA, "who is this from chicago", "westlake", "90057", id="one that is mentioned in a question"),
        pytest.param(LA, "chicago", "elsewhere", "", id="a city and nothing else"),
        pytest.param(AWAY, "food chicago", "elsewhere", "", id="a city again"),
        pytest.param(AWAY, "food 60559", "westmont", "60559", id="back in a county that is served"),
        pytest.param(LA, "2", "westmont", "", id="a digit"),
    ],
)
def test_the_place_that_is_remembered(before: Conversation, text: str, area: str, zip_code: str) -> None:
    after = answer(text, before, SMALL, NOON).conversation
    assert (after.area, after.zip) == (area, zip_code)


@pytest.mark.parametrize(
    ("before", "text", "language"),
    [
        pytest.param("", "asdf", "en", id="none told: the line's first"),
        pytest.param("", "necesito comida", "es", id="told by the text"),
        pytest.param("es", "asdf", "es", id="as before"),
        pytest.param("es", "60559", "es", id="as before, with a place"),
        pytest.param("en", "gracias", "es", id="a command in another language"),
        pytest.param("en", "necesito comida", "es", id="a need in another language"),
        pytest.param(
            "en", "hola estoy por favor en naperville", "en", id="a place in another language changes nothing"
        ),
        pytest.param("", "hola estoy por favor en naperville", "es", id="where none was told it tells it"),
    ],
)
def test_the_language_that_is_remembered(before: str, text: str, language: str) -> None:
    talk = Conversation(at=NOON, language=before)
    assert answer(text, talk, SMALL, NOON).conversation.language == language


@pytest.mark.parametrize("text", ["1", "(1)", "#1", "option 1", "one", "uno porfa", "el numero 1"])
def test_how_a_choice_is_written(text: str) -> None:
    talk = Conversation(at=NOON, language="en", pending=(("1", "topic:food"), ("2", "area:westmont")))
    said = answer(text, talk, SMALL, NOON)
    assert said.meaning == Meaning(Kind.TOPIC, "food", why=("choice 1",))
    assert said.conversation.topic == "food"


@pytest.mark.parametrize("text", ["2", "dos", "two please"])
def test_a_place_is_chosen_by_its_digit(text: str) -> None:
    chosen = Meaning(Kind.COMMAND, "area", area="westmont", why=("choice 2",))
    assert answer(text, NOWHERE, SMALL, NOON).meaning == chosen


@pytest.mark.parametrize("text", ["1 bed", "bed 1", "3", "the please", "", "1 2", "11"])
def test_what_is_no_choice(text: str) -> None:
    talk = Conversation(at=NOON, language="en", pending=(("1", "topic:food"), ("2", "area:westmont")))
    assert not any(reason.startswith("choice") for reason in answer(text, talk, SMALL, NOON).meaning.why)


@pytest.mark.parametrize(
    ("text", "reserved"),
    [
        pytest.param("stop", True, id="the word"),
        pytest.param(" STOP! ", True, id="loud, with signs"),
        pytest.param("stop" + " " * 36, True, id="with many blanks"),
        pytest.param("stop" + " " * 37, False, id="with too many"),
        pytest.param("stop please", False, id="with another word"),
        pytest.param("alto", False, id="a word of ours"),
    ],
)
def test_which_words_the_provider_answers_itself(text: str, *, reserved: bool) -> None:
    said = answer(text, NOWHERE, SMALL, NOON, opt_out=OptOutMode.PROVIDER_CUSTOM)
    assert said.reply == (None if reserved else "es stopped" if text == "alto" else "en stopped")
    assert said.conversation.silent


def test_sentences_name_only_what_may_be_given_where_the_texter_is() -> None:
    names = {"stopped": "Call {hope}.", "stopped_instead": "Call {211}."}
    found = content(wording__en=names, wording__es=names)
    # One in the morning of the day on which it steps back in DuPage, an hour before that in Los Angeles.
    now = datetime(2027, 5, 21, 6, tzinfo=UTC)
    for area, reply in (("westmont", "Call 211."), ("westlake", "Call 800-555-0100.")):
        talk = Conversation(at=now, language="en", area=area)
        assert answer("pls stop texting me", talk, found, now).reply == reply
