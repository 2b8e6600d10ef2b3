"""A text that should never have been kept: one admin asks, another takes it out of everything."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.console.roles import Role
from bot.storage import audit, releases
from bot.storage.document import to_text
from bot.storage.scrubbing import scrubs
from tests.console.house import House
from tests.console.small import acts, kept_rules, live, opened, work, worked_out

LEAKED = "my name is in here somewhere"


@pytest.fixture
def stocked(tmp_path: Path, migrated: Path) -> Iterator[House]:
    with opened(tmp_path, migrated) as house:
        food = live(house)["topics/food.toml"]
        made = {**live(house), "topics/food.toml": {**food, "examples": {"en": f"{LEAKED}\nneed food", "es": "comida"}}}
        releases.publish(house.engine, made, note="with an example", now=house.now)
        assert house.source is not None
        house.source.look()
        yield house


def test_two_admins_take_a_text_out_of_everything(stocked: House) -> None:
    ana, ben = stocked.member(Role.ADMIN, "ana@example.org"), stocked.member(Role.ADMIN, "ben@example.org")
    ana.get("/scrub")
    assert ana.post("/scrub", {"wanted": f"  {LEAKED} "}).location == "/scrub"
    page = ana.get("/scrub").text
    assert "waits for another admin" in page
    assert LEAKED not in page
    page = worked_out(stocked, ana, "/scrub/1")
    assert "another admin has to do it" in page
    assert "Take it out for good" not in page
    ana.post("/scrub/1")
    assert "Another admin has to do it." in ana.get("/scrub/1").text
    assert LEAKED in to_text(live(stocked))

    page = worked_out(stocked, ben, "/scrub/1")
    assert LEAKED in page
    assert ben.post("/scrub/1").location == "/scrub/1"
    page = worked_out(stocked, ben, "/scrub/1")
    assert "It stood in release 2." in page
    assert LEAKED not in page
    assert LEAKED not in to_text(live(stocked))
    (done,) = scrubs(stocked.engine)
    assert (done.asked_by, done.done_by) == ("ana@example.org", "ben@example.org")
    assert acts(stocked) == ["scrub asked", "scrubbed"]
    assert LEAKED not in str(audit.entries(stocked.engine))
    assert work(stocked).state("look for scrub 1") is None
    ben.post("/scrub/1")
    assert "It is done already." in ben.get("/scrub/1").text
    assert ben.get("/scrub/2").status_code == 404


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        pytest.param("", "Something has to stand here.", id="empty"),
        pytest.param("nobody wrote this", "stands nowhere", id="nowhere"),
        pytest.param("x" * 2001, "2000 at most", id="overlong"),
        pytest.param("<script>alert(1)</script>", "stands nowhere", id="markup"),
    ],
)
def test_what_cannot_be_taken_out(stocked: House, wanted: str, told: str) -> None:
    ana = stocked.member(Role.ADMIN, "ana@example.org")
    ana.get("/scrub")
    page = ana.post("/scrub", {"wanted": wanted}).text
    assert told in page
    assert wanted.replace("<", "&lt;").replace(">", "&gt;") in page
    assert scrubs(stocked.engine) == []
    kept_rules(page)


def test_a_text_that_the_live_release_needs_stays_until_there_is_another(stocked: House) -> None:
    ana, ben = stocked.member(Role.ADMIN, "ana@example.org"), stocked.member(Role.ADMIN, "ben@example.org")
    needed = live(stocked)["wording/en.toml"]["thanks"]
    ana.get("/scrub")
    ana.post("/scrub", {"wanted": needed})
    worked_out(stocked, ben, "/scrub/1")
    ben.post("/scrub/1")
    page = worked_out(stocked, ben, "/scrub/1")
    assert "publish another wording in its place first" in page or "It stood in release" in page
    kept_rules(page)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, Role.APPROVER])
def test_nobody_else_may(stocked: House, role: Role) -> None:
    stocked.member(Role.ADMIN)
    other = stocked.member(role, "other@example.org")
    assert other.get("/scrub").status_code == 403
    assert other.get("/scrub/1").status_code == 403
    other.get("/account")
    assert other.post("/scrub", {"wanted": LEAKED}).status_code == 403
    assert scrubs(stocked.engine) == []
