"""Saying again that it is you: before what a stolen session must not do, a quarter of an hour after the last time."""

import time
from datetime import timedelta
from typing import Any

from flask import current_app, session
from flask_security import VerifyForm
from wtforms import StringField

from bot.console.wording import say

#: Asked again this long after the last time.
FRESH = timedelta(minutes=15)
#: A code of the app counts so many seconds earlier and later than it should.
CODE_WINDOW = 30


class AgainForm(VerifyForm):
    """Password and code, as at the sign-in; the password alone says nothing of who has a passkey and no app."""

    code = StringField()

    def validate(self, **kwargs: Any) -> bool:
        """Check both; a code is taken once."""
        if not super().validate(**kwargs):
            return False
        user = self.user
        if not user.tf_totp_secret:
            if user.webauthn:
                self.password.errors.append(say("Use your passkey."))
            return not user.webauthn
        codes = current_app.extensions["security"].totp_factory
        if codes.verify_totp(self.code.data or "", user.tf_totp_secret, user, CODE_WINDOW):
            return True
        self.code.errors = [say("That code is wrong, too old, or was used already. Wait for the next one.")]
        return False


def was_shown_lately() -> bool:
    """Say whether whoever is signed in showed lately that it is them, by the clock Flask-Security notes it with."""
    return abs(time.time() - float(session.get("fs_paa") or 0)) < FRESH.total_seconds()
