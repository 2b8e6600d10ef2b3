"""Every reply the release can produce, looked at: nobody can be sent anything that was not checked here."""

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import pytest

from bot.referral.choose import Need
from bot.referral.content import ELSEWHERE, Content
from bot.referral.items import Item
from tests.referral import small
from tests.replies import checks
from tests.replies.enumeration import Case, Chain, Enumeration
from tests.replies.moments import Group
from tests.replies.sentences import BY_ANSWER, BY_DOOR, FRANK, Sentences

#: How many kinds of faults are printed; the rest is counted.
SHOWN = 20


def assert_none(faults: Iterable[str]) -> None:
    """Fail with the simplest case of each kind of fault in each topic, and the number of all."""
    found, simplest = list(faults), dict[tuple[str, ...], str]()
    for fault in found:
        what, case, *_ = f"{fault}\n".split("\n")
        simplest.setdefault((what, case.split(",")[0].split("/")[0]), fault)
    if found:
        shown = list(simplest.values())[:SHOWN]
        pytest.fail(f"{len(found)} faults of {len(simplest)} kinds:\n\n" + "\n\n".join(shown), pytrace=False)


@pytest.mark.thorough
def test_every_reply_about_a_need_is_fit_to_send(listed: Enumeration) -> None:
    assert_none(checks.reply_faults(listed))


@pytest.mark.thorough
def test_more_leads_through_everything_once_and_ends(listed: Enumeration) -> None:
    assert_none(checks.chain_faults(listed.chains))


@pytest.mark.thorough
def test_every_first_page_leaves_a_way_to_go(listed: Enumeration) -> None:
    assert_none(checks.first_page_faults(listed.content, listed.chains))


@pytest.mark.thorough
def test_every_need_is_answered_in_every_place_and_language(listed: Enumeration) -> None:
    content = listed.content
    areas = ["", *content.line.areas, ELSEWHERE]
    asked = {(c.case.need.topic, c.case.need.language) for c in listed.chains}
    assert asked == set(product((t for t in content.topics if t != "help"), content.line.languages))
    assert len({(g.topic, g.area) for g in listed.groups()}) == len(areas) * (len(content.topics) - 1)


def test_what_first_replies_have_room_for(listed: Enumeration, record_property: Callable[[str, object], None]) -> None:
    found = checks.shares(listed.content, listed.chains)
    for name, share in found.items():
        record_property(name, round(share, 3))
    assert found["two segments"] > 0.99
    assert found["automatic"] > 0.85


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_sentence_of_the_line_itself_is_fit_to_send(release: Content, language: str) -> None:
    said = Sentences(release, language).whole([*BY_ANSWER, *BY_DOOR])
    aim = release.line.limits.aim_segments
    assert_none(
        f"{fault}\n  {key}.{language}\n  {text}"
        for key, text in said
        for fault in checks.text_faults(release, text, cap=aim, frank=key in FRANK)
    )


def test_a_picture_from_a_stranger_is_answered_in_both_languages_at_once(release: Content) -> None:
    both = " ".join(release.wording[language]["media"] for language in release.line.languages)
    assert_none(checks.text_faults(release, both, cap=release.line.limits.cap_segments, frank=False))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_longest_menu_of_choices_is_fit_to_send(release: Content, language: str) -> None:
    menu = Sentences(release, language).longest_choices()
    assert_none(checks.text_faults(release, menu, cap=release.line.limits.aim_segments, frank=False))
    assert Sentences(release, language).is_choices(menu)


LONG = {"en": "A note that goes on. " * 30, "es": "Una nota larga. " * 30}
FAULTY = [
    pytest.param({"topics__shelter": {"lead": {"en": "For abuse:", "es": "Para:"}}}, "shows 'abuse'", id="sensitive"),
    pytest.param({"topics__shelter": {"note": {"en": "It's a secret.", "es": "x"}}}, "nobody can promise", id="claim"),
    pytest.param({"topics__shelter": {"note": {"en": "Call 213-555-0199.", "es": "x"}}}, "no published", id="number"),
    pytest.param({"topics__shelter": {"note": {"en": "Llame más.", "es": "x"}}}, "U+00E1", id="alphabet"),
    pytest.param({"topics__shelter": {"notice": LONG}}, "segments, more than 3", id="length"),
]


def listed_for(topic: str, **changes: Any) -> Enumeration:
    """List the replies of the small release, with changes, to one need of unknown place."""
    listed = Enumeration.of(small.content(**changes))
    listed.of_group(Group(topic))
    return listed


@pytest.mark.parametrize(("changes", "fault"), FAULTY)
def test_a_faulty_release_is_found_out(changes: dict[str, Any], fault: str) -> None:
    found = list(checks.reply_faults(listed_for("shelter", **changes)))
    assert any(fault in line for line in found)
    assert all("shelter" in line.split("\n")[1] for line in found)


def test_a_crisis_with_one_way_out_is_found_out() -> None:
    block = [{"place": "alone", "text": {"en": "Automatic. Call {911}.", "es": "Automatico. {911}."}}]
    listed = listed_for("danger", topics__danger={"block": block})
    found = checks.first_page_faults(listed.content, listed.chains)
    assert any(line.startswith("offers 911: a crisis needs two ways") for line in found)


def test_a_need_without_a_way_out_is_found_out() -> None:
    block = [{"place": "before", "text": {"en": "Breathe in. " * 20, "es": "Respire. " * 28}}]
    listed = listed_for("counseling", topics__counseling={"block": block})
    assert any("names no number" in line for line in checks.first_page_faults(listed.content, listed.chains))


@pytest.fixture(scope="module")
def small_replies() -> Iterable[str]:
    return Enumeration.of(small.content()).all()


ITEMS = (Item("One: 211."), Item("Two: 988."))
CASE = Case(Need("shelter"), small.NOON, first=True)


@pytest.mark.parametrize(
    ("pages", "fault"),
    [
        pytest.param((("One: 211. Danger: 911.", 1), ("Two: 988.", 0)), "", id="as it should be"),
        pytest.param((("One: 211.", 1), ("Two: 98", 0)), "does not hold as it is", id="cut"),
        pytest.param((("One: 211.", 0),), "does not hold as it is", id="one never shown"),
        pytest.param((("One: 211. One: 211.", 1), ("Two: 988.", 0)), "once, in order", id="shown twice"),
        pytest.param((("Two: 988. One: 211.", 0),), "once, in order", id="out of order"),
        pytest.param((("One: 211.", 1), ("Two: 988.", 1)), "MORE never ends", id="round and round"),
    ],
)
def test_a_broken_chain_is_found_out(pages: tuple[tuple[str, int], ...], fault: str) -> None:
    found = list(checks.chain_faults([Chain(CASE, ITEMS, pages)]))
    assert any(fault in line for line in found) if fault else found == []


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("day-la line: 213-555-0101, Mon-Fri 9am-5pm", id="open"),
        pytest.param("day-la line: 213-555-0101, closed now, Mon-Fri 9am-5pm", id="closed"),
        pytest.param("day-la line: 213-555-0101, call first, Mon-Fri 9am-5pm", id="a holiday"),
        pytest.param("Night hours not known.", id="night"),
        pytest.param("Laws change: ask a lawyer, 800-555-0100.", id="a law past due"),
        pytest.param("Laws change: ask a lawyer.", id="a law past due, and no lawyer whose number may be given"),
        pytest.param(
            "Automatic line. For a bed: 211 line: 211, 24/7. Ask what to bring.", id="all but the last stepped back"
        ),
        pytest.param("Under 18, some must report.", id="under 18"),
        pytest.param("Or text: talk.", id="a second need"),
    ],
)
def test_every_state_of_things_comes_up(small_replies: Iterable[str], piece: str) -> None:
    assert any(piece in text for text in small_replies)
