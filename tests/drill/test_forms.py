"""Every way to write a number down that we could think of, made here by other means than the forms are."""

import base64
import codecs
import hashlib
import hmac
import json
import re
import shutil
import subprocess
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drill.digests import Secret, digest_forms, number_forms, text_forms
from bot.drill.forms import DIGESTED, SHORTEST, Form, plain_forms, writings
from bot.drill.searcher import Searcher

DIGITS = "2135550142"
E164 = "+12135550142"
TOKEN = "0f" * 16
SECRETS = (Secret("TOKEN", TOKEN.encode()), Secret("SALT", b"pepper"))
NUMBER = number_forms(DIGITS, SECRETS)
SEARCHER = Searcher(NUMBER)
TEXT = 'my "ex" + 5€\nfound me at Ñ <3'


def sha(data: str) -> bytes:
    return hashlib.sha256(data.encode()).digest()


def mac(key: bytes, kind: str) -> bytes:
    return hmac.new(key, E164.encode(), kind).digest()


@pytest.mark.parametrize(
    ("stands", "name"),
    [
        pytest.param(E164.encode(), "+1NNNNNNNNNN", id="E.164"),
        pytest.param(b"12135550142", "1NNNNNNNNNN", id="without plus"),
        pytest.param(DIGITS.encode(), "NNNNNNNNNN", id="ten digits"),
        pytest.param(b"(213) 555-0142", "(NNN) NNN-NNNN", id="brackets"),
        pytest.param(b"+1 (213) 555-0142", "+1 (NNN) NNN-NNNN", id="brackets and country"),
        pytest.param(b"213.555.0142", "NNN.NNN.NNNN", id="dots"),
        pytest.param(b"213 555 0142", "NNN NNN NNNN", id="spaces"),
        pytest.param(b"2 1 3 5 5 5 0 1 4 2", "N N N N N N N N N N", id="spelt"),
        pytest.param(urlencode({"From": E164}).encode(), "+1NNNNNNNNNN, URL-encoded", id="a form"),
        pytest.param(quote("(213) 555-0142").encode(), "(NNN) NNN-NNNN, URL-encoded", id="an address"),
        pytest.param(b"%2b12135550142", "+1NNNNNNNNNN, URL-encoded", id="small escapes"),
        pytest.param(b'{"n": "213\\/555\\/0142"}', "NNN/NNN/NNNN, JSON-escaped", id="JSON"),
        pytest.param(b"+12135550142".hex().encode(), "+1NNNNNNNNNN, hex", id="in hex"),
        pytest.param(b"+12135550142".hex().upper().encode(), "+1NNNNNNNNNN, hex", id="HEX"),
        pytest.param(E164.encode("utf-16"), "+1NNNNNNNNNN, utf-16-le", id="UTF-16 little"),
        pytest.param(codecs.BOM_UTF16_BE + E164.encode("utf-16-be"), "+1NNNNNNNNNN, utf-16-be", id="UTF-16 big"),
        pytest.param(sha(E164), "SHA-256 of +1NNNNNNNNNN, bytes", id="SHA-256"),
        pytest.param(sha(E164).hex().encode(), "SHA-256 of +1NNNNNNNNNN, hex", id="SHA-256 hex"),
        pytest.param(sha(E164).hex()[:16].upper().encode(), "SHA-256 of +1NNNNNNNNNN, hex", id="SHA-256 truncated"),
        pytest.param(base64.b64encode(sha(DIGITS)), "SHA-256 of NNNNNNNNNN, base64", id="SHA-256 base64"),
        pytest.param(base64.urlsafe_b64encode(sha("1" + DIGITS)), "SHA-256 of 1NNNNNNNNNN, base64", id="urlsafe"),
        pytest.param(mac(TOKEN.encode(), "sha1"), "HMAC-SHA-1 under TOKEN of +1NNNNNNNNNN, bytes", id="HMAC"),
        pytest.param(mac(b"\x0f" * 16, "md5"), "HMAC-MD5 under TOKEN (as hex) of +1NNNNNNNNNN, bytes", id="hex key"),
        pytest.param(sha("pepper" + DIGITS), "SHA-256 after SALT of NNNNNNNNNN, bytes", id="salt before"),
        pytest.param(sha(DIGITS + "pepper"), "SHA-256 before SALT of NNNNNNNNNN, bytes", id="salt after"),
    ],
)  # fmt: skip
def test_the_number_is_known_in_this_form(stands: bytes, name: str) -> None:
    assert SEARCHER.find(b"before \x00" + stands + b"\xff after") == [name]


@pytest.mark.parametrize("program", ["md5sum", "sha1sum", "sha256sum", "sha512sum", "b2sum"])
def test_digests_are_what_other_programs_make(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    printed = subprocess.run([program], input=E164.encode(), capture_output=True, check=True).stdout
    assert len(SEARCHER.find(printed)) == 1


@pytest.mark.parametrize("written", sorted(writings(DIGITS).items()), ids=lambda pair: pair[0])
def test_a_writing_matches_its_pattern(written: tuple[str, str]) -> None:
    pattern, text = written
    assert re.sub(r"\D", "", text) in (DIGITS, f"1{DIGITS}")
    if "..." not in pattern:
        assert re.sub(r"\d", "N", text.replace("+1", "+N", 1)) == pattern.replace("1", "N")


def test_no_name_tells_a_digit_of_the_number() -> None:
    other = number_forms("6305559876", SECRETS)
    assert {form.name for form in NUMBER} == {form.name for form in other}
    assert not {form.data for form in NUMBER} & {form.data for form in other}
    assert all(repr(form) == f"Form(name={form.name!r})" for form in NUMBER)


def test_every_form_is_there_once_and_long_enough() -> None:
    assert len({form.data for form in NUMBER}) == len(NUMBER)
    assert min(len(form.data) for form in NUMBER) >= SHORTEST
    assert set(DIGESTED) <= set(writings(DIGITS))


@given(before=st.binary(max_size=40), after=st.binary(max_size=40))
def test_base64_is_found_wherever_the_number_stands_in_it(before: bytes, after: bytes) -> None:
    data = before + E164.encode() + after
    assert "+1NNNNNNNNNN, base64" in SEARCHER.find(base64.b64encode(data))
    assert "+1NNNNNNNNNN, base64" in SEARCHER.find(base64.urlsafe_b64encode(data))


@pytest.mark.parametrize(
    "stands",
    [
        pytest.param(TEXT.encode(), id="raw"),
        pytest.param(json.dumps({"Body": TEXT}).encode(), id="JSON, escaped"),
        pytest.param(json.dumps({"Body": TEXT}, ensure_ascii=False).encode(), id="JSON"),
        pytest.param(urlencode({"Body": TEXT}).encode(), id="form"),
        pytest.param(quote(TEXT).encode(), id="address"),
        pytest.param(quote(TEXT, safe="").lower().replace("%c3%91", "%C3%91").encode(), id="half small escapes is not"),
        pytest.param(base64.b64encode(b"xy" + TEXT.encode()), id="base64"),
        pytest.param(TEXT.encode("utf-16-le"), id="UTF-16"),
        pytest.param(sha(TEXT).hex().encode(), id="SHA-256"),
    ],
)
def test_a_text_is_known_in_this_form(stands: bytes, request: pytest.FixtureRequest) -> None:
    found = Searcher(text_forms("the text", TEXT)).find(stands)
    assert bool(found) == (not request.node.callspec.id.endswith("is not"))


@given(text=st.text(min_size=3, max_size=60))
def test_any_text_at_all_has_forms(text: str) -> None:
    forms = text_forms("a text", text, SECRETS)
    assert forms
    assert all(form.name.startswith("a text") or " of a text" in form.name for form in forms)


def test_texts_of_no_encoding_have_forms() -> None:
    assert text_forms("a text", "half of an emoji \ud83d", SECRETS)


def test_forms_that_are_too_short_are_left_out() -> None:
    assert [form for form in plain_forms("a word", "ab") if len(form.data) < SHORTEST] == []
    assert len(list(digest_forms("a word", "ab"))) > 20
    with pytest.raises(ValueError, match="short one is too short"):
        Searcher([Form("short one", b"1234567")])
