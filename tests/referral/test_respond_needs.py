"""What is remembered when a need is answered, from the beginning, by MORE and by BACK."""

from dataclasses import replace

import pytest

from bot.referral.conversation import Conversation
from bot.referral.meaning import Kind, Meaning
from tests.referral.small import content, entry
from tests.referral.turns import NEW, TALK, command, said


@pytest.mark.parametrize(
    ("meaning", "talk", "topic", "facet", "named"),
    [
        pytest.param(Meaning(Kind.TOPIC, "shelter", facet="family"), TALK, "shelter", "family", "", id="a facet told"),
        pytest.param(Meaning(Kind.TOPIC, "shelter"), TALK, "shelter", "youth", "", id="a minor"),
        pytest.param(Meaning(Kind.TOPIC, "shelter"), replace(TALK, minor=False), "shelter", "", "", id="no minor"),
        pytest.param(Meaning(Kind.TOPIC, "food"), TALK, "food", "", "", id="a minor, and nothing is for minors there"),
        pytest.param(Meaning(Kind.TOPIC, "shelter", named="pads"), TALK, "shelter", "youth", "pads", id="by name"),
        pytest.param(Meaning(Kind.CRISIS, "danger", facet="x"), TALK, "danger", "x", "", id="a crisis"),
        pytest.param(command("area"), TALK, "shelter", "family", "", id="a place goes on with what was asked"),
        pytest.param(command("english"), TALK, "shelter", "family", "", id="a language does"),
    ],
)
@pytest.mark.parametrize("silent", [False, True], ids=["", "after an opt-out"])
def test_a_need_begins_anew(
    meaning: Meaning, talk: Conversation, topic: str, facet: str, named: str, *, silent: bool
) -> None:
    answer = said(meaning, replace(talk, silent=silent))
    assert (answer.reply or "").startswith(("Automatic line.", "Call 911"))
    after = answer.conversation
    assert after == replace(
        talk, topic=topic, facet=facet, named=named, greeted=True, pending=(), traces=(), unclear=(),
        start=0, shown=after.shown, given=after.given,
    )  # fmt: skip
    assert set(after.given) >= set(answer.entries)


PANTRIES = [entry(f"pantry{n}", f"+163055501{n}", ("food", n)) for n in range(20, 40)]
MANY = content(entries__westmont={"entry": [entry("211-dupage", "211", ("food", 10), keep=True), *PANTRIES]})
FOOD = Meaning(Kind.TOPIC, "food", choices=("food", "shelter"))


def test_the_first_message_offers_the_other_need_and_no_later_one_does() -> None:
    first = said(FOOD, replace(NEW, area="westmont"), found=MANY)
    more = said(command("more"), first.conversation, found=MANY)
    back = said(command("back"), more.conversation, found=MANY)
    assert "Or text: shelter." in (first.reply or "")
    assert "Or text" not in f"{more.reply}{back.reply}"


def test_more_goes_on_and_back_begins_again() -> None:
    first = said(FOOD, replace(NEW, area="westmont"), found=MANY)
    more = said(command("more"), first.conversation, found=MANY)
    back = said(command("back"), more.conversation, found=MANY)
    assert first.entries[:2] == back.entries[:2] == ("211-dupage", "pantry20")
    assert more.entries[0] == f"pantry{int(first.entries[-1][-2:]) + 1}"
    assert back.conversation.given[0] == "211-dupage"


def test_another_language_is_asked_for_and_spoken() -> None:
    answer = said(command("english"), replace(TALK, language="es", greeted=True))
    assert answer.conversation.language == "en"
    assert "Danger: 911." in (answer.reply or "")
    assert "es Danger" not in (answer.reply or "")
