"""Objects on their way into the scratch file: mended, given their id, and linked to the others they name."""

import hashlib
import json
from collections.abc import Sequence
from json.encoder import encode_basestring
from typing import Any, TypeAlias

from bot.directory.ids import as_uuid, minted
from bot.directory.note import Level, Note, Where
from bot.directory.service import text_of
from bot.directory.shaping.mending.draft import RANK, Draft, Refused, Remark
from bot.directory.shaping.mending.objects import mend
from bot.directory.shaping.roles import CODES
from bot.directory.shaping.store import State, Store, packed
from bot.directory.shaping.tally import Tally
from bot.directory.shaping.ties import Tie, by_name, key_of
from bot.directory.shaping.whole import Whole

#: The number of a file, and a row in it.
At: TypeAlias = tuple[int, int | None]

NO_ID = "had no id: one was made from its name, its organization and its place"
_SAME_NAME = "has the name, organization and place of another row, but says other things: taken as another service"
_NO_OWN_ID = "had no id: one was made from what the row says"
_ONLY_IDS = "says nothing but ids, and was left out"
#: How an id begins that was made from a name.
_MADE = "named:"
#: A field's name as it stands in the text of an object.
NAMED = {entity: {name: f',"{name}":' for name in rank} for entity, rank in RANK.items()}
_KEPT, _THIN, _GUESS, _UNFINISHED = int(State.KEPT), int(State.THIN), int(State.GUESS), int(State.UNFINISHED)


class Stage:
    """Takes objects, in any order, and keeps them in the scratch file."""

    def __init__(self, source: str, store: Store) -> None:
        self.source = source
        self.store = store
        self.tally = Tally()
        self.refused: list[Note] = []
        self.files: list[str] = []
        #: Organizations that were named where their id belongs: the name by the number it was looked up by.
        self.named: dict[int, str] = {}
        self._mentioned: set[int] = set()
        self._made: dict[str, int] = {}

    def file(self, name: str) -> int:
        """Return the number a file goes by."""
        if name not in self.files:
            self.files.append(name)
        return self.files.index(name)

    def uid(self, entity: str, given: str) -> str:
        """Return the UUID of an object of the source."""
        return as_uuid(given) or minted(self.source, entity, given)

    def name(self, entity: str, given: str) -> None:
        """Remember an organization's id that may be its name, and every "0", which often means none."""
        if given == "0" or entity == "organization" and len(given) != 36 and not given.isdigit():
            self.named[key_of(entity, given)] = given

    def put(self, draft: Draft, where: At, source_id: str, ties: Sequence[Tie] = (), *, thin: bool = False) -> str:
        """Keep an object of a table, mended; return the id by which others name it, "" when nothing of it is kept.

        `thin`: it is only mentioned; an object that has a row of its own stands instead.
        """
        entity = draft.entity
        if thin and self._is_mentioned(entity, source_id):
            return source_id
        if entity in ("phone", "schedule") and source_id:
            draft.fields["id"] = source_id
        try:
            made = mend(draft, is_text=True)
        except Refused as refused:
            return self.refuse(entity, refused, where, source_id)
        first = ""
        for each in made:
            given = each.fields.pop("id", source_id) or self._made_id(each, ties, where)
            state = _KEPT
            if thin or each.is_guess:
                state = _GUESS if each.is_guess else _THIN
            if lacking := each.lacks():
                if not each.fields and not each.extra:
                    self.tally.add(Level.DROPPED, Where(self.files[where[0]], where[1]), _ONLY_IDS)
                    continue
                state = _UNFINISHED
                each.say(Level.DROPPED, lacking[0], f"lacks {', '.join(lacking)}: kept aside, as it stands")
            first = first or given
            self._write(each, where, given, ties, state=state)
        return first

    def take_clean(
        self,
        entity: str,
        ids: tuple[str, str],
        where: At,
        own: str,
        *,
        ties: Sequence[Tie],
        told: tuple[str | None, str | None],
    ) -> None:
        """Keep an object whose text is ready: its id as given and as UUID, its last change and its name."""
        given, uid = ids
        modified, name = told
        meta = ((where[1] or 0) << 24) | (where[0] << 8) | CODES[entity]
        more = None
        if entity == "service" and (modified or not uid):
            more = _more(_told(given), modified, ())
        number = self.store.add(hash((entity, uid or given)), meta, (own, "", more), ties)
        if name:
            self._known_by_name(entity, name, number)

    def put_whole(self, whole: Whole, where: At, ties: Sequence[Tie], remarks: Sequence[Remark]) -> str:
        """Keep a JSON object with all inside it; return the id by which others name it."""
        meta = packed(CODES[whole.entity], _UNFINISHED if whole.lacking else _KEPT, *where)
        more = _more(_told(whole.given), whole.doc.get("last_modified"), remarks)
        number = self.store.add(key_of(whole.entity, whole.given), meta, (text_of(whole.doc), None, more), ties)
        self._known_by_name(whole.entity, whole.doc.get("name"), number)
        return whole.given

    def put_words(self, text: str, where: At, ties: Sequence[Tie]) -> None:
        """Keep words that belong into the eligibility of a service."""
        meta = packed(CODES["eligibility"], _KEPT, *where)
        self.store.add(key_of("eligibility", str(where)), meta, (text, "", None), ties)

    def refuse(self, entity: str, why: Refused, where: At, source_id: str) -> str:
        """Keep only that a service was here, so that its rows do not look lost; say why nothing of it is kept."""
        place = Where(self.files[where[0]], where[1], why.field)
        self.refused.append(Note(Level.REFUSED, place, why.what, why.value))
        key = key_of(entity, source_id or f"refused:{where}")
        self.store.add(key, packed(CODES[entity], State.REFUSED, *where), ("{", "", None), ())
        return ""

    def _write(self, draft: Draft, where: At, given: str, ties: Sequence[Tie], *, state: int) -> None:
        entity, fields, extra = draft.entity, draft.fields, draft.extra
        uid = as_uuid(given)
        named = NAMED[entity]
        parts = ['{"id":"', uid or minted(self.source, entity, given), '"']
        for name in sorted(fields, key=RANK[entity].__getitem__):
            value = fields[name]
            parts.append(named[name])
            parts.append(encode_basestring(value) if type(value) is str else json.dumps(value))
        rest = "," + text_of({name: extra[name] for name in sorted(extra)})[1:-1] if extra else ""
        more = None
        if draft.remarks or entity == "service":
            more = _more(_told(given), fields.get("last_modified"), draft.remarks)
        meta = ((where[1] or 0) << 24) | (where[0] << 8) | (state << 5) | CODES[entity]
        number = self.store.add(hash((entity, uid or given)), meta, ("".join(parts), rest, more), ties)
        if entity == "organization" and state == _KEPT:
            self._known_by_name(entity, fields.get("name"), number)

    def _known_by_name(self, entity: str, name: Any, number: int) -> None:
        if entity == "organization" and name:
            self.store.also_known(key_of("organization", by_name(name)), number)

    def _is_mentioned(self, entity: str, source_id: str) -> bool:
        key = key_of(entity, source_id)
        if key in self._mentioned:
            return True
        self._mentioned.add(key)
        return False

    def made_of_name(self, draft: Draft, ties: Sequence[Tie], place: str, row: str) -> str:
        """Make an id for a service or organization from its name, what it belongs to and where it is.

        A new phone does not make it a new service. Two rows that agree in all of these but differ in others are
        two: the second gets an id of its own from all it says.
        """
        parents = "|".join(sorted(f"{other}={given}" for _, _, given, other in ties))
        # Hashed: where something is must not be read off its id.
        where = hashlib.sha256(f"{parents}|{place}".encode(errors="replace")).hexdigest()[:32]
        made = f"{_MADE}{by_name(draft.fields.get('name', ''))}|{where}"
        draft.say(Level.INFERRED, "id", NO_ID)
        if self._made.setdefault(made, hash(row)) == hash(row):
            return made
        draft.say(Level.INFERRED, "id", _SAME_NAME)
        return f"{made}|{hashlib.sha256(row.encode(errors='replace')).hexdigest()[:32]}"

    def _made_id(self, draft: Draft, ties: Sequence[Tie], where: At) -> str:
        """Make an id from what an object says, so that the same rows get the same ids next time."""
        parents = "|".join(sorted(f"{other}={given}" for _, _, given, other in ties))
        self.tally.add(Level.INFERRED, Where(self.files[where[0]], where[1], "id"), _NO_OWN_ID)
        said = text_of({"fields": draft.in_order(), "extra": sorted(draft.extra.items())})
        return f"said:{parents}|{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def _told(given: str) -> str | None:
    """Return an id a source gave, None for a UUID and for one that we made."""
    return None if as_uuid(given) or given.startswith((_MADE, "said:")) else given


def _more(source: str | None, modified: Any, remarks: Sequence[Remark]) -> str | None:
    """Return what few objects need: the id a source gave it, its last change, what was said of it."""
    if source is None and modified is None and not remarks:
        return None
    return text_of([source, modified, list(remarks)])  # type: ignore[arg-type]
