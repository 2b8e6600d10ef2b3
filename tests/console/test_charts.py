"""Charts: what is hidden never looks like a number, and nothing of a label is taken for a tag."""

import xml.etree.ElementTree as ET

from bot.console.counting.charts import Bar, bars

DRAWN = [Bar("food", 40, "40"), Bar("bed", 10, "10+", least=True), Bar("talk", None, "hidden"), Bar("work", 0, "0")]


def tree(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314 - our own


def frames(drawn: list[Bar]) -> list[tuple[str, str]]:
    held = tree(bars("x", "What for", "See the table.", drawn))
    return [(rect.get("class", ""), rect.get("width", "")) for rect in held.iter("rect")]


def test_bars_are_as_long_as_their_figures() -> None:
    assert frames([Bar("a", 40, "40"), Bar("b", 10, "10"), Bar("c", 0, "0")]) == [
        ("chart-bar", "100.0%"),
        ("chart-bar", "25.0%"),
        ("chart-bar", "0.0%"),
    ]


def test_a_hidden_figure_is_a_frame_that_tells_nothing() -> None:
    assert frames(DRAWN[2:]) == [("chart-hidden", "100.0%"), ("chart-bar", "0.0%")]
    assert frames([Bar("talk", None, "hidden")]) == [("chart-hidden", "100.0%")]


def test_a_figure_known_in_part_stands_in_an_open_frame() -> None:
    assert frames(DRAWN[:2])[1:] == [("chart-hidden", "100.0%"), ("chart-bar", "25.0%")]


def test_a_screen_reader_is_told_what_it_is_and_where_the_figures_are() -> None:
    held = tree(bars("chart-topic", "What for", "See the table.", DRAWN))
    assert held.get("role") == "img"
    named = {one.get("id"): one.text for one in held}
    assert [named[name] for name in (held.get("aria-labelledby") or "").split()] == ["What for", "See the table."]
    words = ["".join(text.itertext()) for text in held.iter("text")]
    assert words == ["food 40", "bed 10+", "talk hidden", "work 0"]


def test_nothing_stands_inline_and_a_label_stays_text() -> None:
    drawn = bars('x"', "<b>", '"&', [Bar("<script>alert(1)</script>", 1, "1")])
    assert "<script" not in drawn
    assert " style=" not in drawn
    assert tree(drawn).get("aria-labelledby") == 'x"-title x"-about'


def test_a_chart_of_nothing_is_empty() -> None:
    assert frames([]) == []
