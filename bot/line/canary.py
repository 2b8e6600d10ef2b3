"""A text that nobody sent: signed as the provider signs, sent to the public address, and the reply looked at."""

import xml.etree.ElementTree as ElementTree
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from secrets import token_hex
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator

from bot.line import last_resort
from bot.line.door import FORM, MOST_BYTES
from bot.line.sms import CANARY
from bot.settings import Settings

#: A need with the same kind of reply at any hour: what is wanted of it is 211, which is always given.
TEXT, WANTED = "food", "211"
#: The provider's own number for tests: nobody has it.
FROM = "+15005550006"
#: So long the provider waits for the line, in seconds.
PATIENCE = 15.0


class CanaryError(Exception):
    """The line did not answer a text as it should; the words are for whoever runs it."""


def check(settings: Settings) -> str:
    """Return the reply to a text sent to the public address. Raises CanaryError saying what is wrong."""
    url = f"{settings.public_base_url}/sms"
    form = _form()
    signed = str(RequestValidator(settings.auth_tokens[0]).compute_signature(url, form))
    try:
        status, kind, body = _posted(url, urlencode(form), signed)
    except (OSError, HTTPException) as error:
        raise CanaryError(f"{url} cannot be reached: {type(error).__name__}") from None
    if status == 403:
        raise CanaryError(f"{url} refused the signature: is PUBLIC_BASE_URL what the line has, and the token the same?")
    if status != 200:
        raise CanaryError(f"{url} answered {status}, not 200")
    return _looked_at(kind, body)


def _posted(url: str, form: str, signature: str) -> tuple[int, str, bytes]:
    """Send a signed form; give the status, the content type and the body. Redirects are not followed."""
    to = urlsplit(url)
    kind = HTTPSConnection if to.scheme == "https" else HTTPConnection
    connection = kind(to.hostname or "", to.port, timeout=PATIENCE)
    try:
        connection.request("POST", to.path, form, {"Content-Type": FORM, "X-Twilio-Signature": signature})
        answered = connection.getresponse()
        return answered.status, answered.getheader("Content-Type", ""), answered.read(MOST_BYTES)
    finally:
        connection.close()


def _form() -> dict[str, str]:
    sid = f"SM{token_hex(16)}"
    return {"MessageSid": sid, "SmsSid": sid, "AccountSid": f"AC{'0' * 32}", "From": FROM, "To": FROM, "Body": TEXT,
            "NumMedia": "0", "NumSegments": "1", "SmsStatus": "received", CANARY: "yes"}  # fmt: skip


def _looked_at(kind: str, body: bytes) -> str:
    """Return the one message of a TwiML answer. Raises CanaryError."""
    if not kind.startswith("text/xml"):
        raise CanaryError(f"the answer is {kind or 'of no kind'}, not text/xml: a phone would get it word for word")
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - what our own line answered
    except ElementTree.ParseError:
        raise CanaryError("the answer is no TwiML") from None
    messages = [child.text or "" for child in root if child.tag == "Message"]
    if root.tag != "Response" or len(messages) != 1:
        raise CanaryError(f"the answer holds {len(messages)} messages, not one")
    if messages[0] in (*last_resort.SMS.values(), last_resort.sms("")):
        raise CanaryError("the line answers with the safe reply: something inside fails; look at its log")
    if WANTED not in messages[0]:
        raise CanaryError(f"the reply does not name {WANTED}: is the line busy, or is its content broken?")
    return messages[0]
