"""The command that opens the staff door."""

import dataclasses
import logging
import os
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

import click

from bot import opened
from bot.commands.invite import link
from bot.commands.planning import Planner
from bot.console.app import create_console_app
from bot.console.desk import now_utc
from bot.console.importing.import_desk import kept
from bot.console.provider import Told
from bot.console.roles import Role
from bot.environ import SettingsError
from bot.line.provider import account
from bot.line.provider.codes import MEANINGS
from bot.line.provider.today import today
from bot.line.quiet_logs import set_up
from bot.line.serve import Taken, serve
from bot.line.ticking import ticking
from bot.referral.problem import ContentError
from bot.settings import DEV_CONSOLE_URL, Settings
from bot.storage.audit import retire
from bot.storage.database import Database, DatabaseError, connect, reason
from bot.storage.files import DataFilesError
from bot.storage.staff.members import people

#: The most a page may take: a directory that somebody uploads. What is larger is not read.
MOST_BYTES = 16 * 1024 * 1024
TAKEN = Taken(MOST_BYTES, forwarded=True, one_processor=False)
#: As whom `--dev` lets the first person sign up.
FIRST = "admin@example.org"
#: Lines of the audit that are too old go this often, also where nobody signs in any more.
DAILY = timedelta(days=1)
_log = logging.getLogger(__name__)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8001, show_default=True, help="The port to listen on.")
@click.option("--dev", is_flag=True, help="With the defaults of a laptop, and no second factor asked for.")
def console(*, host: str, port: int, dev: bool) -> None:
    """Open the staff door until stopped: edit, review, publish, counts."""
    set_up(logging.WARNING)
    settings = opened.settings(dev=dev, console=True)
    if dev and host not in ("127.0.0.1", "localhost", "::1"):
        raise click.ClickException("--dev listens on this machine only; leave --host out.")
    if dev and settings.console_base_url == DEV_CONSOLE_URL:
        settings = dataclasses.replace(settings, console_base_url=f"http://localhost:{port}")
    database = connect(settings.database_url)
    try:
        nobody = not people(database)
        retire(database, now_utc())
        with opened.started(settings) as source, ExitStack() as stack:
            app = create_console_app(settings, database, source=source, provider=_provider())
            stack.enter_context(ticking(lambda: retire(database, now_utc()), DAILY.total_seconds(), "audit"))
            stack.enter_context(kept(app, Planner(settings, database), now_utc))
            serve(app, host, port, lambda _: _say_ready(settings, database, nobody), taken=TAKEN)
    except DatabaseError as error:
        raise click.ClickException(f"{reason(error)} (quietline init makes the tables)") from None
    except (DataFilesError, ContentError, OSError) as error:
        raise click.ClickException(str(error)) from None
    finally:
        database.dispose()


def _provider() -> Callable[[], Told] | None:
    """Return what asks the provider how the account stands; None where its credentials are not set, or not whole."""
    if not os.environ.get("TWILIO_ACCOUNT_SID"):
        return None
    try:
        who = account.load(os.environ)
    except SettingsError as error:
        _log.warning("the first page says nothing of the provider: %s", error)
        return None

    def ask() -> Told:
        said = today(who, now_utc())
        return Told(said.balance, said.campaigns, said.errors, said.unasked, MEANINGS)

    return ask


def _say_ready(settings: Settings, database: Database, nobody: bool) -> None:
    click.echo(f"The staff door is open on {settings.console_base_url}")
    if settings.dev and nobody:
        click.echo(f"Sign up as {FIRST}: {link(settings, database, FIRST, Role.ADMIN, now=now_utc())}")
