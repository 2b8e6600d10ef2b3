"""Understanding never gets worse unnoticed: every headline figure against the one last accepted."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.referral.content import Content
from tests.eval import BASELINE, as_json, figures, worse
from tests.understanding.measure import Figure, headline
from tests.understanding.sets import DEVELOPMENT, OUT_OF_SCOPE, RELIEF, SETS, Set, rows

#: Half a point: less is one text in two hundred.
ALLOWED = 0.005


@pytest.mark.parametrize("which", SETS, ids=lambda which: which.name)
def test_no_figure_falls(which: Set, release: Content) -> None:
    _needs((which.path, RELIEF, OUT_OF_SCOPE) if which is DEVELOPMENT else (which.path,), which.name)
    before = json.loads(BASELINE.read_text(encoding="utf-8"))
    told = {which: rows(which, release)}
    now = figures(told, release) if which is DEVELOPMENT else {which.name: headline(told[which])}
    assert [line for name, inside in now.items() for line in worse(inside, before[name], ALLOWED)] == []


def _needs(files: Sequence[Path], name: str) -> None:
    if not all(file.is_file() for file in files):
        reason = f"needs the {name} texts in ../shared"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


def test_a_fall_is_seen() -> None:
    before = {"label right": [90, 100], "wrong topic": [4, 100], "danger: answered as a crisis": [500, 500]}
    assert worse([Figure("label right", 90, 100)], before, ALLOWED) == []
    assert worse([Figure("label right", 89, 100)], before, ALLOWED) != []
    assert worse([Figure("label right", 99, 100)], before, ALLOWED) == []
    assert worse([Figure("wrong topic", 5, 100, more_is_better=False)], before, ALLOWED) != []
    assert worse([Figure("wrong topic", 3, 100, more_is_better=False)], before, ALLOWED) == []
    assert worse([Figure("danger: answered as a crisis", 499, 500)], before, ALLOWED) != []
    assert as_json({"a": [Figure("b", 1, 2)]}) == {"a": {"b": [1, 2]}}


def test_an_interval_holds_the_share_and_narrows() -> None:
    few, many = Figure("f", 9, 10).interval, Figure("f", 900, 1000).interval
    assert few[0] < many[0] < 0.9 < many[1] < few[1]
    assert Figure("f", 0, 0).interval == (0.0, 1.0)
