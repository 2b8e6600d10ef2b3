"""The headings of people's own spreadsheets, and what they seem to mean."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.directory.shaping.mapping import Target

_PHONE = "phones.number"
_ALL: tuple[tuple[Target, str], ...] = (
    (Target("id"), "id record_id record_number key"),
    (
        Target("name"),
        "name title service service_name program program_name resource resource_name listing name_of_service"
        " name_of_program",
    ),
    (
        Target("organization.name"),
        "agency agency_name organization organisation organization_name org org_name provider provider_name company"
        " parent_agency parent_organization name_of_agency name_of_organization",
    ),
    (
        Target("description"),
        "description about summary details overview body services_provided services_offered what_we_do"
        " program_description service_description description_of_services description_of_service",
    ),
    (
        Target("url"),
        "url website web_site web homepage home_page website_url web_address website_address link",
    ),
    (Target("email"), "email e_mail email_address e_mail_address"),
    (
        Target(_PHONE),
        "phone phone_number telephone telephone_number tel main_phone main_number phone_1 phone1 phone_2 phone2"
        " other_phone alternate_phone second_phone office_phone business_phone contact_number contact_phone phone_s"
        " phones",
    ),
    (
        Target(_PHONE, fixed={"description": "Toll-free"}),
        "toll_free tollfree toll_free_number toll_free_phone toll_free_phone_number",
    ),
    (
        Target(_PHONE, fixed={"description": "Hotline"}),
        "hotline hotline_number crisis_line crisis_hotline helpline help_line 24_hour_hotline 24_hr_hotline"
        " hotline_phone",
    ),
    (Target(_PHONE, fixed={"type": "fax"}), "fax fax_number"),
    (Target(_PHONE, fixed={"type": "textphone"}), "tty tdd tty_tdd tdd_tty tty_number tty_phone_number"),
    (Target(_PHONE, fixed={"type": "text"}), "text_line text_number sms text_to"),
    (Target("phones.extension"), "ext extension phone_extension phone_ext"),
    (
        Target("addresses.address_1"),
        "address street street_address address_1 address1 address_line_1 physical_address location_address"
        " office_address",
    ),
    (Target("addresses.address_2"), "address_2 address2 address_line_2 suite"),
    (Target("addresses.city"), "city town"),
    (Target("addresses.state_province"), "state province"),
    (Target("addresses.postal_code"), "zip zip_code zipcode postal_code postcode"),
    (Target("location.name"), "location_name site site_name facility facility_name building location"),
    (Target("location.latitude"), "latitude lat"),
    (Target("location.longitude"), "longitude lon lng long"),
    (
        Target("service_areas.name", split=","),
        "counties_served county_served area_served areas_served service_area service_areas coverage coverage_area"
        " geographic_area region_served area_s_served",
    ),
    (Target("languages.name", split=","), "language languages languages_spoken language_s languages_offered"),
    (
        Target("schedules.hours"),
        "hours hours_of_operation office_hours business_hours open_hours days_and_hours days_hours hours_open"
        " hours_days schedule hours_of_service",
    ),
    (
        Target("eligibility_description"),
        "eligibility eligibility_requirements who_qualifies population_served who_we_serve target_population"
        " requirements",
    ),
    (Target("fees"), "fee fees cost costs price cost_of_service fees_cost"),
    (
        Target("application_process"),
        "how_to_apply intake intake_process intake_procedure application_process how_to_access referral_process"
        " how_to_get_help",
    ),
    (Target("required_documents.document"), "documents_required required_documents documents_needed what_to_bring"),
    (Target("accessibility.description"), "accessibility handicap_accessible wheelchair_accessible ada_accessible"),
    (Target("keywords", split=","), "category categories tags keywords service_type type_of_service service_category"),
    (Target("contacts.name"), "contact contact_name contact_person"),
    (Target("contacts.title"), "contact_title"),
    (Target("contacts.email"), "contact_email"),
)
#: By the plain form of a heading.
GUESSES: Mapping[str, Target] = MappingProxyType({name: target for target, names in _ALL for name in names.split()})
