"""The words by which a service shows that people hide there, English and Spanish.

They stand in code and not in data/, because nobody should be able to take one out.
"""

import re

from bot.directory.drawing.wordings import Wordings, one_is_in

_OTHER_VICTIMS = (
    r"(?!(?:a |the |house |natural |traumatic )?(?:fires?|disasters?|floods?|flooding|hurricanes?|earthquakes?"
    r"|tornado\w*|storms?|cancer|strokes?|suicide|torture|wars?|genocide|holocaust|aids|brain|covid\w*|burns?)\b)"
)
#: Partners, traffickers, rapists: whom people hide from.
FLED = Wordings.of(
    "violen abus assault batter rape traffick forced slave stalk flee fled surviv victim escap _dv (dv /dv -dv d.v ipv"
    " csec c.s.e.c in_crisis in_danger in_distress in_transition prostitut commercial maltrat golpead sexual trata"
    " acecho huye sobrevivient",
    r"domestic(?:ally)? (?:\w+ )?(?:violen|abus|assault|batter)\w*",
    r"(?:partner|family|dating|relationship|gender[- ]based|interpersonal|honou?r[- ]based|intimate)"
    r" (?:violen|abus)\w*",
    r"violence against|spous(?:e|al) (?:abus|violen)\w*|batter(?:ed|er|ers|ing)|abusers?",
    r"abus(?:ed|ive) (?:\w+ and |and \w+ )?(?:wom[ae]n|spouse|partner|wi[fv]e|husband|relationship|home|situation"
    r"|household|marriage|parent|mother)\w*",
    r"(?:wom[ae]n|families|people|persons|those) (?:who )?(?:that )?(?:are |have been |were )?(?:being )?abused",
    r"sexual(?:ly)? (?:\w+ )?(?:assault|violen|abus|exploit|slave)\w*|rapes?|raped",
    r"traffick\w*|forced (?:marriages?|labou?r|prostitution)|slavery",
    r"stalk(?:ing|ed|er|ers)|flee|fleeing|fled",
    rf"(?:surviv\w+|victims?) (?:of {_OTHER_VICTIMS}|from|and their|services?|advoca\w+)",
    r"escap(?:e|ing) (?:from )?(?:an? )?(?:violen|abus|danger|prostitut|exploit)\w*",
    r"d\.?v\.?|ipv|csec|c\.s\.e\.c|prostitut\w+|commercial(?:ly)? sex\w*",
    r"women (?:and (?:their )?children )?in (?:crisis|danger|distress|transition)",
    r"violencia (?:domestica|familiar|intrafamiliar|de genero|de pareja|en la pareja|sexual|contra|machista|conyugal)",
    r"maltrat\w+|golpead[ao]s?|acecho|huyen(?:do)?|sobrevivientes?|victimas?",
    r"abus(?:o|ad[ao]s?) sexual\w*|agresion(?:es)? sexual\w*|violacion sexual|explotacion sexual",
    r"(?:la|de|contra la|anti) trata|trata (?:de (?:personas|blancas|seres)|humana|sexual|laboral)",
)
#: Women and a refuge in one breath: most such places hide somebody.
WOMEN = Wordings.of(
    "shelter refug albergue safe_h casa",
    r"(?:wom[ae]n|womens|mujer(?:es)?|girls?|ninas)(?:'s| s)?\W+(?:\w+\W+){0,3}"
    r"(?:shelters?|refuges?|albergues?|refugios?|safe house|safe home|safe haven)",
    r"(?:shelters?|refuges?|albergues?|refugios?)\W+(?:\w+\W+){0,2}(?:wom[ae]n|mujer(?:es)?|girls|ninas)",
    r"casas? (?:de|para) (?:la |las )?mujer(?:es)?",
)
#: Abuse of children and of the old: it makes a place secret only where they stay overnight.
CHILDREN = Wordings.of(
    "abus neglect",
    r"(?:child(?:ren)?|elder|senior|physical|emotional)\W+(?:\w+\W+)?abuse\w*",
    r"abused|abuso (?:infantil|de menores)|neglected",
)
#: Somewhere to stay.
BEDS = Wordings.of(
    "shelter safe refug sanctuar hous living lodg accommod residen home apartment placement unit stay motel hotel bed"
    " place_to places_to dormitor albergue alojamiento resguardo hospedaje casa hogar vivienda lugar",
    r"shelter(?:s|ing)?|refuges?|sanctuar\w+|motels?|hotel (?:vouchers?|stays?)|halfway houses?|lodging|dormitor\w+",
    r"safe ?-?(?:house|home|haven|housing|dwelling|bed|stay|apartment|place to stay)s?",
    r"(?:transitional|emergency|temporary|interim|bridge|crisis|supportive|short[- ]term|long[- ]term|communal|group"
    r"|scattered[- ]site|shared|confidential|secure) (?:supportive )?"
    r"(?:housing|living|lodging|accommodation|residence|home|apartment|shelter|placement|unit|stay)s?",
    r"rapid re-?housing|women's residence|housing (?:programs?|for (?:surviv|victim|wom)\w+)",
    r"residential (?:program|facilit|shelter|service|treatment|housing|home|care|setting|safe)\w*",
    r"\d+ ?-?beds?|beds? (?:for|available|nights?)|places? to (?:stay|live|sleep)",
    r"albergues?|refugios?|alojamiento|resguardo|hospedaje|lugar (?:seguro|para (?:quedarse|dormir))",
    r"casas? (?:seguras?|hogar|de transicion|de acogida|de refugio|de la mujer|para mujeres)",
    r"(?:vivienda|hogar) (?:transitori[ao]|de emergencia|temporal|de transicion|transicional|segur[ao])",
)
_UNTOLD = (
    r"(?:confidential|undisclosed|non-?disclosed|secret|unpublished|unlisted|redacted|hidden|withheld|suppressed"
    r"|confidencial|secret[ao]|reservad[ao]|ocult[ao])"
)
_SITE = (
    r"(?:locations?|address(?:es)?|whereabouts|domicilio|direccion|ubicacion|lugar|sitio|sites?|shelters?|safe ?houses?"
    r"|hous(?:e|ing)|residences?|albergues?|refugios?|casas?)"
)
#: Words that say themselves that a place is not to be known.
SAID_SECRET = Wordings.of(
    "confiden disclos secret unpubl unlisted redact hidden withheld suppress reservad ocult private secure_ protected_"
    " anonym not_list not_be_ not_publ not_giv not_shown not_avail not_rev not_rel not_prov not_shar not_made no_publi"
    " no_se_ no_divulg no_revel no_compart no_muestr safe_house safehouse safe-house casa_segura casas_seguras for_addr"
    " for_loca for_dire for_the_addr for_the_loca for_the_dire for_our_ for_exact for_physical for_shelter para_dire"
    " para_la_dire para_ubic para_la_ubic protegid",
    rf"{_UNTOLD}\W+(?:\w+\W+)?{_SITE}",
    r"(?:private|secure|protected|anonymous)\W+(?:\w+\W+)?(?:location|address|shelter)",
    r"(?:locations?|address(?:es)?|whereabouts|domicilio|direccion|ubicacion|lugar)\W+(?:\w+\W+){0,6}?"
    rf"(?:{_UNTOLD}|private|not (?:be )?(?:listed|published|disclosed|given|public|shown|available|revealed|released"
    r"|provided|shared|made public)|no (?:se )?(?:publica|divulga|revela|comparte|muestra)\w*|protegid[ao])",
    r"not (?:be )?(?:disclos|reveal|publish|releas|shar)\w+\W+(?:\w+\W+){0,2}(?:location|address)",
    r"safe ?-?houses?|casas? seguras?",
    r"(?:for|para) (?:the |our |la |el |exact |physical |shelter |site |more )*"
    r"(?:address|location|directions|direccion|ubicacion)",
)
_NOBODYS = rf"(?:{_UNTOLD}|private|not (?:listed|published|disclosed))"
#: A whole cell that says, where a street should stand, that it is nobody's business.
MASK = re.compile(
    rf"\W*(?:(?:{_NOBODYS}|address|location|call for|call|llame|on file|for)\W*)*"
    rf"(?:{_NOBODYS}|call for (?:address|location|info\w*)|call|llame)(?:\W.*)?"
    r"|\W*[x*#]{3,}\W*|.*\bredact\w*.*|.*\b(?:confidential|undisclosed|withheld|confidencial)\b.*",
    re.DOTALL,
)
#: Fields by which other directories say that something must not be shown, and fields that say it may.
FLAG = re.compile(
    r"hid(?:e|den)|private|confiden|secret|suppress|redact|exclude|unlisted|not?[ _-]*publish|no[ _-]*display"
)
SHOWN = re.compile(
    r"(?:display|show|publi|list).*(?:address|location)|(?:address|location).*(?:display|show|publi|list)"
)
#: What anybody may walk into: the place of such a service stays, unless people stay there overnight.
PUBLIC = Wordings.of(
    "",
    r"legal|law|lawyers?|attorneys?|courts?|courthouse|prosecut\w+|police|sheriff\w*|self[- ]help|bar association",
    r"justice cent(?:er|re)|hospital|medical cent(?:er|re)|clinics?|health (?:cent(?:er|re)|department)",
    r"librar(?:y|ies)|schools?|college|university|city hall|county (?:building|government|cent(?:er|re))",
    r"batterers? (?:intervention|treatment)",
    r"abogad\w+|corte|juzgado|tribunal|policia|clinica|biblioteca|escuela|universidad|ayuda legal",
)
_ALL = dict.fromkeys((*FLED.needs, *SAID_SECRET.needs, *WOMEN.needs, "neglect"))
#: Pieces that begin alike are looked for only where their beginning stands.
_GATES = ("for ", "para ", "not ", "no ", "dv")
_GATED = {gate: tuple(piece for piece in _ALL if piece.lstrip(' "(/-').startswith(gate)) for gate in _GATES}
_TRIGGERS = tuple(piece for piece in _ALL if not any(piece in gated for gated in _GATED.values()))


def may_hide(text: str) -> bool:
    """Say whether a text in lower case, accents and all, could match any of the patterns: a quick no for most."""
    return one_is_in(_TRIGGERS, text) or any(gate in text and one_is_in(_GATED[gate], text) for gate in _GATES)
