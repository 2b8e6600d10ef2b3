"""What Flask-Security reads and writes members through, and nothing held open between its steps."""

from flask_security import SQLAlchemySessionUserDatastore
from sqlalchemy import Engine, select
from sqlalchemy.orm import scoped_session, sessionmaker

from bot.storage.staff.tables import PasskeyRow, RoleRow, StaffRow


class Store:
    """The members as Flask-Security wants them: one session a thread, which nobody leaves open.

    A transaction that stayed open while a page works would make SQLite wait for itself.
    """

    def __init__(self, engine: Engine) -> None:
        # Looking up who is signed in must never wait for a writer.
        looking = engine.execution_options(sqlite_begin="DEFERRED")
        self._session = scoped_session(sessionmaker(looking, expire_on_commit=False))
        self.datastore = SQLAlchemySessionUserDatastore(self._session, StaffRow, RoleRow, PasskeyRow)

    def release(self) -> None:
        """End what was begun and not committed, and let go of the connection; members read so far can be read on."""
        self._session.remove()

    def write_ahead(self) -> None:
        """Take SQLite's write lock before anything is read, so that what is read is still true when it is written."""
        self._session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})

    def keep(self, member: StaffRow) -> None:
        """Have a change to a member written with the next commit."""
        self._session.add(member)

    def named(self, uniquifier: str) -> StaffRow:
        """Return the member a session names. Raises NoResultFound when there is none."""
        return self._session.scalars(select(StaffRow).where(StaffRow.fs_uniquifier == uniquifier)).one()

    def member_of(self, uniquifier: str) -> int | None:
        """Return the number of the member that a session names, None when there is none."""
        return self._session.scalar(select(StaffRow.id).where(StaffRow.fs_uniquifier == uniquifier))
