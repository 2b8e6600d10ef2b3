"""docs/deploy.md and the files in docs/deploy/ name commands, settings and doors there are, and units systemd takes."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from flask import Flask

from bot.cli import main
from bot.line import sms, ticking, voice
from bot.line.door import MOST_BYTES
from bot.line.serve import CONNECTIONS, LEAVE_WITHIN_SECONDS
from tests.conftest import IN_CI
from tests.line.memory.redis_server import RedisServer

PROGRAM = "/opt/quietline/bin/quietline"
#: What each process is kept from.
HARDENED = (
    "NoNewPrivileges=yes ProtectSystem=strict ProtectHome=yes PrivateTmp=yes PrivateDevices=yes CapabilityBoundingSet= "
    "RestrictSUIDSGID=yes SystemCallFilter=@system-service UMask=0077 LimitCORE=0 MemorySwapMax=0 User=quietline"
).split()
_SETTING = re.compile(r"^([A-Z][A-Z0-9_]+)=", re.MULTILINE)


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "deploy.md").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "docs" / "deploy"


def blocks(page: str) -> Iterator[str]:
    """Give what stands in blocks of their own."""
    yield from re.findall(r"^```\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def said(line: str) -> Iterator[list[str]]:
    """Give the words behind each `quietline` of a line of shell or of a unit."""
    plain = line.replace("'", " ").replace("$$", "$").replace("%%", "%")
    for words in re.findall(rf"(?:^|\s|&&\s)(?:{PROGRAM}|quietline|quietline_as \S+) ([a-z][^&|]*)", plain):
        yield shlex.split(re.sub(r"\$\([^)]*\)", "now", words), comments=True)


def leads_somewhere(words: list[str]) -> bool:
    """Tell whether words are a command that there is, with arguments it takes."""
    command: click.Command = main
    words = [word for word in words if not word.startswith(">")]
    while isinstance(command, click.Group) and words:
        step = command.get_command(click.Context(command), words[0])
        if step is None:
            return False
        command, words = step, words[1:]
    try:
        command.make_context(command.name, list(words)).close()
    except click.UsageError:
        return False
    return True


def services(folder: Path) -> list[Path]:
    """Give the units that run this program."""
    return sorted(one for one in folder.glob("*.service") if PROGRAM in one.read_text())


def test_every_command_of_a_unit_is_one(folder: Path) -> None:
    found = [
        words
        for file in (*services(folder), folder / "several-hosts.conf")
        for line in file.read_text().splitlines()
        if line.startswith("ExecStart=/")
        for words in said(line.removeprefix("ExecStart="))
    ]
    assert {words[0] for words in found} >= {"serve", "console", "backup", "restore", "counts", "checks", "doctor"}
    assert [words for words in found if not leads_somewhere(words)] == []


def test_every_command_of_the_page_is_one(page: str) -> None:
    found = [
        words
        for block in blocks(page)
        for line in block.splitlines()
        if not line.startswith(("#", "    ", "systemctl"))
        for words in said(line.replace("=quietline_line", "=somebody"))
    ]
    assert len(found) > 8
    assert [words for words in found if not leads_somewhere(words)] == []
    named = set(re.findall(r"`(?:\S*/)?quietline ([a-z][a-z-]*)", page))
    assert [name for name in named if main.get_command(click.Context(main), name) is None] == []


@pytest.mark.parametrize("words", [["serve", "--prot", "1"], ["sevre"], ["counts", "shut"], ["purge-provider"]])
def test_a_command_that_there_is_not_is_noticed(words: list[str]) -> None:
    assert not leads_somewhere(words)


def test_every_setting_that_is_shown_is_one(page: str, folder: Path) -> None:
    table = page.partition("## Settings")[2].partition("\n## ")[0]
    known = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", table, re.MULTILINE))
    shown = {name for block in blocks(page) for name in _SETTING.findall(block)}
    assert len(shown) > 12
    assert shown - known == set()
    assert "Environment=" not in "".join(file.read_text() for file in folder.iterdir())


def test_the_line_and_the_staff_door_have_only_their_own_secrets(page: str) -> None:
    line, door, provider = (
        page.partition(f"`/etc/{name}`, for")[2].partition("```\n")[2].partition("```")[0]
        for name in ("quietline.env", "quietline-console.env", "quietline-provider.env")
    )
    assert {"TWILIO_AUTH_TOKEN", "PUBLIC_BASE_URL"} < set(_SETTING.findall(line))
    assert {"SECRET_KEY", "CONSOLE_BASE_URL"} < set(_SETTING.findall(door))
    assert "SECRET_KEY" not in line + provider
    assert "TWILIO" not in door
    assert "PURGE_HOLD=no" in provider


def test_every_unit_is_kept_from_what_it_does_not_need(folder: Path) -> None:
    assert len(services(folder)) == 7
    for file in services(folder):
        assert [line for line in HARDENED if line not in file.read_text().splitlines()] == [], file.name


def test_the_line_has_time_to_stop_and_room_to_be_called(folder: Path) -> None:
    unit = dict(line.split("=", 1) for line in (folder / "quietline.service").read_text().splitlines() if "=" in line)
    # Answers under way, then two threads that may hang, then the server's own threads.
    longest = LEAVE_WITHIN_SECONDS + 2 * ticking.LEAVE_WITHIN_SECONDS + 5
    assert float(unit["TimeoutStopSec"]) > longest
    assert int(unit["LimitNOFILE"]) >= CONNECTIONS + 200
    assert (unit["Restart"], unit["StartLimitIntervalSec"]) == ("always", "0")


def test_what_runs_by_the_clock_has_a_timer(page: str, folder: Path) -> None:
    table = page.partition("## What runs by the clock")[2].partition("\n## ")[0]
    wanted = {words.split()[0] for words in re.findall(r"^\| every [^|]*\| `quietline ([^`]*)`", table, re.MULTILINE)}
    timed = {
        words[0]
        for file in folder.glob("*.timer")
        for line in file.with_suffix(".service").read_text().splitlines()
        if line.startswith("ExecStart=")
        for words in said(line.removeprefix("ExecStart="))
    }
    assert len(wanted) > 5
    assert wanted - timed == {"canary"}, "the canary alone runs on another machine"


def test_every_file_is_linked_and_every_link_leads_somewhere(page: str, folder: Path) -> None:
    links = set(re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page))
    assert [link for link in links if not (folder.parent / link).exists()] == []
    assert {f"deploy/{file.name}" for file in folder.iterdir()} - links == set()
    heads = {
        re.sub(r"[^a-z0-9 -]", "", head.lower()).replace(" ", "-") for head in re.findall(r"^#+ (.*)$", page, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= heads


def checked(tool: str, *arguments: str | Path) -> str:
    """Run a tool and give what it complains about; skip where there is none, but not in CI, which installs proxies."""
    program = shutil.which(tool, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")
    if program is None:
        assert not IN_CI or tool == "systemd-analyze", f"no {tool} here"
        pytest.skip(f"no {tool} here")
    told = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=60)
    return told.stderr if told.returncode == 0 else f"{told.stderr}{told.stdout}exit status {told.returncode}"


def test_systemd_takes_every_unit(folder: Path, tmp_path: Path) -> None:
    for file in (*folder.glob("*.service"), *folder.glob("*.socket"), *folder.glob("*.timer")):
        unit = re.sub(rf"{PROGRAM}|/usr/local/bin/quietline-tell", "/bin/true", file.read_text())
        (tmp_path / file.name.replace("@", "@x")).write_text(unit)
    dropped = tmp_path / "quietline.service.d"
    dropped.mkdir()
    (dropped / "several.conf").write_text((folder / "several-hosts.conf").read_text().replace(PROGRAM, "/bin/true"))
    units = sorted(file for file in tmp_path.iterdir() if file.is_file())
    assert len(units) == 14
    assert checked("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *units) == ""


def doors() -> set[str]:
    """Give the addresses that the provider calls."""
    app = Flask("doors", static_folder=None)
    app.register_blueprint(sms.bp)
    app.register_blueprint(voice.bp)
    return {rule.rule for rule in app.url_map.iter_rules()}


class TestProxies:
    def test_let_the_provider_in_and_nobody_else(self, folder: Path) -> None:
        (caddy,) = re.findall(r"@line path (.*)", (folder / "Caddyfile").read_text())
        assert set(caddy.split()) == doors()
        (nginx,) = re.findall(r"location ~ \^(\S+)\$", (folder / "nginx.conf").read_text())
        assert (
            set(filter(lambda one: re.fullmatch(nginx, one), {*doors(), "/readyz", "/try", "/sms/", "/x/sms"}))
            == doors()
        )

    def test_write_no_body_down_and_take_as_much_as_the_line(self, folder: Path) -> None:
        nginx = (folder / "nginx.conf").read_text()
        limits = re.findall(r"client_(max_body|body_buffer)_size (\d+)([km])", nginx)
        sizes = [(name, int(number) * (1024 if unit == "k" else 1024**2)) for name, number, unit in limits]
        for (_, most), (_, buffer) in zip(sizes[::2], sizes[1::2], strict=True):
            assert buffer >= most > MOST_BYTES
        assert (
            nginx.count("access_log off") == nginx.count("proxy_max_temp_file_size 0") == nginx.count("server {") == 2
        )

    def test_caddy_takes_it(self, folder: Path) -> None:
        assert "rror" not in checked("caddy", "adapt", "--adapter", "caddyfile", "--config", folder / "Caddyfile")

    def test_nginx_takes_it(self, folder: Path, tmp_path: Path) -> None:
        # Certificates are not ours to make: without them the rest is looked over.
        plain = re.sub(r" ssl;|ssl_certificate.*;", ";", (folder / "nginx.conf").read_text())
        plain = plain.replace("listen 443;", "listen 127.0.0.1:8443;").replace("/var/log/nginx", str(tmp_path))
        whole = tmp_path / "nginx.conf"
        whole.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{re.sub(r'^ *;', '', plain, flags=re.M)}\n}}\n")
        assert "syntax is ok" in checked("nginx", "-t", "-c", whole)


def _plain(told: Any) -> str:
    """Give the one value that Redis told, as it is written."""
    (value,) = told.values()
    return value.decode() if isinstance(value, bytes) else str(value)


def test_the_redis_keeps_nothing(page: str, folder: Path, tmp_path: Path) -> None:
    lines = [shlex.split(line) for line in (folder / "redis.conf").read_text().splitlines() if line and line[0] != "#"]
    ours = [line for line in lines if line[0] not in ("bind", "port", "requirepass")]
    server = RedisServer(tmp_path, tuple(word for name, *values in ours for word in (f"--{name}", *values)))
    server.start()
    try:
        with server.client() as client:
            told = {name: _plain(client.config_get(name)) for name, *_ in ours}
    finally:
        server.stop()
    assert (told["save"], told["appendonly"]) == ("", "no")
    assert (told["slowlog-log-slower-than"], told["crash-log-enabled"]) == ("-1", "no")
    # The command of the page says the same of what it names.
    command = next(line for block in blocks(page) for line in block.splitlines() if line.startswith("redis-server --"))
    shown = re.findall(r"--(\S+) (\S+)", command.replace('""', "none"))
    assert [value for name, value in shown if name != "save" and value not in (told[name], "256mb")] == []
    assert [path.name for path in tmp_path.iterdir()] == []
