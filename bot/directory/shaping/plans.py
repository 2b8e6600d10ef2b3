"""How each table of a directory is read: by the mapping given, by one beside the data, by its names, or by a guess."""

from collections.abc import Iterable

from bot.directory.note import Level, Note, Where
from bot.directory.reading.layout import ABOVE
from bot.directory.reading.raw import Opened, RawTable
from bot.directory.shaping.columns import OTHER_ID
from bot.directory.shaping.guessing import guessed
from bot.directory.shaping.mapping import Mapping_, MappingError, TableMapping, Target
from bot.directory.shaping.mapping_text import load_mapping
from bot.directory.shaping.names import TABLES, plain, table_name
from bot.directory.shaping.plan import Plan, planned

_READ_AS = "is not a name of today's standard; it was read as"
_GUESSED = "was guessed to mean"
_UNKNOWN = "is no table that is known: its rows were not used"
_KEPT = "is a column nobody knows: kept as it stands, told to no texter; a mapping can say what it means"
#: A heading with so many digits is none, but the first row of a table without headings.
_FEW_DIGITS = 3
#: How many headings of such a table are shown, so that a person sees what a mapping would have to name.
_SHOWN = 8
_NOT_USED = "is a table about tables: its rows were not used"
_BESIDE = "lies beside the data and says what its columns mean: it was used"
_ABOVE = "lies one folder above the data and says what their columns mean: it was used"
_OTHERS = "lies one folder above the data, but names other columns than theirs: it was not used"
_FAULTY = "lies beside the data but cannot be used as a mapping"
_TOLD_TWICE = "lies beside the data, but another mapping there comes first"


class Plans:
    """Finds a plan for each table and collects what is to be told of it."""

    def __init__(self, opened: Opened, mapping: Mapping_ | None) -> None:
        self.notes: list[Note] = []
        self._mapping = mapping or self._beside(opened)
        self._guesses: dict[str, TableMapping] = {}
        self._alone = not any(TABLES.get(table_name(table.file), ("",))[0] == "service" for table in opened.tables)

    @property
    def guessed(self) -> Mapping_ | None:
        """Return how headings were read that are not today's, None when all are or a mapping said how."""
        return Mapping_("as read", self._guesses) if self._guesses else None

    def of(self, table: RawTable) -> Plan | None:
        """Return how a table is read, None when it is not used."""
        name = table_name(table.file)
        told = self._told(name)
        if told is None and self._mapping is None and (told := guessed(name, table.headings, alone=self._alone)):
            self._guesses[name] = told
            self.notes += [
                Note(
                    Level.INFERRED,
                    Where(table.file, None, heading),
                    _GUESSED,
                    ", ".join(target.to for target in targets),
                )
                for heading, targets in told.columns.items()
            ]
        entity, variant = TABLES.get(plain(told.table) if told else name, ("", ""))
        if entity in ("", "nothing"):
            # Where headings are missing the first row stands for them: no number of a street or a person is shown.
            plainly = [heading for heading in table.headings if not any(map(str.isdigit, heading))]
            headings = ", ".join(plainly[:_SHOWN]) if not entity else ""
            self.notes.append(Note(Level.DROPPED, Where(table.file), _NOT_USED if entity else _UNKNOWN, headings))
            return None
        plan = planned(table.file, table.headings, entity, variant, mapping=told)
        if plan.renamed and told is None:
            self._guesses[name] = TableMapping(name, {heading: (_to_save(to),) for heading, to in plan.renamed})
        self.notes += [
            Note(Level.INFERRED, Where(table.file, None, heading), _READ_AS, name)
            for heading, to in plan.renamed
            if (name := _to_save(to).to.removesuffix(".id")) != plain(heading)
        ]
        return plan

    def tell_kept(self, file: str, headings: Iterable[str]) -> None:
        """Say which columns held something that nobody knows the meaning of."""
        kept = [heading for heading in headings if sum(map(str.isdigit, heading)) < _FEW_DIGITS]
        self.notes += [Note(Level.DROPPED, Where(file, None, heading), _KEPT) for heading in kept]

    def _told(self, name: str) -> TableMapping | None:
        if self._mapping is None:
            return None
        return self._mapping.files.get(name) or self._mapping.files.get("*")

    def _beside(self, opened: Opened) -> Mapping_ | None:
        found = None
        for name, content in sorted(opened.mappings.items()):
            if found is not None:
                self.notes.append(Note(Level.DROPPED, Where(name), _TOLD_TWICE))
                continue
            try:
                found = load_mapping(content, name)
            except MappingError as why:
                self.notes.append(Note(Level.DROPPED, Where(name), _FAULTY, str(why)[:300]))
            else:
                is_above = name.startswith(ABOVE)
                if is_above and not _fits(found, opened):
                    self.notes.append(Note(Level.INFERRED, Where(name), _OTHERS))
                    found = None
                else:
                    self.notes.append(Note(Level.INFERRED, Where(name), _ABOVE if is_above else _BESIDE))
        return found


def _fits(mapping: Mapping_, opened: Opened) -> bool:
    """Tell whether most columns that a mapping names for the tables of a directory are there."""
    found = []
    for table in opened.tables:
        told = mapping.files.get(table_name(table.file)) or mapping.files.get("*")
        there = {plain(heading) for heading in table.headings}
        found += [plain(column) in there for column in (told.columns if told else ())]
    return sum(found) * 2 > len(found)


def _to_save(target: Target) -> Target:
    """Return a target as people read and write it."""
    return Target("id") if target.to == OTHER_ID else target
