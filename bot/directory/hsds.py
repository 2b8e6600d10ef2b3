"""What HSDS 3.1 and 3.2 know: every kind of object, in both forms.

The JSON form nests objects, the tabular form keeps each kind in a file of its own with foreign keys. Both are
described once, here; names, order and requirements as in the specification (Open Referral, HSDS 3.1.1; the data
model of 3.2.3 is the same). How a line is read: `model.entity`.
"""

from collections.abc import Mapping

from bot.directory.model import Entity, entity

ENTITIES: Mapping[str, Entity] = {
    kind.name: kind
    for kind in (
        entity(
            "organization",
            "organizations.csv",
            "id! name! alternate_name description! email:e website:w tax_status tax_id year_incorporated:#"
            " legal_status logo uri:w parent_organization_id",
            "additional_websites=url funding=funding contacts=contact phones=phone locations=location"
            " programs=program organization_identifiers=organization_identifier",
        ),
        entity("program", "programs.csv", "id! organization_id+ name! alternate_name description!"),
        entity(
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
        entity(
            "service_at_location",
            "service_at_location.csv",
            "id! service_id+ location_id+ description",
            "service_areas=service_area contacts=contact phones=phone schedules=schedule location=location@location_id",
        ),
        entity(
            "location",
            "locations.csv",
            "id! location_type! url:w organization_id name alternate_name description transportation latitude:#"
            " longitude:# external_identifier external_identifier_type",
            "languages=language addresses=address contacts=contact accessibility=accessibility phones=phone"
            " schedules=schedule",
        ),
        entity(
            "address",
            "addresses.csv",
            "id! location_id attention address_1! address_2 city! region state_province! postal_code! country!"
            " address_type!",
        ),
        entity(
            "phone",
            "phones.csv",
            "id! location_id service_id organization_id contact_id service_at_location_id number! extension:# type"
            " description",
            "languages=language",
        ),
        entity(
            "contact",
            "contacts.csv",
            "id! organization_id service_id service_at_location_id location_id name title department email:e",
            "phones=phone",
        ),
        entity(
            "schedule",
            "schedules.csv",
            "id! service_id location_id service_at_location_id valid_from:d valid_to:d dtstart:d timezone:# until:d"
            " count:# wkst freq interval:# byday byweekno bymonthday byyearday description opens_at:t closes_at:t"
            " schedule_link:w attending_type notes",
        ),
        entity("language", "languages.csv", "id! service_id location_id phone_id name code note"),
        entity(
            "service_area",
            "service_areas.csv",
            "id! service_id service_at_location_id name description extent extent_type uri",
        ),
        entity("funding", "funding.csv", "id! organization_id service_id source"),
        entity(
            "cost_option",
            "cost_options.csv",
            "id! service_id+ valid_from:d valid_to:d option currency amount:# amount_description",
        ),
        entity("required_document", "required_documents.csv", "id! service_id document uri:w"),
        entity("accessibility", "accessibility.csv", "id! location_id description details url:w"),
        entity(
            "organization_identifier",
            "organization_identifiers.csv",
            "id! organization_id+ identifier_scheme identifier_type! identifier!",
        ),
        entity("url", "url.csv", "id! label url!:w organization_id service_id"),
        entity(
            "service_capacity",
            "service_capacity.csv",
            "id! service_id+ unit_id+ available!:# maximum:# description updated!:m",
            "unit=unit@unit_id",
        ),
        entity("unit", "units.csv", "id! name! scheme identifier uri:w"),
        entity(
            "attribute",
            "attributes.csv",
            "id! link_id+ taxonomy_term_id+ link_type link_entity+ value label",
            "taxonomy_term=taxonomy_term@taxonomy_term_id",
        ),
        entity(
            "taxonomy_term",
            "taxonomy_terms.csv",
            "id! code name! description! parent_id taxonomy language taxonomy_id term_uri:w",
            "taxonomy_detail=taxonomy@taxonomy_id",
        ),
        entity("taxonomy", "taxonomies.csv", "id! name! description! uri:w version"),
        entity(
            "metadata",
            "metadata.csv",
            "id! resource_id+ resource_type+ last_action_date!:d last_action_type! field_name! previous_value!"
            " replacement_value! updated_by!",
        ),
    )
}
