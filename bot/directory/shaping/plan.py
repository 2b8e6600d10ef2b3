"""How the rows of one table are read: every heading decided once, before the first row."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.directory.hsds import ENTITIES
from bot.directory.model import Kind
from bot.directory.shaping.columns import ID, OTHER_ID, meant, variant_of
from bot.directory.shaping.mapping import TableMapping, Target
from bot.directory.shaping.mending.objects import OTHER_NAMES
from bot.directory.shaping.names import TABLES, plain
from bot.directory.shaping.roles import Relation, relation

#: Fields that are cut at both ends; in longer texts every blank stays where it was.
TRIMMED = frozenset(
    {
        "name", "alternate_name", "status", "number", "type", "code", "language", "city", "state_province",
        "postal_code", "country", "region", "attention", "address_1", "address_2", "location_type", "address_type",
        "link_type", "link_entity", "resource_type", "weekday", "byday", "freq", "wkst", "currency", "title",
        "department", "document", "identifier", "identifier_type", "identifier_scheme", "virtual", "extension",
    }
)  # fmt: skip
#: What older tables say by what they are.
_FIXED: Mapping[str, Mapping[str, str]] = {
    "physical": {"address_type": "physical"},
    "postal": {"address_type": "postal"},
    "of service": {"link_entity": "service"},
    "payment": {"link_entity": "service", "link_type": "payments accepted"},
}
#: What older versions hang an address on that today only a location may have.
_HOLDERS = ("organization", "service")
_OTHER_ENDS = {"parent_id": "taxonomy_term", "parent_organization_id": "organization"}


@dataclass(frozen=True, slots=True)
class Plain:
    """A column that is a field of the row's own object."""

    heading: str
    name: str
    trimmed: bool
    values: Mapping[str, str]
    append: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A column that names an object of another table. `kept`: the id stays a field too, since nesting cannot say it."""

    heading: str
    name: str
    other: str
    relation: Relation | None
    kept: bool

    @property
    def is_plain(self) -> bool:
        """Tell whether it says no more than which object ours stands in, or which one stands in ours."""
        return self.relation is not None and not self.kept and self.name not in ("link_id", "resource_id")


@dataclass(frozen=True, slots=True)
class Part:
    """A column that tells of another object, which is made from it or, when it holds ids only, found by them."""

    heading: str
    entity: str
    name: str
    target: Target


@dataclass(slots=True)
class Plan:
    """How a table is read. `renamed`: headings that are not the standard's own, and what they were read as."""

    file: str
    entity: str
    variant: str
    id: str = ""
    other_ids: list[str] = field(default_factory=list)
    plain: list[Plain] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    fixed: dict[str, str] = field(default_factory=dict)
    renamed: list[tuple[str, Target]] = field(default_factory=list)


def planned(file: str, headings: tuple[str, ...], entity: str, variant: str, *, mapping: TableMapping | None) -> Plan:
    """Return how a table is read, by its mapping first, then by what its headings mean."""
    entity, variant = variant_of(entity, variant, headings)
    plan = Plan(file, entity, variant, fixed=dict(_FIXED.get(variant, {})))
    if mapping:
        plan.fixed |= mapping.fixed
    named = {plain(heading): targets for heading, targets in mapping.columns.items()} if mapping else {}
    for heading in headings:
        if plain(heading) in named:
            for target in named[plain(heading)]:
                _add(plan, heading, target)
            continue
        found = None if mapping and mapping.only else meant(heading, entity, variant)
        if found is None:
            plan.unknown.append((heading, unknown_key(heading, entity)))
        else:
            _add(plan, heading, found)
            if found.to != plain(heading):
                plan.renamed.append((heading, found))
    _settle(plan)
    return plan


def unknown_key(heading: str, entity: str) -> str:
    """Return the key an unknown column is kept under: its heading, unless the standard means something else by it."""
    kind = ENTITIES.get(entity)
    taken = kind is not None and (heading in kind.known or heading in kind.inside or heading == "id")
    return f"{heading}_text" if taken or not heading.strip() else heading


def _add(plan: Plan, heading: str, target: Target) -> None:
    entity, _, name = target.to.rpartition(".")
    if entity:
        other = TABLES.get(plain(entity), (plain(entity), ""))[0]
        if plan.entity == "address" and name == ID and other in _HOLDERS:
            plan.links.append(Link(heading, f"{other}_id", other, None, kept=False))
            return
        if other != plan.entity:
            plan.parts.append(Part(heading, other, _field_of(other, name), target))
            return
    if name == ID:
        if plan.id and plan.id != heading:
            plan.other_ids.append(heading)
        plan.id = plan.id or heading
    elif name == OTHER_ID:
        plan.other_ids.append(heading)
    elif link := _link(plan.entity, heading, name):
        plan.links.append(link)
    elif name in ("keywords", "payments accepted"):
        plan.parts.append(Part(heading, "attribute", name, target))
    else:
        name = _field_of(plan.entity, name)
        plan.plain.append(Plain(heading, name, name in TRIMMED, target.values, target.append))


def _field_of(entity: str, name: str) -> str:
    """Return the field of today that a mapping means, which may use the words of older versions."""
    kind = ENTITIES.get(entity)
    if kind is None or name in kind.known or name in OTHER_NAMES.get(entity, ()):
        return name
    found = meant(name, entity)
    return found.to if found and "." not in found.to else name


def _link(entity: str, heading: str, name: str) -> Link | None:
    kind = ENTITIES.get(entity)
    known = kind.known.get(name) if kind else None
    if kind is None:
        return Link(heading, name, "service", relation(entity, "service"), kept=False) if name == "service_id" else None
    if known is None or known.kind is not Kind.ID:
        return None
    if name in ("link_id", "resource_id"):
        return Link(heading, name, "", None, kept=True)
    if name in _OTHER_ENDS:
        return Link(heading, name, _OTHER_ENDS[name], None, kept=True)
    other = name.removesuffix("_id")
    kept = (entity, other) in {("location", "organization"), ("program", "organization"), ("taxonomy_term", "taxonomy")}
    return Link(
        heading, name, other, relation(entity, other), kept or (entity, other) == ("attribute", "taxonomy_term")
    )


def _settle(plan: Plan) -> None:
    """Let a second id be the first one where there is no other."""
    if plan.entity == "taxonomy_term" and plan.variant == "of old" and not plan.id:
        own = next((link for link in plan.links if link.name == "taxonomy_id"), None)
        if own:
            plan.links.remove(own)
            plan.id = own.heading
    if not plan.id and plan.other_ids:
        plan.id = plan.other_ids.pop(0)
