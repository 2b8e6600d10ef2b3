"""Which figures belong together, and what has to be hidden with a hidden area or language."""

from bot.counts.families import needs, whole
from bot.counts.hide import Family
from tests.counts.written import cell, shown

TOLD = (
    "conversations 40, topic food 20, topic jobs 20, area a 20, area b ?, language en ?, language es 20, segments 50,"
    "topic_area food a 10, topic_area food b 10, topic_area jobs a 20, topic_area jobs b 0, outcome crisis 0,"
    "topic_language food en 10, topic_language food es 10, topic_language jobs en 20, entry clinic 0"
)


def test_a_total_has_two_splits() -> None:
    areas, languages = (cell("area a"), cell("area b")), (cell("language en"), cell("language es"))
    assert whole(shown(TOLD)) == Family(cell("conversations"), (areas, languages))
    assert whole({}) == Family(cell("conversations"), ((), ()))


def test_a_topic_has_two_splits_and_what_is_hidden_above_is_forced() -> None:
    food = (
        tuple(cell(f"topic_area food {area}") for area in "ab"),
        tuple(cell(f"topic_language food {language}") for language in ("en", "es")),
    )
    jobs = (cell("topic_area jobs a"), cell("topic_area jobs b")), (cell("topic_language jobs en"),)
    totals = cell("topic food"), cell("topic jobs")
    assert needs(shown(TOLD)) == (Family(totals[0], food), Family(totals[1], jobs))
    hidden = frozenset(name for name, n in shown(TOLD).items() if n is None)
    assert needs(shown(TOLD), hidden) == (
        Family(totals[0], food, frozenset({food[0][1], food[1][0]})),
        Family(totals[1], jobs, frozenset({jobs[0][1], jobs[1][0]})),
    )


def test_an_area_with_the_name_of_a_language_is_another_thing() -> None:
    told = shown("topic food 20, topic_area food en 20, topic_language food en 20")
    for above, forced in (("area en", "topic_area food en"), ("language en", "topic_language food en")):
        assert needs(told, frozenset({cell(above)}))[0].forced == {cell(forced)}
