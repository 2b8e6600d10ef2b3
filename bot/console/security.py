"""How Flask-Security is set up: what it does for us, what it must not do, and what it says."""

import hmac
from datetime import timedelta
from hashlib import sha256
from typing import Any

from flask import Flask, render_template, session
from flask_security import Security, TwoFactorRescueForm, TwoFactorSetupForm
from flask_security.webauthn import WebAuthnRegisterForm
from wtforms import RadioField, StringField

from bot.console.again import CODE_WINDOW, FRESH, AgainForm
from bot.console.desk import Desk
from bot.console.factors import Codes, Passkeys, RecoveryCodes
from bot.console.passwords import SHORTEST, Passwords
from bot.console.wording import say

_PAGES = {
    "LOGIN_USER": "sign_in", "VERIFY": "sign_in_again", "CHANGE_PASSWORD": "change_password",
    "TWO_FACTOR_VERIFY_CODE": "code", "TWO_FACTOR_SETUP": "code_setup", "MULTI_FACTOR_RECOVERY": "recovery",
    "MULTI_FACTOR_RECOVERY_CODES": "recovery_codes", "WAN_REGISTER": "passkeys", "WAN_SIGNIN": "passkey",
    "WAN_VERIFY": "passkey_again",
}  # fmt: skip
_ADDRESSES = {
    "LOGIN": "/sign-in", "LOGOUT": "/sign-out", "VERIFY": "/sign-in/again", "CHANGE": "/account/password",
    "TWO_FACTOR_SETUP": "/account/app", "TWO_FACTOR_TOKEN_VALIDATION": "/sign-in/code",
    "TWO_FACTOR_RESCUE": "/sign-in/rescue", "TWO_FACTOR_SELECT": "/sign-in/select",
    "MULTI_FACTOR_RECOVERY": "/sign-in/recovery", "MULTI_FACTOR_RECOVERY_CODES": "/account/recovery-codes",
    "WAN_REGISTER": "/account/passkeys", "WAN_DELETE": "/account/passkeys/remove",
    "WAN_SIGNIN": "/sign-in/passkey", "WAN_VERIFY": "/sign-in/again/passkey",
}  # fmt: skip


class AppForm(TwoFactorSetupForm):
    """Setting an authenticator app up. There is no other way to get codes, so nothing to choose."""

    setup = StringField()


class RescueForm(TwoFactorRescueForm):
    """What Flask-Security offers who has no code: nothing. The page for recovery codes is linked instead."""

    help_setup = RadioField(choices=[])


class PasskeyForm(WebAuthnRegisterForm):
    """A new passkey. All of ours make sure of their owner, so all of them may stand alone."""

    usage = StringField()

    def validate(self, **kwargs: Any) -> bool:
        """Check the name that its owner gave it."""
        self.usage.data = "first"
        valid = super().validate(**kwargs)
        self.usage.data = "first"
        return bool(valid)


def set_up(app: Flask, desk: Desk) -> Security:
    """Add Flask-Security to the app. `desk` is installed already."""
    app.config.update(_config(desk))
    security = Security(
        app,
        desk.store.datastore,
        password_util_cls=Passwords,
        totp_cls=Codes,
        webauthn_util_cls=Passkeys,
        mf_recovery_codes_util_cls=RecoveryCodes,
        verify_form=AgainForm,
        wan_register_form=PasskeyForm,
        two_factor_setup_form=AppForm,
        two_factor_rescue_form=RescueForm,
        render_template=_render,
    )
    # Pages only: an answer in JSON would hold a token that signs in without a session.
    security.want_json(lambda request: False)
    security.login_manager.session_protection = None
    security.login_manager.request_loader(lambda request: None)
    return security


def _render(template: str, **context: Any) -> str:
    """Show a page of ours, and remember which ceremony of a passkey it began: each can be ended once."""
    if "wan_state" in context:
        session["ceremony"] = mark(context["wan_state"])
    return render_template(template, **context)


def mark(state: str) -> str:
    """Return what a ceremony is remembered as."""
    return sha256(state.encode()).hexdigest()


def _config(desk: Desk) -> dict[str, Any]:
    secret = desk.settings.secret_key
    given: dict[str, Any] = {
        # argon2id, a little more than OWASP asks for; eight at once must not fill a small machine.
        "PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__type": "ID", "argon2__memory_cost": 19456, "argon2__time_cost": 3, "argon2__parallelism": 1,
        },
        "PASSWORD_HASH": "argon2", "PASSWORD_SCHEMES": ["argon2"], "PASSWORD_SINGLE_HASH": {"argon2"},
        "PASSWORD_LENGTH_MIN": SHORTEST, "CHANGEABLE": True, "SEND_PASSWORD_CHANGE_EMAIL": False,
        "RETURN_GENERIC_RESPONSES": True, "API_ENABLED_METHODS": ["session"],
        "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "TWO_FACTOR": True, "TWO_FACTOR_ENABLED_METHODS": ["authenticator"], "TWO_FACTOR_ALWAYS_VALIDATE": True,
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": CODE_WINDOW, "TWO_FACTOR_RESCUE_EMAIL": False,
        "TWO_FACTOR_IMPLEMENTATIONS": {
            "code": "flask_security.twofactor.CodeTfPlugin",
            "webauthn": "bot.console.factors.PasskeyInstead",
        },
        "TOTP_SECRETS": {"1": hmac.digest(secret.encode(), b"totp", "sha256").hex()}, "TOTP_ISSUER": "Quietline",
        "MULTI_FACTOR_RECOVERY_CODES": True, "MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "WEBAUTHN": True, "WAN_RP_NAME": "Quietline", "WAN_ALLOW_USER_HINTS": False,
        "WAN_ALLOW_AS_FIRST_FACTOR": True, "WAN_ALLOW_AS_MULTI_FACTOR": True, "WAN_ALLOW_AS_VERIFY": ["first"],
        "WAN_SIGNIN_WITHIN": timedelta(minutes=2), "WAN_REGISTER_WITHIN": timedelta(minutes=10),
        "FRESHNESS": FRESH, "FRESHNESS_GRACE_PERIOD": timedelta(0), "DATETIME_FACTORY": desk.clock,
        "STATIC_FOLDER": None, "CLI_USERS_NAME": None, "CLI_ROLES_NAME": None, "CSRF_COOKIE_NAME": None,
        "POST_LOGIN_VIEW": "/", "POST_LOGOUT_VIEW": "/sign-in", "POST_CHANGE_VIEW": "/account",
        "TWO_FACTOR_POST_SETUP_VIEW": "/account", "WAN_POST_REGISTER_VIEW": "/account",
        **{f"{name}_TEMPLATE": f"{page}.html" for name, page in _PAGES.items()},
        **{f"{name}_URL": address for name, address in _ADDRESSES.items()},
        **{f"MSG_{name}": (say(told), kind) for name, (told, kind) in _MESSAGES.items()},
    }  # fmt: skip
    return {f"SECURITY_{name}": value for name, value in given.items()}


_MESSAGES = {
    "GENERIC_AUTHN_FAILED": ("E-mail or password is wrong.", "error"),
    "UNAUTHENTICATED": ("Please sign in.", "info"),
    "REAUTHENTICATION_REQUIRED": ("Please say again that it is you.", "info"),
    "REAUTHENTICATION_SUCCESSFUL": ("Thank you.", "success"),
    "PASSWORD_MISMATCH": ("The two are not the same.", "error"),
    "RETYPE_PASSWORD_MISMATCH": ("The two are not the same.", "error"),
    "INVALID_PASSWORD": ("That is not your password.", "error"),
    "PASSWORD_NOT_PROVIDED": ("Type a password.", "error"),
    "PASSWORD_IS_THE_SAME": ("That is your password already.", "error"),
    "PASSWORD_CHANGE": ("Your password is changed. You are signed out everywhere else.", "success"),
    "EMAIL_NOT_PROVIDED": ("Type your e-mail address.", "error"),
    "INVALID_EMAIL_ADDRESS": ("That is no e-mail address.", "error"),
    "TWO_FACTOR_INVALID_TOKEN": ("That code is wrong, too old, or was used already. Wait for the next one.", "error"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": ("You are signed in.", "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": ("The app is set up.", "success"),
    "TWO_FACTOR_PERMISSION_DENIED": ("Please begin again with your password.", "error"),
    "TWO_FACTOR_SETUP_EXPIRED": ("That took too long. Please begin again.", "error"),
    "INVALID_RECOVERY_CODE": ("That is none of your recovery codes, or it was used already.", "error"),
    "WEBAUTHN_NAME_REQUIRED": ("Give it a name.", "error"),
    "WEBAUTHN_NAME_INUSE": ("You have one of that name.", "error"),
    "WEBAUTHN_NAME_NOT_FOUND": ("You have none of that name.", "error"),
    "WEBAUTHN_EXPIRED": ("That took too long. Please begin again.", "error"),
    "WEBAUTHN_NO_VERIFY": ("The passkey was not accepted.", "error"),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": ("The passkey was not accepted.", "error"),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": ("The passkey was not accepted.", "error"),
    "WEBAUTHN_MISMATCH_USER_HANDLE": ("The passkey was not accepted.", "error"),
    "WEBAUTHN_REGISTER_SUCCESSFUL": ("The passkey is set up.", "success"),
    "WEBAUTHN_CREDENTIAL_DELETED": ("The passkey is removed.", "success"),
    "DISABLED_ACCOUNT": ("E-mail or password is wrong.", "error"),
    "API_ERROR": ("That did not work. Please begin again.", "error"),
}
