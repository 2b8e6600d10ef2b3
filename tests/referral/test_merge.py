"""Two changes of one part: both are kept where they do not touch, and named where they do."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referral.merge import Conflict, merged

BASE = {"lead": {"en": "A", "es": "B"}, "words": ["x"], "local": True}


def changed(**more: Any) -> dict[str, Any]:
    return {**deepcopy(BASE), **more}


@pytest.mark.parametrize(
    ("theirs", "mine", "body", "conflicts"),
    [
        pytest.param(changed(), changed(local=False), changed(local=False), [], id="mine alone"),
        pytest.param(changed(local=False), changed(), changed(local=False), [], id="theirs alone"),
        pytest.param(
            changed(lead={"en": "A1", "es": "B"}),
            changed(lead={"en": "A", "es": "B1"}),
            changed(lead={"en": "A1", "es": "B1"}),
            [],
            id="two languages of one text",
        ),
        pytest.param(
            changed(lead={"en": "A1", "es": "B"}),
            changed(lead={"en": "A2", "es": "B"}),
            changed(lead={"en": "A1", "es": "B"}),
            [Conflict("lead.en", "A1", "A2")],
            id="the same text",
        ),
        pytest.param(changed(local=False), changed(local=False), changed(local=False), [], id="the same change"),
        pytest.param(
            changed(note={"en": "N"}),
            changed(note={"es": "N"}),
            changed(note={"en": "N", "es": "N"}),
            [],
            id="both new",
        ),
        pytest.param(
            {key: value for key, value in BASE.items() if key != "words"},
            changed(words=["x", "y"]),
            {key: value for key, value in BASE.items() if key != "words"},
            [Conflict("words", None, ["x", "y"])],
            id="taken away there, changed here",
        ),
        pytest.param(
            changed(words=["x", "y"]),
            {key: value for key, value in BASE.items() if key != "local"},
            {"lead": BASE["lead"], "words": ["x", "y"]},
            [],
            id="something else taken away",
        ),
    ],
)
def test_what_two_changes_make(
    theirs: dict[str, Any], mine: dict[str, Any], body: dict[str, Any], conflicts: list[Conflict]
) -> None:
    found = merged(BASE, theirs, mine)
    assert (found.body, list(found.conflicts)) == (body, conflicts)


TABLES = st.recursive(
    st.integers(0, 3), lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3), max_leaves=6
).filter(lambda table: isinstance(table, dict))


@given(TABLES, TABLES, TABLES)
def test_no_change_is_lost_without_a_word(base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]) -> None:
    found, turned = merged(base, theirs, mine), merged(base, mine, theirs)
    assert {c.path for c in found.conflicts} == {c.path for c in turned.conflicts}
    if not found.conflicts:
        assert found.body == turned.body
    assert merged(base, base, mine).body == merged(base, mine, base).body == mine
    assert merged(base, mine, mine).body == mine
    for key in mine:
        touched = any(c.path.split(".")[0] == key for c in found.conflicts)
        if not isinstance(mine[key], dict) and mine[key] != base.get(key) and not touched:
            assert found.body[key] == mine[key]
