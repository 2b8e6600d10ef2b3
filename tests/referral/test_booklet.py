"""The booklet: every reply as the webhook gives it, at the moments that matter, and every sentence of the line."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.referral.answer import answer
from bot.referral.booklet.moments import Moment, When, moments, turning
from bot.referral.booklet.own import Said, every_sentence
from bot.referral.booklet.replies import LOCK_SCREEN, Reply, areas_of, every_reply
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.document import parse
from bot.referral.given import zone_of
from bot.referral.holidays import federal_holidays
from bot.referral.hours import is_night
from bot.referral.segments import count
from tests.referral.small import content, document

TODAY = date(2026, 11, 23)
SMALL = content()


@pytest.fixture(scope="module")
def release(default_release: Content) -> Content:
    return default_release


@pytest.mark.parametrize("area", ["westlake", "westmont", "", "elsewhere"])
@pytest.mark.parametrize("days", range(0, 400, 13))
def test_the_four_moments_are_what_they_say(area: str, days: int) -> None:
    day = TODAY + timedelta(days=days)
    found = {moment.when: moment.at for moment in moments(SMALL, area, day)}
    assert set(found) == {When.OPEN, When.CLOSED, When.NIGHT, When.HOLIDAY}
    zone = zone_of(SMALL, area)
    local = {when: at.astimezone(_zone(zone)) for when, at in found.items()}
    holidays = federal_holidays(day.year) | federal_holidays(day.year + 1)
    assert {when: is_night(at, zone) for when, at in found.items()} == {when: when is When.NIGHT for when in found}
    assert {when: one.date() in holidays for when, one in local.items()} == {w: w is When.HOLIDAY for w in found}
    assert local[When.CLOSED].weekday() == 6
    assert min(one.date() for one in local.values()) >= day
    assert local[When.OPEN].date() < day + timedelta(days=14)


def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def played(content: Content, reply: Reply, text: str) -> list[str | None]:
    """Text a word in the place and language of a reply, then MORE until it is said that there is no more."""
    place = reply.place
    now = reply.moments[0].at
    talk = Conversation(at=now, area=place.area, language=place.language)
    said = []
    more = "mas" if place.language == "es" else "more"
    for word in (text, *[more] * len(reply.messages)):
        given = answer(word, talk, content, now)
        said.append(given.reply)
        talk = given.conversation
    return said


def test_a_reply_is_what_somebody_gets_who_texts(release: Content) -> None:
    asked = {"shelter": ("bed", "cama"), "food": ("food", "comida"), "legal": ("lawyer", "abogado")}
    tried = 0
    for reply in every_reply(release, TODAY, topics=asked):
        if reply.place.facet:
            continue
        text = asked[reply.place.topic][reply.place.language == "es"]
        said = played(release, reply, text)
        assert said[:-1] == list(reply.texts), reply.place
        assert said[-1] not in reply.texts
        tried += 1
    assert tried >= 3 * 4 * 2 * 2


def test_every_need_place_and_language_is_there_at_each_moment() -> None:
    found = list(every_reply(SMALL, TODAY))
    there = {(r.place.topic, r.place.facet, r.place.area, r.place.language, m.when) for r in found for m in r.moments}
    wanted = {
        (slug, facet, area, language, when)
        for slug, topic in SMALL.topics.items()
        if slug != "help"
        for facet in ("", *topic.facets)
        for area in areas_of(SMALL)
        for language in ("en", "es")
        for when in (When.OPEN, When.CLOSED, When.NIGHT, When.HOLIDAY)
    }
    assert there == wanted
    assert sum(len(r.moments) for r in found) == len(wanted)


def test_each_message_tells_what_it_costs_and_what_a_locked_phone_shows(release: Content) -> None:
    for reply in every_reply(release, TODAY, topics=["danger", "food"]):
        for message in reply.messages:
            assert (message.segments, message.encoding) == (count(message.text).parts, count(message.text).encoding)
            assert message.lock_screen == message.text[:LOCK_SCREEN]
            assert message.offending == ()


def test_a_dear_character_is_named() -> None:
    lead = {"en": "For a bed’s sake:", "es": "Para una cama:"}
    bent = content(topics__shelter={"lead": lead})
    offending = {m.offending for r in every_reply(bent, TODAY, topics=["shelter"]) for m in r.messages}
    assert offending == {(), ("’",)}


def test_hours_that_turn_within_the_week_are_each_looked_at() -> None:
    # Open at none of the four moments, and on none that is like them.
    changed = document()
    for entry in changed["entries/westlake.toml"]["entry"]:
        if entry["id"] == "day-la":
            entry["phone"][0]["hours"] = "Mo-Fr 17:00-19:00"
    rare = parse(changed)
    found = turning(rare, "shelter", "westlake", TODAY)
    assert [moment.when for moment in found].count(When.TURN) == 2  # an evening, and that of Thanksgiving
    assert {moment.when for moment in found} == set(When) - {When.NOW}
    listed = {r.texts for r in every_reply(rare, TODAY, topics=["shelter"], looking=turning)}
    usual = {r.texts for r in every_reply(rare, TODAY, topics=["shelter"])}
    assert listed > usual
    assert [m.when for m in turning(rare, "law", "westmont", TODAY)] == list(When)[:4]


def test_a_number_that_may_not_be_given_that_day_stands_in_no_reply() -> None:
    old = document()
    for entry in old["entries/westmont.toml"]["entry"]:
        if entry["id"] == "pads":
            entry["checks"] = [{"on": "2024-01-01", "how": "called"}]
    texts = [text for r in every_reply(parse(old), TODAY, topics=["shelter"]) for text in r.texts]
    assert not any("630-555-0104" in text for text in texts)
    assert any("630-555-0104" in text for r in every_reply(SMALL, TODAY, topics=["shelter"]) for text in r.texts)


def test_every_sentence_of_the_line_is_listed(release: Content) -> None:
    found = list(every_sentence(release))
    assert {(s.language, s.key) for s in found} == {(la, key) for la, texts in release.wording.items() for key in texts}
    by_key = {(s.key, s.said, s.area): s.message.text for s in found if s.language == "en"}
    assert by_key["area_set", Said.WHOLE, "westmont"] == release.wording["en"]["area_set"].replace(
        "{area}", release.line.areas["westmont"].name
    )
    assert ("voice_hello", Said.SPOKEN, "") in by_key
    assert ("provider_help", Said.PASTED, "") in by_key
    assert ("danger", Said.PIECE, "") in by_key
    assert not any("{" in s.message.text for s in found if s.said in (Said.WHOLE, Said.FIRST))


@pytest.mark.parametrize(("key", "text"), [("menu", "menu"), ("who", "who is this"), ("thanks", "thanks")])
def test_a_sentence_is_what_somebody_gets_who_asks_for_it(key: str, text: str, release: Content) -> None:
    now = moments(release, "", TODAY)[0].at
    said = {s.said: s.message.text for s in every_sentence(release) if (s.key, s.language) == (key, "en")}
    assert answer(text, Conversation(), release, now).reply == said.get(Said.FIRST, said[Said.WHOLE])
    greeted = replace(Conversation(at=now, language="en"), greeted=True)
    assert answer(text, greeted, release, now).reply == said[Said.WHOLE]


def test_a_moment_is_in_utc() -> None:
    assert all(isinstance(m, Moment) and m.at.utcoffset() == timedelta() for m in moments(SMALL, "westlake", TODAY))
