"""Where one topic alone was asked for, it would tell the one outcome that it had."""

import pytest

from bot.counts.cell import CONVERSATIONS, Cell
from bot.counts.close import close_week
from bot.counts.rules import Rules

RULES = Rules(links={"clinic": (Cell("topic_area", "food", "a"),)}, crises=frozenset({"danger"}))
FOOD = {"topic food", "topic_area food a", "topic_language food en"}


def hidden(topics: dict[str, int], outcomes: dict[str, int], clinic: int = 5) -> set[str]:
    """Return what is hidden of a week in one area and one language, in which the clinic was given so many times."""
    total = 10 + sum(topics.values())
    true = {CONVERSATIONS: total, Cell("area", "a"): total, Cell("language", "en"): total}
    for topic, n in topics.items():
        true |= {Cell("topic", topic): n, Cell("topic_area", topic, "a"): n, Cell("topic_language", topic, "en"): n}
    true |= {Cell("outcome", outcome): n for outcome, n in outcomes.items()}
    published = close_week({**true, Cell("entry", "clinic"): clinic}, RULES)
    return {" ".join(filter(None, cell)) for cell, n in published.items() if n is None}


@pytest.mark.parametrize(
    ("topics", "outcomes"),
    [
        pytest.param({"food": 20}, {"local entry": 20}, id="nothing else"),
        pytest.param({"food": 20, "jobs": 0}, {"local entry": 20, "national": 0}, id="noughts beside it"),
        pytest.param({"food": 20, "danger": 12}, {"local entry": 20, "crisis": 12}, id="a crisis beside it"),
    ],
)
def test_a_hidden_outcome_takes_the_only_topic_with_it(topics: dict[str, int], outcomes: dict[str, int]) -> None:
    assert hidden(topics, outcomes) == {"entry clinic", "outcome local entry", *FOOD}


@pytest.mark.parametrize(
    ("topics", "outcomes", "clinic"),
    [
        pytest.param({"food": 20, "jobs": 20}, {"local entry": 40}, 5, id="two topics"),
        pytest.param({"food": 40}, {"local entry": 20, "no entry": 20}, 5, id="two outcomes"),
        pytest.param({"food": 20}, {"local entry": 20}, 20, id="nothing hidden"),
    ],
)
def test_and_no_other(topics: dict[str, int], outcomes: dict[str, int], clinic: int) -> None:
    assert not hidden(topics, outcomes, clinic) & {"topic food", "topic jobs", *FOOD}


def test_a_week_of_which_nothing_is_known_is_nought() -> None:
    assert close_week({}, RULES) == {CONVERSATIONS: 0}
