"""What each meaning but a need is answered with, and all that is remembered after it, field by field."""

from dataclasses import replace

import pytest

from bot.referral.conversation import Conversation, Trace
from bot.referral.meaning import Evidence, Kind, Meaning
from bot.referral.respond import MOST_TRACES
from bot.referral.turn import Outcome
from tests.referral.small import NOON, content
from tests.referral.turns import COVERED, LATER, NEW, PLACES, STOPPED, TALK, TRACE, command, said

HELP = Meaning(Kind.TOPIC, "help")


@pytest.mark.parametrize(
    ("meaning", "talk", "reply", "after"),
    [
        pytest.param(HELP, STOPPED, "Automatic line. en help", COVERED, id="help"),
        pytest.param(HELP, replace(STOPPED, greeted=True), "en help", COVERED, id="help, once greeted"),
        pytest.param(
            HELP, NEW, "Automatic line. en help", replace(NEW, greeted=True, pending=PLACES), id="help, no place known"
        ),
        pytest.param(command("who"), STOPPED, "Automatic line. en who", COVERED, id="who"),
        pytest.param(
            command("back"), replace(TALK, topic=""), "Automatic line. en menu", COVERED, id="back to nothing"
        ),
        pytest.param(
            command("thanks"), TALK, "Automatic line. en thanks", replace(TALK, greeted=True), id="thanks cover nothing"
        ),
        pytest.param(
            command("human"),
            STOPPED,
            "Automatic line. Talk: 800-555-0100.",
            replace(TALK, greeted=True, given=("hope", "pads")),
            id="somebody to talk to: what was named may fail as well",
        ),
        pytest.param(
            command("erase"),
            STOPPED,
            "Automatic line. en erased",
            Conversation(at=LATER, language="en", pending=PLACES),
            id="erase",
        ),
        pytest.param(
            command("area"),
            replace(STOPPED, topic=""),
            "Automatic line. en DuPage",
            replace(TALK, topic="", greeted=True, pending=()),
            id="a place",
        ),
        pytest.param(
            command("area"),
            replace(STOPPED, topic="", area="elsewhere"),
            "Automatic line. en area elsewhere",
            replace(TALK, topic="", area="elsewhere", greeted=True, pending=()),
            id="a place that is not served",
        ),
        pytest.param(
            command("area"),
            NEW,
            "Automatic line. en area repeat",
            replace(NEW, greeted=True, pending=PLACES),
            id="a place nobody knows",
        ),
        pytest.param(
            command("english"),
            replace(STOPPED, topic="", language="es"),
            "Automatic line. en language set",
            replace(TALK, topic="", greeted=True),
            id="another language",
        ),
        pytest.param(
            command("more"), replace(TALK, shown=0), "Automatic line. en no more", replace(TALK, shown=0), id="no more"
        ),
        pytest.param(
            command("more"), replace(TALK, shown=99), "Automatic line. en no more", replace(TALK, shown=99), id="gone"
        ),
    ],
)
def test_what_is_said_and_remembered(meaning: Meaning, talk: Conversation, reply: str, after: Conversation) -> None:
    answer = said(meaning, talk)
    assert (answer.reply, answer.outcome) == (reply, Outcome.COMMAND)
    assert answer.conversation == after


@pytest.mark.parametrize(
    ("watched", "reserved", "reply"),
    [(False, False, "en stopped"), (True, False, None), (False, True, None)],
    ids=["said once", "somebody reads along", "the provider answers"],
)
def test_an_opt_out_forgets_all_and_is_silent(reply: str | None, *, watched: bool, reserved: bool) -> None:
    answer = said(Meaning(Kind.COMMAND, "stop", watched=watched), reserved=reserved)
    assert (answer.reply, answer.outcome) == (reply, Outcome.OPT_OUT)
    assert answer.conversation == Conversation(at=LATER, language="en", silent=True)


@pytest.mark.parametrize(
    "meaning",
    [Meaning(Kind.UNCLEAR), Meaning(Kind.CHOICES, choices=("food", "shelter")), command("thanks"), command("more")],
    ids=["unclear", "a choice", "thanks", "more"],
)
def test_after_an_opt_out_chatter_is_not_answered_and_changes_nothing(meaning: Meaning) -> None:
    answer = said(meaning, STOPPED)
    assert (answer.reply, answer.conversation, answer.outcome) == (None, STOPPED, Outcome.OPT_OUT)


HINTS = (Evidence("shelter", 0.5, "car", facet="family"), Evidence("food", 0.0, "motel"))
FRESH = (TRACE, Trace(LATER, "shelter", 0.5, "family"))


def test_a_choice_is_asked_for_and_what_was_hinted_at_stays_in_mind() -> None:
    answer = said(Meaning(Kind.CHOICES, choices=("food", "shelter"), evidence=HINTS))
    assert answer.reply == "Automatic line. Which one? 1 food, 2 shelter. Danger: 911."
    assert answer.outcome is Outcome.UNCLEAR
    offered = (("1", "topic:food"), ("2", "topic:shelter"))
    assert answer.conversation == replace(
        TALK, topic="", facet="", shown=0, given=(), greeted=True, traces=FRESH, pending=offered
    )


@pytest.mark.parametrize(
    ("before", "reply"),
    [(0, "en unclear"), (1, "en unclear again"), (2, None), (3, None)],
    ids=["once", "twice", "three times", "four times"],
)
def test_what_is_not_understood_is_answered_twice_and_covers_what_was_asked(before: int, reply: str | None) -> None:
    answer = said(Meaning(Kind.UNCLEAR, evidence=HINTS), replace(TALK, unclear=(NOON,) * before))
    assert (answer.reply, answer.outcome) == (reply, Outcome.UNCLEAR)
    assert answer.conversation == replace(COVERED, traces=FRESH, unclear=((NOON,) * before) + (LATER,))


def test_no_more_fragments_are_kept_than_few() -> None:
    many = replace(TALK, traces=tuple(replace(TRACE, label=str(n)) for n in range(MOST_TRACES)))
    traces = said(Meaning(Kind.UNCLEAR, evidence=HINTS), many).conversation.traces
    assert [t.label for t in traces] == [*(str(n) for n in range(1, MOST_TRACES)), "shelter"]


def test_of_a_number_that_every_county_has_the_texters_own_is_meant() -> None:
    named = {"human": "Talk: {211}."}
    found = content(wording__en=named, wording__es=named, commands={"human": {"whole": {"en": ["human"]}}})
    for area, own in (("westmont", "211-dupage"), ("westlake", "211-la"), ("", "211")):
        answer = said(command("human"), replace(TALK, area=area), found=found)
        assert answer.conversation.given == (own, "pads")
