"""The word lists and commands: big enough, kept apart from what asks for help, and never deaf to a cry."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.referral.content import Content
from bot.referral.normalise import words_of
from bot.referral.understand import understand
from bot.referral.vocabulary import inflect

File = dict[str, Any]
Files = dict[str, File]
BOTH = pytest.mark.parametrize("language", ["en", "es"])
RESERVED = {
    "stop": "stop stopall unsubscribe cancel end quit revoke optout",
    "start": "start yes unstop",
    "helpword": "help info",
}
#: Words that ask for something by themselves: as ordinary words, their misspellings would never be repaired.
ASKING = {
    "en": "help emergency danger hurt bleeding gun choking kidnapped trapped threatened suicide suicidal kill"
    " overdose narcan trafficking pimp forced violence abuse abused rape raped assault stalker shelter bed"
    " homeless evicted eviction motel housing clinic doctor hospital std hiv aids condom pregnant abortion"
    " dentist medicine insurance sick counseling therapy depressed anxiety trauma panic rehab detox sober"
    " meth heroin drugs pills alcohol lawyer attorney legal court warrant arrested jail custody divorce"
    " law illegal immigration visa asylum deported papers food pantry meal hungry money cash rent bills"
    " welfare diapers job work hiring resume id passport teen runaway foster minor safe report gay queer"
    " trans talk police",
    "es": "ayuda emergencia peligro herida pistola amenaza suicidio matarme morir sobredosis trata padrote"
    " violencia abuso maltrato golpe pega violacion acoso albergue refugio cama desalojo hotel vivienda"
    " dormir renta clinica doctor medico hospital sida vih condon embarazada aborto dentista medicina"
    " enferma terapia deprimida ansiedad triste adicto droga alcohol pastillas abogado legal corte carcel"
    " multa fianza divorcio ley ilegal licencia inmigracion migra visa asilo deportado papeles comida"
    " comer hambre dinero cupones trabajo empleo chamba pasaporte acta joven menor salvo denuncia policia"
    " lesbiana trans miedo hablar",
}
#: Ordinary words one or two slips from those above.
NEIGHBOURS = {
    "en": "kids maids nice bad bread good foot mood flood shelf helter layer later vista count short sent went"
    " tent joy drag rug shop step text rest bill will hut hunt tape grape did dies dice kiss skill but run"
    " fun bear meat amuse clinch paltry detour rapids rental mental dancer stranger angry hosting model"
    " couch snack siren trains seen mirror faster",
    "es": "comadre cosa caso cara vida visita hombre venta cuenta paga medio mexico paletas pasteles trato"
    " abajo goles viuda contrato deportes reflejo desayuno abrazo salida querida confianza ciencia milagro"
    " hielo enero pantallas sobre mejor lugar politica gente abierto como come casa",
}
#: Short forms that mean something else in the other language: the text's own language decides.
CLASHES = frozenset(
    "bb bd bf c cn fb gf hlp hr hrs k m mins msg msgs n nd nose np pls plz stan thx tons toy txt u wsp".split()
)


def read(data_dir: Path, name: str) -> File:
    return tomllib.loads((data_dir / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def words(data_dir: Path) -> Files:
    """Give both words files."""
    return {language: read(data_dir, f"words/{language}.toml") for language in ("en", "es")}


@pytest.fixture(scope="module")
def commands(data_dir: Path) -> File:
    """Give the commands as they are written."""
    return read(data_dir, "commands.toml")


@pytest.fixture(scope="module")
def content(default_release: Content) -> Content:
    """Give the whole default release."""
    return default_release


@BOTH
def test_ordinary_words_are_many_folded_and_once(words: Files, language: str) -> None:
    common = words[language]["common"].split()
    assert len(common) >= 2500
    assert [w for w, n in Counter(common).items() if n > 1] == []
    assert [w for w in common if words_of(w) != (w,)] == []


@BOTH
def test_no_word_that_asks_is_ordinary_and_its_neighbours_are(words: Files, language: str) -> None:
    common = set(words[language]["common"].split())
    carriers = set(" ".join(RESERVED.values()).split())
    assert common & set(ASKING[language].split()) == set()
    assert common & carriers == set()
    assert set(NEIGHBOURS[language].split()) - common == set()


@BOTH
def test_fillers_deny_and_ask_nothing(words: Files, language: str) -> None:
    fillers = set(words_of(words[language]["fillers"] + words[language]["place_fillers"]))
    assert fillers & (set("no not never nunca dont que he him".split()) | set(ASKING[language].split())) == set()


@BOTH
def test_short_forms_are_one_word_and_end_there(words: Files, language: str) -> None:
    speak = words[language]["speak"]
    common = set(words[language]["common"].split())
    assert len(speak) >= {"en": 250, "es": 200}[language]
    assert [k for k in speak if words_of(k) != (k,)] == []
    assert [k for k, v in speak.items() if not words_of(v) or set(words_of(v)) & set(speak)] == []
    assert [k for k in speak if k in common] == []


def test_short_forms_that_clash_are_the_listed_ones(words: Files) -> None:
    en, es = words["en"]["speak"], words["es"]["speak"]
    found = {k for k in en if k in es and en[k] != es[k]}
    found |= {k for k in en if k in words["es"]["common"].split()}
    found |= {k for k in es if k in words["en"]["common"].split()}
    assert found == CLASHES


def test_classes_are_the_same_and_described(words: Files, data_dir: Path) -> None:
    assert set(words["en"]["classes"]) == set(words["es"]["classes"])
    for language, file in words.items():
        lines = (data_dir / f"words/{language}.toml").read_text(encoding="utf-8").splitlines()
        for name, members in file["classes"].items():
            at = next(n for n, line in enumerate(lines) if line.startswith(f"{name} = ["))
            assert lines[at - 1].startswith("# "), name
            folded = [words_of(m) for m in members]
            assert [m for m, n in Counter(folded).items() if n > 1 or not m] == [], (language, name)
            assert not re.search(r"[@~/]", " ".join(members)), (language, name)


def test_every_class_used_exists(words: Files, commands: File) -> None:
    used = {n for t in (commands, words) for n in re.findall(r"@([a-z]+)", str(t))}
    assert used
    assert used - set(words["en"]["classes"]) == set()


def test_carrier_words_stand_alone_only_where_they_belong(commands: File) -> None:
    homes = {word: home for home, listed in RESERVED.items() for word in listed.split()}
    for name, command in commands.items():
        for patterns in [p for where in ("whole", "within") for p in command.get(where, {}).values()]:
            alone = {w for p in patterns if " " not in p for w in p.split("/")} & set(homes)
            assert {w for w in alone if homes[w] != name} == set(), name
    for word, home in homes.items():
        assert word in commands[home]["whole"]["en"]


@BOTH
def test_every_command_has_many_wordings(commands: File, language: str) -> None:
    asked = "menu more back stop erase spanish english area who thanks human language deaf no_answer full wrong_number"
    assert set(commands) == {*asked.split(), "unread", "silence", "watched", "privacy", "start", "helpword"}
    for name, command in commands.items():
        # Being watched is told inside a text, never by a text that is nothing else.
        assert len(command.get("whole", {}).get(language, [])) >= 20 or name == "watched", name
        for where in ("whole", "within", "unless"):
            texts = command.get(where, {})
            assert [p for p, n in Counter(texts.get(language, [])).items() if n > 1] == [], (name, where)


@pytest.mark.parametrize(
    ("language", "word", "made", "never"),
    [
        ("en", "evict", "evicted evicting evicts", ""),
        ("en", "abuse", "abused abusing abuser", ""),
        ("en", "show", "shows", "shower"),
        ("en", "numb", "numbs", "number"),
        ("es", "golpear", "golpea golpean golpeaba", ""),
        ("es", "abogado", "abogada abogados", ""),
        ("es", "comer", "comida", "como come comen comieron"),
        ("es", "caso", "casos", "casa"),
        ("es", "parar", "pararon", "para"),
        ("es", "visa", "visas", "visita"),
        ("es", "trata", "tratas", "trato tratando"),
    ],
)
def test_endings_make_forms_and_no_other_word(words: Files, language: str, word: str, made: str, never: str) -> None:
    forms = set(inflect(word, words[language]["endings"]))
    assert set(made.split()) - forms == set()
    assert forms & set(never.split()) == set()


@pytest.mark.parametrize(
    ("language", "heard", "meant"),
    [
        ("es", "avogado nesesito kiero alluda ambre dotor", "abogado necesito quiero ayuda hambre doctor"),
        ("es", "inmigrasion jente enbarasada bioló", "inmigracion gente embarazada violó"),
        ("en", "fone nite imigrasion klinik", "phone night immigration clinic"),
    ],
)
def test_words_spelt_by_ear_meet(words: Files, language: str, heard: str, meant: str) -> None:
    def sound(word: str) -> str:
        for written, spoken in words[language]["sounds"]:
            word = word.replace(written, spoken)
        return word

    assert [sound(w) for w in words_of(heard)] == [sound(w) for w in words_of(meant)]


@pytest.mark.parametrize(
    ("label", "texts"),
    [
        (
            "stop",
            "STOP!!|Stop. Thank you|pls stop texting me|can u stop|i told you to stop texting me|take me off your list",
        ),
        (
            "stop",
            "wrong number stop texting|alto porfa|para ya|denme de baja|quitenme de la lista|ya no me manden mensajes",
        ),
        (
            "stop",
            "he goes thru my phone dont answer|dont text back he checks my phone|no me contestes, lee mis mensajes",
        ),
        ("erase", "x|XX|forget me|delete my info plz|borren lo que escribi|borra mis mensajes porfa"),
        ("more", "more|next|thats full|they didnt pick up|nadie contesta|otro|esta lleno"),
        ("back", "back|go back|atras|regresar"),
        ("menu", "menu|what can i text|opciones|que puedo escribir"),
        ("who", "who dis|r u a bot|are you the cops|do you save my number|quien es|es la migra?|guardan mi numero"),
        ("human", "real person|can i talk to a real person|llamenme|quiero hablar con una persona"),
        ("language", "do you speak korean|polish|hablan k'iche|mixteco|tagalog please"),
        ("deaf", "im deaf|tty|soy sorda"),
        ("cannot_read", "i cant read|no se leer|mandeme un audio|voice note"),
        ("spanish", "español|habla español|spanish please|no english"),
        ("english", "english|en ingles"),
        ("thanks", "thanks|ty|ok|no thanks|gracias|dios le bendiga"),
        ("start", "start|yes|unstop|empezar"),
        ("help", "help|info|ayuda|necesito ayuda|can you help me"),
    ],
)
def test_people_say_it_in_their_own_words(content: Content, label: str, texts: str) -> None:
    assert {text: understand(text, content).label for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), label
    )


@pytest.mark.parametrize(
    "text",
    "he wont stop texting me|make him stop|make him stop texting me|stop hitting me"
    "|i want to stop drinking|bus stop|stop it|stop and frisk|end it all|i want it to end|i want to stop"
    "|quit my job|i quit|cancel my court date|help me stop|stop him|my ex told me dont contact me"
    "|he wont leave me alone|they dont answer|que pare|para mi hijo|soy alto|no mas golpes"
    "|alto a la violencia|mi ex no deja de mandarme mensajes|dile que ya no me mande mensajes"
    "|quiero cancelar mi cita|no me deja en paz|la planta baja|my x hit me|he goes through my phone".split("|"),
)
def test_a_cry_is_no_opt_out(content: Content, text: str) -> None:
    assert understand(text, content).label not in ("stop", "erase")
