"""`quietline doctor` and `quietline purge-provider`, as a person or a timer runs them."""

import _thread
import io
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from bot import cli, opened
from bot.commands import provider as commands
from bot.line.provider import number_checks
from bot.line.provider.account import Account
from bot.line.provider.client import Provider, connect
from bot.line.provider.records import Kind, Record
from bot.line.provider.today import today
from bot.line.quiet_logs import QuietFilter
from bot.referral.content import Content
from bot.storage.database import connect as connect_database
from bot.storage.migrate import migrate
from bot.storage.releases import publish
from tests.line.provider.holdings import ENVIRON, OTHER, SECOND, Holdings
from tests.line.provider.standin import Answer, Asked, Twilio, as_json, failing, refusal, wire

HOUR = timedelta(hours=1)
UNSET = ("LINE_AREAS", "OPT_OUT_MODE", "PURGE_HOLD", "DATA_DIR")
PURGE = ("purge-provider", "--older-than", "1h")
Quietline = Callable[..., Result]


@pytest.fixture(scope="module")
def content(default_release: Content) -> Content:
    """Give the default release."""
    return default_release


@pytest.fixture(autouse=True)
def _logs_are_put_back() -> Iterator[None]:
    root = logging.getLogger()
    names = ("", "twilio", "requests", "urllib3", "charset_normalizer", "waitress.queue")
    before = (root.handlers[:], logging.raiseExceptions, sys.excepthook, threading.excepthook)
    levels = {name: logging.getLogger(name).level for name in names}
    yield
    root.handlers[:], logging.raiseExceptions, sys.excepthook, threading.excepthook = before
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def holdings() -> Holdings:
    """Give what the provider holds, counted back from now."""
    return Holdings(now=datetime.now(UTC))


@pytest.fixture
def twilio(holdings: Holdings) -> Iterator[Twilio]:
    """Give the provider's server."""
    server = Twilio(holdings)
    yield server
    server.close()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a database with a release in it; what it says is not looked at here."""
    url = f"sqlite:///{tmp_path_factory.mktemp('doctor') / 'line.db'}"
    engine = connect_database(url)
    migrate(engine)
    publish(engine, {"line.toml": {}}, note="", now=datetime.now(UTC) - timedelta(days=3))
    engine.dispose()
    return url


def in_good_order(asked: Asked) -> Answer | None:
    """Answer for an account with money, a registered campaign and a reply that a carrier swallowed."""
    if asked.path.endswith("/Balance.json"):
        return as_json({"balance": "20", "currency": "USD"})
    if asked.path.endswith("/Usa2p"):
        return as_json({"compliance": [{"campaign_status": "VERIFIED"}], "meta": {"next_page_url": None}})
    if asked.path == "/v1/Alerts":
        return as_json({"alerts": [{"error_code": "30007"}], "meta": {"next_page_url": None}})
    return None


@pytest.fixture
def quietline(
    *, monkeypatch: pytest.MonkeyPatch, holdings: Holdings, twilio: Twilio, content: Content, database: str
) -> Iterator[Quietline]:
    """Give the command as a function. Whatever it says must hold no number, SID, body or key of anybody."""
    monkeypatch.setattr(opened, "published", lambda _: content)
    monkeypatch.setattr(number_checks, "overdue", lambda *_: [])
    twilio.meddlers.append(in_good_order)
    with wire(twilio.origin) as send:

        def led_here(who: Account) -> AbstractContextManager[Provider]:
            return connect(who, send=send, sleep=lambda _: None)

        monkeypatch.setattr(commands, "connect", led_here)
        monkeypatch.setattr(commands, "today", lambda who, now: today(who, now, send=send, sleep=lambda _: None))

        def run(*arguments: str, **changes: str | None) -> Result:
            secrets = holdings.secrets
            environ = {**dict.fromkeys(UNSET), **ENVIRON, "DATABASE_URL": database, **changes}
            ran = CliRunner().invoke(cli.main, arguments, env=environ, prog_name="quietline")
            assert not [secret for secret in secrets if secret in ran.output]
            return ran

        yield run


def test_the_doctor_finds_nothing_wrong(quietline: Quietline, content: Content, holdings: Holdings) -> None:
    holdings.text(0.5 * HOUR)
    ran = quietline("doctor")
    assert ran.exit_code == 0, ran.output
    assert ", 0 wrong, " in ran.output.splitlines()[-1]
    assert all(content.wording[language]["provider_help"] in ran.output for language in content.line.languages)
    assert re.search(r"^Release:\nok: release 1 is live since 20\d\d-\d\d-\d\d \(3 days\)\n", ran.output)
    assert "look yourself: error 30007 in the last day: 1. A carrier filtered" in ran.output


def test_the_doctor_says_what_to_do(quietline: Quietline, holdings: Holdings) -> None:
    holdings.service["validity_period"] = 36_000
    ran = quietline("doctor", OPT_OUT_MODE="app")
    assert ran.exit_code == 1
    lines = ran.output.splitlines()
    place = lines.index("wrong: a reply may arrive 10 hours late, and be read by somebody else")
    assert lines[place + 1].startswith("    -> at the Messaging Service set the validity period to 600")
    assert ", 1 wrong, " in lines[-1]


def test_the_doctor_looks_at_the_numbers_that_are_always_sent(
    quietline: Quietline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(number_checks, "overdue", lambda *_: ["us-911"])
    ran = quietline("doctor")
    assert ran.exit_code == 1
    assert "us-911" in ran.output


def test_the_doctor_tells_how_the_numbers_stand_without_the_provider(quietline: Quietline, twilio: Twilio) -> None:
    ran = quietline("doctor", **dict.fromkeys(ENVIRON))
    assert ran.exit_code == 1
    told = ran.stdout.splitlines()
    assert (told[0], told[2]) == ("Release:", "Numbers:")
    assert re.match(r"look yourself: nobody has tried (\d+) of the \1 numbers yet", told[4])
    assert "before the line is launched" in told[5]
    assert "quietline checks sheet" in told[5]
    assert twilio.asked == []


def test_the_doctor_without_an_answer(quietline: Quietline, twilio: Twilio) -> None:
    twilio.meddlers.append(failing("GET", "Services", Answer(200, "<html>")))
    ran = quietline("doctor")
    assert ran.exit_code == 1
    assert "could not ask: the Messaging Service (an answer that is not JSON)" in ran.output


@pytest.mark.parametrize(
    ("made", "said"),
    [(False, "wrong: no release can be read: unable to open database file"), (True, "none was published yet")],
    ids=["no database", "an empty one"],
)
def test_the_doctor_without_a_release(quietline: Quietline, tmp_path: Path, *, made: bool, said: str) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    if made:
        engine = connect_database(url)
        migrate(engine)
        engine.dispose()
    ran = quietline("doctor", DATABASE_URL=url)
    assert ran.exit_code == 1
    assert said in ran.output
    assert "Numbers:" in ran.output, "and it goes on"


def test_the_doctor_is_alarmed_by_what_does_not_arrive(quietline: Quietline, twilio: Twilio) -> None:
    found = {"alerts": [{"error_code": "30034"}], "meta": {"next_page_url": None}}
    twilio.meddlers.insert(0, failing("GET", "Alerts", as_json(found)))
    ran = quietline("doctor")
    assert ran.exit_code == 1
    assert "wrong: error 30034 in the last day: 1. The line's number belongs to no registered campaign" in ran.output


def test_the_doctor_without_content(quietline: Quietline, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> Content:
        raise click.ClickException("topics/bed.toml: no words")

    monkeypatch.setattr(opened, "published", broken)
    ran = quietline("doctor")
    assert ran.exit_code == 1
    assert "wrong: the content cannot be read: topics/bed.toml: no words" in ran.output


@pytest.mark.parametrize("arguments", [("doctor",), PURGE, (*PURGE, "--dry-run")])
def test_without_credentials_nothing_is_done(quietline: Quietline, twilio: Twilio, arguments: tuple[str, ...]) -> None:
    ran = quietline(*arguments, **dict.fromkeys(ENVIRON))
    assert ran.exit_code == 1
    needed = ["TWILIO_ACCOUNT_SID", "TWILIO_MESSAGING_SERVICE_SID", "TWILIO_API_KEY", "TWILIO_AUTH_TOKEN"]
    assert not [name for name in needed if name not in ran.output]
    assert ("PUBLIC_BASE_URL" in ran.output) is (arguments == ("doctor",))
    assert twilio.asked == []


def test_deleting(quietline: Quietline, holdings: Holdings, twilio: Twilio) -> None:
    holdings.exchange(2 * HOUR)
    holdings.leg(2 * HOUR, holdings.call(2 * HOUR))
    # A number that left the sender pool, but that LINE_AREAS still calls ours.
    del holdings.numbers[1]
    holdings.text(2 * HOUR, to=SECOND)
    stays = {*holdings.exchange(0.5 * HOUR), *holdings.exchange(9 * HOUR, line=OTHER)}
    areas = f"{SECOND}=westmont"
    counted = quietline(*PURGE, "--dry-run", LINE_AREAS=areas)
    assert (counted.exit_code, counted.output) == (
        0,
        "Records that would be deleted: 3 of messages, 2 of calls. Nothing was deleted.\n",
    )
    assert twilio.deleted() == []
    ran = quietline(*PURGE, LINE_AREAS=areas)
    assert (ran.exit_code, ran.output) == (0, "Records deleted: 3 of messages, 2 of calls.\n")
    assert holdings.kept == stays
    again = quietline(*PURGE, LINE_AREAS=areas)
    assert (again.exit_code, again.output) == (0, "Records deleted: 0 of messages, 0 of calls.\n")


def test_some_that_cannot_be_deleted(quietline: Quietline, holdings: Holdings, twilio: Twilio) -> None:
    refused, sent = holdings.text(2 * HOUR), holdings.reply(2 * HOUR, status="sent")
    holdings.text(2 * HOUR)
    twilio.meddlers += [failing("DELETE", refused, refusal(400)), failing("DELETE", sent, refusal(422, 20009))]
    ran = quietline(*PURGE)
    assert ran.exit_code == 1
    assert ran.output == (
        "Error: Not all could be deleted. Records deleted: 1 of messages, 0 of calls. "
        "Still being worked on at the provider, for a later run: 1. Could not be deleted: 1 with HTTP 400. "
        "Run the same command again later: it goes on from there.\n"
    )


@pytest.mark.parametrize(
    ("method", "part", "said"),
    [
        ("GET", "PhoneNumbers", "The provider could not be asked (HTTP 500). Nothing was deleted."),
        (
            "GET",
            "Messages",
            "The provider does not let us go on (HTTP 500). Records deleted: 0 of messages, 0 of calls.",
        ),
        (
            "DELETE",
            "Messages",
            "The provider does not let us go on (HTTP 500). Records deleted: 0 of messages, 0 of calls.",
        ),
    ],
)
def test_a_provider_in_trouble(
    quietline: Quietline, holdings: Holdings, twilio: Twilio, *, method: str, part: str, said: str
) -> None:
    for _ in range(5):
        holdings.text(2 * HOUR)
    twilio.meddlers.append(failing(method, part, refusal(500)))
    ran = quietline(*PURGE)
    assert ran.exit_code == 1
    assert said in ran.output


def test_ctrl_c_says_how_far_it_got(quietline: Quietline, holdings: Holdings, twilio: Twilio) -> None:
    for _ in range(6):
        holdings.text(2 * HOUR)

    def ctrl_c(asked: Asked) -> None:
        if len(twilio.deleted()) == 3:
            _thread.interrupt_main()

    twilio.meddlers.append(ctrl_c)
    ran = quietline(*PURGE)
    assert ran.exit_code == 130
    assert "Stopped. Records deleted: " in ran.output
    assert holdings.kept
    twilio.meddlers.clear()
    assert quietline(*PURGE).exit_code == 0
    assert not holdings.kept


@pytest.mark.parametrize("credentials", [{}, dict.fromkeys(ENVIRON)], ids=["with credentials", "without"])
@pytest.mark.parametrize("arguments", [PURGE, (*PURGE, "--dry-run")])
def test_a_hold_stops_it_before_the_first_request(
    quietline: Quietline,
    holdings: Holdings,
    twilio: Twilio,
    *,
    arguments: tuple[str, ...],
    credentials: dict[str, None],
) -> None:
    holdings.text(9 * HOUR)
    ran = quietline(*arguments, PURGE_HOLD="yes", **credentials)
    assert ran.exit_code == 1
    assert "A hold is on (PURGE_HOLD=yes): nothing is deleted" in ran.output
    assert (twilio.asked, len(holdings.kept)) == ([], 1)


@pytest.mark.parametrize("value", ["on", "YES", "true"])
def test_a_misspelt_hold_deletes_nothing(quietline: Quietline, twilio: Twilio, value: str) -> None:
    ran = quietline(*PURGE, PURGE_HOLD=value)
    assert (ran.exit_code, twilio.asked) == (1, [])
    assert "PURGE_HOLD must be one of: yes, no" in ran.output


def test_the_doctor_knows_of_a_hold(quietline: Quietline, holdings: Holdings) -> None:
    holdings.call(9 * HOUR)
    ran = quietline("doctor", PURGE_HOLD="yes")
    assert ran.exit_code == 0, ran.output
    assert "look yourself: a hold is on (PURGE_HOLD=yes)" in ran.output


@pytest.mark.parametrize("age", ["14m", "0h", "1", "h", "1.5h", "-1h", "1w", "1h30m", "", "٣h"])
def test_an_age_that_is_none_or_too_young(quietline: Quietline, twilio: Twilio, age: str) -> None:
    ran = quietline("purge-provider", "--older-than", age)
    assert (ran.exit_code, twilio.asked) == (2, [])


@pytest.mark.parametrize(("age", "left"), [("15m", 0), ("90m", 1), ("2h", 1), ("2d", 2)])
def test_ages(quietline: Quietline, holdings: Holdings, age: str, left: int) -> None:
    holdings.text(timedelta(minutes=20))
    holdings.text(5 * HOUR)
    assert quietline("purge-provider", "--older-than", age).exit_code == 0
    assert len(holdings.kept) == left


def test_no_number_is_ours(quietline: Quietline, holdings: Holdings) -> None:
    holdings.numbers.clear()
    ran = quietline(*PURGE)
    assert ran.exit_code == 1
    assert "No number belongs to this line" in ran.output


@pytest.mark.parametrize("arguments", [("doctor",), PURGE])
def test_the_logs_are_filtered(quietline: Quietline, arguments: tuple[str, ...]) -> None:
    quietline(*arguments)
    (handler,) = logging.getLogger().handlers
    assert [type(each) for each in handler.filters] == [QuietFilter]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("screen", "shown"), [(_Terminal(), True), (io.StringIO(), False)])
def test_a_bar_on_a_terminal_and_silence_elsewhere(
    monkeypatch: pytest.MonkeyPatch, screen: io.StringIO, shown: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", screen)
    with commands._progress([Record(Kind.CALL, "CA1", None, "completed")]) as bar:
        assert len(list(bar)) == 1
    assert ("Deleting" in screen.getvalue()) is shown
    assert "CA1" not in screen.getvalue()
