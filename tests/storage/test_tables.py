from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, Text, insert, select
from sqlalchemy.exc import StatementError

from bot.storage.database import reading
from bot.storage.staff.tables import StaffBase
from bot.storage.tables import Base, ReleaseRow

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROW = {"number": 1, "digest": "0" * 64, "note": "", "document": "{}"}

#: Every column there is. A new one is added here by hand, after asking: could it ever point at a texter?
FIGURE = {"period", "kind", "first", "second", "n"}
COLUMNS = {
    "release": {"number", "digest", "note", "published_at", "document"},
    "count_open": FIGURE,
    "count_hidden": FIGURE,
    "count_published": FIGURE,
    "count_closed": {"period", "digest", "mended"},
    "count_writer": {"writer", "batch"},
    "bulletin": {"number", "kind", "entry", "phone", "on", "by", "body"},
    "draft": {"part", "body", "origin", "by", "at"},
    "draft_version": {"part", "version", "body", "by", "at", "aside"},
    "review": {
        *{"number", "parts", "note", "submitted_by", "submitted_at"},
        *{"approved_by", "approved_at", "alone", "state", "release"},
    },
    "transcript": {"name", "body", "by", "at"},
    "scrub": {"number", "digest", "asked_by", "asked_at", "done_by", "done_at", "releases"},
    "audit": {"number", "at", "by", "act", "about", "detail", "digest"},
    "audit_end": {"which", "number", "digest"},
    "imported": {"service", "source", "source_id", "entry", "merged", "hsds", "drawn", "gone"},
    # The staff door: members of staff only.
    "staff_role": {"id", "name"},
    "staff_roles": {"staff_id", "role_id"},
    "staff": {
        *{"id", "email", "initials", "password", "active", "fs_uniquifier", "fs_webauthn_user_handle"},
        *{"tf_primary_method", "tf_totp_secret", "totp_counter", "mf_recovery_codes", "joined_at", "factor_due"},
    },
    "staff_passkey": {
        *{"id", "credential_id", "public_key", "sign_count", "transports", "backup_state", "device_type"},
        *{"extensions", "lastuse_datetime", "name", "usage", "user_id"},
    },
    "staff_session": {"digest", "member", "data", "made_at", "used_at"},
    "staff_invitation": {"digest", "email", "role", "ends_at"},
}
TABLES = {**Base.metadata.tables, **StaffBase.metadata.tables}


def test_every_column_was_looked_at_by_a_person() -> None:
    assert {name: set(table.columns.keys()) for name, table in TABLES.items()} == COLUMNS


def test_no_text_has_a_length_limit() -> None:
    columns = [column for table in TABLES.values() for column in table.columns]
    texts = [column for column in columns if column.type.python_type is str]
    assert texts
    assert [column for column in texts if not isinstance(column.type, Text)] == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (NOON, NOON),
        (NOON.replace(microsecond=999_999), NOON),
        (NOON.astimezone(timezone(timedelta(hours=-6))), NOON),
        (datetime(2027, 3, 14, 2, 30, 1, tzinfo=UTC), datetime(2027, 3, 14, 2, 30, 1, tzinfo=UTC)),
    ],
    ids=["utc", "parts of a second", "another zone", "an hour Chicago skips"],
)
def test_a_moment_comes_back_in_utc_to_the_second(engine: Engine, given: datetime, kept: datetime) -> None:
    with engine.begin() as connection:
        connection.execute(insert(ReleaseRow).values(ROW | {"published_at": given}))
    with reading(engine) as connection:
        moment = connection.execute(select(ReleaseRow.published_at)).scalar_one()
    assert moment == kept
    assert moment.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="without a time zone"), engine.begin() as connection:
        connection.execute(insert(ReleaseRow).values(ROW | {"published_at": NOON.replace(tzinfo=None)}))
