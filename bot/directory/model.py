"""What HSDS 3.1 and 3.2 know: every kind of object, its fields, and which objects stand inside which.

The JSON form nests objects, the tabular form keeps each kind in a file of its own with foreign keys. Both are
described once, here; names, order and requirements as in the specification (Open Referral, HSDS 3.1.1; the data
model of 3.2.3 is the same).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a field may hold."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    TIME = "time"
    MOMENT = "moment"
    ADDRESS = "address"  # a web address with its scheme
    EMAIL = "email"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Field:
    """One plain field. `required`: no object is valid without it; `tabular`: no CSV row is. `among`: all it may say."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    tabular: bool = False
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Child:
    """Objects inside an object. `many`: a list; else one object, which its parent names by `link` in CSV."""

    key: str
    entity: str
    many: bool = True
    link: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of object: its plain fields in order, its children, and the CSV file its rows stand in."""

    name: str
    file: str
    fields: tuple[Field, ...]
    children: tuple[Child, ...] = ()
    known: Mapping[str, Field] = field(init=False)
    inside: Mapping[str, Child] = field(init=False)

    def __post_init__(self) -> None:
        """Index the fields and children by their names."""
        object.__setattr__(self, "known", {f.name: f for f in self.fields})
        object.__setattr__(self, "inside", {c.key: c for c in self.children})


_KINDS = {"#": Kind.NUMBER, "d": Kind.DAY, "t": Kind.TIME, "m": Kind.MOMENT, "w": Kind.ADDRESS, "e": Kind.EMAIL}
_STATUS = ("active", "inactive", "defunct", "temporarily closed")
_PLACE = ("physical", "postal", "virtual")
_AMONG = {
    ("service", "status"): _STATUS,
    ("location", "location_type"): _PLACE,
    ("address", "address_type"): _PLACE,
    ("schedule", "freq"): ("WEEKLY", "MONTHLY"),
    ("schedule", "wkst"): ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
}


def _field(entity: str, word: str) -> Field:
    """Read "name!" (required), "name+" (required in CSV only), "name:#" (a number; d day, t time, m moment ...)."""
    name, _, kind = word.partition(":")
    bare = name.rstrip("!+")
    is_id = bare == "id" or bare.endswith("_id") and bare != "tax_id"
    return Field(
        bare,
        Kind.ID if is_id else _KINDS.get(kind, Kind.TEXT),
        required=name.endswith("!"),
        tabular=name.endswith(("!", "+")),
        among=_AMONG.get((entity, bare), ()),
    )


def _entity(name: str, file: str, fields: str, children: str = "") -> Entity:
    """Read children written "key=entity" (a list) or "key=entity@link" (one object, named by a foreign key)."""
    read = []
    for word in [*children.split(), "attributes=attribute", "metadata=metadata"]:
        key, _, target = word.partition("=")
        entity, _, link = target.partition("@")
        read.append(Child(key, entity, many=not link, link=link))
    own = {"attribute": 1, "metadata": 2, "taxonomy": 1, "taxonomy_term": 1}.get(name, 0)
    kept = [c for c in read if not (c.key == "attributes" and own) and not (c.key == "metadata" and own == 2)]
    return Entity(name, file, tuple(_field(name, word) for word in fields.split()), tuple(kept))


ENTITIES: Mapping[str, Entity] = {
    entity.name: entity
    for entity in (
        _entity(
            "organization",
            "organizations.csv",
            "id! name! alternate_name description! email:e website:w tax_status tax_id year_incorporated:#"
            " legal_status logo uri:w parent_organization_id",
            "additional_websites=url funding=funding contacts=contact phones=phone locations=location"
            " programs=program organization_identifiers=organization_identifier",
        ),
        _entity("program", "programs.csv", "id! organization_id+ name! alternate_name description!"),
        _entity(
            "service",
            "services.csv",
            "id! organization_id+ program_id name! alternate_name description url:w email:e status!"
            " interpretation_services application_process fees_description wait_time fees accreditations"
            " eligibility_description minimum_age:# maximum_age:# assured_date:d assurer_email:e licenses alert"
            " last_modified:m",
            "additional_urls=url phones=phone schedules=schedule service_areas=service_area languages=language"
            " organization=organization@organization_id funding=funding cost_options=cost_option"
            " program=program@program_id required_documents=required_document contacts=contact"
            " capacities=service_capacity service_at_locations=service_at_location",
        ),
        _entity(
            "service_at_location",
            "service_at_location.csv",
            "id! service_id+ location_id+ description",
            "service_areas=service_area contacts=contact phones=phone schedules=schedule location=location@location_id",
        ),
        _entity(
            "location",
            "locations.csv",
            "id! location_type! url:w organization_id name alternate_name description transportation latitude:#"
            " longitude:# external_identifier external_identifier_type",
            "languages=language addresses=address contacts=contact accessibility=accessibility phones=phone"
            " schedules=schedule",
        ),
        _entity(
            "address",
            "addresses.csv",
            "id! location_id attention address_1! address_2 city! region state_province! postal_code! country!"
            " address_type!",
        ),
        _entity(
            "phone",
            "phones.csv",
            "id! location_id service_id organization_id contact_id service_at_location_id number! extension:# type"
            " description",
            "languages=language",
        ),
        _entity(
            "contact",
            "contacts.csv",
            "id! organization_id service_id service_at_location_id location_id name title department email:e",
            "phones=phone",
        ),
        _entity(
            "schedule",
            "schedules.csv",
            "id! service_id location_id service_at_location_id valid_from:d valid_to:d dtstart:d timezone:# until:d"
            " count:# wkst freq interval:# byday byweekno bymonthday byyearday description opens_at:t closes_at:t"
            " schedule_link:w attending_type notes",
        ),
        _entity("language", "languages.csv", "id! service_id location_id phone_id name code note"),
        _entity(
            "service_area",
            "service_areas.csv",
            "id! service_id service_at_location_id name description extent extent_type uri",
        ),
        _entity("funding", "funding.csv", "id! organization_id service_id source"),
        _entity(
            "cost_option",
            "cost_options.csv",
            "id! service_id+ valid_from:d valid_to:d option currency amount:# amount_description",
        ),
        _entity("required_document", "required_documents.csv", "id! service_id document uri:w"),
        _entity("accessibility", "accessibility.csv", "id! location_id description details url:w"),
        _entity(
            "organization_identifier",
            "organization_identifiers.csv",
            "id! organization_id+ identifier_scheme identifier_type! identifier!",
        ),
        _entity("url", "url.csv", "id! label url!:w organization_id service_id"),
        _entity(
            "service_capacity",
            "service_capacity.csv",
            "id! service_id+ unit_id+ available!:# maximum:# description updated!:m",
            "unit=unit@unit_id",
        ),
        _entity("unit", "units.csv", "id! name! scheme identifier uri:w"),
        _entity(
            "attribute",
            "attributes.csv",
            "id! link_id+ taxonomy_term_id+ link_type link_entity+ value label",
            "taxonomy_term=taxonomy_term@taxonomy_term_id",
        ),
        _entity(
            "taxonomy_term",
            "taxonomy_terms.csv",
            "id! code name! description! parent_id taxonomy language taxonomy_id term_uri:w",
            "taxonomy_detail=taxonomy@taxonomy_id",
        ),
        _entity("taxonomy", "taxonomies.csv", "id! name! description! uri:w version"),
        _entity(
            "metadata",
            "metadata.csv",
            "id! resource_id+ resource_type+ last_action_date!:d last_action_type! field_name! previous_value!"
            " replacement_value! updated_by!",
        ),
    )
}
