"""JSON objects with others inside them: each one mended, then kept whole."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.directory.hsds import ENTITIES
from bot.directory.ids import as_uuid
from bot.directory.model import Child, Kind
from bot.directory.note import Level
from bot.directory.reading.raw import RawDoc
from bot.directory.shaping.columns import ID, meant
from bot.directory.shaping.mending.blank import says_nothing
from bot.directory.shaping.mending.draft import Draft, Refused, Remark
from bot.directory.shaping.mending.objects import OTHER_NAMES, mend
from bot.directory.shaping.names import TABLES, plain
from bot.directory.shaping.older import from_word, modern, services_of
from bot.directory.shaping.roles import BETWEEN, SAYS, UNFINISHED_KEY, relation
from bot.directory.shaping.stage import NO_ID, Stage
from bot.directory.shaping.ties import Tie, by_name, tie
from bot.directory.shaping.whole import Whole, assembled, storable

_OTHER_ENDS = {"parent_id": "taxonomy_term", "parent_organization_id": "organization"}
_WITHOUT_KIND = "is an object of a kind that is not read, and was left out"


class Docs:
    """Reads JSON objects of any kind and stages them."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def read(self, raw: RawDoc) -> None:
        """Stage an object: a service whole, an organization and its services apart, a service and its place apart."""
        entity, where = raw.kind, (self._stage.file(raw.where.file), raw.where.row)
        if entity not in ENTITIES:
            self._stage.tally.add(Level.DROPPED, raw.where, _WITHOUT_KIND)
            return
        doc = dict(modern(entity, raw.doc))
        inside = list(services_of(entity, doc))
        if entity == "organization" or inside:
            given = self._keep(entity, doc, where) if entity == "organization" else ""
            for service in inside:
                self._keep("service", service, where, organization=given)
        elif entity == "service_at_location" and isinstance(doc.get("service"), dict):
            given = self._keep("service", doc.pop("service"), where)
            self._keep(entity, {**doc, "service_id": given} if given else doc, where)
        else:
            self._keep(entity, doc, where)

    def _keep(self, entity: str, doc: Mapping[str, Any], where: tuple[int, int | None], organization: str = "") -> str:
        """Stage one object; return the id others name it by, "" when nothing of it is kept."""
        given = _text_of(doc.get("id"))
        ties = list(_ties(entity, doc))
        if organization and not doc.get("organization"):
            ties.append(tie(BETWEEN["service", "organization"], "organization", organization, down=True))
        left = {f"{other}_id" for _, role, _, other in ties if role % 2 == 0}
        remarks: list[Remark] = []
        try:
            found = self._object(entity, {key: doc[key] for key in doc if key not in left}, remarks)
        except Refused as refused:
            return self._stage.refuse(entity, refused, where, given)
        for whole in found:
            if whole.given or not found[0].given:
                given = self._stage.put_whole(whole, where, ties, remarks) or given
        return given

    def _object(self, entity: str, doc: Mapping[str, Any], remarks: list[Remark]) -> list[Whole]:
        """Mend an object and all inside it; what is said of any of them goes to `remarks`."""
        fields, extra, inside = self._sorted(entity, modern(entity, doc))
        draft = Draft(entity, fields, extra)
        self._ids(draft)
        found: list[Whole] = []
        for each in mend(draft):
            given = str(each.fields.pop(ID, ""))
            each.remarks = [(level, f"{entity}.{name}", what, value) for level, name, what, value in each.remarks]
            children = {} if found else self._children(entity, inside, each, remarks)
            given = given or _named(each, children)
            found.append(assembled(self._stage.source, each, given, children))
            remarks += each.remarks
        return found

    def _sorted(
        self, entity: str, doc: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any], dict[str, list[Any]]]:
        """Tell an object's own fields, what nobody knows, and the objects inside it apart."""
        kind = ENTITIES[entity]
        fields: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        inside: dict[str, list[Any]] = {}
        for key, value in doc.items():
            if value is None or value in ("", [], {}) or (isinstance(value, str) and says_nothing(value, key)):
                continue
            if key in kind.known:
                fields[key] = value
            elif key in kind.inside:
                inside.setdefault(key, []).extend(value if isinstance(value, list) else [value])
            elif isinstance(value, dict | list):
                child, rows = _older_child(entity, key, value)
                if child:
                    inside.setdefault(child.key, []).extend(rows)
                else:
                    extra[key] = storable(value)
            else:
                target = meant(key, entity)
                name = target.to if target and not target.split else ""
                is_ours = name in kind.known or name in OTHER_NAMES.get(entity, ()) or name == ID
                where, rows = ("", []) if is_ours else from_word(entity, key, value)
                if is_ours and (name == key or name not in doc) and name not in fields:
                    fields[name] = value
                elif where and where != key:
                    inside.setdefault(where, []).extend(rows)
                else:
                    extra[f"{key}_text" if key in kind.inside else key] = storable(value)
        return fields, extra, inside

    def _ids(self, draft: Draft) -> None:
        """Give every foreign key the form of the ids it points to."""
        kind = ENTITIES[draft.entity]
        if ID in draft.fields:
            draft.fields[ID] = _text_of(draft.fields[ID])
        for field in kind.fields:
            if field.kind is Kind.ID and field.name != ID and field.name in draft.fields:
                other = _OTHER_ENDS.get(field.name, field.name.removesuffix("_id"))
                if field.name in ("link_id", "resource_id"):
                    told = draft.fields.get("link_entity" if field.name == "link_id" else "resource_type", "")
                    other = TABLES.get(plain(str(told)), ("", ""))[0]
                draft.fields[field.name] = self._stage.uid(other, _text_of(draft.fields[field.name]))

    def _children(
        self, entity: str, inside: Mapping[str, list[Any]], draft: Draft, remarks: list[Remark]
    ) -> dict[str, list[Whole]]:
        children: dict[str, list[Whole]] = {}
        for child in ENTITIES[entity].children:
            for row in inside.get(child.key, ()):
                if isinstance(row, str) and child.entity in SAYS and not as_uuid(row):
                    row = {SAYS[child.entity]: row}
                if not isinstance(row, dict):
                    draft.extra.setdefault(f"{child.key}_text", []).append(row)
                    continue
                for whole in self._object(child.entity, row, remarks):
                    if whole.lacking:
                        self._aside(draft, child, whole)
                    elif not whole.is_empty:
                        children.setdefault(child.key, []).append(whole)
        return children

    def _aside(self, draft: Draft, child: Child, whole: Whole) -> None:
        """Keep an object that lacks what the standard requires among the unknown fields of the one it stands in."""
        if whole.is_empty:
            return
        key = UNFINISHED_KEY + child.key
        if child.many:
            draft.extra.setdefault(key, []).append(whole.doc)
        else:
            draft.extra[key] = whole.doc
        draft.say(Level.DROPPED, child.key, f"lacks {', '.join(whole.lacking)}: kept aside, as it stands")


def _named(draft: Draft, children: Mapping[str, list[Whole]]) -> str:
    """Return an id made from the name of a service or organization, so that an edit does not make it a new one."""
    if draft.entity not in ("service", "organization"):
        return ""
    organization = "".join(str(whole.doc["id"]) for whole in children.get("organization", ()))
    draft.remarks.append((Level.INFERRED.value, f"{draft.entity}.id", NO_ID, ""))
    return f"named:{by_name(str(draft.fields.get('name', '')))}|{organization}"


def _ties(entity: str, doc: Mapping[str, Any]) -> Iterator[Tie]:
    """Give the links of an object that stands by itself to objects that are not inside it."""
    kind = ENTITIES[entity]
    for field in kind.fields:
        given = _text_of(doc.get(field.name)) if field.kind is Kind.ID and field.name != ID else ""
        other = field.name.removesuffix("_id")
        if not given or other not in ENTITIES:
            continue
        found = relation(entity, other)
        if found is None or (not found.is_inside and doc.get(found.role.key)):
            continue
        if (entity, other) in (("location", "organization"), ("program", "organization")):
            continue
        yield tie(found.role, other, given, down=not found.is_inside)


def _older_child(entity: str, key: str, value: Any) -> tuple[Child | None, list[Any]]:
    """Return the child of today that an object of an older version means, with what sets its rows apart filled in."""
    other, variant = TABLES.get(plain(key), ("", ""))
    child = next((c for c in ENTITIES[entity].children if c.entity == other), None)
    rows = value if isinstance(value, list) else [value]
    if (
        child is None
        or variant not in ("", "physical", "postal", "holiday")
        or not all(isinstance(r, dict) for r in rows)
    ):
        return None, []
    fixed = {"address_type": variant} if variant in ("physical", "postal") else {}
    return child, [{**fixed, **row} for row in rows]


def _text_of(given: Any) -> str:
    return str(given).strip() if isinstance(given, str | int | float) and not isinstance(given, bool) else ""
