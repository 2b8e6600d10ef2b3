"""Commands on the content: look it over, learn from its examples, load it as the first release."""

import importlib
from datetime import UTC, datetime

import click

from bot import opened
from bot.storage.database import connect
from bot.storage.grants import grant_line
from bot.storage.migrate import migrate
from bot.storage.releases import publish_first

#: The note under which `init` publishes; it says that release 1 is the default of its day.
DEFAULT = "the default release"


@click.command()
def lint() -> None:
    """Check the data files: every problem with its file and place, exit status 1 when there is one."""
    _, content = opened.files(opened.settings())
    sizes = f"{len(content.topics)} topics, {len(content.entries)} entries, {len(content.lexicon.patterns)} wordings"
    click.echo(f"{sizes}: no problem found.")
    if later := len(content.learnt.fresh):
        click.echo(
            f"{later} examples are newer than the last training; they are compared word by word: quietline train"
        )


@click.command()
def train() -> None:
    """Learn from the examples in data/ and write data/trained.toml; a few minutes."""
    settings = opened.settings()
    content = opened.to_learn_from(settings)
    try:
        # Named, not imported: what only training needs must never be loaded by the line.
        learning = importlib.import_module("bot.training.command")
        path = learning.run(content, opened.folder(settings), click.echo)
    except ModuleNotFoundError as error:
        raise click.ClickException(f"training needs more packages: pip install 'quietline[train]' ({error})") from None
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{path} is written. Look at it with: quietline lint, make eval")


@click.command()
@click.option("--dev", is_flag=True, help="With the defaults of a laptop.")
def init(*, dev: bool) -> None:
    """Make the database and load data/ as release 1; never touches content once a release exists."""
    settings = opened.settings(dev=dev)
    document, _ = opened.files(settings)
    engine = connect(settings.database_url)
    try:
        migrate(engine)
        made = publish_first(engine, document, note=DEFAULT, now=datetime.now(UTC))
        granted = grant_line(engine, settings.line_db_role) if settings.line_db_role else None
    finally:
        engine.dispose()
    click.echo("Release 1 is published." if made else "There is a release already; nothing was changed.")
    if granted is not None:
        may = "may do what the line needs, and nothing else" if granted else "is no role of this database"
        click.echo(f"{settings.line_db_role} {may}.")
