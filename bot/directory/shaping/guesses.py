"""The headings of people's own spreadsheets, and what they seem to mean."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.directory.shaping.mapping import Target

_PHONE = "phones.number"
_ALL: tuple[tuple[Target, str], ...] = (
    (Target("id"), "id record_id record_number key resource_id program_id listing_id resource_agency_num"),
    (
        Target("name"),
        "name title service service_name program program_name resource resource_name listing name_of_service"
        " name_of_program public_name program_title service_title nombre nombre_del_servicio programa servicio",
    ),
    (
        Target("organization.name"),
        "agency agency_name organization organisation organization_name org org_name provider provider_name company"
        " parent_agency parent_organization name_of_agency name_of_organization sponsor sponsor_name provider_agency"
        " sponsoring_agency organizacion agencia",
    ),
    (
        Target("description"),
        "description about summary details overview body services_provided services_offered what_we_do"
        " program_description service_description description_of_services description_of_service descripcion"
        " servicios_ofrecidos long_description",
    ),
    (
        Target("url"),
        "url website web_site web homepage home_page website_url web_address website_address link sitio_web pagina_web",
    ),
    (Target("email"), "email e_mail email_address e_mail_address email_address_main correo correo_electronico"),
    (
        Target(_PHONE),
        "phone phone_number telephone telephone_number tel main_phone main_number phone_1 phone1 phone_2 phone2"
        " other_phone alternate_phone second_phone office_phone business_phone contact_number contact_phone phone_s"
        " phones phone_3 phone3 phone_4 phone_5 phone_1_number phone1_number phone_2_number phone2_number"
        " phone_3_number phone3_number phone_4_number phone4_number phone_5_number phone5_number"
        " phone_number_1 phone_number_2 phone_number_3 intake_phone phone_number_business_line"
        " telefono numero_de_telefono telefonos",
    ),
    (
        Target(_PHONE, fixed={"description": "After hours"}),
        "after_hours_phone after_hours_number phone_number_after_hours phone_after_hours",
    ),
    (
        Target(_PHONE, fixed={"description": "Toll-free"}),
        "toll_free tollfree toll_free_number toll_free_phone toll_free_phone_number"
        " phone_toll_free phone_number_toll_free",
    ),
    (
        Target(_PHONE, fixed={"description": "Hotline"}),
        "hotline hotline_number crisis_line crisis_hotline helpline help_line 24_hour_hotline 24_hr_hotline"
        " hotline_phone phone_number_hotline phone_hotline crisis_phone crisis_number linea_de_crisis",
    ),
    (Target(_PHONE, fixed={"type": "fax"}), "fax fax_number phone_fax fax_phone"),
    (
        Target(_PHONE, fixed={"type": "textphone"}),
        "tty tdd tty_tdd tdd_tty tty_number tty_phone_number phone_tty tty_phone",
    ),
    (Target(_PHONE, fixed={"type": "text"}), "text_line text_number sms text_to"),
    (Target("phones.extension"), "ext extension phone_extension phone_ext"),
    (
        Target("addresses.address_1"),
        "address street street_address address_1 address1 address_line_1 physical_address location_address"
        " office_address direccion domicilio",
    ),
    (Target("addresses.address_2"), "address_2 address2 address_line_2 suite"),
    (Target("addresses.city"), "city town ciudad"),
    (Target("addresses.state_province"), "state province state_province"),
    (Target("addresses.postal_code"), "zip zip_code zipcode postal_code postcode codigo_postal"),
    (Target("location.name"), "location_name site site_name facility facility_name building location"),
    (Target("location.latitude"), "latitude lat"),
    (Target("location.longitude"), "longitude lon lng long"),
    (
        Target("service_areas.name", split=","),
        "counties_served county_served area_served areas_served service_area service_areas coverage coverage_area"
        " geographic_area region_served area_s_served",
    ),
    (
        Target("languages.name", split=","),
        "language languages languages_spoken language_s languages_offered idioma idiomas",
    ),
    (
        Target("schedules.hours"),
        "hours hours_of_operation office_hours business_hours open_hours days_and_hours days_hours hours_open"
        " hours_days schedule hours_of_service horario horarios horas",
    ),
    (
        Target("eligibility_description"),
        "eligibility eligibility_requirements who_qualifies population_served who_we_serve target_population"
        " requirements elegibilidad requisitos",
    ),
    (Target("fees"), "fee fees cost costs price cost_of_service fees_cost fee_structure costo costos"),
    (
        Target("application_process"),
        "how_to_apply intake intake_process intake_procedure application_process how_to_access referral_process"
        " how_to_get_help",
    ),
    (Target("required_documents.document"), "documents_required required_documents documents_needed what_to_bring"),
    (Target("accessibility.description"), "accessibility handicap_accessible wheelchair_accessible ada_accessible"),
    (
        Target("keywords", split=","),
        "category categories tags keywords service_type type_of_service service_category categoria categorias",
    ),
    (Target("contacts.name"), "contact contact_name contact_person"),
    (Target("contacts.title"), "contact_title"),
    (Target("contacts.email"), "contact_email"),
)
#: By the plain form of a heading.
GUESSES: Mapping[str, Target] = MappingProxyType({name: target for target, names in _ALL for name in names.split()})
