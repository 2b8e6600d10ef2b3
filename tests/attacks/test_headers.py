"""Headers by which somebody claims to be somebody else: none changes what is checked or answered."""

import re

import pytest

from bot.line.serve import Server
from tests.attacks.wire import LAST, a_text, body_of, hear, signed
from tests.e2e.running import FORM, RunningLine

ELSEWHERE = "evil.example"
CLAIMS = [
    "X-Forwarded-For: 127.0.0.1",
    "X-Forwarded-For: ::1, 10.0.0.1",
    f"X-Forwarded-Host: {ELSEWHERE}",
    "X-Forwarded-Proto: http",
    "X-Forwarded-Port: 1",
    "X-Forwarded-Prefix: /voice",
    "X-Forwarded-By: 127.0.0.1",
    f"Forwarded: for=127.0.0.1;host={ELSEWHERE};proto=http",
    "X-Real-IP: 127.0.0.1",
    "True-Client-IP: 127.0.0.1",
    "X-Original-URL: /voice",
    "X-Rewrite-URL: /voice",
    "X-Original-Host: evil.example",
    "X-Host: evil.example",
    "X-HTTP-Method-Override: GET",
    "X-HTTP-Method: PUT",
    "X-Method-Override: DELETE",
    f"Host: {ELSEWHERE}",
    f"Host: x@{ELSEWHERE}:99",
    "X-Twilio-Webhooks-Signature-Settings: key=k,algorithm=HMAC_SHA256",
    "X_Twilio_Signature: wrong",
    "Script-Name: /voice",
    "Remote-User: admin",
    "Cookie: __Host-quietline=kept:x",
    "Authorization: Basic YTpi",
    "Origin: null",
    "Range: bytes=0-3",
    "If-None-Match: *",
    "If-Modified-Since: Sun, 22 Nov 2026 00:00:00 GMT",
    "Accept: application/json",
    "Accept-Encoding: gzip, br",
    "Proxy: http://evil.example",
    "TE: trailers",
    "Trailer: Content-Length",
    "Max-Forwards: 0",
    "Connection: close, Content-Length, X-Twilio-Signature",
]
claims = pytest.mark.parametrize("claim", CLAIMS)
_VARIES = re.compile(rb"\r\n(?:Date|Connection): [^\r]*")


def answer_to(line: RunningLine, head: bytes, body: bytes, more: str = "") -> bytes:
    """Send a request with one header more and return the answer but for its date and what becomes of the line."""
    fields = f"{more}\r\n".encode() if more else b""
    return _VARIES.sub(
        b"", hear(line.port, head + fields + b"Content-Length: %d\r\n\r\n" % len(body) + body + LAST).raw
    )


@claims
def test_a_signed_text_is_answered_as_without_it(line: RunningLine, claim: str) -> None:
    form = a_text()
    head, body = signed(line, form), body_of(form)
    plain = answer_to(line, head, body).partition(b"HTTP/1.1 404")[0]
    assert plain.startswith(b"HTTP/1.1 200 ")
    claimed = answer_to(line, head, body, claim).partition(b"HTTP/1.1 404")[0]
    assert claimed == plain
    assert ELSEWHERE.encode() not in claimed


@pytest.mark.parametrize(
    ("start", "status"),
    [("POST /sms", 403), ("POST /voice", 403), ("GET /sms", 405), ("DELETE /sms", 405), ("POST /no", 404)],
)
def test_and_an_unsigned_one_is_turned_away_as_without_it(line: RunningLine, start: str, status: int) -> None:
    head = f"{start} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nX-Twilio-Signature: {'A' * 27}=\r\n".encode()
    plain = answer_to(line, head, b"Body=food")
    assert plain.startswith(f"HTTP/1.1 {status} ".encode())
    told = {claim: answer_to(line, head, b"Body=food", claim) for claim in CLAIMS}
    assert {claim: answer for claim, answer in told.items() if not answer.startswith(plain[:400])} == {}
    assert [claim for claim, answer in told.items() if ELSEWHERE.encode() in answer] == []


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "TRACE", "HEAD", "QUERY"])
def test_a_signed_form_is_good_for_no_other_method(line: RunningLine, method: str) -> None:
    form = a_text()
    head = signed(line, form, f"{method} /sms HTTP/1.1".encode())
    assert answer_to(line, head, body_of(form)).startswith(b"HTTP/1.1 405 ")


def test_nothing_sent_comes_back_from_a_trace(line: RunningLine) -> None:
    told = hear(line.port, b"TRACE /sms HTTP/1.1\r\nHost: x\r\nCookie: zzqx\r\n\r\n" + LAST)
    assert (told.statuses, b"zzqx" in told.raw) == ([405], False)


def status_at(console: Server, *fields: str, start: str = "GET /sign-in HTTP/1.1") -> int:
    """Ask the staff door with these header lines; return the status."""
    told = hear(console.port, "\r\n".join([start, *fields, "Connection: close", "", ""]).encode())
    (status,) = told.statuses
    if status != 200:
        assert ELSEWHERE.encode() not in told.raw
    return status


OURS = "Host: staff.example.org"


@pytest.mark.parametrize(
    "hosts",
    [
        pytest.param([f"Host: {ELSEWHERE}"], id="another"),
        pytest.param([], id="none"),
        pytest.param(["Host:"], id="empty"),
        pytest.param([OURS, f"Host: {ELSEWHERE}"], id="ours and another"),
        pytest.param([f"Host: {ELSEWHERE}", OURS], id="another and ours"),
        pytest.param([f"{OURS}:8443"], id="another port"),
        pytest.param([f"{OURS}."], id="a point more"),
        pytest.param([f"Host: {ELSEWHERE}", "X-Forwarded-Host: staff.example.org"], id="ours by hearsay"),
        pytest.param([f"Host: {ELSEWHERE}", "Forwarded: host=staff.example.org"], id="ours by other hearsay"),
        pytest.param([f"Host: {ELSEWHERE}", "X-Original-Host: staff.example.org"], id="ours by odd hearsay"),
    ],
)
def test_the_staff_door_refuses_every_other_host(console: Server, hosts: list[str]) -> None:
    assert status_at(console, *hosts) in (400, 403)


def test_a_whole_address_says_nothing_of_the_host(console: Server) -> None:
    start = "GET https://staff.example.org/sign-in HTTP/1.1"
    assert status_at(console, f"Host: {ELSEWHERE}", start=start) == 403


@pytest.mark.parametrize(
    "claim", [f"X-Forwarded-Host: {ELSEWHERE}", f"Forwarded: host={ELSEWHERE}", "X-Original-URL: /staff"]
)
def test_and_believes_no_hearsay_at_its_own(console: Server, claim: str) -> None:
    assert status_at(console, OURS) == 200
    assert status_at(console, OURS, claim) == 200


@pytest.mark.parametrize(
    "claim",
    ["X-Original-URL: /sign-in", "X-Rewrite-URL: /healthz", "X-HTTP-Method-Override: HEAD", "Remote-User: admin"],
)
def test_no_header_leads_past_the_sign_in(console: Server, claim: str) -> None:
    assert status_at(console, OURS, claim, start="GET /staff HTTP/1.1") == 302
    assert status_at(console, OURS, claim, start="POST /staff HTTP/1.1") in (302, 400)
