"""The way in: what the framework would answer, byte for byte, without the framework."""

import io
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.messaging_response import MessagingResponse
from werkzeug.datastructures import MultiDict

from bot.line import door, sms
from bot.line.door import MOST_BYTES, pairs_in
from bot.line.doorway import Doorway
from bot.referral.segments import printable
from tests.line.standins import BASE_URL, CAPTURED, House, make_settings, sign
from tests.line.test_serve import FORM_TYPE


def ask(app: Any, form: dict[str, str], **changes: Any) -> tuple[str, list[tuple[str, str]], bytes]:
    """Send a form to an app as a server does; return status, sorted headers and body."""
    body = urlencode(form).encode()
    told: list[Any] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/sms",
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": "line.example.org",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": FORM_TYPE,
        "HTTP_X_TWILIO_SIGNATURE": sign(form, "/sms"),
        **changes,
    }
    answered = app(environ, lambda status, headers: told.extend((status, sorted(headers))))
    return told[0], told[1], b"".join(answered)


def bare(house: House) -> Any:
    """Return the framework's part of an app, alone."""
    way_in = house.app.wsgi_app
    assert isinstance(way_in, Doorway)
    return way_in._inner


@pytest.mark.parametrize(
    ("form", "changes"),
    [
        pytest.param(CAPTURED, {}, id="a text"),
        pytest.param({**CAPTURED, "Body": "stop"}, {}, id="one that gets silence"),
        pytest.param({**CAPTURED, "Body": "boom"}, {}, id="one that fails"),
        pytest.param({**CAPTURED, "Body": "ñ & <b> 🆘 \ufffd"}, {}, id="odd characters"),
        pytest.param(CAPTURED, {"CONTENT_TYPE": "Application/X-WWW-Form-Urlencoded ; charset=x"}, id="odd type"),
        pytest.param(CAPTURED, {"HTTP_X_TWILIO_SIGNATURE": "x"}, id="forged"),
        pytest.param(CAPTURED, {"HTTP_X_TWILIO_SIGNATURE": ""}, id="unsigned"),
        pytest.param(CAPTURED, {"CONTENT_TYPE": "text/plain"}, id="another type"),
        pytest.param(CAPTURED, {"CONTENT_TYPE": FORM_TYPE + "x"}, id="a longer type"),
        pytest.param(CAPTURED, {"REQUEST_METHOD": "PUT"}, id="another method"),
        pytest.param(CAPTURED, {"PATH_INFO": "/sms/"}, id="another path"),
        pytest.param(CAPTURED, {"CONTENT_LENGTH": "5"}, id="a shorter length"),
        pytest.param({f"field {n}": "" for n in range(501)}, {}, id="too many fields"),
        pytest.param({"Body": "x" * (MOST_BYTES + 1)}, {}, id="too long"),
    ],
)
def test_it_answers_as_the_framework_does(form: dict[str, str], changes: dict[str, Any]) -> None:
    assert ask(House(make_settings()).app, form, **changes) == ask(bare(House(make_settings())), form, **changes)


def test_what_goes_on_to_the_framework_can_still_be_read(house: House) -> None:
    form = {**CAPTURED, **{f"field {n}": "" for n in range(600)}}
    heard: list[bytes] = []

    def inner(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        heard.append(environ["wsgi.input"].read())
        start_response("413 Too Large", [])
        return []

    house.app.wsgi_app = Doorway(inner, lambda: house.app.extensions["quietline"])  # type: ignore[method-assign]
    ask(house.app, form)
    assert heard == [urlencode(form).encode()]


@pytest.mark.parametrize(("signature", "told"), [(None, b"reply 1"), ("x", b"Forbidden")], ids=["signed", "forged"])
def test_a_text_needs_no_framework(house: House, signature: str | None, told: bytes) -> None:
    def inner(*_: Any) -> list[bytes]:
        raise AssertionError("the framework was asked")

    house.app.wsgi_app = Doorway(inner, lambda: house.app.extensions["quietline"])  # type: ignore[method-assign]
    signed = {} if signature is None else {"HTTP_X_TWILIO_SIGNATURE": signature}
    assert told in ask(house.app, CAPTURED, **signed)[2]


def test_a_reply_that_cannot_be_written_is_the_static_one(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(reply: str) -> str:
        if "reply" in reply:
            raise RuntimeError("a text that must never be logged")
        return sms.twiml(reply)

    monkeypatch.setattr("bot.line.doorway.twiml", fail)
    status, _, page = ask(house.app, CAPTURED)
    assert (status, b"988" in page) == ("200 OK", True)
    assert "must never" not in caplog.text


@given(st.text(alphabet="&=+%aZ09fF \u00e9\ufffd\x00;#", max_size=40))
def test_a_form_is_read_as_the_standard_library_reads_it(text: str) -> None:
    assert pairs_in(text) == parse_qsl(text, keep_blank_values=True, errors="replace")


@pytest.mark.parametrize(("fields", "fine"), [(door._MOST_FIELDS, True), (door._MOST_FIELDS + 1, False)])
def test_a_form_of_too_many_fields_is_none(fields: int, fine: bool) -> None:
    text = "&".join(["a=b"] * fields)
    if fine:
        assert len(pairs_in(text)) == fields
        return
    with pytest.raises(ValueError, match="more fields"):
        pairs_in(text)


@given(st.text(max_size=60) | st.text(alphabet="<>&\"' \n]ab", max_size=40))
def test_a_reply_is_written_as_the_providers_library_writes_it(reply: str) -> None:
    theirs = MessagingResponse()
    if printable(reply).strip():
        theirs.message(printable(reply).strip())
    assert sms.twiml(reply) == str(theirs)


@given(st.dictionaries(st.text(max_size=6), st.text(max_size=12), max_size=6))
def test_the_quick_check_says_yes_to_what_the_library_signs(form: dict[str, str]) -> None:
    fields = MultiDict(form)
    try:
        header = sign(fields, "/sms")
    except UnicodeEncodeError:
        return
    check = House(make_settings()).app.extensions["quietline"].check
    assert check._as_usual(BASE_URL + "/sms", fields, header)
    assert not check._as_usual(BASE_URL + "/sms", fields, header[::-1])
