import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from werkzeug.datastructures import MultiDict

from bot.line.signature import SignatureCheck, signed_url

FORM = MultiDict([("Body", "help"), ("From", "+12135550142"), ("FromZip", "")])
SIGNED = "0Bc6X2HU7bKXqfRbauMxas+cBsQ="


def environ_for(url: str) -> dict[str, str]:
    """What a server that keeps the request line gives for an address."""
    parts = urlsplit(url)
    sent = parts.path + (f"?{parts.query}" if parts.query else "")
    return {"REQUEST_URI": sent, "QUERY_STRING": parts.query, "PATH_INFO": "/not/looked/at"}


def base_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def form_of(params: Any) -> MultiDict[str, str]:
    pairs = params.items() if isinstance(params, dict) else params
    return MultiDict(
        (name, value) for name, values in pairs for value in (values if isinstance(values, list) else [values])
    )


def passes(vector: dict[str, Any], token: str, signature: str) -> bool:
    check = SignatureCheck((token,), base_of(vector["url"]))
    return check.passes(environ_for(vector["url"]), form_of(vector.get("params", {})), signature)


@pytest.fixture(scope="session")
def vectors(shared: Path) -> Any:
    return json.loads((shared / "data" / "twilio_signature_vectors.json").read_text())


def test_what_the_node_library_signs_passes(vectors: Any) -> None:
    # The one left out has a field name beyond the basic plane: Node sorts names by UTF-16 units, Python by code
    # points, and the two libraries of the provider disagree. No field of the provider has such a name.
    told = [(v["desc"], passes(v, v["token"], v["signature_node"])) for v in vectors["vectors"] if v["equal"]]
    assert len(told) == 10
    assert [desc for desc, passed in told if not passed] == []


def test_what_the_python_library_signs_passes(vectors: Any) -> None:
    told = [(v["desc"], passes(v, v["token"], v["signature_python"])) for v in vectors["vectors"]]
    assert len(told) == 11
    assert [desc for desc, passed in told if not passed] == []


def test_the_libraries_own_cases_pass(vectors: Any) -> None:
    own = vectors["twilio_python_own_tests"]
    # A JSON body cannot pass: it never gets here (415), and a form that came with its signature would be unsigned.
    forms = [case for case in own["cases"] if "body" not in case]
    assert len(forms) == 6
    assert [case["url"] for case in forms if not passes(case, own["token"], case["signature"])] == []


def test_a_form_beside_the_hash_of_a_json_body_does_not_pass(vectors: Any) -> None:
    own = vectors["twilio_python_own_tests"]
    case = next(case for case in own["cases"] if "body" in case)
    assert not passes({**case, "params": {"Body": "help"}}, own["token"], case["signature"])


@pytest.mark.parametrize(
    ("change", "value"),
    [
        pytest.param("Body", "help ", id="a blank more"),
        pytest.param("Body", "", id="an empty body"),
        pytest.param("FromZip", "60606", id="a value for an empty field"),
        pytest.param("Extra", "", id="an empty field more"),
    ],
)
def test_a_changed_form_does_not_pass(change: str, value: str) -> None:
    form = MultiDict(FORM)
    form[change] = value
    check = SignatureCheck(("token",), "https://line.example.org")
    assert not check.passes(environ_for("https://line.example.org/sms"), form, SIGNED)


@pytest.mark.parametrize(
    ("tokens", "passed"),
    [
        pytest.param(("token",), True, id="the one"),
        pytest.param(("old", "token"), True, id="the new one of two"),
        pytest.param(("token", "new"), True, id="the old one of two"),
        pytest.param(("other",), False, id="another"),
        pytest.param((), False, id="none at all"),
    ],
)
def test_any_of_several_tokens_counts(tokens: tuple[str, ...], passed: bool) -> None:
    check = SignatureCheck(tokens, "https://line.example.org")
    assert check.passes(environ_for("https://line.example.org/sms"), FORM, SIGNED) is passed


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(None, id="missing"),
        pytest.param("", id="empty"),
        pytest.param(" ", id="blank"),
        pytest.param("=", id="no base64"),
        pytest.param("A" * 28, id="the right length"),
        pytest.param("é\x00\ud800", id="odd characters"),
        pytest.param(SIGNED + " ", id="a blank more"),
        pytest.param(f"{SIGNED}, {SIGNED}", id="twice"),
        pytest.param("x" * 100_000, id="very long"),
    ],
)
def test_a_bad_header_is_a_no(header: str | None) -> None:
    check = SignatureCheck(("token",), "https://line.example.org")
    assert not check.passes(environ_for("https://line.example.org/sms"), FORM, header)


def test_what_cannot_be_signed_is_a_no() -> None:
    check = SignatureCheck(("token",), "https://line.example.org:99999")
    assert not check.passes(environ_for("https://line.example.org/sms"), FORM, SIGNED)
    check = SignatureCheck(("token",), "https://line.example.org")
    assert not check.passes(environ_for("https://line.example.org/sms"), MultiDict({"Body": "\ud800"}), SIGNED)


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        pytest.param(
            {"REQUEST_URI": "/sms?x=a%20b", "QUERY_STRING": "x=a%20b", "PATH_INFO": "/sms"},
            "/sms?x=a%20b",
            id="waitress",
        ),
        pytest.param({"RAW_URI": "/sms?x=%C3%A9", "QUERY_STRING": "x=%C3%A9"}, "/sms?x=%C3%A9", id="gunicorn"),
        pytest.param(
            {"REQUEST_URI": "http://inside:8000/s%2Fms?q", "QUERY_STRING": "q"},
            "/s%2Fms?q",
            id="a whole address",
        ),
        pytest.param({"REQUEST_URI": "/s%2fms/", "QUERY_STRING": ""}, "/s%2fms/", id="escapes as sent"),
        pytest.param({"PATH_INFO": "/a b/\xc3\xa9"}, "/a%20b/%C3%A9", id="only the decoded path"),
        pytest.param(
            {"SCRIPT_NAME": "/line", "PATH_INFO": "/sms", "QUERY_STRING": "a=%2F"},
            "/line/sms?a=%2F",
            id="a prefix",
        ),
        pytest.param({"REQUEST_URI": "/sms?", "QUERY_STRING": ""}, "/sms", id="an empty query"),
    ],
)
def test_the_address_is_the_one_that_was_sent(environ: dict[str, str], url: str) -> None:
    assert signed_url("https://line.example.org", environ) == "https://line.example.org" + url
