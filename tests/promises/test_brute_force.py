"""Whoever has our disk and tries all numbers finds none; whoever has a careless line's disk does."""

import base64
import hashlib
import hmac
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.drill import secrets_found
from bot.drill.digests import Secret
from tests.e2e.running import RunningLine
from tests.promises.brute import MILLION, exchange, index, keyed, matches, matches_in_area, matches_of
from tests.promises.canaries import AREA, EXCHANGE, Canary
from tests.promises.evidence import Evidence
from tests.promises.paths import Texting, conversations, flood, single_texts
from tests.promises.site import Site

NUMBER = b"+12135550142"
TOKEN = Secret("TOKEN", b"0123456789abcdef0123456789abcdef")


@pytest.fixture(scope="module")
def seized(tmp_path_factory: pytest.TempPathFactory, lean_database: Path) -> Site:
    """Give the site of a line that was texted and then killed: all of it, not only what is new."""
    folder = tmp_path_factory.mktemp("seized")
    (folder / "data").mkdir()
    shutil.copy(lean_database, folder / "data" / "line.db")
    site = Site(folder, f"sqlite:///{folder}/data/line.db")
    line = RunningLine(site.home("line"))
    try:
        texting = Texting([line], site.new_flock())
        for path in (conversations, single_texts, flood):
            path(texting)
        site.seize()
        line.process.kill()
    finally:
        line.stop()
    site.seize()
    for name, value in site.environs[0].items():
        site.evidence.add("environment", f"{name}={value}".encode())
    return site


def test_no_digest_of_any_number_of_the_exchange_stands_anywhere(seized: Site) -> None:
    words, secrets = index(seized.evidence), seized.secrets()
    assert [secret.name for secret in secrets].count("TWILIO_AUTH_TOKEN") == 3, "two tokens, and both as they stand"
    assert list(matches(words, exchange(AREA, EXCHANGE))) == []
    # Under keys it is the writing a program has at hand; the sweep tries the others, for the canaries.
    as_sent = [number for number in exchange(AREA, EXCHANGE) if number.startswith(b"+")]
    assert list(matches_of(words, as_sent, keyed(secrets))) == []


@pytest.mark.thorough
def test_no_digest_of_any_number_of_the_area_stands_anywhere(seized: Site, thorough: bool, tmp_path: Path) -> None:
    most = MILLION if thorough else 1_000
    ours = secrets_found.in_environment(seized.environs[0])
    last = f"+1{AREA}9999999".encode()
    evidence = Evidence(held=[*seized.evidence.held, ("planted", hmac.digest(ours[0].data, last, "sha256"))])
    np.save(tmp_path / "index.npy", index(evidence))
    found = matches_in_area(tmp_path / "index.npy", AREA, ours, most)
    assert found == [(f"HMAC-SHA-256 under {ours[0].name}", last)]


def sha1(number: bytes) -> bytes:
    return hashlib.sha1(number, usedforsecurity=False).digest()


Plant = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    ("plant", "way"),
    [
        pytest.param(sha1, "SHA-1", id="bytes"),
        pytest.param(lambda number: b"x" + sha1(number).hex().encode(), "SHA-1", id="hex"),
        pytest.param(lambda number: b"f" + sha1(number).hex().upper().encode()[:16], "SHA-1", id="half of it in HEX"),
        pytest.param(lambda number: base64.b64encode(sha1(number)), "SHA-1", id="base64"),
        pytest.param(lambda number: base64.b64encode(b"ab" + sha1(number)), "SHA-1", id="inside base64"),
        pytest.param(lambda number: b"k" + base64.urlsafe_b64encode(sha1(number)).rstrip(b"="), "SHA-1", id="urlsafe"),
        pytest.param(lambda number: hashlib.sha256(number).digest()[:8], "SHA-256", id="truncated"),
        pytest.param(lambda number: hmac.digest(TOKEN.data, number, "sha256"), "HMAC-SHA-256 under TOKEN", id="HMAC"),
        pytest.param(
            lambda number: hmac.digest(bytes.fromhex(TOKEN.data.decode()), number, "md5").hex().encode(),
            "HMAC-MD5 under TOKEN (as hex)",
            id="HMAC, hex key",
        ),
    ],
)
def test_a_planted_digest_gives_its_number_away(plant: Plant, way: str, seized: Site) -> None:
    evidence = Evidence(held=[*seized.evidence.held, ("planted", b"seen " + plant(NUMBER) + b"\n")])
    nearby = [number for number in exchange("213", "555") if b"0100" <= number[-4:] < b"0200"]
    assert set(matches(index(evidence), nearby, [TOKEN])) == {(way, NUMBER)}


def test_all_numbers_are_tried() -> None:
    tried = set(exchange(AREA, EXCHANGE))
    assert len(tried) == 30_000
    assert {NUMBER, NUMBER[1:], NUMBER[2:]} <= tried
    assert Canary("", f"{AREA}{EXCHANGE}0999", *"012345").sender.encode() in tried
