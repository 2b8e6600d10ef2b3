"""Invitations: a link that lets one person in, once, for three days."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, select, update

from bot.storage.database import reading
from bot.storage.staff.members import give_role, take_factors, turn
from bot.storage.staff.sessions import digest
from bot.storage.staff.tables import InvitationRow, StaffRow

#: How long a link holds, and how long after joining a second factor may be set up with the password alone.
HOLDS = timedelta(hours=72)


class InvitationError(Exception):
    """An invitation was used up, replaced by a newer one, or too old."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who was invited, as what, until when."""

    email: str
    role: str
    ends_at: datetime


def invite(engine: Engine, email: str, role: str, *, now: datetime) -> str:
    """Invite somebody and return the word their link ends with; an older invitation of theirs is void.

    Only its digest is kept, so it can be shown once.
    """
    word, email = secrets.token_urlsafe(32), email.lower()
    with turn(engine) as connection:
        connection.execute(delete(InvitationRow).where((InvitationRow.email == email) | (InvitationRow.ends_at <= now)))
        connection.execute(
            insert(InvitationRow).values(digest=digest(word), email=email, role=role, ends_at=now + HOLDS)
        )
    return word


def waiting(engine: Engine, *, now: datetime) -> list[Invitation]:
    """Return the invitations nobody has taken up, by e-mail."""
    row = InvitationRow
    with reading(engine) as connection:
        found = connection.execute(
            select(row.email, row.role, row.ends_at).where(row.ends_at > now).order_by(row.email)
        )
        return [Invitation(*one) for one in found]


def find(engine: Engine, word: str, *, now: datetime) -> Invitation | None:
    """Return the invitation a link is for, None when it holds no more."""
    row = InvitationRow
    query = select(row.email, row.role, row.ends_at).where(row.digest == digest(word), row.ends_at > now)
    with reading(engine) as connection:
        found = connection.execute(query).one_or_none()
    return Invitation(*found) if found else None


def withdraw(engine: Engine, email: str) -> None:
    """Make the invitation of somebody void."""
    with turn(engine) as connection:
        connection.execute(delete(InvitationRow).where(InvitationRow.email == email))


def accept(engine: Engine, word: str, *, password: str, initials: str, now: datetime) -> str:
    """Let somebody in who holds a link: a new member, or one who starts over. Return what a session names them by.

    `password` is hashed already. Raises InvitationError when the link holds no more; two who use it at once
    take turns.
    """
    row = InvitationRow
    with turn(engine) as connection:
        chosen = row.digest == digest(word)
        found = connection.execute(select(row.email, row.role).where(chosen, row.ends_at > now)).one_or_none()
        if found is None:
            raise InvitationError
        connection.execute(delete(row).where(chosen))
        values = {
            "initials": initials, "password": password, "active": True, "fs_uniquifier": uuid.uuid4().hex,
            "joined_at": now, "factor_due": now + HOLDS,
        }  # fmt: skip
        number = connection.scalar(select(StaffRow.id).where(StaffRow.email == found.email))
        if number is None:
            values |= {"email": found.email, "fs_webauthn_user_handle": uuid.uuid4().hex}
            number = connection.execute(insert(StaffRow).values(values).returning(StaffRow.id)).scalar_one()
        else:
            take_factors(connection, number)
            connection.execute(update(StaffRow).where(StaffRow.id == number).values(values))
        give_role(connection, number, found.role)
    return str(values["fs_uniquifier"])
