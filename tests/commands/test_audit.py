"""`quietline audit verify`: what it prints of a whole audit and of a broken one."""

from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete, update

from bot.commands.audit import audit as command
from bot.storage import audit
from bot.storage.audit import Act
from bot.storage.database import connect
from bot.storage.tables import AuditRow
from tests.referral.small import NOON


@pytest.fixture(autouse=True)
def here(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command work on the database of this test."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("PUBLIC_BASE_URL", "https://line.example.org")
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "0" * 32)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["verify", *arguments])


def written(database_url: str, lines: int) -> None:
    engine = connect(database_url)
    for turn in range(lines):
        audit.write(engine, Act.CHECKED, by="ab@example.org", about=str(turn), now=NOON + timedelta(hours=turn))
    engine.dispose()


def test_an_empty_audit() -> None:
    assert (run().exit_code, run().output) == (0, "The audit is empty.\n")


def test_a_whole_audit_prints_what_is_to_be_kept_elsewhere(database_url: str) -> None:
    written(database_url, 3)
    told = run()
    assert told.exit_code == 0
    first, last = told.output.splitlines()
    assert first == "The audit is whole: lines 1 to 3. To be kept elsewhere:"
    assert last.startswith("3:")
    written(database_url, 2)
    assert run("--known", last).exit_code == 0
    other = last[:-1] + ("0" if last[-1] != "0" else "1")
    refused = run("--known", other)
    assert (refused.exit_code, "line 3 is another line" in refused.output) == (1, True)


def test_a_broken_audit_names_the_first_broken_line(database_url: str) -> None:
    written(database_url, 4)
    engine = connect(database_url)
    with engine.begin() as connection:
        connection.execute(update(AuditRow).where(AuditRow.number == 3).values(by=""))
    told = run()
    assert (told.exit_code, told.output) == (
        1,
        "Error: the audit is broken: line 3 was changed, or a line before it was\n",
    )
    with engine.begin() as connection:
        connection.execute(delete(AuditRow).where(AuditRow.number >= 2))
    engine.dispose()
    assert run().output == "Error: the audit is broken: line 2 is missing: lines up to 4 were written\n"


@pytest.mark.parametrize("known", ["3", "3:abc", "x:" + "0" * 64, "3:" + "G" * 64])
def test_what_is_no_number_and_digest_is_refused(known: str) -> None:
    told = run("--known", known)
    assert (told.exit_code, "is no NUMBER:DIGEST" in told.output) == (1, True)
