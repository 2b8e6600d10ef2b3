"""The shipped examples: enough of them, nobody else's, learnt from to the last one, and clean."""

from collections import Counter
from pathlib import Path

import pytest

from bot.referral.content import Content
from bot.referral.examples import NONE
from bot.referral.lint_examples import lint
from bot.referral.normalise import words_of
from bot.training.gather import Example, gather
from tests.referral.small import content
from tests.understanding.sets import OUT_OF_SCOPE, RELIEF, TUNED, UNSEEN, questions, read

EACH, CRISIS, ORDINARY = 150, 300, 1500


@pytest.fixture(scope="module")
def examples(release: Content) -> list[Example]:
    return gather(release)


@pytest.mark.parametrize("language", ["en", "es"])
def test_there_are_enough(release: Content, examples: list[Example], language: str) -> None:
    count = Counter(e.label for e in examples if e.language == language)
    least = {slug: CRISIS if topic.crisis else EACH for slug, topic in release.topics.items()}
    assert {slug: count[slug] for slug, n in least.items() if count[slug] < n} == {}
    assert count[NONE] >= ORDINARY


def test_each_is_another_text(examples: list[Example]) -> None:
    count = Counter(words_of(e.text) or e.text for e in examples)
    assert [words for words, n in count.items() if n > 1] == []


def test_none_is_a_text_that_is_measured_on(examples: list[Example], shared: Path) -> None:
    sets = [shared / "eval" / "texts.jsonl", TUNED.path, UNSEEN.path, RELIEF]
    measured = {words_of(given["text"]) for path in sets for given in read(path)}
    measured |= {words_of(text) for text in questions()} if OUT_OF_SCOPE.is_file() else set()
    assert [e.text for e in examples if words_of(e.text) and words_of(e.text) in measured] == []


def test_every_one_was_learnt_from(release: Content) -> None:
    assert release.learnt.trained is not None
    assert len(release.learnt.fresh) == 0, "data/ has examples that trained.toml does not know: quietline train"


def test_every_facet_has_examples(release: Content) -> None:
    taught = {(block.label, block.facet) for block in release.learnt.examples}
    assert [(slug, name) for slug, t in release.topics.items() for name in t.facets if (slug, name) not in taught] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("call me 213 555 0188", "number"),
        ("im at maria@example.org", "address"),
        ("see www.example.org", "address"),
        ("court on 11/23/2026", "date"),
        ("so " * 120, "more than 320 characters"),
    ],
)
def test_what_may_be_somebodys_own_is_refused(text: str, fault: str) -> None:
    found = [str(p) for p in lint(content(topics__food={"examples": {"en": f"hungry\n{text}"}}))]
    assert len(found) == 1
    assert fault in found[0]
    assert "topics/food.toml" in found[0]


def test_a_text_stands_under_one_label_only() -> None:
    two = content(topics__food={"examples": {"en": "Hungry"}}, ordinary={"examples": {"en": "hungry"}})
    assert ["stands in" in str(p) for p in lint(two)] == [True]


def test_a_language_the_line_does_not_have_is_refused() -> None:
    found = lint(content(topics__food={"examples": {"xx": "hungry"}}))
    assert [p.message for p in found] == ["there is no language 'xx'"]
