"""A database that was put back and is not one to go on with is told so, and why."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.referral.release import load
from bot.storage import releases
from bot.storage.soundness import Soundness, sound
from tests.storage.publishable import publishable

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def broken() -> dict[str, Any]:
    """Return a document that cannot be used: it has no crisis of that name."""
    made = publishable()
    del made["topics/suicide.toml"]
    return made


def test_tables_that_are_not_there(bare_engine: Engine) -> None:
    assert sound(bare_engine, load) == Soundness(
        None, 0, ("its tables are not there, or older than this program: quietline init",)
    )


@pytest.mark.parametrize(
    ("document", "number", "wrong"),
    [
        pytest.param(None, None, "it holds no release: quietline init makes the first one", id="no release"),
        pytest.param(broken(), 1, "release 1 cannot be used: topics/suicide.toml: is missing", id="an unusable one"),
        pytest.param(publishable(), 1, "", id="a good one"),
    ],
)
def test_the_release_that_is_live(
    engine: Engine, document: dict[str, Any] | None, number: int | None, wrong: str
) -> None:
    if document is not None:
        releases.publish(engine, document, note="", now=NOON)
    found = sound(engine, load)
    assert (found.release, found.audit) == (number, 0)
    assert len(found.wrong) == bool(wrong)
    assert all(one.startswith(wrong) for one in found.wrong)
