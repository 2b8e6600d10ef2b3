"""Which object stands in which: the edges of the tree that a service is, numbered in the order they are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.directory.hsds import ENTITIES


@dataclass(frozen=True, slots=True)
class Role:
    """Objects of a kind under a key of an object of another kind. `number` rises in the order of the standard."""

    number: int
    parent: str
    key: str
    child: str
    many: bool
    link: str


def _all() -> tuple[Role, ...]:
    found: list[Role] = []
    for name, kind in ENTITIES.items():
        for child in kind.children:
            found.append(Role(len(found), name, child.key, child.entity, child.many, child.link))
    # No object of today, but words that belong into a field of the service.
    return (*found, Role(len(found), "service", "eligibility", "eligibility", True, ""))


ROLES = _all()
#: By the entity of the parent and that of the child.
BETWEEN: Mapping[tuple[str, str], Role] = MappingProxyType({(role.parent, role.child): role for role in ROLES})
#: The field an object says most with: where one is told in a mere text, that is what the text means.
SAYS: Mapping[str, str] = MappingProxyType(
    {
        "phone": "number", "address": "address_1", "language": "language", "schedule": "hours", "contact": "name",
        "service_area": "name", "funding": "source", "required_document": "document", "accessibility": "description",
        "url": "url", "cost_option": "option", "organization_identifier": "identifier", "location": "name",
    }
)  # fmt: skip
#: Added to the number of a role for an object that lacks a field the standard requires.
UNFINISHED = 1000
#: Such objects stand, as they are, under this and their key, which no standard knows.
UNFINISHED_KEY = "unfinished_"
CODES: Mapping[str, int] = MappingProxyType({name: number for number, name in enumerate((*ENTITIES, "eligibility"))})
NAMES = tuple(CODES)


@dataclass(frozen=True, slots=True)
class Relation:
    """How two kinds of objects stand to each other. `is_inside`: ours stands in the other one, else it holds it."""

    role: Role
    is_inside: bool


def relation(ours: str, other: str) -> Relation | None:
    """Return how an object stands to one of another kind that it names, None when the standard knows no way."""
    if (other, ours) in BETWEEN and BETWEEN[other, ours].many:
        return Relation(BETWEEN[other, ours], is_inside=True)
    if (ours, other) in BETWEEN:
        return Relation(BETWEEN[ours, other], is_inside=False)
    if (other, ours) in BETWEEN:
        return Relation(BETWEEN[other, ours], is_inside=True)
    return None
