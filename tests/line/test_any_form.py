"""Whatever a signed form holds: 200, one valid TwiML, at most one message."""

from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from bot.referral.answer import answer
from bot.referral.content import Content
from bot.referral.segments import count, printable
from tests.line.standins import CAPTURED, TEXTER, FakeSource, House, make_settings, message_in, sign

FORM_TYPE = "application/x-www-form-urlencoded"
NO_LIMITS = make_settings(sender_budget_per_5_min=0, line_budget_per_hour=0)

#: Bytes as a carrier may pass them on: words, control characters, surrogates, right-to-left, XML, pictures.
PIECES = [
    b"help",
    b"ayuda porfa",
    b"\x00",
    b"\x1b[31m",
    b"\x07\x08\x7f\xc2\x85",
    b"\r\n",
    b"\xed\xa0\xbd",
    b"\xed\xb8\x82",
    b"\xf0\x9f\x98",
    b"\xff\xfe",
    "\u202eمساعدة".encode(),
    "\ufeff\u200b\u2060\u00ad".encode(),
    "\ufffe\uffff".encode(),
    "🆘👩‍👩‍👧‍👦🇺🇸👍🏽1️⃣".encode(),
    "ｈｅｌｐ ｂеd".encode(),
    b"<Response><Dial>911</Dial></Response>",
    b"<![CDATA[ ]]>&amp;&#0;&nbsp;",
    b"'; DROP TABLE entries; --",
    b"{ndvh} %s {0} $(id)",
    b"1",
    b"+1 213 555 0142",
    b" " * 50,
    b"a" * 400,
    "é".encode() * 200,
]
BODIES = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join),
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    # As long as a text can be: drawing each letter of it would take most of the time.
    st.text("ab <&é😢", min_size=40, max_size=40).map(lambda text: text.encode() * 40),
)
SENDERS = st.sampled_from([TEXTER, "whatsapp:+12135550142", "74142", "", "\ufffd", "x" * 300])
NAMES = st.one_of(
    st.sampled_from(["Body", "From", "To", "MessageSid", "AccountSid", "NumMedia", "OptOutType", "NumSegments", ""]),
    st.text(max_size=8),
)
FIELDS = st.lists(
    st.tuples(
        NAMES.map(lambda name: name.encode("utf-8", "surrogatepass")), st.one_of(BODIES, SENDERS.map(str.encode))
    ),
    max_size=12,
)


def deliver(house: House, fields: list[tuple[bytes, bytes]]) -> str:
    """Send a form of raw bytes, signed over what any reader makes of it; return the message or ""."""
    raw = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in fields)
    form = MultiDict(parse_qsl(raw, keep_blank_values=True))
    headers = {"X-Twilio-Signature": sign(form, "/sms")}
    return message_in(house.app.test_client().post("/sms", data=raw, content_type=FORM_TYPE, headers=headers))


def text(house: House, body: bytes) -> str:
    fields = {**CAPTURED, "MessageSid": ""}
    return deliver(house, [(k.encode(), body if k == "Body" else v.encode()) for k, v in fields.items()])


@pytest.fixture(scope="session")
def house_of_our_own(content: Content) -> House:
    """Give a line with the real core and the default release behind the door."""
    return House(NO_LIMITS, source=FakeSource(content), core=answer)


@given(fields=FIELDS)
def test_any_fields(fields: list[tuple[bytes, bytes]]) -> None:
    assert count(deliver(House(NO_LIMITS), fields)).parts <= 3


@given(body=BODIES)
def test_a_reply_never_depends_on_luck(body: bytes, house_of_our_own: House) -> None:
    reply = text(house_of_our_own, body)
    assert printable(reply) == reply
    assert count(reply).offending == ()
    assert count(reply).parts <= 3


# 100,000 signed forms under `make thorough`.
@pytest.mark.thorough
@given(fields=FIELDS)
def test_any_fields_with_the_real_core(fields: list[tuple[bytes, bytes]], house_of_our_own: House) -> None:
    reply = deliver(house_of_our_own, fields)
    assert count(reply).offending == ()


@given(bodies=st.lists(BODIES, min_size=2, max_size=6))
def test_a_whole_conversation(bodies: list[bytes], content: Content) -> None:
    house = House(NO_LIMITS, source=FakeSource(content), core=answer)
    for body in bodies:
        house.clock.tick(7)
        assert count(text(house, body)).parts <= 3


@pytest.mark.thorough
def test_every_emoji(house_of_our_own: House, thorough: bool) -> None:
    every = [
        chr(point)
        for first, last in ((0x1F000, 0x1FAFF), (0x2190, 0x21FF), (0x2600, 0x27BF), (0x2B00, 0x2BFF))
        for point in range(first, last + 1)
    ]
    rest = ["🏳️‍🌈", "👩🏿‍⚕️", "🇲🇽", "0️⃣", "🏴\U000e0067\U000e0062\U000e007f", "\U000e0001", "☎️", "©", "™"]
    # One in five of them under `make test`, from every block.
    for picture in (*(every if thorough else every[::5]), *rest):
        assert count(text(house_of_our_own, picture.encode())).offending == ()


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_each_piece_alone_gets_a_message(content: Content, piece: bytes) -> None:
    house = House(NO_LIMITS, source=FakeSource(content), core=answer)
    assert text(house, piece)


@pytest.mark.parametrize(
    "missing", [["Body"], ["From"], ["Body", "From"], ["MessageSid", "AccountSid"], list(CAPTURED)]
)
def test_without_the_usual_fields(content: Content, missing: list[str]) -> None:
    house = House(NO_LIMITS, source=FakeSource(content), core=answer)
    fields = [(k.encode(), v.encode()) for k, v in CAPTURED.items() if k not in missing]
    assert deliver(house, fields)
