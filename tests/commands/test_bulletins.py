"""Pausing, resuming and banners, as staff at a terminal meet them, and what a texter gets then."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot import opened
from bot.referral.answer import answer
from bot.referral.conversation import Conversation
from bot.referral.document import parse
from bot.settings import load as load_settings
from bot.storage.bulletins import rows
from bot.storage.database import connect
from bot.storage.releases import publish
from tests.commands.conftest import Clock
from tests.referral import small

Run = Callable[..., str]
BY = ("--by", "ab")
ICE = ("--en", "Roads are icy. Ask {211}.", "--es", "Hay hielo. Pregunte al {211}.", "--until", "2026-12-01")


@pytest.fixture
def reply(
    environ: dict[str, str | None], clock: Clock, monkeypatch: pytest.MonkeyPatch, good: Run
) -> Callable[..., str]:
    """Give what a texter would get from a line started now."""

    def ask(text: str) -> str:
        settings = load_settings({name: value for name, value in environ.items() if value}, serving=False)
        told = answer(text, Conversation(), opened.answering(settings), clock.now)
        return told.reply or ""

    return ask


def test_full_tonight_is_over_in_the_morning(good: Run, reply: Callable[..., str], clock: Clock) -> None:
    assert "630-555-0104" in reply("bed 60559")
    assert good("pause", "pads", "--why", "full", *BY) == (
        "Bulletin 1: pads is paused until Tue 24 Nov 2026 08:00, Chicago time (full)."
        " All lines heed it within 5 seconds.\n"
    )
    assert "630-555-0104" not in reply("bed 60559")
    clock.now = small.NOON.replace(day=24, hour=13, minute=59)
    assert "630-555-0104" not in reply("bed 60559")
    clock.now += timedelta(minutes=1)
    assert "630-555-0104" in reply("bed 60559")


def test_a_pause_without_an_end_lasts_until_somebody_resumes(
    good: Run, refused: Run, reply: Callable[..., str], clock: Clock
) -> None:
    assert "until somebody resumes it (withdrawn)" in good("pause", "pads", "--why", "withdrawn", *BY)
    clock.now += timedelta(days=40)
    assert "630-555-0104" not in reply("bed 60559")
    assert good("resume", "pads", *BY) == "Bulletin 2: pads is no longer paused. All lines heed it within 5 seconds.\n"
    assert "630-555-0104" in reply("bed 60559")
    assert refused("resume", "pads", *BY) == "nothing of pads is paused, so nothing was changed\n"


def test_one_number_of_several(good: Run, refused: Run) -> None:
    told = good("pause", "hope", "--phone", "88788", "--until", "2026-12-01T09:00", "--why", "outage", *BY)
    assert "hope 88788 is paused until Tue 1 Dec 2026 09:00, Los Angeles time (outage)" in told
    assert "nothing of hope is paused" in refused("resume", "hope", "--phone", "800-555-0100", *BY)
    good("pause", "hope", *BY)
    told = good("resume", "hope", "--phone", "88788", *BY)
    assert "hope 88788 is no longer paused" in told
    assert "All of hope stays paused until somebody resumes it (closed)." in told
    assert "it is all of hope that is paused: quietline resume hope" in refused(
        "resume", "hope", "--phone", "88788", *BY
    )


def test_a_shorter_pause_ends_no_longer_one_and_says_so(good: Run) -> None:
    good("pause", "pads", *BY)
    told = good("pause", "pads", "--why", "full", *BY)
    assert (
        "An earlier pause goes on until somebody resumes it (closed); to end it sooner: quietline resume pads" in told
    )
    good("resume", "pads", *BY)
    assert "An earlier pause" not in good("pause", "pads", "--why", "full", *BY)


def test_the_last_number_that_is_always_given_cannot_be_paused_away(good: Run) -> None:
    told = good("pause", "911", "--why", "outage", *BY)
    assert "911 goes on being given all the same" in told
    assert "quietline banner add" in told


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        pytest.param(["padz", *BY], "no entry 'padz'; there is pads", id="an entry there is not"),
        pytest.param(["pads", "--phone", "911", *BY], "pads has no number 911; it has 630-555-0104", id="a number"),
        pytest.param(["pads", "--until", "someday", *BY], "'someday' is no moment: write 2026-12-01", id="a moment"),
        pytest.param(
            ["pads", "--until", "2026-11-01", *BY], "there it is Mon 23 Nov 2026 14:00, Chicago", id="the past"
        ),
        pytest.param(["pads", "--why", "rain", *BY], "'rain' is not one of 'full', 'closed', 'outage'", id="a reason"),
        pytest.param(["pads"], "Missing option '--by'", id="who"),
    ],
)
def test_what_cannot_be_paused_is_refused_and_changes_nothing(
    refused: Run, arguments: list[str], why: str, database_url: str
) -> None:
    assert why in refused("pause", *arguments)
    engine = connect(database_url)
    assert rows(engine) == []
    engine.dispose()


def test_a_banner_is_said_until_it_is_lowered(good: Run, refused: Run, reply: Callable[..., str]) -> None:
    told = good("banner", "add", "icy", *ICE, "--area", "westmont", *BY)
    assert "icy is said in westmont, for every need until Tue 1 Dec 2026 00:00, Los Angeles time" in told
    assert "Roads are icy. Ask 211." in reply("bed 60559")
    assert "icy" not in reply("bed 90057")
    assert good("banner", "list") == (
        "icy: in westmont, for every need, until Tue 1 Dec 2026 00:00, Los Angeles time\n"
        "    en: Roads are icy. Ask {211}.\n"
        "    es: Hay hielo. Pregunte al {211}.\n"
    )
    assert "icy is no longer said" in good("banner", "lower", "icy", *BY)
    assert "Roads are icy" not in reply("bed 60559")
    assert refused("banner", "lower", "icy", *BY) == "no banner 'icy'; there is none\n"
    assert good("banner", "list") == "No banner is raised.\n"


def test_a_banner_of_the_same_name_takes_the_place_of_the_older_one(good: Run) -> None:
    good("banner", "add", "icy", *ICE, *BY)
    good("banner", "add", "icy", *ICE, "--topic", "food", *BY)
    assert good("banner", "list").startswith("icy: everywhere, for food, until")
    assert good("banner", "list").count("icy:") == 1


def test_every_fault_of_a_banner_is_told_at_once(refused: Run, database_url: str) -> None:
    told = refused(
        "banner", "add", "icy", "--en", "abused? ’ Call 213-555-0199", "--until", "tonight", "--area", "mars",
        "--topic", "ice", "--in", "fr", "Glace", *BY,
    )  # fmt: skip
    assert told.startswith("the banner was not raised:\n")
    for fault in ("no area 'mars'", "no topic 'ice'", "no language 'fr'", "U+2019", "213-555-0199", "es: is missing"):
        assert fault in told
    assert "small letters" in refused("banner", "add", "Icy Roads", *ICE, *BY)
    assert "is over" in refused("banner", "add", "icy", *ICE[:-1], "2026-11-01", *BY)
    engine = connect(database_url)
    assert rows(engine) == []
    engine.dispose()


def test_a_banner_that_is_not_said_is_listed_with_the_reason(good: Run, clock: Clock, database_url: str) -> None:
    good("banner", "add", "icy", *ICE, "--topic", "food", *BY)
    engine = connect(database_url)
    gone = small.document(topics__food=None)
    for file in ("national", "westlake", "westmont"):
        for entry in gone[f"entries/{file}.toml"]["entry"]:
            entry["serves"] = [serves for serves in entry["serves"] if serves["topic"] != "food"]
    publish(engine, gone, note="", now=clock.now)
    engine.dispose()
    assert "(NOT SAID: no topic 'food')" in good("banner", "list")
    clock.now += timedelta(days=30)
    assert "Los Angeles time (over)" in good("banner", "list")


def test_a_release_that_drops_the_entry_leaves_its_pause_without_effect(
    good: Run, clock: Clock, database_url: str, reply: Callable[..., str]
) -> None:
    good("pause", "pads", *BY)
    good("checks", "record", "pads", "--how", "called", *BY)
    engine = connect(database_url)
    publish(engine, small.document(entries__westmont={"entry": small.DOCUMENT["entries/westmont.toml"]["entry"][:1]}),
            note="", now=clock.now)  # fmt: skip
    engine.dispose()
    assert "211" in reply("bed 60559")
    assert "pads" not in good("checks", "due")


def test_the_files_are_read_with_what_was_told(
    good: Run, environ: dict[str, str | None], monkeypatch: pytest.MonkeyPatch, data_dir: object
) -> None:
    good("pause", "pads", *BY)
    monkeypatch.setattr(opened, "read_document", lambda _folder: small.document())
    monkeypatch.setattr(opened, "load_release", parse)
    environ["DATA_DIR"] = str(data_dir)
    settings = load_settings({name: value for name, value in environ.items() if value}, serving=False)
    assert [pause.entry for pause in opened.published(settings).bulletins.pauses] == ["pads"]
    missing = {"DATABASE_URL": "sqlite:////nowhere/line.db", "DATA_DIR": str(data_dir)}
    assert opened.published(load_settings(missing, serving=False)).bulletins.pauses == ()
