"""A release with one part changed is the one that reading all of it gives; a preview shows what texters would get."""

from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.referral.booklet.moments import Moment, When
from bot.referral.booklet.replies import Reply, replies_at
from bot.referral.content import Content
from bot.referral.differences import parts
from bot.referral.document import parse
from bot.referral.lint import lint
from bot.referral.lint_part import lint_part
from bot.referral.partly import Live, can_change, with_part, with_parts
from bot.referral.preview import preview
from bot.storage.drafts import Draft, applied
from bot.storage.files import read_document
from tests.referral.small import document

NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
SAME = (
    *("line", "topics", "entries", "wording", "alphabets", "never", "denied", "commands", "ages", "days", "serving"),
    *("printed", "named", "named_of", "middles", "crowds"),
)
Body = dict[str, Any]
PADS, HOPE, DAY = "entries/westmont.toml#pads", "entries/national.toml#hope", "entries/westlake.toml#day-la"
SHELTER, EN = "topics/shelter.toml", "wording/en.toml"
SMALL = document()
LIVE = Live.of(SMALL, parse(SMALL))


def body_of(part: str) -> Body:
    return deepcopy(parts(SMALL)[part])


def numbered(part: str, number: str) -> Body:
    body = body_of(part)
    body["phone"][0]["number"] = number
    return body


CHANGES: dict[str, tuple[str, Body | None]] = {
    "a note": (PADS, body_of(PADS) | {"note": {"en": "Ring twice.", "es": "Dos veces."}}),
    "a number": (PADS, numbered(PADS, "+16305550199")),
    "a number that sentences name": (HOPE, numbered(HOPE, "+18005550177")),
    "a topic served": (DAY, body_of(DAY) | {"serves": [{"topic": "food", "rank": 3}]}),
    "hours": (DAY, body_of(DAY) | {"phone": [{**body_of(DAY)["phone"][0], "hours": "Mo 06:00-07:00"}]}),
    "an entry goes": (DAY, None),
    "a new entry": ("entries/national.toml#new", numbered(DAY, "+18005550122") | {"id": "new"}),
    "the first entry of an area": ("entries/eastlake.toml#new", numbered(DAY, "+18005550122") | {"id": "new"}),
    "a lead": (SHELTER, body_of(SHELTER) | {"lead": {"en": "A bed:", "es": "Cama:"}}),
    "a topic goes": ("topics/law.toml", None),
    "a new topic": ("topics/rent.toml", {**body_of("topics/food.toml"), "slug": "rent"}),
    "a sentence": (EN, body_of(EN) | {"menu": "Text one word, {hope}."}),
    "a sentence beyond the alphabet": (EN, body_of(EN) | {"danger": "Danger… {911}."}),
    "a day": (EN, body_of(EN) | {"days": ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]}),
}


@pytest.mark.parametrize(("part", "body"), CHANGES.values(), ids=CHANGES)
def test_it_is_the_release_that_reading_all_of_it_gives(part: str, body: Body | None) -> None:
    made = with_part(LIVE, part, body)
    assert made.problems == ()
    whole = parse(applied(SMALL, [Draft(part, body, "")]))
    for name in SAME:
        assert getattr(made.content, name) == getattr(whole, name), name
    assert list(made.content.topics) == list(whole.topics)
    assert list(made.content.entries) == list(whole.entries)
    assert made.content.schedules.items() >= whole.schedules.items()


def test_the_same_holds_for_the_parts_of_the_default_release(data_dir: Path, *, thorough: bool) -> None:
    default = read_document(data_dir)
    live = Live.of(default, parse(default))
    for place, (part, body) in enumerate(parts(default).items()):
        if can_change(part) and (thorough or place % 5 == 0):
            made = with_part(live, part, body)
            assert (made.problems, made.same_words) == ((), True), part
            for name in SAME:
                assert getattr(made.content, name) == getattr(live.content, name), (part, name)


NEW = "entries/national.toml#new"
TOGETHER: dict[str, dict[str, Body | None]] = {
    "nothing": {},
    "a new entry and the sentence that names it": {
        EN: body_of(EN) | {"menu": "Text one word, {new}."},
        NEW: numbered(DAY, "+18005550122") | {"id": "new"},
    },
    "an entry goes, and the sentences that named it": {
        HOPE: None,
        "topics/danger.toml": body_of("topics/danger.toml") | {"block": body_of("topics/danger.toml")["block"][:1]},
        EN: body_of(EN) | {"talk_hint": "To talk: {211}."},
        "wording/es.toml": body_of("wording/es.toml") | {"talk_hint": "Para hablar: {211}."},
    },
    "all of them": {part: body for part, body in CHANGES.values() if part not in (HOPE, "entries/eastlake.toml#new")},
}


@pytest.mark.parametrize("bodies", TOGETHER.values(), ids=TOGETHER)
def test_several_parts_at_once_are_the_release_that_reading_all_of_it_gives(bodies: dict[str, Body | None]) -> None:
    made = with_parts(LIVE, bodies)
    assert made.problems == ()
    whole = parse(applied(SMALL, [Draft(part, body, "") for part, body in bodies.items()]))
    for name in SAME:
        assert getattr(made.content, name) == getattr(whole, name), name


def test_of_several_parts_one_that_cannot_be_read_changes_nothing() -> None:
    made = with_parts(
        LIVE, {PADS: body_of(PADS) | {"note": {"en": "x", "es": "x"}}, EN: body_of(EN) | {"menu": "{nobody}"}}
    )
    assert made.content is LIVE.content
    assert [problem.path for problem in made.problems] == ["menu"]


BROKEN: dict[str, tuple[str, Body | None, str]] = {
    "no such key": (PADS, body_of(PADS) | {"colour": "blue"}, "colour"),
    "text for a list": (PADS, body_of(PADS) | {"phone": "630"}, "phone"),
    "hours that are none": (
        PADS,
        body_of(PADS) | {"phone": [{**body_of(PADS)["phone"][0], "hours": "now and then"}]},
        "hours",
    ),
    "another id": (PADS, body_of(PADS) | {"id": "other"}, "id"),
    "an id of another area": ("entries/westlake.toml#pads", body_of(PADS), "is in westmont too"),
    "an entry that sentences name goes": (HOPE, None, "block[1].text.en"),
    "a number in a sentence that nobody has": (EN, body_of(EN) | {"menu": "Call {nobody}."}, "menu"),
    "six days": (EN, body_of(EN) | {"days": ["Mo", "Tu"]}, "days"),
    "a topic under another name": (SHELTER, body_of(SHELTER) | {"slug": "beds"}, "slug"),
    "no sentences": (EN, None, ""),
}


@pytest.mark.parametrize(("part", "body", "path"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_told_with_its_place_and_nothing_is_shown(
    part: str, body: Body | None, path: str
) -> None:
    shown = preview(LIVE, part, body, NOW)
    assert (shown.replies, shown.sentences) == ((), ())
    assert any(path in f"{problem.path}: {problem.message}" for problem in shown.problems)


@pytest.mark.parametrize("part", ["line.toml", "commands.toml", "entries/westmont.toml", "trained.toml"])
def test_what_more_than_one_part_hangs_on_is_not_changed_by_itself(part: str) -> None:
    assert not can_change(part)
    with pytest.raises(ValueError, match=part):
        preview(LIVE, part, {}, NOW)


@pytest.mark.parametrize(
    ("part", "change", "same"),
    [
        pytest.param(SHELTER, {"words": {"en": ["shelter", "bunk"], "es": ["cama"]}}, False, id="words"),
        pytest.param(SHELTER, {"label": {"en": "bed", "es": "cama"}}, False, id="a label"),
        pytest.param(
            SHELTER, {"facets": {"family": {"en": ["my baby"], "es": ["mi bebe"]}}}, False, id="words of a facet"
        ),
        pytest.param(SHELTER, {"note": {"en": "Hm.", "es": "Hm."}}, True, id="a note"),
        pytest.param(PADS, {"aliases": ["pads of dupage"]}, False, id="another name"),
        pytest.param(PADS, {"aliases": ["dupage pads"]}, True, id="the same name"),
    ],
)
def test_whether_texts_are_understood_as_before(part: str, change: Body, *, same: bool) -> None:
    assert with_part(LIVE, part, body_of(part) | change).same_words is same


def shown_by(content: Content, replies: tuple[Reply, ...]) -> list[tuple[str, ...]]:
    return [reply.texts for reply in replies_at(content, [r.place for r in replies], Moment(NOW, When.NOW))]


@pytest.mark.parametrize(("part", "body"), CHANGES.values(), ids=CHANGES)
def test_a_preview_shows_the_very_messages(part: str, body: Body | None) -> None:
    shown = preview(LIVE, part, body, NOW)
    whole = parse(applied(SMALL, [Draft(part, body, "")]))
    assert [reply.texts for reply in shown.replies] == shown_by(whole, shown.replies)
    quiet = part == "topics/law.toml" or "days" in (body or {})
    assert shown.replies or shown.sentences or quiet
    for sentence in shown.sentences:
        assert whole.wording[sentence.language][sentence.key] in sentence.message.text


def test_an_entry_is_shown_where_it_is_given_in_both_languages() -> None:
    body = body_of(PADS) | {"note": {"en": "Ring twice.", "es": "Dos veces."}}
    shown = preview(LIVE, PADS, body, NOW)
    assert {(r.place.topic, r.place.area, r.place.language) for r in shown.replies} == {
        ("shelter", "westmont", "en"),
        ("shelter", "westmont", "es"),
    }
    assert all(any("pads" in m.entries for m in r.messages) for r in shown.replies)
    assert {r.place.area for r in preview(LIVE, HOPE, body_of(HOPE), NOW).replies} == {
        "westlake",
        "westmont",
        "",
        "elsewhere",
    }


def test_a_character_that_makes_it_dear_is_named_with_what_it_costs() -> None:
    shown = preview(LIVE, SHELTER, body_of(SHELTER) | {"lead": {"en": "A bed’s here:", "es": "Cama:"}}, NOW)
    assert shown.offending == ("’",)
    assert any("’" in problem.message for problem in shown.problems)
    assert shown.dearest == max(m.segments for r in shown.replies for m in r.messages)
    assert preview(LIVE, SHELTER, body_of(SHELTER), NOW).offending == ()


LINTED: dict[str, tuple[str, Body]] = {
    "a long lead": (SHELTER, {"lead": {"en": "A bed " * 30, "es": "Cama:"}}),
    "a word that hurts": (SHELTER, {"note": {"en": "For victims.", "es": "Hm."}}),
    "no Spanish": (SHELTER, {"lead": {"en": "A bed:"}}),
    "a number typed": (SHELTER, {"note": {"en": "Call 630-555-0111.", "es": "Hm."}}),
    "an odd place": (SHELTER, {"block": [{"place": "on top", "text": {"en": "x", "es": "x"}}]}),
    "an entry without a source": (PADS, {"evidence": []}),
    "a long short name": (PADS, {"short": {"en": "A very long name of a shelter", "es": "x"}}),
    "no such topic": (PADS, {"serves": [{"topic": "rest", "rank": 1}]}),
    "a sentence that grew": (EN, {"who": "An automatic line. " * 12}),
    "a sentence less": (EN, {"menu": None}),
}


@pytest.mark.parametrize(("part", "change"), LINTED.values(), ids=LINTED)
def test_lint_of_one_part_is_what_lint_says_of_it(part: str, change: Body) -> None:
    body = {key: value for key, value in (body_of(part) | change).items() if value is not None}
    made = with_part(LIVE, part, body)
    file, _, entry = part.partition("#")
    own = [p for p in lint(made.content) if p.file == file and (not entry or f"entry[{entry}]" in p.path)]
    assert lint_part(made.content, part) == own
    assert set(own) - set(lint_part(LIVE.content, part))
    assert preview(LIVE, part, body, NOW).problems == tuple(own)
