"""Which entries are offered, in which order, at which hour."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.referral.choose import Need, choose
from bot.referral.content import Content
from bot.referral.hours import Opening
from tests.referral.small import NIGHT, NOON, content, document, entry

SMALL = content()
LA = Need("shelter", area="westlake")


def ids(found: Content, need: Need, now: datetime = NOON) -> list[str]:
    """List the chosen entries' ids."""
    return [choice.entry.id for choice in choose(found, need, now)]


def test_by_day_unknown_hours_count_as_open_and_rank_decides() -> None:
    assert ids(SMALL, LA) == ["211-la", "day-la", "youth-la", "unsaid-la", "hope"]


def test_at_night_known_open_first_then_unknown_then_known_closed() -> None:
    assert ids(SMALL, LA, NIGHT) == ["211-la", "hope", "youth-la", "unsaid-la", "day-la"]


def test_official_goes_before_secondary_of_the_same_rank() -> None:
    heard = entry("a-heard", "+16305550112", ("shelter", 20), source="secondary")
    sure = entry("b-sure", "+16305550113", ("shelter", 20))
    both = content(entries__westmont={"entry": [heard, sure]})
    assert ids(both, Need("shelter", area="westmont"))[:2] == ["b-sure", "a-heard"]


@pytest.mark.parametrize(
    ("area", "wanted"),
    [
        pytest.param("", ["211", "hope"], id="unknown: national lines and 211"),
        pytest.param("elsewhere", ["211", "hope"], id="elsewhere: the same"),
        pytest.param("westmont", ["211-dupage", "pads", "hope"], id="the county's own, and its own 211"),
    ],
)
def test_only_what_serves_the_area(area: str, wanted: list[str]) -> None:
    assert ids(SMALL, Need("shelter", area=area)) == wanted


def test_a_minor_is_never_given_an_adults_service() -> None:
    assert "youth-la" not in ids(SMALL, Need("shelter", area="westlake", minor=True))


def test_spanish_goes_first_to_those_known_to_speak_it() -> None:
    assert ids(SMALL, Need("shelter", area="westlake", language="es"))[0] == "hope"


def test_a_named_service_leads_even_from_another_area() -> None:
    assert ids(SMALL, Need("shelter", area="westlake", named="pads"))[0] == "pads"


def test_a_facet_goes_before_the_whole_topic_and_shuts_other_facets_out() -> None:
    serves = [{"topic": "shelter", "rank": 90, "facets": ["family"]}]
    other = [{"topic": "shelter", "rank": 1, "facets": ["abuse"]}]
    changed = document()
    changed["topics/shelter.toml"]["facets"]["abuse"] = {"en": ["hits me at home"], "es": ["me pega en casa"]}
    changed["entries/westlake.toml"]["entry"] += [
        entry("kin", "+12135550105") | {"serves": serves},
        entry("haven", "+12135550106") | {"serves": other},
    ]
    from_changed = content(
        **{"entries__westlake": changed["entries/westlake.toml"], "topics__shelter": changed["topics/shelter.toml"]}
    )
    found = ids(from_changed, Need("shelter", area="westlake", facet="family"))
    assert found[0] == "kin"
    assert "haven" not in found
    assert "haven" not in ids(from_changed, LA)  # nobody said that home is the danger
    assert ids(from_changed, Need("shelter", area="westlake", facet="abuse"))[0] == "haven"


@pytest.mark.parametrize(
    ("days", "there"),
    [
        pytest.param(0, True, id="evidenced"),
        pytest.param(100, True, id="due"),
        pytest.param(181, False, id="stepped back"),
    ],
)
def test_an_old_check_steps_an_entry_back(days: int, there: bool) -> None:
    now = datetime(2026, 11, 21, 20, tzinfo=UTC) + timedelta(days=days)
    assert ("hope" in ids(SMALL, LA, now)) is there
    assert "211-la" in ids(SMALL, LA, now)  # never steps back


def test_a_newer_failed_check_takes_an_entry_off_at_once() -> None:
    checks = [{"on": "2026-11-21", "how": "called"}, {"on": "2026-11-22", "how": "called", "result": "closed"}]
    failed = content(entries__westmont={"entry": [entry("pads", "+16305550104", ("shelter", 20), checks=checks)]})
    assert "pads" not in ids(failed, Need("shelter", area="westmont"))


def test_verified_goes_before_evidenced() -> None:
    sure = entry("sure", "+16305550107", ("shelter", 90), checks=[{"on": "2026-11-21", "how": "called"}])
    pads = entry("pads", "+16305550104", ("shelter", 20))
    both = content(entries__westmont={"entry": [pads, sure]})
    assert ids(both, Need("shelter", area="westmont"))[:2] == ["sure", "pads"]


def test_a_phone_has_hours_of_its_own() -> None:
    late = entry("late", "+16305550108", ("shelter", 20), phone={"hours": "Mo-Fr 09:00-17:00"})
    west = {"hours": "Mo-Fr 09:00-17:00", "timezone": "America/Los_Angeles"}
    pacific = entry("pacific", "+16305550109", ("shelter", 20), phone=west)
    now = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # 18:30 in Chicago, 16:30 in Los Angeles
    chosen = choose(content(entries__westmont={"entry": [late, pacific]}), Need("shelter", area="westmont"), now)
    assert {c.entry.id: c.opening for c in chosen if c.entry.id != "hope"} == {
        "late": Opening.CLOSED,
        "pacific": Opening.OPEN,
    }


def test_a_text_number_is_offered_only_in_a_language_it_is_known_to_read() -> None:
    english = {c.entry.id: c.text for c in choose(SMALL, Need("shelter"), NOON)}
    spanish = {c.entry.id: c.text for c in choose(SMALL, Need("shelter", language="es"), NOON)}
    assert english["hope"] is not None
    assert spanish["hope"] is None


def test_a_phone_may_serve_another_topic_than_its_entry() -> None:
    desk = {"number": "+16305550111", "ways": ["call"], "publish": True, "serves": [{"topic": "food", "rank": 5}]}
    two = entry("two", "+16305550110", ("shelter", 20), phones=[desk])
    both = content(entries__westmont={"entry": [two]})
    for topic, number in (("shelter", "+16305550110"), ("food", "+16305550111")):
        choice = next(c for c in choose(both, Need(topic, area="westmont"), NOON) if c.entry.id == "two")
        assert choice.call is not None
        assert choice.call.number == number


def test_the_same_question_has_the_same_answer() -> None:
    assert ids(SMALL, LA) == ids(content(), LA)
