"""The command that lets the first admin in, and anybody else when no admin can."""

from datetime import datetime

import click

from bot import opened
from bot.console.desk import now_utc
from bot.console.roles import Role
from bot.settings import Settings
from bot.storage.audit import Act, write
from bot.storage.database import Database, DatabaseError, connect, reason
from bot.storage.staff import invitations


@click.command()
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--dev", is_flag=True, help="With the defaults of a laptop.")
def invite(*, email: str, role: str, dev: bool) -> None:
    """Print a link that lets one person in, once, within three days."""
    settings = opened.settings(dev=dev, console=True)
    if "@" not in email.strip("@") or not email.isprintable() or " " in email:
        raise click.ClickException("That is no e-mail address.")
    database = connect(settings.database_url)
    try:
        made = link(settings, database, email.lower(), Role(role), now=now_utc())
    except DatabaseError as error:
        raise click.ClickException(f"{reason(error)} (quietline init makes the tables)") from None
    finally:
        database.dispose()
    click.echo(f"{made}\nGood once, for three days. Hand it over where nobody else reads.")


def link(settings: Settings, database: Database, email: str, role: Role, *, now: datetime) -> str:
    """Return a link for somebody, and write down that it was made. Raises DatabaseError."""
    word = invitations.invite(database, email, role, now=now)
    write(database, Act.INVITED, by="quietline invite", about=email, detail={"role": role.value}, now=now)
    return f"{settings.console_base_url}/join/{word}"
