"""What reviewers see: every message that comes, goes or reads otherwise, and none that stays as it is."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.referral.booklet.compared import affected, changed_replies, changed_sentences
from bot.referral.booklet.moments import turning
from bot.referral.booklet.own import Said
from bot.referral.booklet.replies import every_reply
from bot.referral.content import Content
from bot.referral.document import parse
from tests.referral.small import content, document, entry

TODAY = date(2026, 11, 23)
SMALL = content()
Change = Callable[[dict[str, Any]], None]


def changed(change: Change) -> Content:
    made = document()
    change(made)
    return parse(made)


def _entry(made: dict[str, Any], area: str, name: str) -> dict[str, Any]:
    return next(one for one in made[f"entries/{area}.toml"]["entry"] if one["id"] == name)


def _hours(made: dict[str, Any]) -> None:
    _entry(made, "westlake", "day-la")["phone"][0]["hours"] = "Mo-Fr 09:00-16:00"


def _number(made: dict[str, Any]) -> None:
    _entry(made, "westmont", "pads")["phone"][0]["number"] = "+16305550199"


def _gone(made: dict[str, Any]) -> None:
    made["entries/westmont.toml"]["entry"] = [e for e in made["entries/westmont.toml"]["entry"] if e["id"] != "pads"]


def _new(made: dict[str, Any]) -> None:
    made["entries/westlake.toml"]["entry"].append(entry("meals-la", "+12135550188", ("food", 5)))


def _lead(made: dict[str, Any]) -> None:
    made["topics/shelter.toml"]["lead"]["es"] = "Una cama:"


def _block(made: dict[str, Any]) -> None:
    made["topics/danger.toml"]["block"][2]["text"]["en"] = "In LA: {911}, {hope}."


def _hope(made: dict[str, Any]) -> None:
    _entry(made, "national", "hope")["phone"][0]["number"] = "+18005550133"


def _danger(made: dict[str, Any]) -> None:
    made["wording/en.toml"]["danger"] = "In danger: {911}."


def _words(made: dict[str, Any]) -> None:
    made["topics/food.toml"]["words"]["en"].append("groceries")


CHANGES: dict[str, tuple[Change, set[str]]] = {
    "hours": (_hours, {"shelter"}),
    "a number": (_number, {"shelter"}),
    "an entry goes": (_gone, {"shelter"}),
    "a new entry": (_new, {"food"}),
    "a lead in one language": (_lead, {"shelter"}),
    "a paragraph of one area": (_block, {"danger"}),
    "a number that paragraphs and sentences name": (_hope, set(SMALL.topics) - {"help"}),
    "a sentence that closes every reply": (_danger, set(SMALL.topics) - {"help"}),
    "words alone": (_words, set()),
}


@pytest.mark.parametrize(("change", "_topics"), CHANGES.values(), ids=CHANGES)
def test_every_message_that_differs_is_listed_and_no_other(change: Change, _topics: set[str]) -> None:
    after = changed(change)

    def at(first: Content, second: Content) -> dict[tuple[object, object], tuple[str, ...]]:
        replies = every_reply(
            first,
            TODAY,
            looking=lambda _, topic, area, day: {*turning(first, topic, area, day), *turning(second, topic, area, day)},
        )
        return {(reply.place, moment.at): reply.texts for reply in replies for moment in reply.moments}

    old, new = at(SMALL, after), at(after, SMALL)
    wanted = {key: (old.get(key, ()), new.get(key, ())) for key in {*old, *new} if old.get(key) != new.get(key)}
    found = {
        (reply.place, moment.at): (tuple(m.text for m in reply.before), tuple(m.text for m in reply.after))
        for reply in changed_replies(SMALL, after, TODAY)
        for moment in reply.moments
    }
    assert found == wanted


@pytest.mark.parametrize(("change", "topics"), CHANGES.values(), ids=CHANGES)
def test_the_topics_that_may_change_are_few(change: Change, topics: set[str]) -> None:
    found = {reply.place.topic for reply in changed_replies(SMALL, changed(change), TODAY)}
    assert found <= topics
    assert bool(found) == bool(topics)


def test_hours_change_the_reply_of_the_hour_between() -> None:
    found = list(changed_replies(SMALL, changed(_hours), TODAY))
    assert {reply.place.area for reply in found} == {"westlake"}
    assert all(reply.before != reply.after for reply in found)


def test_a_number_that_is_no_longer_given_leaves_the_paragraphs_that_name_it() -> None:
    made = document()
    made["topics/counseling.toml"]["block"] = [{"place": "after", "text": {"en": "Or {pads}.", "es": "O {pads}."}}]
    before = parse(made)
    _entry(made, "westmont", "pads")["checks"] = [{"on": "2024-01-01", "how": "called"}]
    after = parse(made)
    assert "counseling" in affected(before, after)
    found = [r for r in changed_replies(before, after, TODAY) if r.place.topic == "counseling"]
    assert any("630-555-0104" in m.text for r in found for m in r.before)
    assert not any("630-555-0104" in m.text for r in found for m in r.after)
    _entry(made, "westmont", "pads")["note"] = {"en": "x", "es": "x"}
    assert affected(after, parse(made)) == ["shelter"]


def test_a_new_topic_and_one_that_goes() -> None:
    without = document(topics__law=None)
    for one in without["entries/national.toml"]["entry"]:
        one["serves"] = [serves for serves in one["serves"] if serves["topic"] != "law"]
    bare = parse(without)
    gone, new = list(changed_replies(SMALL, bare, TODAY)), list(changed_replies(bare, SMALL, TODAY))
    assert {reply.place.topic for reply in gone} == {reply.place.topic for reply in new} == {"law"}
    assert {reply.after for reply in gone} == {reply.before for reply in new} == {()}


def test_nothing_changes_between_a_release_and_itself() -> None:
    again = content()
    assert affected(SMALL, again) == []
    assert list(changed_sentences(SMALL, again)) == []


def test_sentences_of_the_line_that_change() -> None:
    found = list(changed_sentences(SMALL, content(wording__en={"menu": "Text one word.", "new": "x"})))
    told = [(s.key, s.language, s.said, s.before and s.before.text, s.after and s.after.text) for s in found]
    assert told == [
        ("menu", "en", Said.WHOLE, "en menu", "Text one word."),
        ("menu", "en", Said.FIRST, "Automatic line. en menu", "Automatic line. Text one word."),
        ("new", "en", Said.PIECE, None, "x"),
    ]
