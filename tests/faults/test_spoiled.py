"""The suite itself: a line that breaks its word turns the right figure red."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.faults.checker import RED, Checker
from tests.faults.client import Account
from tests.faults.flow import fallback, flowing
from tests.faults.judge import Verdict
from tests.faults.scene import SIGNED_URL, Scene, alone

#: A line that oversleeps does so by half a second; a busy machine must not look like one.
SHORT_PATIENCE, PATIENCE = 1.0, 10.0
TEXTS = 60
FALLBACK = "<Response><Message>Danger: 911.</Message></Response>"
FIRST = count(step=1000)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Give a line that breaks its word as `mode` in its folder says."""
    with alone(tmp_path_factory.mktemp("spoiled"), program=("-m", "tests.faults.spoiled")) as made:
        yield made


@pytest.mark.parametrize(
    ("mode", "red"),
    [
        pytest.param("", None, id="not spoiled"),
        pytest.param("drops", Verdict.LOST, id="hangs up on one in ten"),
        pytest.param("plain", Verdict.LOST, id="answers in plain text"),
        pytest.param("late", Verdict.LATE, id="sleeps over one in ten"),
        pytest.param("twice", Verdict.DOUBLED, id="tells a duplicate something else"),
        pytest.param("silent", Verdict.WRONG, id="is silent to one in ten"),
        pytest.param("topic", Verdict.WRONG, id="answers another topic"),
        pytest.param("danger", Verdict.WRONG, id="answers danger with the menu"),
        pytest.param("error", Verdict.LOST, id="breaks down"),
    ],
)
def test_a_spoiled_line_is_found_out(scene: Scene, mode: str, red: Verdict | None) -> None:
    (scene.folder / "mode").write_text(mode)
    patience = SHORT_PATIENCE if red is Verdict.LATE else PATIENCE
    with fallback(FALLBACK.encode()) as address:
        token = scene.lines[0].home.tokens[0]
        account = Account(token, SIGNED_URL, scene.address, address, 100.0, patience, first=next(FIRST), pauses=0.1)
        with flowing(account) as flow:
            flow.until(TEXTS)
            told = flow.finish()
    (scene.folder / "mode").write_text("")
    checker = Checker(scene.releases.contents, FALLBACK, patience)
    found = checker.sums(checker.judge(told)).verdicts
    reds = {one for one in RED if found.get(one)}
    # A duplicate of a text that was answered wrongly is often doubled as well.
    assert red in reds if red else not reds
    assert found.get(Verdict.REPEATED) or red is not None
