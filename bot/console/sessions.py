"""Sessions of our own: what a browser holds is a random id, and everything else is here, where it can be ended.

Until a password or passkey was right there is nobody to end, and strangers must not fill a table: what little a
page for strangers needs stands in the cookie itself, signed.
"""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, g
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.datastructures import CallbackDict

from bot.console.desk import Desk
from bot.storage.database import DatabaseError
from bot.storage.staff import sessions
from bot.storage.staff.sessions import Held

#: What the cookie of somebody begins with whose session is kept here; no signed one has a colon there.
_KEPT = "kept:"
#: A sign-in page that was opened this long ago can still be sent.
STRANGERS = timedelta(hours=24)
#: What Flask-Login would keep: a digest of address and browser, and whether to be remembered. We do neither.
_NOT_KEPT = ("_id", "_remember", "_remember_seconds")


class StaffSession(CallbackDict[str, Any], SessionMixin):
    """What is known of one browser; `name` is its id when it is kept in the database."""

    def __init__(
        self, found: dict[str, Any] | None = None, *, name: str = "", held: Held | None = None, away: bool = False
    ) -> None:
        super().__init__(found, lambda _: setattr(self, "modified", True))
        self.name = name
        self.held = held
        self.whose = _whose(self)
        self.modified = False
        #: Set where a member proved more than before: they get a new id.
        self.renew = False
        #: Set where the database could not be asked whose it is; the cookie is left as it was.
        self.away = away


class StaffSessions(SessionInterface):
    """Opens and saves sessions. An id changes whenever somebody signs in, and whenever they prove more."""

    def __init__(self, desk: Desk, *, cookie: str, secure: bool) -> None:
        self._desk = desk
        self._cookie = cookie
        self._secure = secure
        self._json = TaggedJSONSerializer()

    def open_session(self, app: Flask, request: Request) -> StaffSession:
        """Return what is known of the browser; nothing, when its cookie is none of ours or ran out."""
        value = request.cookies.get(self._cookie, "")
        if value.startswith(_KEPT):
            name = value.removeprefix(_KEPT)
            try:
                held = sessions.find(self._desk.database, name, now=self._desk.now)
            except DatabaseError:
                return StaffSession(away=True)
            if held is None:
                return StaffSession()
            return StaffSession(self._json.loads(held.data), name=name, held=held)
        try:
            found = self._signed(app).loads(value, max_age=int(STRANGERS.total_seconds()))
        except BadSignature:
            return StaffSession()
        return StaffSession(found)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed, in the database once somebody proved something, else in the cookie."""
        if not isinstance(session, StaffSession) or session.away or request_is_static():
            return
        for name in _NOT_KEPT:
            session.pop(name, None)
        whose = _whose(session)
        try:
            member = self._desk.store.member_of(whose[1]) if whose[1] else None
        except DatabaseError:
            return  # the answer says that the database is away; the cookie is left as it was
        self._desk.store.release()
        if member is None:
            self._save_stranger(app, session, response)
        elif session.name and session.whose == whose and not session.renew:
            if session.modified:
                sessions.change(self._desk.database, session.name, self._json.dumps(dict(session)))
        else:
            if session.name:
                sessions.end(self._desk.database, session.name)
            data = self._json.dumps(dict(session))
            since = _goes_on_since(session, member, whose[0])
            name = sessions.begin(self._desk.database, member, data, now=self._desk.now, since=since)
            self._set(response, _KEPT + name)

    def _save_stranger(self, app: Flask, session: StaffSession, response: Response) -> None:
        if session.name:
            sessions.end(self._desk.database, session.name)
        for name in ("_user_id", "_fresh", "fs_paa", "tf_user_id", "tf_state"):
            session.pop(name, None)
        if session.modified or session.name:
            self._set(response, self._signed(app).dumps(dict(session)))

    def _set(self, response: Response, value: str) -> None:
        response.set_cookie(
            self._cookie, value, path="/", secure=self._secure, httponly=True, samesite="Strict", max_age=None
        )

    def _signed(self, app: Flask) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer([str(app.secret_key)], salt="stranger", serializer=self._json)


def request_is_static() -> bool:
    """Say whether the request was for a file that everybody may have; it must not touch a session."""
    return bool(g.get("static", False))


def _goes_on_since(session: StaffSession, member: int, proven: str) -> datetime | None:
    """Return when the session began that goes on under a new id; None when somebody signs in."""
    held = session.held
    return held.made_at if held and (held.member, session.whose[0]) == (member, proven) else None


def _whose(session: CallbackDict[str, Any]) -> tuple[str, str]:
    """Return what was proven, and by whom: signed in, or only the password so far."""
    for proven in ("_user_id", "tf_user_id"):
        if session.get(proven):
            return proven, str(session[proven])
    return "", ""
