"""The yardstick: a Flask route that checks the signature and answers a constant, under the line's own server."""

import sys

from flask import Flask, Response, request
from twilio.request_validator import RequestValidator

from bot.line.serve import serve

app = Flask("bare")
validator = RequestValidator("bench")
BASE = "https://line.example.org"


@app.post("/sms")
def sms() -> Response:
    """Check and answer."""
    signature = request.headers.get("X-Twilio-Signature", "")
    if not validator.validate(f"{BASE}/sms", request.form, signature):
        return Response(status=403)
    return Response("<Response><Message>Hello</Message></Response>", content_type="text/xml")


if __name__ == "__main__":
    serve(app, "127.0.0.1", int(sys.argv[1]), lambda address: None)
