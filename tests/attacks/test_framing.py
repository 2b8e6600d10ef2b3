"""Requests whose end two readers may see in different places: none hides a second one."""

import socket

import pytest

from tests.attacks.wire import HIDDEN, HIDDEN_ANSWER, LAST, QUIET, a_text, body_of, chunked, hear, signed
from tests.e2e.running import RunningLine

FORM = a_text()
BODY = body_of(FORM)
SIZE = b"%d" % len(BODY)
HEX = b"%x" % len(BODY)
CHUNKED = chunked(BODY)
LENGTH = b"Content-Length: %s\r\n" % SIZE
CODED = b"Transfer-Encoding: chunked\r\n"
STAYS = b"Connection: keep-alive\r\n"
POST = b"POST /sms HTTP/1.1"
WRONG = (400, 413, 431, 501, 505)

#: First line, fields, and all that follows the empty line.
Shape = tuple[bytes, bytes, bytes]
REFUSED: dict[str, Shape] = {
    "two lengths, the longer last": (POST, LENGTH + b"Content-Length: 999\r\n", BODY + HIDDEN),
    "two lengths, the longer first": (POST, b"Content-Length: 999\r\n" + LENGTH, BODY + HIDDEN),
    "two lengths that agree": (POST, LENGTH + LENGTH, BODY + HIDDEN),
    "lengths in one field": (POST, b"Content-Length: %s, %s\r\n" % (SIZE, SIZE), BODY + HIDDEN),
    "a length below nought": (POST, b"Content-Length: -1\r\n", BODY + HIDDEN),
    "a plus": (POST, b"Content-Length: +%s\r\n" % SIZE, BODY + HIDDEN),
    "a length of thirty digits": (POST, b"Content-Length: %d\r\n" % 10**30, BODY + HIDDEN),
    "hexadecimal": (POST, b"Content-Length: 0x%s\r\n" % HEX, BODY + HIDDEN),
    "an underline in it": (POST, b"Content-Length: 1_0\r\n", BODY + HIDDEN),
    "a fraction": (POST, b"Content-Length: %s.0\r\n" % SIZE, BODY + HIDDEN),
    "digits of another script": (POST, "Content-Length: ٣\r\n".encode(), BODY + HIDDEN),
    "an empty length": (POST, b"Content-Length:\r\n", HIDDEN),
    "a coding nobody knows": (POST, b"Transfer-Encoding: xchunked\r\n", CHUNKED + HIDDEN),
    "identity last": (POST, b"Transfer-Encoding: chunked, identity\r\n", CHUNKED + HIDDEN),
    "identity beside a length": (POST, b"Transfer-Encoding: identity\r\n" + LENGTH, BODY + HIDDEN),
    "gzip under chunks": (POST, b"Transfer-Encoding: gzip, chunked\r\n", CHUNKED + HIDDEN),
    "a parameter": (POST, b"Transfer-Encoding: chunked;q=0.5\r\n", CHUNKED + HIDDEN),
    "in quotes": (POST, b'Transfer-Encoding: "chunked"\r\n', CHUNKED + HIDDEN),
    "a vertical tab": (POST, b"Transfer-Encoding: \x0bchunked\r\n", CHUNKED + HIDDEN),
    "a blank before the colon": (POST, b"Transfer-Encoding : chunked\r\n" + LENGTH, CHUNKED + HIDDEN),
    "a blank before the length's colon": (POST, b"Content-Length : %s\r\n" % SIZE, BODY + HIDDEN),
    "one bare line feed": (POST, b"X: y\nTransfer-Encoding: chunked\r\n" + LENGTH, CHUNKED + HIDDEN),
    "a carriage return in a value": (POST, b"X: y\rTransfer-Encoding: chunked\r\n" + LENGTH, CHUNKED + HIDDEN),
    "a NUL in a value": (POST, b"X: y\x00z\r\n" + LENGTH, BODY + HIDDEN),
    "a NUL in a name": (POST, b"X\x00: y\r\n" + LENGTH, BODY + HIDDEN),
    "a line without a colon": (POST, b"nonsense\r\n" + LENGTH, BODY + HIDDEN),
    "a version of three digits": (b"POST /sms HTTP/1.10", LENGTH, BODY + HIDDEN),
    "a method in small letters": (b"post /sms HTTP/1.1", LENGTH, BODY + HIDDEN),
    "two blanks": (b"POST  /sms HTTP/1.1", LENGTH, BODY + HIDDEN),
    "a tab for a blank": (b"POST\t/sms HTTP/1.1", LENGTH, BODY + HIDDEN),
    "a chunk with a NUL beside it": (POST, CODED, b"%s;a=b\x00\r\n%s\r\n0\r\n\r\n" % (HEX, BODY) + HIDDEN),
    "a line feed beside a chunk": (POST, CODED, b"%s;\n%s\r\n0\r\n\r\n" % (HEX, BODY) + HIDDEN),
    "a line feed after the size": (POST, CODED, b"%s\n%s\r\n0\r\n\r\n" % (HEX, BODY) + HIDDEN),
    "a size with 0x": (POST, CODED, b"0x%s\r\n%s\r\n0\r\n\r\n" % (HEX, BODY) + HIDDEN),
    "a size with a plus": (POST, CODED, b"+%s\r\n%s\r\n0\r\n\r\n" % (HEX, BODY) + HIDDEN),
    "a size below nought": (POST, CODED, b"-%s\r\n%s\r\n0\r\n\r\n" % (HEX, BODY) + HIDDEN),
    "a size with a blank": (POST, CODED, b"%s \r\n%s\r\n0\r\n\r\n" % (HEX, BODY) + HIDDEN),
    "a chunk longer than it says": (POST, CODED, b"%s\r\n%sXX\r\n0\r\n\r\n" % (HEX, BODY) + HIDDEN),
    "a chunk without an end": (POST, CODED, b"%s\r\n%s0\r\n\r\n" % (HEX, BODY) + HIDDEN),
    "a chunk of 2^68 bytes": (POST, CODED, b"f" * 17 + b"\r\n" + BODY + HIDDEN * 4000),
    "a size that never ends": (POST, CODED, b"1" * 300_000 + HIDDEN),
    "a trailer that never ends": (POST, CODED, b"0\r\n" + b"X: y\r\n" * 60_000 + HIDDEN),
    "a body that is refused unread": (POST, b"Content-Length: 200000\r\n", b"x" * 200_000 + HIDDEN),
}
#: What the library under us would let through: bot/line/framing.py refuses it.
BY_US: dict[str, Shape] = {
    "chunks within a length": (POST, b"Content-Length: %d\r\n" % len(CHUNKED + HIDDEN) + CODED, CHUNKED + HIDDEN),
    "chunks beside a length": (POST, CODED + LENGTH, CHUNKED + HIDDEN),
    "chunked twice": (POST, CODED + CODED, CHUNKED + HIDDEN),
    "chunked twice in one field": (POST, b"Transfer-Encoding: chunked, chunked\r\n", CHUNKED + HIDDEN),
    "an empty coding": (POST, b"Transfer-Encoding:\r\n", CHUNKED + HIDDEN),
    "a comma for a coding": (POST, b"Transfer-Encoding: ,\r\n" + LENGTH, BODY + HIDDEN),
    "a coding in the next line": (POST, b"Transfer-Encoding:\r\n chunked\r\n", CHUNKED + HIDDEN),
    "a length in the next line": (POST, b"Content-Length:\r\n\t%s\r\n" % SIZE, BODY + HIDDEN),
    "a coding as the next line of another": (POST, b"X: y\r\n %s" % CODED + LENGTH, BODY + HIDDEN),
    "chunks in HTTP/1.0": (b"POST /sms HTTP/1.0", STAYS + CODED, HIDDEN),
    "chunks in HTTP/1.2": (b"POST /sms HTTP/1.2", STAYS + CODED, HIDDEN),
    "chunks in HTTP/0.9": (b"POST /sms", STAYS + CODED, HIDDEN),
    "HTTP/0.9": (b"GET /last", STAYS, HIDDEN),
    "HTTP/2.0": (b"POST /sms HTTP/2.0", LENGTH, BODY + HIDDEN),
    "the start of HTTP/2": (b"PRI * HTTP/2.0", b"", b"SM\r\n\r\n" + HIDDEN),
    "a length of 4400 digits": (POST, b"Content-Length: %s\r\n" % (b"9" * 4400), BODY + HIDDEN),
    "brackets that do not match": (b"POST http://[::1/sms HTTP/1.1", LENGTH, BODY + HIDDEN),
    "a go-ahead for a length that is none": (POST, b"Expect: 100-continue\r\nContent-Length: x\r\n", HIDDEN),
    "a go-ahead for what is too long": (POST, b"Expect: 100-continue\r\nContent-Length: 200000\r\n", b""),
}
ACCEPTED: dict[str, tuple[int, Shape]] = {
    "as it should be": (200, (POST, LENGTH, BODY)),
    "in chunks": (200, (POST, CODED, CHUNKED)),
    "capital letters": (200, (POST, b"TRANSFER-ENCODING:\tCHUNKED\r\n", CHUNKED)),
    "a name beside a chunk": (200, (POST, CODED, b'%s;a=b;c="d"\r\n%s\r\n0\r\n\r\n' % (HEX, BODY))),
    "many noughts": (200, (POST, CODED, b"0" * 300 + b"%s\r\n%s\r\n00\r\n\r\n" % (HEX, BODY))),
    "a length in the trailer": (200, (POST, CODED, b"%s\r\n%s\r\n0\r\nContent-Length: 9\r\n\r\n" % (HEX, BODY))),
    "a coding with an underline": (200, (POST, b"Transfer_Encoding: chunked\r\n" + LENGTH, BODY)),
    "empty lines before it": (200, (b"\r\n\r\nPOST /sms HTTP/1.1", LENGTH, BODY)),
    "another site's whole address": (200, (b"POST http://evil.example/sms HTTP/1.1", LENGTH, BODY)),
    "a hidden request as the body": (403, (POST, b"Content-Length: %d\r\n" % len(HIDDEN), HIDDEN)),
    "a body where none belongs": (404, (b"GET /x HTTP/1.1", b"Content-Length: %d\r\n" % len(HIDDEN), HIDDEN)),
    "a go-between that is none": (404, (b"CONNECT evil.example:443 HTTP/1.1", b"", b"")),
    "a star": (404, (b"OPTIONS * HTTP/1.1", b"", b"")),
    "another protocol asked for": (200, (POST, b"Connection: Upgrade\r\nUpgrade: h2c\r\n" + LENGTH, BODY)),
    "a length in HTTP/1.0": (200, (b"POST /sms HTTP/1.0", STAYS + LENGTH, BODY)),
}
WAITING: dict[str, bytes] = {
    "line feeds alone": b"POST /sms HTTP/1.1\nHost: x\n\n" + HIDDEN.replace(b"\r", b""),
    "a TLS greeting": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(300),
    "a chunk of 2^64 bytes and a few": b"POST /sms HTTP/1.1\r\n%s\r\n%x\r\n%s" % (CODED, 2**64 + 9, BODY) + HIDDEN,
}


def whole(line: RunningLine, shape: Shape) -> bytes:
    start, fields, rest = shape
    return signed(line, FORM, start) + fields + b"\r\n" + rest


@pytest.mark.parametrize(
    "shape",
    [pytest.param(shape, id=name) for name, shape in {**REFUSED, **BY_US}.items()],
)
def test_what_can_be_read_in_two_ways_is_refused_and_nothing_behind_it_is_read(line: RunningLine, shape: Shape) -> None:
    before = line.log
    heard = hear(line.port, whole(line, shape) + LAST, patience=5)
    assert HIDDEN_ANSWER not in heard.raw
    # The answer to a sender that never ends may be lost on the way.
    assert [status for status in heard.statuses if status not in WRONG] == []
    assert len(heard.statuses) == 1 or (not heard.raw and len(shape[2]) > 100_000)
    assert heard.closed
    assert line.text("food 90057").message
    assert line.log == before


@pytest.mark.parametrize(("status", "shape"), [pytest.param(*told, id=name) for name, told in ACCEPTED.items()])
def test_what_has_one_reading_gets_one_answer(line: RunningLine, status: int, shape: Shape) -> None:
    heard = hear(line.port, whole(line, shape) + LAST)
    assert HIDDEN_ANSWER not in heard.raw
    # Who is turned away loses the connection, and whatever stands behind the request on it.
    assert heard.statuses == ([status, 404] if status == 200 else [status])
    assert heard.closed


@pytest.mark.parametrize("sent", [pytest.param(sent, id=name) for name, sent in WAITING.items()])
def test_what_has_no_end_gets_no_answer(line: RunningLine, sent: bytes) -> None:
    assert hear(line.port, sent, patience=QUIET).raw == b""
    assert line.text("food 90057").message


@pytest.mark.parametrize("sizes", [(1,), (3,), (17,), (64, 1)], ids=repr)
def test_however_it_is_cut_in_pieces_it_is_the_same_request(line: RunningLine, sizes: tuple[int, ...]) -> None:
    sent = whole(line, (POST, CODED, CHUNKED)) + LAST
    with socket.create_connection(("127.0.0.1", line.port), timeout=15) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        at, turn = 0, 0
        while at < len(sent):
            size = sizes[turn % len(sizes)]
            connection.sendall(sent[at : at + size])
            at, turn = at + size, turn + 1
        got = b""
        while piece := connection.recv(65536):
            got += piece
    assert [got.count(b"HTTP/1.1 200 "), got.count(b"HTTP/1.1 404 "), got.count(b"HTTP/1.1 ")] == [1, 1, 2]


def test_a_go_ahead_asked_for_nothing_does_not_swallow_the_next_request(line: RunningLine) -> None:
    heard = hear(line.port, b"GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n" + LAST, patience=5)
    assert heard.statuses == [200, 404]
