"""Our own taxonomies: where facts stand that HSDS has no field for, as attributes of a service or a phone."""

from enum import StrEnum
from functools import lru_cache

from bot.directory.ids import minted
from bot.directory.service import Doc

#: The source our own ids are made from.
OURS = "quietline"


class Scheme(StrEnum):
    """Our taxonomies, by the name other people read."""

    FACTS = "Quietline facts"
    KEPT = "Quietline kept fields"
    TOPICS = "Quietline topics"


#: What the attributes of each are (`link_type`), and what others are told of it.
_KINDS = {
    Scheme.FACTS: ("quietline fact", "What a text line knows of a service and HSDS has no field for."),
    Scheme.KEPT: ("quietline kept field", "Fields of the directory a service came from that HSDS has no place for."),
    Scheme.TOPICS: ("quietline topic", "The needs a text line refers people to a service for."),
}


def attribute(owner: tuple[str, str], term: Doc, value: str = "", label: str = "") -> Doc:
    """Return an attribute of the object that `owner` names by its kind and id; the same facts give the same id.

    An object has one attribute of a term and label; a second one would get the id of the first.
    """
    entity, link = owner
    scheme = Scheme(term["taxonomy"])
    about = {"value": value, "label": label}
    return {
        "id": minted(OURS, "attribute", f"{entity}:{link}:{term['id']}:{label}"),
        "link_id": link,
        "taxonomy_term_id": term["id"],
        "link_type": _KINDS[scheme][0],
        "link_entity": entity,
        **{key: text for key, text in about.items() if text},
        "taxonomy_term": term,
    }


@lru_cache(maxsize=4096)  # a few dozen facts and topics; the bound is for content that nobody foresaw
def term(scheme: Scheme, name: str, about: str, *, code: str, language: str = "", parent: str = "") -> Doc:
    """Return a term of ours. Callers share it and must not change it.

    `code` tells it from every other one of ours; `parent` is the code of the term above it.
    """
    made = {
        "id": _term_id(code),
        "code": f"{OURS}.{code}",
        "name": name,
        "description": about,
        "parent_id": _term_id(parent) if parent else "",
        "taxonomy": str(scheme),
        "language": language,
        "taxonomy_id": _taxonomy_id(scheme),
        "taxonomy_detail": {"id": _taxonomy_id(scheme), "name": str(scheme), "description": _KINDS[scheme][1]},
    }
    return {key: value for key, value in made.items() if value}


def is_of(found: Doc, scheme: Scheme) -> bool:
    """Say whether an attribute of any directory belongs to a taxonomy of ours, by its id: names are anybody's."""
    told = found.get("taxonomy_term")
    if not isinstance(told, dict):
        return False
    detail = told.get("taxonomy_detail")
    named = detail.get("id") if isinstance(detail, dict) else None
    return _taxonomy_id(scheme) in (told.get("taxonomy_id"), named)


@lru_cache(maxsize=8)
def _taxonomy_id(scheme: Scheme) -> str:
    return minted(OURS, "taxonomy", scheme)


def _term_id(code: str) -> str:
    return minted(OURS, "taxonomy_term", code)
