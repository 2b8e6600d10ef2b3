"""The members of staff: who there is, their roles, letting them in and out."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from bot.storage.database import reading
from bot.storage.staff.tables import InvitationRow, PasskeyRow, RoleRow, SessionRow, StaffRow, staff_roles

#: The role that may invite others; one who may sign in must always be left.
ADMIN = "admin"
#: Taken by whoever changes who may sign in, so that two admins cannot take each other's rights away at once.
POSTGRES_LOCK = 0x7175_6965_7473_7461


class LastAdminError(Exception):
    """The last admin who can sign in would have lost that right."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff as others may see them."""

    id: int
    email: str
    initials: str
    role: str
    active: bool
    joined_at: datetime | None
    totp: bool
    passkeys: int
    codes: int


def people(engine: Engine) -> list[Person]:
    """Return every member, by e-mail."""
    passkeys = select(func.count()).where(PasskeyRow.user_id == StaffRow.id).scalar_subquery()
    row = StaffRow
    query = (
        select(row.id, row.email, row.initials, row.active, row.joined_at, RoleRow.name.label("role"))
        .add_columns(row.tf_totp_secret.is_not(None).label("totp"), passkeys.label("passkeys"), row.mf_recovery_codes)
        .outerjoin(staff_roles, staff_roles.c.staff_id == row.id)
        .outerjoin(RoleRow, RoleRow.id == staff_roles.c.role_id)
        .order_by(row.email)
    )
    with reading(engine) as connection:
        return [
            Person(
                one.id, one.email, one.initials, one.role or "", one.active, one.joined_at,
                bool(one.totp), one.passkeys, len(one.mf_recovery_codes or ()),
            )
            for one in connection.execute(query)
        ]  # fmt: skip


def person(engine: Engine, number: int) -> Person | None:
    """Return one member, None when there is none of that number."""
    return next((one for one in people(engine) if one.id == number), None)


def owner_of(engine: Engine, passkey: bytes) -> str:
    """Return the e-mail of who has the passkey of that id, "" when nobody has."""
    query = select(StaffRow.email).join(PasskeyRow, PasskeyRow.user_id == StaffRow.id)
    with reading(engine) as connection:
        return connection.scalar(query.where(PasskeyRow.credential_id == passkey)) or ""


def set_role(engine: Engine, number: int, role: str) -> None:
    """Give a member another role, and end their sessions. Raises LastAdminError."""
    with _changing(engine, number) as connection:
        give_role(connection, number, role)


def set_active(engine: Engine, number: int, *, active: bool) -> None:
    """Let a member sign in or not; their sessions end, and a link they may hold is void. Raises LastAdminError."""
    with _changing(engine, number) as connection:
        connection.execute(update(StaffRow).where(StaffRow.id == number).values(active=active))
        if not active:
            email = select(StaffRow.email).where(StaffRow.id == number).scalar_subquery()
            connection.execute(delete(InvitationRow).where(InvitationRow.email == email))


def strip(engine: Engine, number: int) -> None:
    """Take password, second factors, recovery codes and sessions from a member: they need a new invitation.

    Raises LastAdminError.
    """
    with _changing(engine, number) as connection:
        take_factors(connection, number)
        connection.execute(update(StaffRow).where(StaffRow.id == number).values(password=None, joined_at=None))


def take_factors(connection: Connection, number: int) -> None:
    """Take second factors, recovery codes and sessions from a member in the transaction of somebody else."""
    connection.execute(delete(PasskeyRow).where(PasskeyRow.user_id == number))
    connection.execute(delete(SessionRow).where(SessionRow.member == number))
    nothing = dict.fromkeys(("tf_primary_method", "tf_totp_secret", "totp_counter", "factor_due", "mf_recovery_codes"))
    changes = {**nothing, "fs_uniquifier": uuid.uuid4().hex}
    connection.execute(update(StaffRow).where(StaffRow.id == number).values(changes))


def give_role(connection: Connection, number: int, role: str) -> None:
    """Give a member a role in the transaction of somebody else; the role is made when it is new."""
    found = connection.scalar(select(RoleRow.id).where(RoleRow.name == role))
    if found is None:
        found = connection.scalar(insert(RoleRow).values(name=role).returning(RoleRow.id))
    connection.execute(delete(staff_roles).where(staff_roles.c.staff_id == number))
    connection.execute(insert(staff_roles).values(staff_id=number, role_id=found))


@contextmanager
def turn(engine: Engine) -> Iterator[Connection]:
    """Give a transaction in which nobody else changes who may sign in."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(POSTGRES_LOCK)))
        yield connection


@contextmanager
def _changing(engine: Engine, number: int) -> Iterator[Connection]:
    """Give a transaction that ends a member's sessions, and undo it when no admin would be left."""
    with turn(engine) as connection:
        before = _admins(connection)
        yield connection
        if before and not _admins(connection):
            raise LastAdminError
        connection.execute(delete(SessionRow).where(SessionRow.member == number))


def _admins(connection: Connection) -> int:
    """Count the admins who can sign in."""
    query = (
        select(func.count())
        .select_from(StaffRow)
        .join(staff_roles, staff_roles.c.staff_id == StaffRow.id)
        .join(RoleRow, RoleRow.id == staff_roles.c.role_id)
        .where(RoleRow.name == ADMIN, StaffRow.active, StaffRow.password.is_not(None))
    )
    return connection.scalar(query) or 0
