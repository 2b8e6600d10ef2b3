import gc
from collections.abc import Iterator

import pytest

from bot.storage.given_back import uncollected


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_no_garbage_is_looked_for_inside_and_what_was_made_there_is_out_of_every_later_search() -> None:
    with uncollected():
        assert not gc.isenabled()
        made = [[] for _ in range(1000)]  # type: ignore[var-annotated]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= len(made)


@pytest.mark.parametrize("collecting", [True, False], ids=["it was looked for", "somebody else had stopped it"])
def test_it_goes_on_as_it_was_before_whatever_happens(collecting: bool) -> None:
    if not collecting:
        gc.disable()
    with pytest.raises(ValueError, match="broken"), uncollected():
        raise ValueError("broken")
    assert gc.isenabled() is collecting
