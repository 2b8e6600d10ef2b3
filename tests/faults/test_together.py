"""The short form of `make faults` with two lines, PostgreSQL and Redis: what breaks, breaks while texts flow."""

from collections.abc import Mapping

import pytest

from tests.faults.fault import SHORT
from tests.faults.plan import TOGETHER_SHORT
from tests.faults.releases import Size
from tests.faults.run import run_together
from tests.faults.scene import SharedScene
from tests.faults.suite import Report
from tests.faults.table import reasons

Reports = Mapping[str, Report[SharedScene]]
FAULTS = [
    pytest.param(part, place, id=fault.name)
    for part, faults in TOGETHER_SHORT.items()
    for place, fault in enumerate(faults)
]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """Give what came of each part of the run."""
    found = run_together(tmp_path_factory.mktemp("together"), Size.SMALL, SHORT, TOGETHER_SHORT)
    return dict(zip(TOGETHER_SHORT, found, strict=True))


@pytest.mark.parametrize(("part", "place"), FAULTS)
def test_every_text_got_a_right_reply_and_all_healed(reports: Reports, part: str, place: int) -> None:
    row = reports[part].rows[place]
    assert row.sums.texts >= SHORT.between
    assert reasons(reports[part], row.fault) == []
    assert row.healed_s is not None


@pytest.mark.parametrize("part", TOGETHER_SHORT)
def test_nothing_was_counted_twice(reports: Reports, part: str) -> None:
    counted = reports[part].counted
    assert counted.good, counted
    assert counted.conversations > 20
