"""Training: what is written down says what was learnt, the same every time, and the line understands by it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.referral.content import Content
from bot.referral.document import parse
from bot.referral.examples import Block, lines
from bot.referral.learnt import TRAINED
from bot.referral.meaning import Kind
from bot.referral.read import read
from bot.referral.understand import understand
from bot.storage.files import read_document
from bot.training.command import run
from bot.training.fit import learn
from bot.training.gather import gather
from bot.training.pack import as_toml
from bot.training.train import TooFewError, train
from tests.referral.small import content, document

EACH = 60
#: Labels of the small release, taught with the shipped examples.
TAUGHT = ("shelter", "food", "danger", "suicide", "counseling")


def shipped(data_dir: Path) -> dict[str, list[str]]:
    """Give the first examples of some topics as they are shipped; the ones after them are kept to ask with."""
    topics = {slug: tomllib.loads((data_dir / "topics" / f"{slug}.toml").read_text("utf-8")) for slug in TAUGHT}
    found = {slug: lines(topic["examples"]["en"]) for slug, topic in topics.items()}
    ordinary = tomllib.loads((data_dir / "ordinary.toml").read_text("utf-8"))
    commands = tomllib.loads((data_dir / "commands.toml").read_text("utf-8"))
    return {**found, "none": lines(ordinary["examples"]["en"]), "stop": lines(commands["stop"]["examples"]["en"])}


def release(texts: Mapping[str, list[str]], **more: Any) -> dict[str, Any]:
    """Make the small release with these examples."""
    made = document(**more)
    for slug in TAUGHT:
        made[f"topics/{slug}.toml"]["examples"] = {"en": "\n".join(texts[slug][:EACH])}
    made["topics/shelter.toml"]["facets"]["family"]["examples"] = {
        "en": "\n".join(f"me and my {n} kids {end}" for n in (2, 3, 4, 5) for end in ("got put out", "have no place"))
    }
    made["commands.toml"]["stop"]["examples"] = {"en": "\n".join(texts["stop"][:EACH])}
    made["ordinary.toml"] = {"examples": {"en": "\n".join(texts["none"][: 3 * EACH])}}
    return made


@pytest.fixture(scope="module")
def texts(data_dir: Path) -> dict[str, list[str]]:
    return shipped(data_dir)


@pytest.fixture(scope="module")
def table(texts: dict[str, list[str]]) -> dict[str, Any]:
    return train(parse(release(texts)), lambda _: None)


@pytest.fixture(scope="module")
def trained(texts: dict[str, list[str]], table: dict[str, Any]) -> Content:
    return parse({**release(texts), "trained.toml": tomllib.loads(as_toml(table))})


def test_what_is_written_is_what_was_learnt(table: dict[str, Any]) -> None:
    assert tomllib.loads(as_toml(table)) == table


def test_the_same_examples_teach_the_same(texts: dict[str, list[str]], table: dict[str, Any]) -> None:
    assert train(parse(release(texts)), lambda _: None) == table


def test_the_line_weighs_as_the_lesson_does(texts: dict[str, list[str]], trained: Content) -> None:
    examples = gather(trained)
    lesson = learn([read(e.text, trained).features() for e in examples], [e.label for e in examples])
    asked = [read(t, trained).features() for t in texts["food"][EACH : 2 * EACH]]
    scores = lesson.scores(asked) * sharpness_of(trained)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    learnt = trained.learnt.trained
    assert learnt is not None
    told = np.array([list(learnt.compare(found).values()) for found in asked])
    # A weight is rounded to a 127th of the largest one, and a text has some fifty of them.
    assert np.abs(told - shares).max() < 0.05


def sharpness_of(trained: Content) -> float:
    learnt = trained.learnt.trained
    assert learnt is not None
    return learnt.sharpness


def test_nothing_is_fresh_until_somebody_teaches(texts: dict[str, list[str]], table: dict[str, Any]) -> None:
    made = {**release(texts), "trained.toml": table}
    assert len(parse(made).learnt.fresh) == 0
    made["topics/food.toml"]["examples"]["en"] += "\nthe fridge hums at nothing but mustard"
    later = parse(made)
    assert len(later.learnt.fresh) == 1
    assert understand("fridge hums, nothing but mustard", later).label == "food"


def test_texts_nobody_taught_are_understood_better_than_by_wordings(
    texts: dict[str, list[str]], trained: Content
) -> None:
    asked = [(text, slug) for slug in TAUGHT for text in texts[slug][EACH : EACH + 40]]

    def right(found: Content) -> int:
        return sum(slug in (m.label, *m.choices) for t, slug in asked for m in [understand(t, found)])

    assert right(trained) > 2 * right(content())


def test_words_from_the_poster_and_crises_stay_what_they_are(trained: Content) -> None:
    assert understand("bed", trained).label == "shelter"
    assert understand("food pantry 60559", trained).label == "food"
    assert understand("stop", trained).label == "stop"
    assert understand("he has a gun", trained).kind is Kind.CRISIS
    assert understand("hope house", trained).named == "hope"


def test_a_facet_is_learnt(trained: Content) -> None:
    assert understand("me and my 3 kids have no bed", trained).facet == "family"


def test_it_is_written_beside_the_examples(texts: dict[str, list[str]], tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / TRAINED).write_text("broken = [", encoding="utf-8")
    assert run(parse(release(texts)), tmp_path, told.append) == tmp_path / TRAINED
    assert "trained.toml" in read_document(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [TRAINED]
    assert told


def test_too_few_examples_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooFewError, match="20 examples each"):
        run(content(topics__food={"examples": {"en": "hungry\nno dinner"}}), tmp_path, print)
    assert list(tmp_path.iterdir()) == []


def test_blocks_are_named_by_what_they_teach() -> None:
    assert Block.of("violence", "partner", "es", "").key == "violence/partner/es"
