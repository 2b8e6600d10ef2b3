"""The columns of HSDS 1.0 to 2.x, of Ohana and of vendors, and the fields of today they mean."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.directory.shaping.mapping import Target

#: Words in a list inside a cell.
LIST = ","


def _list(to: str) -> Target:
    return Target(to, split=LIST)


_T = Target
#: By entity, then by the plain name of a column. A text is the name of the field of today.
_COLUMNS: Mapping[str, Mapping[str, str | Target]] = {
    "organization": {
        "url": "website", "website_address": "website", "alternative_name": "alternate_name", "mission": "description",
        "funding_sources": _list("funding.source"), "parent_id": "parent_organization_id",
        "parent_provider_id": "parent_organization_id", "parent_organization": "parent_organization_id",
        "services": _list("services.id"), "locations": _list("locations.id"), "contact": _list("contacts.id"),
    },
    "program": {"alternative_name": "alternate_name"},
    "service": {
        "website": "url", "alternative_name": "alternate_name", "eligibility": "eligibility_description",
        "fee": "fees", "min_age": "minimum_age", "max_age": "maximum_age", "last_updated": "last_modified",
        "interpretation_service": "interpretation_services", "license": "licenses", "accreditation": "accreditations",
        "language": _list("languages.language"), "languages": _list("languages.language"),
        "funding_sources": _list("funding.source"), "keywords": _list("keywords"),
        "service_area": _list("service_areas.name"), "service_areas": _list("service_areas.name"),
        "required_document": "required_documents.document",
        "required_documents": _list("required_documents.document"),
        "accepted_payments": _list("payments accepted"), "payments_accepted": _list("payments accepted"),
        "taxonomy_ids": _list("taxonomy_terms.id"), "taxonomy": _list("taxonomy_terms.id"),
        "taxonomy_terms": _list("taxonomy_terms.id"),
        "location_id": _list("locations.id"), "location": _list("locations.id"),
        "organization": "organization_id", "organization_name": "organization.name",
        "schedule": _list("schedules.id"), "contact": _list("contacts.id"), "phone": _list("phones.id"),
        "hours": "schedules.hours", "hours_of_operation": "schedules.hours",
    },
    "service_at_location": {},
    "location": {
        "website": "url", "alternative_name": "alternate_name", "lat": "latitude", "lon": "longitude",
        "lng": "longitude", "long": "longitude", "type": "location_type", "organization": "organization_id",
        "accessibility": _list("accessibility.description"), "language": _list("languages.language"),
        "languages": _list("languages.language"), "services": _list("services.id"), "service": _list("services.id"),
        "service_id": _list("services.id"), "schedule": _list("schedules.id"), "address_id": _list("addresses.id"),
        "phone": _list("phones.id"), "hours": "schedules.hours", "hours_of_operation": "schedules.hours",
    },
    "address": {
        "address": "address_1", "address1": "address_1", "street": "address_1", "street_address": "address_1",
        "address2": "address_2", "state": "state_province", "province": "state_province", "zip": "postal_code",
        "zip_code": "postal_code", "zipcode": "postal_code", "postcode": "postal_code", "type": "address_type",
    },
    "phone": {
        "phone_number": "number", "number_type": "type", "phone_type": "type", "ext": "extension",
        "language": _list("languages.language"), "languages": _list("languages.language"),
    },
    "contact": {"job_title": "title"},
    "schedule": {
        "days": "weekday", "day": "weekday", "day_of_week": "weekday", "open": "opens_at", "opens": "opens_at",
        "close": "closes_at", "closes": "closes_at", "original_text": "hours", "hours_of_operation": "hours",
    },
    "language": {},
    "service_area": {"service_area": "name", "area": "name"},
    "funding": {"funding_source": "source"},
    "cost_option": {},
    "required_document": {"required_document": "document"},
    "accessibility": {"accessibility": "description", "accessibility_for_disabilities": "description"},
    "organization_identifier": {},
    "url": {},
    "service_capacity": {},
    "unit": {},
    "attribute": {},
    "taxonomy_term": {
        "term": "name", "vocabulary": "taxonomy", "x_taxonomies": "taxonomy_id", "taxonomy_term_id": "id",
    },
    "taxonomy": {"taxonomy_id": "id"},
    "metadata": {},
    "eligibility": {"id": "id", "service_id": "service_id", "eligibility_description": "eligibility"}
    | {"eligibility": "eligibility", "eligibility_type": "eligibility"},
}  # fmt: skip


def _read() -> dict[str, dict[str, Target]]:
    return {
        entity: {name: Target(to) if isinstance(to, str) else to for name, to in columns.items()}
        for entity, columns in _COLUMNS.items()
    }


COLUMNS: Mapping[str, Mapping[str, Target]] = MappingProxyType(_read())
#: Headings that are the id of a row in some vendor's files, beside the name of the entity and "_id".
IDS = frozenset({"recordid", "record_id", "uuid", "identifier", "key"})
