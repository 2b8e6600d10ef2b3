"""The second factors: codes from an app, passkeys, and recovery codes for the day a phone is lost."""

import hmac
import secrets
from base64 import b64encode
from typing import Any

from argon2 import low_level
from flask import current_app, redirect, session, url_for
from flask_security import MfRecoveryCodesUtil, Totp, WebauthnUtil
from flask_security.tf_plugin import TfPluginBase
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from bot.console.desk import desk
from bot.console.guard import note
from bot.storage.audit import Act

#: argon2id for recovery codes: as for passwords. The codes made at once share a salt, so that a try costs one digest.
_SALT, _MEMORY, _TIME = 16, 19456, 3


class Codes(Totp):
    """Codes from an authenticator app, each of which is taken once."""

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Return the secret as a picture that stands in the page; one path, so that no seam shows."""
        import qrcode
        from qrcode.image.svg import SvgPathImage

        drawn = qrcode.make(self.get_totp_uri(username, totp), image_factory=SvgPathImage).to_string()
        return f"data:image/svg+xml;base64,{b64encode(drawn).decode('ascii')}"

    def get_last_counter(self, user: Any) -> int | None:
        """Return the step of the last code that was taken."""
        found: int | None = user.totp_counter
        return found

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Remember the step of a code that was taken; it is written with the rest of the sign-in."""
        user.totp_counter = tmatch.counter
        desk().store.keep(user)


class Passkeys(WebauthnUtil):
    """Passkeys that find their owner and make sure of them: with a finger, a face or a PIN."""

    def origin(self) -> str:
        """Return the one address a passkey may be used at."""
        return desk().settings.console_base_url

    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        """Ask for a passkey that needs no name typed, in whatever device the owner has."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )

    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:
        """Make sure of the owner each time: that is what makes a passkey two factors."""
        return UserVerificationRequirement.REQUIRED


class RecoveryCodes(MfRecoveryCodesUtil):
    """Recovery codes, of which only digests are kept: they are shown once, when they are made."""

    def create_recovery_codes(self, user: Any) -> list[str]:
        """Make new codes, which make older ones void, and have that written down."""
        note(Act.FACTOR_ADDED, user, factor="recovery codes")
        made: list[str] = super().create_recovery_codes(user)
        return made

    def get_recovery_codes(self, user: Any) -> list[str]:
        """Return none: they cannot be shown again."""
        return []

    def check_recovery_code(self, user: Any, code: str) -> bool:
        """Say whether it is one that was not used yet."""
        return self._place(user, code) is not None

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        """Use a code up."""
        place = self._place(user, code)
        return place is not None and bool(desk().store.datastore.mf_delete_recovery_code(user, place))

    def _encrypt_codes(self, codes: list[str]) -> list[str]:
        salt = secrets.token_bytes(_SALT)
        return [_digest(code, salt) for code in codes]

    def _place(self, user: Any, code: str) -> int | None:
        kept = desk().store.datastore.mf_get_recovery_codes(user)
        if not kept:
            return None
        sought = _digest(code, bytes.fromhex(kept[0].partition(":")[0]))
        return next((n for n, one in enumerate(kept) if hmac.compare_digest(one, sought)), None)


class PasskeyInstead(TfPluginBase):
    """What comes after the password of somebody who has a passkey and no app: the passkey.

    Flask-Security would take a passkey that is both factors for no second factor at all, and let the password
    alone suffice.
    """

    def get_setup_methods(self, user: Any) -> list[tuple[str, str]]:
        """Return the passkey where it is the only second factor."""
        return [("webauthn", "webauthn")] if user.webauthn and not user.tf_totp_secret else []

    def create_blueprint(self, app: Any, bp: Any, state: Any) -> None:
        """Add nothing: the pages for passkeys are there already."""

    def tf_login(self, user: Any, json_payload: dict[str, Any], next_loc: str | None) -> Any:
        """Lead to the passkey, or to a recovery code."""
        session["tf_state"] = "ready"
        return redirect(url_for("security.wan_signin", next=next_loc or None))


def _digest(code: str, salt: bytes) -> str:
    """Return what a recovery code is kept as. Typed with blanks, in capitals or without its strokes, it is the same.

    It has 48 bits, too few for a plain digest: so a slow one, under a key that is not in the database.
    """
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    key = str(current_app.secret_key).encode()
    keyed = hmac.digest(key, f"recovery {plain}".encode(), "sha256")
    kind = low_level.Type.ID
    slow = low_level.hash_secret_raw(keyed, salt, _TIME, _MEMORY, parallelism=1, hash_len=32, type=kind)
    return f"{salt.hex()}:{slow.hex()}"
