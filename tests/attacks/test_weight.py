"""Requests that are small to send and heavy to read, or full of what no sender means."""

import zlib
from pathlib import Path

import pytest

from bot.line.serve import Server
from tests.attacks.wire import LAST, a_text, body_of, hear, signed
from tests.e2e.running import FORM, RunningLine

MEGABYTE = 1 << 20
#: 48 MB of nothing in 48 kB: under what the line reads, so that it is read, and far over what it may take.
BOMB = zlib.compress(bytes(48 * MEGABYTE), 9)


def most_memory(line: RunningLine) -> int:
    """Return the most memory that a line has ever held, in bytes."""
    status = Path(f"/proc/{line.process.pid}/status")
    if not status.exists():
        pytest.skip("this system has no /proc/PID/status")
    (told,) = [row for row in status.read_text().splitlines() if row.startswith("VmHWM:")]
    return int(told.split()[1]) * 1024


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "x-gzip", "gzip, gzip", "identity", "nonsense"])
@pytest.mark.parametrize("kind", [FORM, "application/json", "multipart/form-data; boundary=b"])
def test_no_body_is_ever_blown_up(line: RunningLine, coding: str, kind: str) -> None:
    assert line.text("food 90057").message
    before = most_memory(line)
    assert len(BOMB) < 60_000
    headers = {"Content-Type": kind, "Content-Encoding": coding, "X-Twilio-Signature": "A" * 27 + "="}
    assert line.request("POST", "/sms", BOMB, headers).status in (403, 413, 415)
    # A fifth of what the bomb holds: room for all that others do in between.
    assert most_memory(line) - before < 10 * MEGABYTE


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_what_a_form_is_said_to_be_packed_in_changes_nothing(line: RunningLine, coding: str) -> None:
    form = a_text(3)
    head = signed(line, form) + f"Content-Encoding: {coding}\r\n".encode()
    told = hear(line.port, head + b"Content-Length: %d\r\n\r\n" % len(body_of(form)) + body_of(form) + LAST)
    assert told.statuses == [200, 404]


def test_the_staff_door_blows_nothing_up_either(console: Server) -> None:
    head = f"POST /sign-in HTTP/1.1\r\nHost: staff.example.org\r\nContent-Type: {FORM}\r\nContent-Encoding: gzip\r\n"
    told = hear(console.port, head.encode() + b"Content-Length: %d\r\n\r\n" % len(BOMB) + BOMB + LAST, patience=10)
    assert told.statuses[0] in (400, 413)


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"X: " + b"y" * MEGABYTE, id="one field of a megabyte"),
        pytest.param(b"X: y\r\n" * 10_000, id="ten thousand fields"),
        pytest.param(b"".join(b"X%d: y\r\n" % n for n in range(10_000)), id="ten thousand names"),
        pytest.param(b"y" * MEGABYTE, id="one name of a megabyte"),
        pytest.param(b"X: y\r\n" * 200_000, id="a head without an end"),
        pytest.param(b"Cookie: " + b"a=b; " * 20_000, id="cookies"),
    ],
)
def test_a_head_that_is_too_long_is_not_read_to_its_end(line: RunningLine, sent: bytes) -> None:
    before = most_memory(line)
    told = hear(line.port, b"POST /sms HTTP/1.1\r\nHost: x\r\n" + sent)
    # Whoever still sends when the door is closed may not hear why.
    assert told.statuses in ([431], [])
    assert told.closed
    assert most_memory(line) - before < 10 * MEGABYTE
    assert line.text("food 90057").message


def test_an_address_of_a_megabyte_is_not_read_to_its_end(line: RunningLine) -> None:
    told = hear(line.port, b"GET /" + b"x" * MEGABYTE + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert told.statuses in ([431], [])
    assert told.closed


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        pytest.param([(f"a{n}", "") for n in range(480)], 200, id="480 more"),
        pytest.param([(f"a{n}", "") for n in range(10_000)], 413, id="ten thousand more"),
        pytest.param([("a", str(n)) for n in range(10_000)], 413, id="ten thousand of one name"),
        pytest.param([("", "")] * 10_000, 413, id="ten thousand without a name"),
    ],
)
def test_a_form_of_very_many_fields_is_turned_away(
    line: RunningLine, fields: list[tuple[str, str]], status: int
) -> None:
    taken = [pair for pair in a_text(4).items() if pair[0] in ("Body", "From", "MessageSid")]
    assert line.send(taken + fields).status == status


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("%" * 4000, id="percent signs alone"),
        pytest.param("%25" * 1300, id="escaped in the text itself"),
        pytest.param("food%00%0d%0a", id="escapes a reader would undo twice"),
        pytest.param("&#102;&#111;&#111;&#100;", id="of another language"),
        pytest.param("\x00" * 4000, id="NULs"),
        pytest.param("fo\x00od 90057", id="a NUL in a word"),
        pytest.param("\ud83d food", id="half a pair in front"),
        pytest.param("food \udc80", id="half a pair behind"),
        pytest.param("\udbff" * 1600, id="halves alone"),
        pytest.param("\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", id="an answer"),
        pytest.param("a" + "\u0301" * 3000, id="three thousand accents on a letter"),
        pytest.param("\u202e" * 1600, id="turned round"),
        pytest.param("(" * 4000, id="brackets"),
        pytest.param("1" * 4000, id="digits"),
        pytest.param("food " * 800, id="one word again and again"),
    ],
)
def test_whatever_a_text_is_made_of_it_gets_a_reply(line: RunningLine, body: str) -> None:
    raw = body.encode("utf-8", "surrogatepass")
    phone = f"1310555{zlib.crc32(raw) % 10_000:04d}"
    escaped = b"Body=" + b"".join(b"%%%02X" % byte for byte in raw) + f"&From=%2B{phone}".encode()
    # What every reader makes of bytes that are no UTF-8, and what the provider's library would sign.
    pairs = [("Body", raw.decode("utf-8", "replace")), ("From", f"+{phone}")]
    headers = {"Content-Type": FORM, "X-Twilio-Signature": line.sign(pairs)}
    assert line.request("POST", "/sms", escaped, headers).message


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/sms%00",
        "/sms%0d%0aX:y",
        "/" + "%25" * 3000 + "sms",
        "/%ed%a0%bd",
        "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/%",
        "/%zz",
        "/sms/..;/voice",
        "/\\..\\sms",
        "/%2e%2e/sms",
        "/" * 3000,
        "/sms?" + "&" * 20_000,
        "/sms?" + "a[" * 5000,
    ],
    ids=lambda path: path[:24],
)
def test_odd_addresses_lead_nowhere(line: RunningLine, path: str) -> None:
    before = line.log
    told = hear(line.port, f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\n\r\n".encode() + LAST)
    assert told.statuses in ([404], [403], [400])
    assert b"root:" not in told.raw
    assert line.log == before
