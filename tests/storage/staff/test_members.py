"""Members, invitations and sessions, on both databases."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select, update

from bot.storage.database import connect
from bot.storage.staff import invitations, members, sessions
from bot.storage.staff.store import Store
from bot.storage.staff.tables import InvitationRow, PasskeyRow, SessionRow, StaffRow
from tests.databases import Database
from tests.storage.races import race

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

JOIN_TOGETHER = """
import sys
from datetime import UTC, datetime
from bot.storage.database import connect
from bot.storage.staff import invitations
print("ready", flush=True)
sys.stdin.readline()
engine = connect(sys.argv[1])
try:
    invitations.accept(engine, sys.argv[2], password="x", initials="AB", now=datetime(2026, 11, 23, 12, tzinfo=UTC))
    print("in")
except invitations.InvitationError:
    print("out")
engine.dispose()
"""


def join(engine: Engine, email: str, role: str = "admin", *, now: datetime = NOON) -> int:
    """Let somebody in; give their number."""
    word = invitations.invite(engine, email, role, now=now)
    name = invitations.accept(engine, word, password="hash", initials="AB", now=now)
    store = Store(engine)
    number = store.member_of(name)
    store.release()
    assert number is not None
    return number


def count(engine: Engine, row: type) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(row)) or 0


def uniquifier(engine: Engine, number: int) -> str:
    with engine.connect() as connection:
        return connection.execute(select(StaffRow.fs_uniquifier).where(StaffRow.id == number)).scalar_one()


def test_who_joins_is_there_with_their_role(engine: Engine) -> None:
    number = join(engine, "Ana@Example.org", "editor")
    (ana,) = members.people(engine)
    assert (ana.id, ana.email, ana.role, ana.active, ana.joined_at) == (number, "ana@example.org", "editor", True, NOON)
    assert members.person(engine, number) == ana
    assert members.person(engine, number + 1) is None


def test_an_invitation_is_good_until_its_moment_and_kept_as_a_digest(engine: Engine) -> None:
    word = invitations.invite(engine, "ana@example.org", "viewer", now=NOON)
    before, after = NOON + timedelta(hours=71, minutes=59), NOON + timedelta(hours=72)
    assert invitations.find(engine, word, now=before) == invitations.Invitation("ana@example.org", "viewer", after)
    assert invitations.waiting(engine, now=before)
    assert invitations.find(engine, word, now=after) is None
    assert invitations.waiting(engine, now=after) == []
    with pytest.raises(invitations.InvitationError):
        invitations.accept(engine, word, password="hash", initials="AB", now=after)
    with engine.connect() as connection:
        assert word not in str(connection.execute(select(InvitationRow.__table__)).all())


def test_an_invitation_that_was_withdrawn_is_void(engine: Engine) -> None:
    word = invitations.invite(engine, "ana@example.org", "viewer", now=NOON)
    invitations.withdraw(engine, "ana@example.org")
    assert invitations.find(engine, word, now=NOON) is None


def test_only_one_of_those_who_use_a_link_at_once_gets_in(engine: Engine, database: Database) -> None:
    word = invitations.invite(engine, "ana@example.org", "viewer", now=NOON)
    assert sorted(race(JOIN_TOGETHER, database.url, word)) == [["in"], ["out"], ["out"]]
    assert count(engine, StaffRow) == 1


def test_who_joins_again_starts_over(engine: Engine) -> None:
    number = join(engine, "ana@example.org", "viewer")
    sessions.begin(engine, number, "{}", now=NOON)
    with engine.begin() as connection:
        connection.execute(update(StaffRow).values(tf_totp_secret="secret", totp_counter=3))
    assert join(engine, "ana@example.org", "editor") == number
    (ana,) = members.people(engine)
    assert (ana.role, ana.totp) == ("editor", False)
    assert count(engine, SessionRow) == 0


def test_who_is_shut_out_cannot_come_back_by_a_link_made_before(engine: Engine) -> None:
    join(engine, "first@example.org")
    number = join(engine, "ana@example.org", "viewer")
    word = invitations.invite(engine, "ana@example.org", "viewer", now=NOON)
    members.set_active(engine, number, active=False)
    with pytest.raises(invitations.InvitationError):
        invitations.accept(engine, word, password="hash", initials="AB", now=NOON)


def test_what_goes_with_a_member(engine: Engine) -> None:
    join(engine, "first@example.org")
    number = join(engine, "ana@example.org", "viewer")
    store = Store(engine)
    store.write_ahead()
    store.datastore.db.session.add(
        PasskeyRow(
            credential_id=b"1", public_key=b"2", sign_count=0, transports=["usb", "nfc"], backup_state=False,
            device_type="single_device", lastuse_datetime=NOON, name="key", usage="first", user_id=number,
        )
    )  # fmt: skip
    store.datastore.commit()  # type: ignore[no-untyped-call]
    found = store.named(uniquifier(engine, number))
    store.release()
    assert (found.has_factor, found.webauthn[0].transports) == (True, ["usb", "nfc"])
    members.strip(engine, number)
    assert (count(engine, PasskeyRow), members.person(engine, number).passkeys) == (0, 0)  # type: ignore[union-attr]


LOSSES: list[Callable[[Engine, int], None]] = [
    lambda engine, number: members.set_role(engine, number, "viewer"),
    lambda engine, number: members.set_active(engine, number, active=False),
    members.strip,
]


@pytest.mark.parametrize("lose", LOSSES, ids=["role", "active", "strip"])
def test_the_last_admin_who_can_sign_in_is_kept(engine: Engine, lose: Callable[[Engine, int], None]) -> None:
    ana, ben = join(engine, "ana@example.org"), join(engine, "ben@example.org")
    session = sessions.begin(engine, ben, "{}", now=NOON)
    lose(engine, ana)
    before = members.people(engine)
    with pytest.raises(members.LastAdminError):
        lose(engine, ben)
    assert members.people(engine) == before
    assert sessions.find(engine, session, now=NOON)


@pytest.mark.parametrize("lose", LOSSES, ids=["role", "active", "strip"])
def test_whose_rights_change_is_signed_out(engine: Engine, lose: Callable[[Engine, int], None]) -> None:
    join(engine, "ana@example.org")
    number = join(engine, "ben@example.org", "editor")
    name = sessions.begin(engine, number, "{}", now=NOON)
    lose(engine, number)
    assert sessions.find(engine, name, now=NOON) is None


@pytest.mark.parametrize(
    ("used_at", "asked_at", "there"),
    [
        ([], 59, True),
        ([], 60, False),
        ([30], 89, True),
        ([30], 90, False),
        (range(50, 1440, 50), 1439, True),
        (range(50, 1440, 50), 1440, False),
    ],
    ids=["idle 59", "idle 60", "used", "used, then idle", "busy", "a day"],
)
def test_how_long_a_session_lasts(engine: Engine, used_at: list[int], asked_at: int, there: bool) -> None:
    name = sessions.begin(engine, join(engine, "ana@example.org"), '{"a": 1}', now=NOON)
    for minutes in used_at:
        assert sessions.find(engine, name, now=NOON + timedelta(minutes=minutes))
    found = sessions.find(engine, name, now=NOON + timedelta(minutes=asked_at))
    assert (found is not None) is there
    assert found is None or (found.data, found.made_at) == ('{"a": 1}', NOON)


def test_sessions_that_ran_out_are_deleted_and_ended_ones_stay_ended(engine: Engine) -> None:
    number = join(engine, "ana@example.org")
    old = sessions.begin(engine, number, "{}", now=NOON)
    new = sessions.begin(engine, number, "{}", now=NOON + timedelta(hours=2))
    assert count(engine, SessionRow) == 1
    sessions.end(engine, new)
    sessions.change(engine, new, '{"back": true}')
    assert sessions.find(engine, new, now=NOON + timedelta(hours=2)) is None
    assert sessions.find(engine, old, now=NOON) is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_looking_who_is_signed_in_waits_for_no_writer(engine: Engine, database: Database) -> None:
    name = uniquifier(engine, join(engine, "ana@example.org"))
    other = connect(database.url)
    with other.begin() as writing:
        writing.execute(update(StaffRow).values(initials="CD"))
        store = Store(engine)
        assert store.named(name).email == "ana@example.org"
        store.release()
    other.dispose()
