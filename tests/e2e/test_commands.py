"""The commands of `quietline`, as a person at a terminal meets them."""

import functools
import json
import re
import shutil
import sqlite3
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot import cli, opened
from bot.referral.content import Content
from bot.referral.release import load as load_release
from bot.referral.segments import count
from bot.storage.file_writer import write_document
from bot.storage.files import read_document
from tests.e2e.running import PUBLIC, Home
from tests.storage.publishable import publishable

NOON = "2026-11-23T12:00-06:00"
NIGHT = "2026-11-21T03:00-06:00"
Quietline = Callable[..., Result]


@functools.cache
def read(folder: Path, _state: tuple[object, ...]) -> dict[str, Any]:
    return read_document(folder)


@functools.cache
def loaded(document: str) -> Content:
    return load_release(json.loads(document))


@pytest.fixture(autouse=True)
def _content_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # Reading and linting a release takes seconds, and most of these tests want the same one.
    def unless_changed(folder: Path) -> dict[str, Any]:
        files = sorted(folder.rglob("*"))
        return read(folder, tuple((file, file.stat().st_mtime_ns, file.stat().st_size) for file in files))

    monkeypatch.setattr(opened, "read_document", unless_changed)
    monkeypatch.setattr(opened, "load_release", lambda document: loaded(json.dumps(document)))


@pytest.fixture
def environ(tmp_path: Path, data_dir: Path) -> dict[str, str | None]:
    """Give the settings a command runs with; a test changes them before it runs one."""
    home = Home(tmp_path)
    return {
        **{name: None for name in ("OPT_OUT_MODE", "STATE_URL", "LINE_AREAS", "TWILIO_AUTH_TOKEN", "PUBLIC_BASE_URL")},
        "DATABASE_URL": home.database_url,
        "CACHE_DIR": str(tmp_path / "cache"),
        "DATA_DIR": str(data_dir),
    }


@pytest.fixture
def quietline(environ: dict[str, str | None]) -> Quietline:
    """Give the command as a function; it takes arguments and standard input."""

    def run(*arguments: str, stdin: bytes | str = "") -> Result:
        return CliRunner().invoke(cli.main, arguments, input=stdin, env=environ, prog_name="quietline")

    return run


@pytest.fixture
def copied(tmp_path: Path, data_dir: Path, environ: dict[str, str | None]) -> Path:
    """Give a copy of data/ that commands now read, to be spoiled."""
    folder = tmp_path / "data"
    shutil.copytree(data_dir, folder)
    environ["DATA_DIR"] = str(folder)
    return folder


@pytest.fixture
def small_copied(tmp_path: Path, environ: dict[str, str | None]) -> Path:
    """Give the small release as files that commands now read, to be changed: it is read again in no time."""
    folder = tmp_path / "data"
    write_document(folder, publishable())
    environ["DATA_DIR"] = str(folder)
    return folder


def good(result: Result) -> str:
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def refused(result: Result, status: int = 1) -> str:
    assert result.exit_code == status, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    return result.stderr


def test_say_prints_what_a_texter_gets(quietline: Quietline) -> None:
    reply = good(quietline("say", "bed", "60559"))
    assert reply.startswith("Automatic info line, no person here.")
    assert "630-682-3846" in reply
    assert reply.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "text", "expected"),
    [
        pytest.param(["--area", "westlake", "--now", NOON], "lawyer", "800-399-4529", id="area"),
        pytest.param(["--area", "westmont", "--now", NOON], "lawyer", "312-986-4200", id="another area"),
        pytest.param(["--lang", "es"], "ok", "Peligro: 911", id="language"),
        pytest.param(["--lang", "es", "--area", "westmont"], "60559", "Peligro: 911", id="both"),
        pytest.param([], "lawyer", "reply 1 Los Angeles, 2 DuPage", id="neither: it asks"),
    ],
)
def test_say_assumes_what_it_is_told(options: list[str], text: str, expected: str, quietline: Quietline) -> None:
    assert expected in good(quietline("say", *options, text))


def test_why_shows_the_example_that_a_text_is_most_like(quietline: Quietline) -> None:
    told = good(quietline("say", "--why", "landlord changed the locks and my stuff is on the curb"))
    assert re.search(r"^  like: '.+' 0\.\d\d -> shelter$", told, re.MULTILINE)


@pytest.mark.usefixtures("small_copied")
def test_training_says_what_it_lacks(quietline: Quietline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bot.training.command", None)
    assert "quietline[train]" in refused(quietline("train"))
    monkeypatch.undo()
    assert "20 examples each" in refused(quietline("train"))


def test_say_why_names_the_evidence_and_the_cost(quietline: Quietline) -> None:
    plain, told = good(quietline("say", "bed 60559")), good(quietline("say", "--why", "bed 60559"))
    assert told.startswith(plain)
    assert "topic shelter" in told
    assert re.search(r"^  [123] segments, \d+ GSM-7$", told, re.MULTILINE)


def test_say_json_counts_its_reply(quietline: Quietline) -> None:
    told = json.loads(good(quietline("say", "--json", "--now", NIGHT, "comida", "90057")))
    cost = count(told["reply"])
    assert told.keys() == {"reply", "segments", "encoding", "why"}
    assert (told["segments"], told["encoding"]) == (cost.parts, "GSM-7")
    assert told["why"]


def test_say_shows_silence(quietline: Quietline) -> None:
    assert good(quietline("say", "STOP")) == "(no reply)\n"
    assert json.loads(good(quietline("say", "--json", "STOP")))["reply"] is None


def test_say_answers_as_at_the_given_time(quietline: Quietline) -> None:
    # An office is not sent to somebody at three in the morning before a line that is open.
    night = good(quietline("say", "--now", NIGHT, "doctor 60559"))
    noon = good(quietline("say", "--now", "2026-11-23T12:00-06:00", "doctor 60559"))
    assert night.index("211, 24/7") < night.index("630-682-7400")
    assert noon.find("211, 24/7") == -1 or noon.index("630-682-7400") < noon.index("211, 24/7")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        pytest.param(["--area", "chicago"], "westlake, westmont", id="area"),
        pytest.param(["--lang", "fr"], "en, es", id="language"),
        pytest.param(["--now", "tomorrow"], "tomorrow", id="time"),
    ],
)
def test_say_names_what_may_be_asked_for(options: list[str], named: str, quietline: Quietline) -> None:
    assert named in refused(quietline("say", *options, "food"), status=2)


def test_a_prompt_holds_a_conversation(tmp_path: Path) -> None:
    # In a process of its own: the stand-in for a terminal echoes what is typed.
    said = Home(tmp_path).run("say", "--now", NIGHT, stdin="bed\n2\nMORE\nx\n\nMÁS\xff\nMORE\n".encode("latin-1"))
    assert (said.returncode, b"Traceback" in said.stderr) == (0, False)
    replies = said.stdout.decode().split("> ")[1:]
    asked, placed, more, erased, empty, unreadable, nothing, end = [reply.strip() for reply in replies]
    assert "reply 1 Los Angeles, 2 DuPage" in asked
    assert "630-682-3846" in placed
    assert more not in ("", placed)
    assert erased.startswith("Done:")
    assert empty
    assert unreadable
    # What was forgotten cannot be brought back by whoever picks up the phone.
    assert "630-682-3846" not in nothing
    assert "bed, food, doctor" in nothing
    assert end == ""


def test_understand_writes_one_line_each_and_keeps_every_key(quietline: Quietline) -> None:
    asked: list[dict[str, object]] = [
        {"text": "bed 60559", "id": 7, "kind": "mine", "why": None},
        {"text": "comida", "nested": {"a": [1]}},
        {"text": ""},
    ]
    stdin = "\n".join([json.dumps(asked[0]), "", json.dumps(asked[1]), "  ", json.dumps(asked[2])])
    told = [json.loads(row) for row in good(quietline("understand", "--jsonl", stdin=stdin)).splitlines()]
    ours = {"text", "kind", "label", "choices", "language", "area", "facet", "why"}
    assert [row["text"] for row in told] == ["bed 60559", "comida", ""]
    assert [row.keys() for row in told] == [ours | row.keys() for row in asked]
    assert (told[0]["id"], told[0]["kind"], told[0]["label"], told[0]["area"]) == (7, "topic", "shelter", "westmont")
    assert (told[1]["nested"], told[1]["language"]) == ({"a": [1]}, "es")
    assert isinstance(told[0]["why"], str)
    assert (told[2]["kind"], told[2]["label"]) == ("unclear", None)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"{", id="no json"),
        pytest.param(b'["text"]', id="a list"),
        pytest.param(b'"text"', id="a string"),
        pytest.param(b"null", id="null"),
        pytest.param(b'{"words": "food"}', id="no text"),
        pytest.param(b'{"text": 7}', id="text is a number"),
        pytest.param(b'{"text": null}', id="text is null"),
        pytest.param(b'{"text": "caf\xe9"}', id="not UTF-8"),
        pytest.param(b'{"text": "food"', id="cut off"),
        pytest.param(b"[" * 100_000, id="too deep"),
    ],
)
def test_understand_answers_a_bad_line_with_an_error_and_goes_on(line: bytes, quietline: Quietline) -> None:
    good_line = b'{"text": "food"}'
    rows = good(quietline("understand", "--jsonl", stdin=b"\n".join([good_line, line, good_line]))).splitlines()
    assert [row.startswith('{"error"') for row in rows] == [False, True, False]
    assert json.loads(rows[1]).keys() == {"error"}


def test_understand_reads_any_json_string(quietline: Quietline) -> None:
    rows = good(quietline("understand", "--jsonl", stdin=b'{"text": "food \\ud83d \\u0000"}')).splitlines()
    assert json.loads(rows[0])["text"] == "food \ud83d \0"


def test_lint_finds_nothing_in_the_default_release(quietline: Quietline) -> None:
    assert "no problem found" in good(quietline("lint"))


def test_lint_names_the_file_and_the_line_of_a_syntax_error(copied: Path, quietline: Quietline) -> None:
    path = copied / "topics" / "food.toml"
    path.write_text(f"{path.read_text('utf-8')}\n\nlabel = = 1\n", "utf-8")
    lines = len(path.read_text("utf-8").splitlines())
    (copied / "wording" / "es.toml").write_bytes(b'help = "a"\nmenu = "caf\xe9"\n')
    told = refused(quietline("lint"))
    assert re.search(rf"\btopics/food\.toml:{lines}: ", told)
    assert re.search(r"\bwording/es\.toml:2: .*UTF-8", told)


def test_lint_names_every_problem_at_once_with_file_and_key(copied: Path, quietline: Quietline) -> None:
    for name, old, new in [
        ("topics/food.toml", 'slug = "food"', 'slug = "food"\nlocall = true'),
        ("wording/en.toml", "menu = ", "menu = 7 # "),
        ("entries/westmont.toml", 'status = "publish"', 'status = "publish"\ncolour = 1'),
        ("line.toml", "[limits]", "[limits]\nmost = 1"),
    ]:
        text = (copied / name).read_text("utf-8")
        assert old in text, name
        (copied / name).write_text(text.replace(old, new, 1), "utf-8")
    told = refused(quietline("lint"))
    for expected in (
        r"topics/food\.toml: .*locall",
        r"wording/en\.toml: menu\b",
        r"entries/westmont\.toml: entry\[[\w-]+\].*\bcolour\b",
        r"line\.toml: limits.*\bmost\b",
    ):
        assert re.search(expected, told), f"{expected} not in:\n{told}"


def test_lint_checks_the_wording_itself(small_copied: Path, quietline: Quietline) -> None:
    path = small_copied / "wording" / "en.toml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r'(?m)^thanks = ".*"$', 'thanks = "It’s all secret."', text), "utf-8")
    told = refused(quietline("lint"))
    assert re.search(r"wording/en\.toml: thanks\b.*’", told)
    assert re.search(r"wording/en\.toml: thanks\b.*secret", told)


@pytest.mark.parametrize("command", [["lint"], ["init"], ["say", "food"]], ids=lambda command: command[0])
def test_broken_data_is_a_message_not_a_trace(command: list[str], copied: Path, quietline: Quietline) -> None:
    (copied / "line.toml").unlink()
    assert re.search(r"line\.toml: .*missing", refused(quietline(*command)))
    assert not (copied.parent / "line.db").exists()


def test_init_fills_the_database_once(environ: dict[str, str | None], small_copied: Path, quietline: Quietline) -> None:
    assert good(quietline("init")) == "Release 1 is published.\n"
    wording = small_copied / "wording" / "en.toml"
    changed = re.sub(r'(?m)^thanks = ".*"$', 'thanks = "Spoiled on purpose."', wording.read_text("utf-8"))
    wording.write_text(changed, "utf-8")
    assert good(quietline("init")) == "There is a release already; nothing was changed.\n"
    with sqlite3.connect(small_copied.parent / "line.db") as database:
        rows = database.execute("SELECT number, document LIKE '%Spoiled on purpose.%' FROM release").fetchall()
    database.close()
    assert rows == [(1, 0)]
    # From now on commands answer from the release, unless DATA_DIR asks for the files.
    assert good(quietline("say", "thanks")).endswith(" Spoiled on purpose.\n")
    environ["DATA_DIR"] = None
    assert good(quietline("say", "thanks")) not in ("Spoiled on purpose.\n", "(no reply)\n")


def test_provider_texts_fit_the_providers_boxes(quietline: Quietline) -> None:
    told = good(quietline("provider-texts"))
    blocks = re.findall(
        r"^(HELP|STOP|START)\b.*\((en|es), (\d+) characters, \d segments?\):\n(.+)$", told, re.MULTILINE
    )
    assert sorted((word, language) for word, language, _, _ in blocks) == [
        (word, language) for word in ("HELP", "START", "STOP") for language in ("en", "es")
    ]
    assert [text for _, _, length, text in blocks if int(length) != len(text) or len(text) > 320] == []
    assert "{" not in told


def test_fallback_twiml_needs_nothing_and_names_the_numbers(
    environ: dict[str, str | None], quietline: Quietline
) -> None:
    environ["DATA_DIR"] = None
    root = ElementTree.fromstring(good(quietline("fallback-twiml")))  # noqa: S314 - our own
    assert [child.tag for child in root] == ["Message"]
    message = root[0].text or ""
    assert all(number in message for number in ("911", "988", "800-799-7233"))
    assert "Peligro" in message
    assert "Danger" in message
    assert count(message).parts <= 3


def test_all_missing_settings_are_named_at_once(environ: dict[str, str | None], quietline: Quietline) -> None:
    environ |= {"OPT_OUT_MODE": "never", "SENDER_BUDGET_PER_5_MIN": "many", "DATABASE_URL": "oracle://x:secret@y/z"}
    told = refused(quietline("serve"))
    for name in ("TWILIO_AUTH_TOKEN", "PUBLIC_BASE_URL", "OPT_OUT_MODE", "SENDER_BUDGET_PER_5_MIN", "DATABASE_URL"):
        assert name in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("settings", "arguments", "named"),
    [
        pytest.param({"PUBLIC_BASE_URL": PUBLIC}, [], "PUBLIC_BASE_URL", id="a public address"),
        pytest.param({}, ["--host", "0.0.0.0"], "--host", id="open to the network"),  # noqa: S104 - refused, that is the test
    ],
)
def test_dev_stays_on_this_machine(
    settings: dict[str, str], arguments: list[str], named: str, environ: dict[str, str | None], quietline: Quietline
) -> None:
    environ |= settings
    told = refused(quietline("serve", "--dev", *arguments))
    assert named in told
    assert "this machine" in told


@pytest.mark.parametrize("command", ["say", "understand", "init", "lint", "serve", "provider-texts", "fallback-twiml"])
def test_every_command_explains_itself(command: str, quietline: Quietline) -> None:
    assert f"  {command}" in good(quietline("--help"))
    assert len(good(quietline(command, "--help")).splitlines()[2].strip()) > 20
