"""The settings of the staff door: required for it alone, and never held by the line."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.console.roles import Role
from bot.settings import DEV_SECRET, SHORTEST_SECRET, SettingsError, load

GIVEN = {"SECRET_KEY": "zzqx" * 16, "CONSOLE_BASE_URL": "https://staff.example.org/", "LINE_DB_ROLE": "the_line"}


def problems(environ: Mapping[str, str], *, dev: bool = False) -> list[str]:
    try:
        load(environ, serving=False, console=True, dev=dev)
    except SettingsError as error:
        return list(error.problems)
    return []


def test_all_is_read() -> None:
    told = load(GIVEN, serving=False, console=True)
    assert (told.secret_key, told.console_base_url, told.line_db_role) == (
        "zzqx" * 16, "https://staff.example.org", "the_line",
    )  # fmt: skip
    assert "zzqx" not in repr(told)


def test_the_line_holds_no_secret_of_the_door_and_needs_none() -> None:
    line = load({**GIVEN, "TWILIO_AUTH_TOKEN": "one", "PUBLIC_BASE_URL": "https://line.example.org"})
    assert line.secret_key == ""
    assert load({}, serving=False).console_base_url == ""


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "x" * (SHORTEST_SECRET - 1)}, "SECRET_KEY must be random"),
        ({"SECRET_KEY": DEV_SECRET}, "SECRET_KEY must be random"),
        ({"CONSOLE_BASE_URL": ""}, "CONSOLE_BASE_URL is missing"),
        ({"CONSOLE_BASE_URL": "http://staff.example.org"}, "CONSOLE_BASE_URL must begin with https://"),
        ({"CONSOLE_BASE_URL": "http://localhost:8001"}, "CONSOLE_BASE_URL must begin with https://"),
        ({"CONSOLE_BASE_URL": "https://staff.example.org/door"}, "CONSOLE_BASE_URL must be an address without a path"),
        ({"CONSOLE_BASE_URL": "staff.example.org"}, "CONSOLE_BASE_URL must be an address like"),
        ({"CONSOLE_BASE_URL": "https://a:b@staff.example.org"}, "CONSOLE_BASE_URL must hold no user name"),
    ],
)
def test_what_is_wrong_is_told_without_its_value(changes: dict[str, str], told: str) -> None:
    (problem,) = problems({**GIVEN, **changes})
    assert problem.startswith(told)
    assert "zzqx" not in problem


def test_dev_needs_nothing_and_stays_on_this_machine() -> None:
    told = load({}, serving=False, console=True, dev=True)
    assert (told.secret_key, told.console_base_url) == (DEV_SECRET, "http://localhost:8001")
    assert problems({"CONSOLE_BASE_URL": "https://staff.example.org"}, dev=True) != []
    assert problems({"CONSOLE_BASE_URL": "http://127.0.0.1:9000"}, dev=True) == []


def test_the_page_about_the_door_names_the_roles_there_are(root: Path) -> None:
    page = (root / "docs" / "console.md").read_text("utf-8")
    table = page.partition("## Roles")[2].partition("\n## ")[0]
    assert re.findall(r"^\| ([a-z]+) \|", table, re.MULTILINE) == [role.value for role in Role]
