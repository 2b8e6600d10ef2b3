"""Which services keep their place to themselves: imagined ones, English and Spanish, plain and hidden hints."""

from typing import Any

import pytest

from bot.directory.drawing.codes import load_codes
from bot.directory.drawing.confidential import Secrecy, secrecy
from bot.directory.drawing.hiding import BEDS, CHILDREN, FLED, HARMED, NOT_TOLD, PUBLIC, SAID_SECRET, WOMEN
from bot.directory.drawing.places import secrecy_of
from bot.directory.drawing.wordings import Wordings
from bot.directory.service import Doc
from tests.directory.drawing.made import location, organization, release, service, term

HIDES: dict[str, dict[str, Any]] = {
    "by its name": {"name": "Domestic Violence Shelter"},
    "battered women": {"name": "Shelter for battered women"},
    "a safe house": {"name": "Safe house"},
    "safehouse in one word": {"name": "Harbor Safehouse program"},
    "women's shelter, nothing more": {"name": "Women's Shelter"},
    "curly apostrophe": {"name": "Women’s emergency shelter"},
    "women in crisis": {"name": "Residence for women in crisis"},
    "only the description": {"name": "Harbor House", "description": "A home for women fleeing an abusive partner."},
    "only a term": {"name": "Harbor House", "terms": ("Domestic Violence Shelters",)},
    "two terms that add up": {"name": "Case management", "terms": ("Spouse Abuse", "Transitional Housing")},
    "only the organization": {
        "name": "Shelter",
        "organization": organization(description="We help survivors of domestic violence."),
    },
    "only the organization's name": {
        "name": "Children's program",
        "organization": organization("Battered Women's Alliance"),
    },
    "the organization shelters": {
        "name": "Case management",
        "organization": organization(description="Emergency shelter for victims of domestic violence."),
    },
    "only the place's name": {"name": "Emergency services", "at": location("Undisclosed location")},
    "only the place's description": {
        "name": "Emergency housing",
        "at": location(description="For survivors of trafficking."),
    },
    "said to be confidential": {"name": "Youth beds", "description": "The shelter is at a confidential location."},
    "location said to be confidential": {
        "name": "Beds",
        "description": "The location of the house is kept confidential.",
    },
    "address not published": {"name": "Beds", "description": "Our address is not published."},
    "address not listed": {"name": "Beds", "eligibility_description": "Address not listed. Call first."},
    "call for the address": {"name": "Beds", "application_process": "Call for the address after screening."},
    "trafficking": {"name": "Safe housing for trafficked girls"},
    "trafficking transitional": {
        "name": "New start",
        "description": "Transitional living for survivors of sex trafficking.",
    },
    "sexual exploitation": {"name": "Emergency placement", "description": "For commercially sexually exploited youth."},
    "sexual assault centre, no beds": {"name": "Rape crisis center"},
    "counselling for abused wives": {"name": "Counseling for abused women"},
    "DV for short": {"name": "DV program", "description": "24 hour line, advocacy"},
    "children sheltered from abuse": {"name": "Emergency shelter for abused and neglected children"},
    "elders": {"name": "Elder abuse shelter"},
    "forced marriage": {"name": "Refuge from forced marriage"},
    "stalking": {"name": "Motel vouchers", "description": "For people who are stalked."},
    "ES: mujeres maltratadas": {"name": "Albergue para mujeres maltratadas"},
    "ES: casa de la mujer": {"name": "Casa de la Mujer"},
    "ES: violencia doméstica": {"name": "Hogar Esperanza", "description": "Ayuda a víctimas de violencia doméstica."},
    "ES: dirección confidencial": {"name": "Camas", "description": "La dirección es confidencial."},
    "ES: ubicación reservada": {"name": "Camas", "description": "Ubicación reservada"},
    "ES: casa segura": {"name": "Casa segura"},
    "ES: trata": {"name": "Vivienda temporal", "description": "Para sobrevivientes de la trata de personas"},
    "ES: llame para la dirección": {"name": "Camas", "description": "Llame para la dirección."},
    "capitals": {"name": "DOMESTIC VIOLENCE - EMERGENCY SHELTER"},
    "deep in an unknown field": {"name": "Beds", "extra": {"notes": ["serves victims of domestic violence"]}},
    "in a legal clinic with beds": {
        "name": "Legal clinic",
        "description": "Shelter and legal help after domestic violence",
    },
    "transitional housing for survivors": {"name": "Transitional housing for survivors"},
    "survivors of violence": {"name": "Harbor", "description": "Housing for survivors and their children."},
    "unsafe homes": {"name": "Haven", "description": "Shelter for anyone leaving an unsafe relationship."},
    "less plainly": {"name": "Haven", "description": "If someone at home is hurting you, we have a room for you."},
    "abuse, nothing more": {"name": "Abuse shelter"},
    "exploited": {"name": "New start", "description": "Residential home for exploited minors"},
    "the sex trade": {"name": "New start", "description": "Housing for people leaving the sex trade"},
    "its documents": {
        "name": "Emergency shelter",
        "required_documents": [{"id": location()["id"], "document": "Order of protection"}],
    },
    "only the program": {"name": "Housing", "program": {"id": location()["id"], "name": "DV program"}},
    "joined": {"name": "Harbor", "url": "https://www.domesticviolence.example"},
    "with marks of a page": {"name": "Harbor", "description": "<b>Domestic</b>&nbsp;<i>violence</i> shelter"},
    "with low lines": {"name": "domestic_violence_shelter"},
    "in one word": {"name": "DomesticViolenceShelter"},
    "signs between": {"name": "Domestic/sexual violence housing"},
    "misspelt": {"name": "Domestic voilence shelter"},
    "blanks nobody sees": {"name": "Domes\u200btic vio\u200blence shel\u00adter"},
    "told after intake": {"name": "Beds", "description": "Location provided after intake"},
    "never told": {"name": "Beds", "description": "Please never share our address."},
    "not to be published": {"name": "Beds", "description": "DO NOT PUBLISH ADDRESS"},
    "ES: casa de refugio": {"name": "Casa de refugio"},
    "ES: casa de acogida": {"name": "Casa de acogida para mujeres y sus hijos"},
    "ES: hogar": {"name": "Hogar para mujeres en peligro"},
    "ES: abuso conyugal": {"name": "Vivienda temporal", "description": "Para quien sufre abuso conyugal"},
    "ES: no publicar": {"name": "Camas", "description": "No publicar la dirección"},
    "ES: por teléfono": {"name": "Camas", "description": "La dirección se da por teléfono"},
    "a list of everything": {
        "name": "Human services",
        "description": "Food, domestic violence, homeless shelter, jobs",
    },
}
ASKS: dict[str, dict[str, Any]] = {
    "masked street": {"name": "Beds", "at": location(addresses=[{"address_1": "CONFIDENTIAL", "city": "Los Angeles"}])},
    "masked in an address that lacks the rest": {
        "name": "Beds",
        "at": location(addresses=[], unfinished_addresses=[{"address_1": "Confidential"}]),
    },
    "crossed out street": {"name": "Beds", "at": location(addresses=[{"address_1": "XXXXX", "city": "Los Angeles"}])},
    "blackened street": {"name": "Beds", "at": location(addresses=[{"address_1": "█████", "city": "Los Angeles"}])},
    "redacted": {"name": "Beds", "at": location(addresses=[{"address_1": "[redacted]", "city": "Los Angeles"}])},
    "a flag of another system": {"name": "Beds", "at": location(is_confidential="1")},
    "a flag with a long name": {"name": "Beds", "PhysicalAddressIsPrivate": True},
    "hidden from the web": {"name": "Beds", "ExcludeFromWebsite": "Yes"},
    "not to be displayed": {"name": "Beds", "Display physical address to public users?": "No"},
}
SHOWS: dict[str, dict[str, Any]] = {
    "food": {"name": "Food pantry"},
    "animals": {"name": "Animal shelter"},
    "homeless": {"name": "Homeless shelter", "description": "Beds for men. First come, first served."},
    "family shelter": {"name": "Family shelter", "description": "For families without a home."},
    "legal clinic at the courthouse": {
        "name": "Domestic violence legal clinic",
        "description": "Help with restraining orders, no appointment.",
        "at": location("County courthouse"),
    },
    "police": {"name": "Police department", "description": "Domestic violence unit, patrol, records"},
    "hospital": {"name": "Sexual assault examination", "at": location("County hospital")},
    "clinic that asks": {"name": "Community health center", "description": "We screen for intimate partner violence."},
    "batterers": {"name": "Batterers intervention program", "description": "52 week domestic violence class"},
    "recovery home": {"name": "Sober living", "description": "Residential treatment for substance abuse"},
    "drugs and alcohol": {"name": "Residential program", "description": "For drug and alcohol abuse."},
    "confidential testing": {"name": "HIV testing", "description": "Free and confidential HIV testing."},
    "confidential counselling": {"name": "Counseling", "description": "All sessions are confidential."},
    "library": {"name": "Main library", "description": "Books, and a women's reading group."},
    "fire": {"name": "Red Cross", "description": "Shelter for victims of fires and floods."},
    "cancer": {"name": "Support group", "description": "For survivors of cancer."},
    "women's clinic": {"name": "Women's clinic", "description": "Prenatal care"},
    "refugees": {"name": "Refugee services", "description": "English classes for refugees"},
    "workshop": {"name": "Sheltered workshop", "description": "Jobs for people with disabilities"},
    "ES: se trata de": {"name": "Banco de comida", "description": "Se trata de comida gratis."},
    "ES: refugio de animales": {"name": "Refugio de animales"},
    "child abuse class": {"name": "Parenting class", "description": "Prevents child abuse."},
    "a page that tells where": {"name": "Mobile clinic", "description": "See website for location."},
    "things in a list": {
        "name": "Food pantry",
        "organization": organization("Army", description="Shelter, food, women's programs, rehabilitation"),
    },
    "a public office": {"name": "Housing authority", "description": "Preference for victims of domestic violence."},
    "victims of a theft": {"name": "Consumer office", "description": "Victims of identity theft, housing complaints"},
    "picnics": {"name": "Park", "description": "Picnic shelter, women's softball"},
    "no violence": {"name": "Homeless shelter", "description": "Zero tolerance for violence. No violent offenders."},
    "other services of a big one": {
        "name": "Food pantry",
        "organization": organization("Helping Hands", description="Food, jobs, and classes on dating violence."),
    },
}


def _doc(made: dict[str, Any]) -> Doc:
    return service(**{"at": location(), **made}).doc


@pytest.mark.parametrize("made", HIDES.values(), ids=HIDES)
def test_a_hideout_is_recognised(made: dict[str, Any]) -> None:
    assert secrecy(_doc(made)) is Secrecy.HIDEOUT


@pytest.mark.parametrize("made", ASKS.values(), ids=ASKS)
def test_a_place_that_is_not_to_be_shown_is_not(made: dict[str, Any]) -> None:
    assert secrecy(_doc(made)) is Secrecy.ASKED


@pytest.mark.parametrize("made", SHOWS.values(), ids=SHOWS)
def test_what_hides_nobody_is_left_alone(made: dict[str, Any]) -> None:
    assert secrecy(_doc(made)) is Secrecy.NONE


SAID: dict[str, tuple[Wordings, str]] = {
    "fled": (
        FLED,
        """domestic abuse; partner violence; violence against; spousal abuse; battered; abusive relationship; abusers;
        women who are abused; sexually exploited; rape; human trafficking; forced labor; slavery; stalker; fleeing;
        victims of arson; survivor advocate; escaping violence; dv; d.v; ipv; csec; c.s.e.c; prostitution;
        commercial sex; women in crisis; women in transition;
        violencia de genero; maltratadas; golpeada; acecho; huyen; sobreviviente;
        victima; abuso sexual; agresion sexual; trata de personas; contra la trata; dating violence; families abused;
        honour-based violence; escape danger""",
    ),
    "women": (
        WOMEN,
        """women's shelter; womens refuge; mujeres en albergue; shelter for girls; refugio de mujeres;
        girls safe home;
        casa para mujeres""",
    ),
    "children": (CHILDREN, "child abuse; elder abuse; abused; abuso infantil; abuso de menores; neglected"),
    "beds": (
        BEDS,
        """shelter; refuge; sanctuary; motel; hotel voucher; halfway house; lodging; dormitory; safe-home; group home;
        safe place to stay; supportive housing; scattered-site apartment; rapid re-housing; women's residence; 12 beds;
        housing program; residential care; beds available; place to sleep; albergue; alojamiento; resguardo; hospedaje;
        lugar seguro; casa hogar; vivienda temporal; hogar seguro; safe stay; communal living; secure placement;
        crisis unit; shared accommodation; lugar para dormir""",
    ),
    "harmed": (
        HARMED,
        """abused; violence; exploited; threatened; dangerous; unsafe; not safe; hurting; beaten; survivor;
        crime victim; victims of trafficking; sex trade; leaving the life; order of protection; t-visa;
        toxic relationship;
        unhealthy family relationships; en peligro; insegura; agresor; maltrato; explotacion""",
    ),
    "secret": (
        SAID_SECRET,
        """confidential location; undisclosed address; secret site; direccion confidencial; safe house; whereabouts
        unknown and withheld; not disclose the location; casas seguras; casa de seguridad; casa de refugio; secure
        shelter; lugar reservado; refugio seguro; told where to go; anonymous safe accommodation; protective shelter""",
    ),
    "not told": (
        NOT_TOLD,
        """private address; location is private; address is not available; ubicacion no se publica; for the address;
        para la ubicacion; for our exact location; lugar protegido; address not made public; domicilio no revela;
        for directions; address will not be shared; para direccion; location not provided; do not give out the address;
        never share our location; address not for public release; don't publish this address; no publicar la direccion;
        direccion no es publica; direccion se da por telefono; location provided after intake; address given once""",
    ),
}


@pytest.mark.parametrize(("words", "said"), SAID.values(), ids=SAID)
def test_the_quick_look_misses_no_wording(words: Wordings, said: str) -> None:
    texts = [" ".join(text.split()) for text in said.split(";")]
    assert not [text for text in texts if not words.pattern.search(text)]
    assert not [text for text in texts if not words.are_in(f" {text} ")]
    assert not [text for text in texts if not words.are_in(f"{'much is said ' * 40}{text}{' and more' * 40}")]


def test_a_public_place_is_known_by_its_names_only() -> None:
    assert PUBLIC.pattern.search("county courthouse")
    advocate = {"name": "Hope program", "description": "Legal advocacy after domestic violence, at court"}
    assert secrecy(_doc(advocate)) is Secrecy.HIDEOUT


def test_what_an_organization_asks_for_is_about_its_own_place() -> None:
    flagged = {"organization": organization("Legal clinic", **{"Display physical address to public users?": "No"})}
    assert secrecy(_doc(flagged)) is Secrecy.OWNER


TOLD: dict[str, dict[str, Any]] = {
    "by a code": {"attributes": [term("Group 7", code="ZZ-1000.100")]},
    "by a term": {"terms": ("Safe Housing",)},
    "by its name": {"name": "Safe home network"},
}


@pytest.mark.parametrize("made", TOLD.values(), ids=TOLD)
def test_what_is_read_as_a_shelter_for_people_who_fled_hides_its_place(made: dict[str, Any]) -> None:
    content, terms = release()
    coded = terms.with_codes(load_codes(b"code,topic,facet\nZZ-1000,shelter,abuse\n", content))
    doc = _doc({"name": "Harbor", **made})
    assert secrecy(doc) is Secrecy.NONE
    assert secrecy_of(doc, coded) is Secrecy.HIDEOUT
