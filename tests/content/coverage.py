"""The coverage table of facts/voice.md, by hand: who answers for a topic, in which order, in each county."""

WESTLAKE, WESTMONT = "westlake", "westmont"

#: topic -> the ids that lead in Los Angeles, those that lead in DuPage (no facet told). More may follow.
LEADING: dict[str, tuple[str, str]] = {
    "danger": ("911 ndvh lac-dv-hotline", "911 ndvh ildvh fss-mfsd"),
    "suicide": ("988 crisis-text-line dmh-access", "988 crisis-text-line dchd-crisis il-cares"),
    "overdose": ("911 poison", "911 poison"),
    "trafficking": ("cast-la nhth", "nhth las-hti nijc stop-it"),
    "violence": (
        "rainn lac-dv-hotline ndvh peace-over-violence cpaf 1736-fcc",
        "rainn ildvh fss-mfsd chicago-rape-crisis",
    ),
    "shelter": ("211-la covenant-house-ca", "211-dupage dupagepads"),
    "exit": ("swop-line cast-la", "swop-line salt-light"),
    "health": ("clinica-romero saban st-johns", "dchd access-dupage howard-brown"),
    "counseling": ("dmh-access peace-over-violence 988", "dchd dchd-crisis fss-mfsd 988"),
    "recovery": ("samhsa 211-la", "il-helpline haymarket samhsa"),
    "legal": ("lafla public-counsel", "las-hti fss-mfsd"),
    "law": ("lafla", "ildvh"),
    "immigration": ("carecen chirla public-counsel lafla", "nijc las-hti"),
    "food": ("211-la", "211-dupage dupagepads"),
    "money": ("211-la", "dg-township dupage-cs 211-dupage"),
    # The table gives salt-light, and 211 to adults; salt-light's number is for enquiries, so it is last everywhere.
    "jobs": ("hire-la-youth 211-la", "211-dupage salt-light"),
    "id": ("211-la", "211-dupage"),
    # loveisrespect leads trevor in Los Angeles, and it is national: in DuPage it comes between them too.
    "youth": (
        "nrs loveisrespect trevor ncmec 1736-fcc covenant-house-ca",
        "nrs il-cares loveisrespect trevor ncmec",
    ),
    "safety": ("swop-line safespot swop-la", "swop-line safespot"),
    "signs": ("nhth swop-line", "nhth swop-line"),
    "report": ("911 nhth ncmec lapd-nonemergency", "911 nhth ncmec westmont-pd"),
    "community": ("myla311", ""),
    "lgbtq": ("lalgbt st-johns trans-lifeline trevor", "howard-brown trans-lifeline trevor"),
    "help": ("911 988 211-la", "911 988 211-dupage"),
}

#: (topic, facet) -> the ids that come before all others in Los Angeles, in DuPage, once the facet is told.
FACETS: dict[tuple[str, str], tuple[str, str]] = {
    ("violence", "partner"): ("lac-dv-hotline ndvh 1736-fcc", "ildvh fss-mfsd ndvh"),
    ("violence", "assault"): ("rainn peace-over-violence cpaf", "rainn chicago-rape-crisis"),
    ("violence", "client"): ("rainn peace-over-violence swop-line", "rainn chicago-rape-crisis swop-line"),
    ("violence", "stalking"): ("peace-over-violence lac-dv-hotline ndvh", "ildvh fss-mfsd ndvh"),
    ("violence", "images"): ("rainn", "rainn"),
    ("trafficking", "survivor"): ("cast-la nhth", "las-hti nhth nijc stop-it"),
    ("shelter", "abuse"): ("lac-dv-hotline ndvh 1736-fcc", "fss-mfsd ildvh ndvh"),
    ("shelter", "youth"): ("nrs covenant-house-ca", "nrs"),
    ("shelter", "family"): ("211-la", "211-dupage dupagepads"),
    ("shelter", "trans"): ("211-la trevor 988", "211-dupage trevor 988"),
    ("health", "dental"): ("211-la", "211-dupage"),
    ("health", "hormones"): ("lalgbt st-johns", "howard-brown"),
    ("health", "after-sex"): ("clinica-romero saban st-johns", "dchd howard-brown"),
    ("health", "pregnancy"): ("clinica-romero saban st-johns", "dchd"),
    ("recovery", "naloxone"): ("samhsa", "il-helpline samhsa"),
    ("recovery", "grief"): ("dmh-access 988 211-la", "dchd 988 211-dupage"),
    ("legal", "family"): ("lafla 211-la", "fss-mfsd ildvh 211-dupage"),
    ("legal", "wages"): ("211-la", "211-dupage"),
    ("legal", "record"): ("lafla", "las-hti"),
    ("immigration", "detained"): ("chirla", "nijc"),
    ("immigration", "visa"): ("", "nijc las-hti"),
    ("money", "diapers"): ("211-la", "211-dupage"),
    ("money", "utilities"): ("211-la", "211-dupage dupage-cs dg-township"),
    ("money", "funeral"): ("211-la", "211-dupage"),
    ("youth", "minor"): ("nrs", "nrs"),
    ("youth", "parent"): ("nrs", "nrs il-cares"),
    ("youth", "aged-out"): ("covenant-house-ca 211-la nrs", "211-dupage nrs"),
}

#: Every facet there is, topic by topic; those that pick no entry of their own (sex, labour ...) are here too.
KNOWN: dict[str, str] = {
    "violence": "partner assault client stalking images",
    "trafficking": "sex labour survivor",
    "legal": "criminal civil family record wages",
    "health": "pregnancy after-sex hormones dental",
    "recovery": "treatment naloxone grief",
    "youth": "minor parent aged-out",
    "shelter": "abuse family youth trans",
    "immigration": "detained visa",
    "money": "diapers utilities funeral",
}

#: What a texter gets whose county is unknown or not ours: national lines and the 211 of wherever they are.
ANYWHERE: dict[str, str] = {
    "danger": "911 ndvh",
    "suicide": "988 crisis-text-line",
    "overdose": "911 poison",
    "trafficking": "nhth",
    "violence": "rainn ndvh",
    "shelter": "211",
    "exit": "swop-line 211",
    "health": "211",
    "counseling": "988 211",
    "recovery": "samhsa 211",
    "legal": "211",
    "law": "211",
    "immigration": "211",
    "food": "211",
    "money": "211",
    "jobs": "211",
    "id": "211",
    "youth": "nrs loveisrespect trevor ncmec",
    "safety": "swop-line safespot",
    "signs": "nhth swop-line",
    "report": "911 nhth ncmec",
    "community": "211",
    "lgbtq": "trans-lifeline trevor 988 211",
    "help": "911 988 211",
}
