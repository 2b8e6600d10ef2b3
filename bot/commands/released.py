"""The release in use, as imports and exports look at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot import opened
from bot.directory.plan_rows import Table
from bot.directory.service import Doc
from bot.directory.writing.from_entry import leaving, service_of
from bot.directory.writing.kept import unpacked
from bot.directory.writing.own import own_area, own_facts, without_own
from bot.referral.choose import today_in
from bot.referral.content import Content
from bot.referral.entry import Entry
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.document import Document
from bot.storage.releases import Mark, newest, read

_ENTRIES = "entries/"
#: What of a service changes with checks and pauses, and not with its entry.
_CHECKED = frozenset({"assured_date", "assurer_email", "status"})


@dataclass(frozen=True, slots=True)
class Live:
    """The release in use: its mark, its entries as their files hold them, and as they leave in an export.

    Where the database holds no release, `content` and `document` are the default's and none of its entries is live.
    """

    content: Content
    document: Document
    today: date
    mark: Mark | None = None
    tables: Mapping[str, tuple[str, Table]] = field(default_factory=dict)
    leaving: Mapping[str, Entry] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings, database: Database | None) -> "Live":
        """Read it. Raises ClickException when there is nothing to answer from, DatabaseError."""
        mark = newest(database) if database is not None else None
        if database is None or mark is None:
            document, content = opened.files(settings)
            return cls(content, document, today_in(content, "", datetime.now(UTC)))
        return cls.holding(read(database, mark.number).document, opened.answering(settings), mark)

    @classmethod
    def holding(cls, document: Document, content: Content, mark: Mark) -> "Live":
        """Return a release that was read already: its document, and what texters are answered from."""
        today = today_in(content, "", datetime.now(UTC))
        tables = {
            table["id"]: (file.removeprefix(_ENTRIES).removesuffix(".toml"), table)
            for file, held in document.items()
            if file.startswith(_ENTRIES)
            for table in held.get("entry", ())
        }
        return cls(content, document, today, mark, tables, {entry.id: entry for entry in leaving(content)})

    def says(self, doc: Doc) -> bool:
        """Say whether an export of this release holds this very service; when it was last checked may differ."""
        facts = own_facts(doc)
        entry = self.leaving.get(facts["id"]) if facts else None
        if entry is None:
            return False
        ours = unpacked(service_of(entry, self.content, self.today))
        same = own_facts(ours) == facts and own_area(doc) == entry.area
        return same and _lasting(ours) == _lasting(doc)


def _lasting(doc: Doc) -> Doc:
    return {key: held for key, held in without_own(doc).items() if key not in _CHECKED}
