"""Who is in danger right now, from wordings as the lexicon finds them: what stands, what is voided, what is worst."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.referral.content import Content
from bot.referral.crisis import crisis, evidence_of, weights, worst
from bot.referral.hit import Hit, Reading
from bot.referral.meaning import Evidence
from bot.referral.meant import Meant, Role
from bot.referral.pattern import Pattern

TOPICS = {
    "danger": SimpleNamespace(crisis=True, otherwise="violence"),
    "overdose": SimpleNamespace(crisis=True, otherwise="recovery"),
    "suicide": SimpleNamespace(crisis=True, otherwise=""),
    "food": SimpleNamespace(crisis=False, otherwise=""),
}
CONTENT = cast(Content, SimpleNamespace(topics=TOPICS, lexicon=SimpleNamespace(fillers=frozenset({"pls"}))))


def found(role: Role, label: str, start: int, end: int, *, facet: str = "") -> Hit:
    """Return a wording found at some words of a text; its source says where it stands."""
    return Hit(Pattern(Meant(role, label, "en", facet), f"{label} {start}", ()), start, end, role, label)


def reading(text: str, *how: str) -> Reading:
    words = tuple(text.split())
    return Reading(tuple(frozenset({word}) for word in words), words, how or ("",) * len(words))


def told(hits: list[Hit], text: str = "a b c d e f") -> tuple[list[Any], list[Any]]:
    """Return what stands and what was voided, as topic, weight and reason."""
    both = crisis(CONTENT, reading(text), hits)
    stood, voided = ([(one.label, one.weight, one.how) for one in found] for found in both)
    return stood, voided


HIT = found(Role.WORD, "danger", 2, 4)


@pytest.mark.parametrize(
    ("hits", "stood", "voided"),
    [
        pytest.param([HIT], [("danger", 1.0, "")], [], id="a word"),
        pytest.param([found(Role.HINT, "danger", 2, 4)], [("danger", 0.5, "")], [], id="a hint"),
        pytest.param([found(Role.ALONE, "danger", 2, 4)], [], [], id="alone, but there is more"),
        pytest.param([found(Role.WORD, "food", 2, 4)], [], [], id="no crisis"),
        pytest.param([found(Role.WORD, "nothing", 2, 4)], [], [], id="no topic"),
        pytest.param([found(Role.WITHIN, "danger", 2, 4)], [], [], id="a command of that name"),
        pytest.param([found(Role.WORD, "food", 0, 1), HIT], [("danger", 1.0, "")], [], id="behind something else"),
        pytest.param(
            [found(Role.ALONE, "suicide", 0, 1), HIT], [("danger", 1.0, "")], [], id="behind a word that counts alone"
        ),
        pytest.param(
            [HIT, found(Role.UNLESS, "danger", 3, 5)], [], [("violence", 0.5, "but: 'danger 3'")], id="unless"
        ),
        pytest.param([HIT, found(Role.UNLESS, "danger", 4, 5)], [("danger", 1.0, "")], [], id="unless, further on"),
        pytest.param([HIT, found(Role.UNLESS, "suicide", 3, 5)], [("danger", 1.0, "")], [], id="unless, of another"),
        pytest.param(
            [HIT, found(Role.NEGATOR, "", 1, 2)], [], [("violence", 0.5, "denied: ' 1'")], id="denied just before"
        ),
        pytest.param([HIT, found(Role.NEGATOR, "", 0, 1)], [("danger", 1.0, "")], [], id="denied, a word between"),
        pytest.param([HIT, found(Role.NEGATOR, "", 2, 3)], [("danger", 1.0, "")], [], id="denied within"),
        pytest.param([HIT, found(Role.NEGATOR, "", 4, 5)], [("danger", 1.0, "")], [], id="denied behind"),
        pytest.param([HIT, found(Role.PAST, "", 0, 1)], [], [("violence", 0.5, "past")], id="past"),
        pytest.param([HIT, found(Role.PAST, "", 5, 6)], [], [("violence", 0.5, "past")], id="past, behind"),
        pytest.param(
            [HIT, found(Role.PAST, "", 0, 1), found(Role.PRESENT, "", 5, 6)],
            [("danger", 1.0, "")],
            [],
            id="past and still",
        ),
        pytest.param([HIT, found(Role.PRESENT, "", 5, 6)], [("danger", 1.0, "")], [], id="still"),
        pytest.param(
            [found(Role.WORD, "overdose", 2, 4), found(Role.PAST, "", 0, 1)],
            [],
            [("recovery", 0.5, "past")],
            id="an overdose passes",
        ),
        pytest.param(
            [found(Role.WORD, "suicide", 2, 4), found(Role.PAST, "", 0, 1)],
            [("suicide", 1.0, "")],
            [],
            id="wishing to die does not pass",
        ),
        pytest.param(
            [found(Role.WORD, "suicide", 2, 4), found(Role.NEGATOR, "", 1, 2)], [], [], id="voided, and no other topic"
        ),
        pytest.param(
            [found(Role.WORD, "danger", 1, 2), found(Role.NEGATOR, "", 0, 1), found(Role.WORD, "danger", 4, 5)],
            [("danger", 1.0, "")],
            [("violence", 0.5, "denied: ' 0'")],
            id="denied once and said once",
        ),
    ],
)
def test_what_stands_and_what_is_voided(hits: list[Hit], stood: list[Any], voided: list[Any]) -> None:
    assert told(hits) == (stood, voided)


@pytest.mark.parametrize(("text", "stands"), [("die", True), ("die pls", True), ("die food", False)])
def test_a_word_that_counts_alone(text: str, stands: bool) -> None:
    stood, _ = told([found(Role.ALONE, "suicide", 0, 1)], text)
    assert stood == ([("suicide", 1.0, "")] if stands else [])


def test_what_was_voided_says_where_and_by_what_it_was_found() -> None:
    _, (voided,) = crisis(CONTENT, reading("a b c d"), [HIT, found(Role.PAST, "", 0, 1)])
    assert voided == Evidence("violence", 0.5, "danger 2", "past", start=2, end=4)


def test_evidence_names_its_words_and_how_they_were_recognised() -> None:
    read = reading("a b c d e", "no", "typo: b", "", "typo: b", "no")
    one = evidence_of(found(Role.WORD, "danger", 1, 4, facet="gun"), read)
    assert one == Evidence("danger", 1.0, "danger 1", "typo: b", "gun", "en", 1, 4)
    two = evidence_of(found(Role.ALONE, "danger", 0, 2), read)
    assert (two.weight, two.how) == (1.0, "no, typo: b")


def said(label: str, weight: float, start: int = 0, end: int = 0) -> Evidence:
    return Evidence(label, weight, "", start=start, end=end)


@pytest.mark.parametrize(
    ("found", "sums"),
    [
        pytest.param([said("danger", 0.5, 0, 1), said("danger", 0.5, 1, 2)], {"danger": 1.0}, id="next to each other"),
        pytest.param([said("danger", 0.5, 0, 2), said("danger", 0.5, 1, 3)], {"danger": 0.5}, id="a word in common"),
        pytest.param([said("danger", 0.5, 1, 3), said("danger", 0.5, 0, 2)], {"danger": 0.5}, id="the other way"),
        pytest.param([said("danger", 0.5, 0, 2), said("danger", 1.0, 1, 2)], {"danger": 1.0}, id="the heavier counts"),
        pytest.param(
            [said("danger", 0.5, 0, 2), said("danger", 0.5, 1, 6), said("danger", 0.5, 2, 4)],
            {"danger": 0.5},
            id="the longer counts first",
        ),
        pytest.param(
            [said("danger", 0.5, 0, 2), said("food", 0.5, 0, 2)], {"danger": 0.5, "food": 0.5}, id="each of its own"
        ),
        pytest.param([said("danger", 0.5), said("danger", 0.5)], {"danger": 1.0}, id="of no place"),
        pytest.param(
            [said("danger", 1.0, 3, 5), said("danger", 0.5, 0, 3), said("danger", 0.5, 5, 6)],
            {"danger": 2.0},
            id="around each other",
        ),
        pytest.param(
            [said("danger", 0.5, 0, 2), said("danger", 0.5, 1, 3), said("danger", 0.5, 4, 5)],
            {"danger": 1.0},
            id="more behind what does not count",
        ),
        pytest.param([], {}, id="nothing"),
    ],
)
def test_weights_add_up_and_words_count_once(found: list[Evidence], sums: dict[str, float]) -> None:
    assert weights(found) == sums


@pytest.mark.parametrize(
    ("found", "label"),
    [
        pytest.param([], "", id="nothing"),
        pytest.param([said("danger", 0.5)], "", id="one hint"),
        pytest.param([said("danger", 0.5), said("danger", 0.5)], "danger", id="two hints"),
        pytest.param(
            [said("danger", 1.0), said("overdose", 1.0), said("suicide", 1.0)], "overdose", id="overdose first"
        ),
        pytest.param([said("suicide", 1.0), said("danger", 1.0)], "danger", id="then danger"),
        pytest.param([said("another", 1.0), said("suicide", 1.0)], "suicide", id="another one last"),
        pytest.param([said("overdose", 1.0), said("suicide", 1.0), said("suicide", 0.5)], "suicide", id="the heaviest"),
    ],
)
def test_the_worst_is_the_heaviest_and_then_the_quickest_to_kill(found: list[Evidence], label: str) -> None:
    assert worst(found) == label
