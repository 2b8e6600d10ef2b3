"""What a command loads and keeps: a start is mostly loading, and what was loaded stays in memory."""

import subprocess
import sys

import pytest

from bot import opened
from bot.referral.document import parse
from bot.settings import load
from tests.conftest import ROOT
from tests.referral import small

#: What an answering line never uses: its own clients, what only staff, an import or a migration needs.
NOT_TO_ANSWER = {
    *("sqlalchemy.orm", "alembic", "mako", "psycopg", "redis", "networkx", "twilio.rest", "requests", "tomli_w"),
    *("phonenumbers", "zipcodes", "yaml", "python_calamine", "cryptography", "multiprocessing", "flask_security"),
}
#: The doors: nothing that only looks, tells or writes needs one.
DOORS = {"flask", "werkzeug", "jinja2", "twilio", "waitress"}
LOADING = """
import gc, sys
import click
from bot.cli import main
looked = []
gc.callbacks.append(lambda phase, _: looked.append(phase))
for name in sys.argv[1].split():
    main.get_command(click.Context(main), name)
gc.callbacks.clear()
print(len(looked), gc.isenabled())
print(*sorted(set(sys.argv[2].split()) & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("commands", "never"),
    [
        pytest.param("serve", NOT_TO_ANSWER, id="the line"),
        pytest.param(
            "init lint say understand pause resume banner checks counts audit backup",
            NOT_TO_ANSWER | DOORS,
            id="what opens no door",
        ),
    ],
)
def test_a_command_loads_what_it_uses(commands: str, never: set[str]) -> None:
    arguments = [sys.executable, "-c", LOADING, commands, " ".join(sorted(never))]
    told = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=True)
    collected, loaded = told.stdout.splitlines()
    assert loaded == ""
    # Nobody looked for garbage among what was just loaded; afterwards it is looked for as ever.
    assert collected == "0 True"


@pytest.mark.parametrize("examples", [True, False])
def test_the_line_keeps_no_text_that_was_learnt_from(
    database_url: str, environ: dict[str, str | None], monkeypatch: pytest.MonkeyPatch, examples: bool
) -> None:
    taught = small.document()
    taught["ordinary.toml"] = {"examples": {"en": "what a day"}}
    monkeypatch.setattr(opened, "load_stored", lambda _document, _packaged: parse(taught))
    settings = load({name: value for name, value in environ.items() if value}, serving=False)
    source = opened.source(settings, examples=examples)
    source.start()
    try:
        learnt = source.current.learnt
        assert [block.texts for block in learnt.examples] == (["what a day"] if examples else [])
        assert len(learnt.fresh) == 1
    finally:
        source.stop()
