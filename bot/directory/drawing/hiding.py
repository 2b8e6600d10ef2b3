"""The words by which a service shows that people hide there, English and Spanish.

They stand in code and not in data/, because nobody should be able to take one out.
"""

import re

from bot.directory.drawing.wordings import Wordings, one_is_in

_MISFORTUNES = (
    r"(?:fires?|disasters?|floods?|flooding|hurricanes?|earthquakes?|tornado\w*|storms?|cancer|strokes?|suicide|torture"
    r"|wars?|genocide|holocaust|aids|brain|covid\w*|burns?|identity|frauds?|scams?|accidents?|malpractice"
    r"|discrimination|loss|heart)\b"
)
_OTHER_VICTIMS = rf"(?!(?:an? |the |house |natural |traumatic )?{_MISFORTUNES})"
#: Partners, traffickers, rapists: whom people hide from.
FLED = Wordings.of(
    "violen abus assault batter rape traffick forced slave stalk flee fled surviv victim escap _dv (dv /dv -dv d.v ipv"
    " csec c.s.e.c in_crisis in_danger in_distress in_transition prostitut commercial maltrat golpead sexual trata"
    " acecho huye sobrevivient domestic abuso fgm honor_k honour_k conyugal",
    # Joined, misspelt, with signs between: "domesticviolence.example", "domestic/sexual voilence".
    r"domestic(?:ally)?\W*(?:\w+\W+){0,2}?(?:violen|voilen|violan|abus|assault|batter|crisis)\w*",
    r"dv\W?(?:shelter|hous|program|victim|surviv|safe|emergency|transitional)\w*|honou?r killings?|fgm",
    r"(?:partner|family|dating|relationship|gender[- ]based|interpersonal|honou?r[- ]based|intimate)"
    r" (?:violen|abus)\w*|violent (?:partner|spouse|husband|wife|boyfriend|relationship|home|household|marriage)\w*",
    r"(?:abuse|survivors?'?|victims?'?) (?:shelter|hous|home|refuge|residence)\w*",
    r"(?:abus|violen|assault|traffick)\w* (?:survivor|victim)\w*",
    r"violence against|spous(?:e|al) (?:abus|violen)\w*|batter(?:ed|er|ers|ing)|abusers?",
    r"abus(?:ed|ive) (?:\w+ and |and \w+ )?(?:wom[ae]n|spouse|partner|wi[fv]e|husband|relationship|home|situation"
    r"|household|marriage|parent|mother|partnership)\w*",
    r"(?:wom[ae]n|families|people|persons|those) (?:who )?(?:that )?(?:are |have been |were )?(?:being )?abused",
    r"sexual(?:ly)? (?:\w+ )?(?:assault|violen|abus|exploit|slave)\w*|rapes?|raped",
    r"traffick\w*|forced (?:marriages?|labou?r|prostitution)|slavery",
    r"stalk(?:ing|ed|er|ers)|flee|fleeing|fled",
    rf"(?:surviv\w+|victims?) (?:of {_OTHER_VICTIMS}|from|and their|services?|advoca\w+)",
    r"escap(?:e|ing) (?:from )?(?:an? )?(?:violen|abus|danger|prostitut|exploit)\w*",
    r"d\.?v\.?|ipv|csec|c\.s\.e\.c|prostitut\w+|commercial(?:ly)? sex\w*",
    r"(?:women|mujeres) (?:(?:and|y) (?:their |sus )?(?:children|hijos|ninos) )?(?:in|en)"
    r" (?:crisis|danger|distress|transition|peligro|riesgo)|abuso (?:domestico|conyugal|familiar|de (?:la )?pareja)",
    r"violencia (?:domestica|familiar|intrafamiliar|de genero|de pareja|en la pareja|sexual|contra|machista|conyugal)",
    r"maltrat\w+|golpead[ao]s?|acecho|huyen(?:do)?|sobrevivientes?|victimas?",
    r"abus(?:o|ad[ao]s?) sexual\w*|agresion(?:es)? sexual\w*|violacion sexual|explotacion sexual",
    r"(?:la|de|contra la|anti) trata|trata (?:de (?:personas|blancas|seres)|humana|sexual|laboral)",
)
#: Women and a refuge in one breath: most such places hide somebody.
WOMEN = Wordings.of(
    "shelter refug albergue safe_h casa hogar",
    r"(?:wom[ae]n|womens|mujer(?:es)?|girls?|ninas)(?:'s| s)?\W+(?:\w+\W+){0,3}"
    r"(?:shelters?|refuges?|albergues?|refugios?|safe house|safe home|safe haven)",
    r"(?:shelters?|refuges?|albergues?|refugios?)[ '/&-]+(?:\w+[ '/&-]+){0,2}(?:wom[ae]n|mujer(?:es)?|girls|ninas)",
    r"safe (?:place|home|space)(?: to \w+)? for (?:wom|girl)\w*",
    # A comma above would part what is only listed: "shelter, food, women's group".
    r"(?:casas?|hogar(?:es)?) (?:(?:de )?(?:acogida|hogar|refugio|transicion|paso) )?(?:de|para) (?:la |las )?"
    r"mujer(?:es)?",
)
#: Abuse of children and of the old: it makes a place secret only where they stay overnight.
CHILDREN = Wordings.of(
    "abus neglect",
    r"(?:child(?:ren)?|elder|senior|physical|emotional)\W+(?:\w+\W+)?abuse\w*",
    r"abused|abuso (?:infantil|de menores)|neglected",
)
#: Harm of any kind, said less plainly: it makes a place secret where the service itself has beds.
HARMED = Wordings.of(
    "abus violen surviv exploit danger unsafe not_safe hurt beat threat sex_trade sex_ind the_life of_prot protective_o"
    " -visa t_visa u_visa toxic unhealthy victim maltrat peligro insegur explota agresor",
    r"(?:abus|violen|exploit|threat|maltrat|explota)\w*|dangerous|unsafe|not safe|hurt(?:ing|s)?|beat(?:en|ing|s)?",
    rf"(?<!cancer )(?<!stroke )(?<!burn )surviv(?:or|ors|ed|ing)\b(?! of (?:an? |the )?{_MISFORTUNES})",
    rf"victims?\b(?! of (?:an? |the |house |natural )?{_MISFORTUNES})",
    r"sex (?:trade|industry)|(?:leav|exit|escap)\w+ the life|orders? of protection|protective orders?|[tu][- ]visas?",
    r"(?:toxic|unhealthy) (?:\w+ ){0,2}relationships?|(?:en|de) peligro|insegur[ao]s?|agresor(?:es)?",
)
#: Somewhere to stay.
BEDS = Wordings.of(
    "shelter safe refug sanctuar hous living lodg accommod residen home apartment placement unit stay motel hotel bed"
    " place_to places_to dormitor albergue alojamiento resguardo hospedaje casa hogar vivienda lugar a_room rooms_f",
    r"shelter(?:s|ing)?|refuges?|sanctuar\w+|motels?|hotel (?:vouchers?|stays?)|halfway houses?|lodging|dormitor\w+",
    r"safe ?-?(?:house|home|haven|housing|dwelling|bed|stay|apartment|place to stay)s?",
    r"(?:transitional|emergency|temporary|interim|bridge|crisis|supportive|short[- ]term|long[- ]term|communal|group"
    r"|scattered[- ]site|shared|confidential|secure|safe|protective|anonymous|survivor) (?:supportive )?"
    r"(?:housing|living|lodging|accommodation|residence|home|apartment|shelter|placement|unit|stay)s?",
    r"rapid re[- ]?housing|women's residence|(?:hous(?:ing|e)|homes?|residences?|rooms?) for \w+",
    r"housing programs?|we (?:have|offer|provide) (?:\w+ )?(?:rooms?|beds?|homes?|housing)",
    r"(?:to|we) (?:house|shelter|lodge)",
    r"residential (?:program|facilit|shelter|service|treatment|housing|home|care|setting|safe|communit)\w*",
    r"\d+ ?-?beds?|beds? (?:for|available|nights?)|places? to (?:stay|live|sleep)",
    r"albergues?|refugios?|alojamiento|resguardo|hospedaje|lugar (?:seguro|para (?:quedarse|dormir))",
    r"casas? (?:seguras?|hogar|de (?:transicion|acogida|refugio|seguridad|la mujer)|para mujeres)|hogar para \w+",
    r"(?:vivienda|hogar) (?:transitori[ao]|de emergencia|temporal|de transicion|transicional|segur[ao])",
)
_UNTOLD = (
    r"(?:confidential|undisclosed|non[- ]?disclosed|secret|unpublished|unlisted|redacted|hidden|withheld|suppressed"
    r"|confidencial|secret[ao]|reservad[ao]|ocult[ao])"
)
_SITE = (
    r"(?:locations?|address(?:es)?|whereabouts|domicilio|direccion|ubicacion|lugar|sitio|sites?|shelters?|safe ?houses?"
    r"|hous(?:e|ing)|residences?|albergues?|refugios?|casas?)"
)
_WHERE = r"(?:locations?|address(?:es)?|whereabouts|domicilio|direccion|ubicacion|lugar)"
_NOT = r"(?:do not|don'?t|does not|doesn'?t|never|not be|will not|cannot|not to be|not)"
#: Words that say themselves that a place is not to be known.
SAID_SECRET = Wordings.of(
    "confiden disclos secret unpubl unlisted redact hidden withheld suppress reservad ocult safe_house safehouse"
    " safe-house casa_segura casas_segura casa_de_ casas_de_ _seguro told_where told_how private_s secure_s protected_s"
    " protective_s anonym",
    rf"{_UNTOLD}\W+(?:\w+\W+)?{_SITE}|{_WHERE}\W+(?:\w+\W+){{0,6}}?{_UNTOLD}",
    rf"{_NOT} (?:\w+ )?disclos\w*\W+(?:\w+\W+){{0,3}}{_WHERE}",
    r"safe[ -]?houses?|casas? (?:seguras?|de (?:seguridad|refugio))|(?:refugio|hogar|albergue)s? seguros?",
    r"told (?:where|how) to (?:go|come|get there)",
    r"(?:private|secure|protected|protective|anonymous)\W+(?:\w+\W+)?(?:shelter|accommodation)",
)
#: Words that say that the place they speak of is not told to everybody: looked for where a place is spoken of.
NOT_TOLD = Wordings.of(
    "location address whereabout domicilio direcci ubicaci lugar directions",
    r"(?:private|secure|protected|anonymous)\W+(?:\w+\W+)?(?:location|address)",
    rf"{_WHERE}\W+(?:\w+\W+){{0,6}}?(?:private|protegid[ao]|not (?:be )?(?:for )?(?:listed|published|disclosed|given"
    r"|public|shown|available|revealed|released|provided|shared|made public)"
    r"|no (?:se |es )?(?:public|divulg|revel|compart|muestr|indic)\w*)",
    rf"{_NOT} (?:\w+ )?(?:reveal|publish|releas|shar|giv|list|print|post|display|show)\w*\W+(?:\w+\W+){{0,3}}{_WHERE}",
    rf"no (?:se )?(?:public|divulg|revel|compart|muestr|d[ae])\w*\W+(?:\w+\W+){{0,2}}{_WHERE}",
    # Told to who calls: "Location provided after intake", "La direccion se da por telefono".
    rf"{_WHERE}\W+(?:\w+\W+){{0,3}}?(?:provided|given|shared|released|told|da|dara|proporciona)\W+(?:\w+\W+)?(?:after"
    r"|upon|once|when|at intake|during|following|(?:by|over the) (?:tele)?phone|despues|por telefono|al)",
    r"(?<!website )(?<!online )(?<!web site )(?<!site )(?:for|para) "
    r"(?:the |our |la |el |exact |physical |shelter |site |more )*(?:address|location|directions|direccion|ubicacion)",
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
    r"batterers? (?:intervention|treatment)|housing authority|township|immigra\w+|family justice cent(?:er|re)",
    r"abogad\w+|corte|juzgado|tribunal|policia|clinica|biblioteca|escuela|universidad|ayuda legal",
)
_ALL = {*FLED.needs, *SAID_SECRET.needs, *WOMEN.needs, *HARMED.needs, "neglect"} - {"casa", "hogar"}
#: Pieces that hold another one are found with it.
_TRIGGERS = tuple(sorted(piece for piece in _ALL if not any(other in piece for other in _ALL - {piece})))
_DENYING = (
    *("private", "secure ", "protected", "anonym", "not ", "n't ", "dont ", "never ", "no ", "provided ", "given "),
    *("shared ", "released ", "told ", "se da", "proporcion", "protegid", "for ", "para "),
)


def may_hide(text: str) -> bool:
    """Say whether a text in lower case, accents and all, could match any of the patterns: a quick no for most."""
    return one_is_in(_TRIGGERS, text) or (one_is_in(NOT_TOLD.needs, text) and one_is_in(_DENYING, text))
