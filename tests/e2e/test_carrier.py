"""The provider's own Node library texts the running line; other people's code reads and counts the replies."""

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.referral.answer import RESERVED_STOP
from tests.conftest import ROOT
from tests.e2e.running import PUBLIC, RunningLine

pytestmark = pytest.mark.node

CRISES = {"danger", "suicide", "overdose"}
#: Telephone numbers, short codes, and the service codes that stand in a sentence.
NUMBERS = re.compile(
    r"(?<!\d)(?:\+?1[ .-]?)?\(?(\d{3})\)?[ .-]?(\d{3})[ .-]?(\d{4})(?!\d)"
    r"|(?<![\d-])(\d{5,9})(?![\d-])"
    r"|(?<![\d(.,-])(\d11|988)(?![\d)-])"
)
Sent = dict[str, Any]


def carry(folder: Path, line: RunningLine, asked: list[Sent], token: str = "") -> list[Sent]:
    """Have Node send texts; give what it saw, in order."""
    done = subprocess.run(
        ["node", folder / "carrier.js", line.address, PUBLIC],
        input="".join(f"{json.dumps(text)}\n" for text in asked),
        env={**os.environ, "CARRIER_TOKEN": token or line.home.tokens[0]},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(row) for row in done.stdout.splitlines()]
    assert [row["number"] for row in told] == list(range(len(asked)))
    return told


@pytest.fixture(scope="module")
def sent(node_folder: Path, line: RunningLine, texts: list[Sent]) -> list[Sent]:
    """Send all 420 texts, each from another phone; give each text with what came back."""
    # Senders, messages, and all texts too long to stand in the content by chance.
    line.canaries |= {"2135550", "3235550", "3125550", "3315550", "6305550", f"SM{1:032x}"}
    line.canaries |= {text["text"] for text in texts if len(text["text"]) > 40}
    told = carry(node_folder, line, [{"text": text["text"]} for text in texts])
    return [{**text, **row} for text, row in zip(texts, told, strict=True)]


@pytest.fixture(scope="module")
def published(shared: Path) -> set[str]:
    """Give every number that may reach a texter, as ten digits or as it is dialled."""
    facts = yaml.safe_load((shared / "facts" / "resources.yaml").read_text("utf-8"))["resources"]
    phones = [phone for fact in facts if fact["ship"] == "yes" for phone in fact["phones"]]
    return {str(phone["number"]).removeprefix("+1") for phone in phones if phone["publish"]}


def replies(sent: list[Sent]) -> list[Sent]:
    return [{**row, **message} for row in sent for message in row.get("messages", ())]


def numbers_in(reply: str) -> set[str]:
    return {"".join(groups) for groups in NUMBERS.findall(reply)}


def test_every_signed_text_is_answered_with_twiml(sent: list[Sent]) -> None:
    wrong = [row for row in sent if row.get("error") or row["status"] != 200]
    assert wrong == []
    assert {row["type"] for row in sent} == {"text/xml; charset=utf-8"}
    assert {row["fields"] for row in sent} == {21}


def test_a_message_comes_wherever_one_is_promised(sent: list[Sent]) -> None:
    silent = [row["text"] for row in sent if not row["messages"] and "stop" not in row["labels"]]
    assert silent == []
    assert [row["text"] for row in sent if len(row["messages"]) > 1] == []
    assert [reply for reply in replies(sent) if not reply["text"].strip()] == []


def test_the_providers_own_opt_out_words_get_silence(sent: list[Sent]) -> None:
    reserved = [row for row in sent if row["text"] == "UNSUBSCRIBE"]
    assert reserved
    assert "unsubscribe" in RESERVED_STOP
    assert [row["messages"] for row in reserved] == [[] for _ in reserved]


def test_no_reply_is_over_the_cap_or_in_ucs2(sent: list[Sent]) -> None:
    all_replies = replies(sent)
    assert len(all_replies) > 390
    assert [reply["text"] for reply in all_replies if reply["segments"] > 3] == []
    assert [reply["offending"] for reply in all_replies if reply["encoding"] != "GSM-7"] == []
    assert [r["text"] for r in all_replies if r["labels"][0] in CRISES and r["segments"] > 2] == []


def test_every_number_sent_is_published(sent: list[Sent], published: set[str]) -> None:
    found = {number for reply in replies(sent) for number in numbers_in(reply["text"])}
    assert len(found) > 20
    assert found <= published


def test_no_denied_number_goes_with_its_name(sent: list[Sent]) -> None:
    denied = tomllib.loads((ROOT / "data" / "denied.toml").read_text("utf-8"))
    assert denied["pair"]
    for pair in denied["pair"]:
        number, name = pair["number"].removeprefix("+1"), pair["name"].lower()
        guilty = [r["text"] for r in replies(sent) if number in numbers_in(r["text"]) and name in r["text"].lower()]
        assert guilty == []


@pytest.mark.parametrize(
    ("token", "tamper", "status"),
    [
        pytest.param(0, False, 200, id="the old token"),
        pytest.param(1, False, 200, id="the new token"),
        pytest.param(None, False, 403, id="a stranger's token"),
        pytest.param(0, True, 403, id="words changed under way"),
    ],
)
def test_only_what_the_provider_signed_is_let_in(
    *, node_folder: Path, line: RunningLine, token: int | None, tamper: bool, status: int
) -> None:
    key = "a-stranger" if token is None else line.home.tokens[token]
    (told,) = carry(node_folder, line, [{"text": "food", "tamper": tamper}], key)
    assert told["status"] == status


@pytest.mark.parametrize(
    ("reply", "numbers"),
    [
        pytest.param("Call 911, 988 or 211.", {"911", "988", "211"}, id="service codes"),
        pytest.param("630-469-5650, or +1 (630) 469 5651", {"6304695650", "6304695651"}, id="telephone"),
        pytest.param("6304695650", {"6304695650"}, id="without marks"),
        pytest.param("send START to 88788 or 741741", {"88788", "741741"}, id="short codes"),
        pytest.param("Penal Code 647(b), 653.22, $1,000, ages 18-24", set(), id="law and ages are none"),
    ],
)
def test_the_eye_for_numbers_sees_them(reply: str, numbers: set[str]) -> None:
    assert numbers_in(reply) == numbers
