"""The tables of the staff door: who may sign in, with what, and who is signed in now. Nothing about a texter.

They have a base of their own: these models need Flask-Security, and nothing the line loads may bring that in.
"""

from datetime import datetime
from typing import Any

from flask_security import AsaList, RoleMixin, UserMixin, WebAuthnMixin
from sqlalchemy import Column, ForeignKey, MetaData, Table, Text
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from bot.storage.tables import Base, UtcSeconds


class Words(AsaList):
    """A few words without commas, in one text."""

    cache_ok = True


class StaffBase(DeclarativeBase):
    """What every table of the staff door shares."""

    metadata = MetaData(naming_convention=Base.metadata.naming_convention)
    type_annotation_map = {str: Text, datetime: UtcSeconds}


#: Who has which role. A member has one; Flask-Security could hold several.
staff_roles = Table(
    "staff_roles",
    StaffBase.metadata,
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("staff_role.id", ondelete="CASCADE"), primary_key=True),
)


class RoleRow(StaffBase, RoleMixin):
    """A role: viewer, editor, approver, admin."""

    __tablename__ = "staff_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class StaffRow(StaffBase, UserMixin):
    """A member of staff. No address they came from, no count of visits: who signed in when is in the audit."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    #: What checks and bulletins are signed with.
    initials: Mapped[str]
    #: argon2id. NULL until the invitation was taken up.
    password: Mapped[str | None]
    active: Mapped[bool]
    #: What a session names them by; a new one ends whatever named the old one.
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(unique=True)  # type: ignore[assignment]
    tf_primary_method: Mapped[str | None]
    #: Encrypted under SECRET_KEY.
    tf_totp_secret: Mapped[str | None]
    #: The step of the last code that was taken, so that none is taken twice.
    totp_counter: Mapped[int | None]
    #: Digests, each good for one sign-in.
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(Words()))
    joined_at: Mapped[datetime | None]
    #: Until when a second factor may be set up with the password alone.
    factor_due: Mapped[datetime | None]

    roles: Mapped[list[RoleRow]] = relationship(secondary=staff_roles, lazy="selectin")  # type: ignore[assignment]
    webauthn: Mapped[list["PasskeyRow"]] = relationship(  # type: ignore[assignment]
        back_populates="user", cascade="all, delete-orphan", lazy="selectin"
    )

    def check_tf_required_setup(self) -> bool:
        """Never offer to switch the second factor off: replacing it is a page of its own."""
        return True

    @property
    def has_factor(self) -> bool:
        """Whether there is anything beyond the password."""
        return bool(self.tf_totp_secret or self.webauthn)


class PasskeyRow(StaffBase, WebAuthnMixin):
    """A passkey: the public half, and what its owner calls it."""

    __tablename__ = "staff_passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int | None]  # type: ignore[assignment]
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(Words()))
    backup_state: Mapped[bool]
    device_type: Mapped[str]
    extensions: Mapped[str | None]
    lastuse_datetime: Mapped[datetime]
    name: Mapped[str]
    usage: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)

    user: Mapped[StaffRow] = relationship(back_populates="webauthn")

    def get_user_mapping(self) -> dict[str, Any]:
        """Return what finds the owner."""
        return {"id": self.user_id}


class SessionRow(StaffBase):
    """Somebody whose password or passkey was right, in one browser, until they sign out or it runs out."""

    __tablename__ = "staff_session"

    #: SHA-256 of the id in the cookie: who reads the table can be nobody.
    digest: Mapped[str] = mapped_column(primary_key=True)
    member: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    #: JSON of what Flask keeps.
    data: Mapped[str]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime]


class InvitationRow(StaffBase):
    """A link that lets one person in, once. Deleted when it is taken up or a newer one is made."""

    __tablename__ = "staff_invitation"

    #: SHA-256 of the word in the link.
    digest: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    ends_at: Mapped[datetime]
