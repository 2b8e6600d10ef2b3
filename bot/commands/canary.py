"""The command that texts the line as the provider would, and looks at what comes back."""

import time
import xml.etree.ElementTree as ElementTree
from secrets import token_hex

import click
import requests
from twilio.request_validator import RequestValidator

from bot import opened
from bot.line import last_resort
from bot.line.sms import CANARY
from bot.settings import Settings

#: A need with the same kind of reply at any hour: what is wanted of it is 211, which is always given.
TEXT, WANTED = "food", "211"
#: The provider's own number for tests: nobody has it.
FROM = "+15005550006"
#: So long the provider waits for the line, in seconds; and so slow it should not be.
PATIENCE, SLOW = 15.0, 3.0


class CanaryError(Exception):
    """The line did not answer a text as it should; the words are for whoever runs it."""


@click.command()
@click.option("--slow", default=SLOW, show_default=True, metavar="SECONDS", help="An answer that takes longer fails.")
def canary(*, slow: float) -> None:
    """Text the line at its public address as the provider would; exit status 1 when the reply is not right.

    It goes the whole way: name, certificate, proxy, signature, memory, content. It is nobody's need, so not counted.
    """
    settings = opened.settings(serving=True)
    began = time.monotonic()
    try:
        reply = check(settings)
    except CanaryError as error:
        raise click.ClickException(str(error)) from None
    took = time.monotonic() - began
    if took > slow:
        raise click.ClickException(f"the line answered, but it took {took:.1f} s; {slow:g} s at most were asked for")
    click.echo(f"The line answered in {took:.2f} s: {len(reply)} characters, 211 among them.")


def check(settings: Settings) -> str:
    """Return the reply to a text sent to the public address. Raises CanaryError saying what is wrong."""
    url = f"{settings.public_base_url}/sms"
    form = _form()
    signed = RequestValidator(settings.auth_tokens[0]).compute_signature(url, form)
    try:
        answered = requests.post(
            url, data=form, headers={"X-Twilio-Signature": signed}, timeout=PATIENCE, allow_redirects=False
        )
    except requests.RequestException as error:
        raise CanaryError(f"{url} cannot be reached: {type(error).__name__}") from None
    if answered.status_code == 403:
        raise CanaryError(f"{url} refused the signature: is PUBLIC_BASE_URL what the line has, and the token the same?")
    if answered.status_code != 200:
        raise CanaryError(f"{url} answered {answered.status_code}, not 200")
    return _looked_at(answered.headers.get("Content-Type", ""), answered.content)


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
