"""The entries say nothing that the facts do not say: numbers, hours, languages, policies."""

import re

from tests.content.directory import Entry, phones, published, serving

#: The only hours that are not "24/7": (id, number) -> hours; "" = known to be unknown.
HOURS = {
    ("211-dupage", "898211"): "Mo-Fr 08:00-18:00",
    ("fss-mfsd", "+16304078813"): "Mo-Fr 08:00-12:00,13:30-16:00",
    ("myla311", "311"): "Mo-Fr 07:00-19:00; Sa,Su,PH 08:00-16:45",
    ("myla311", "+12134733231"): "Mo-Fr 07:00-19:00; Sa,Su,PH 08:00-16:45",
    ("trans-lifeline", "+18775658860"): "Mo-Fr 10:00-18:00",
    ("lalgbt", "+13239937500"): "Mo-Fr 08:00-17:00",
    ("saban", "+13236531990"): "Mo-Fr 08:00-18:00",
    ("dupage-cs", "+16304076500"): "Mo-Fr 08:00-16:30",
    ("lalgbt", "+13239937649"): "",
    ("dupage-cs", "+18009429412"): "",
    ("dupage-cs", "+18668001409"): "",
    ("haymarket", "+13122267984"): "",
    ("rainn", "64673"): "",
    ("samhsa", "435748"): "",
    ("ndvh", "+18558121001"): "",
    ("dupagepads", "+16306823846"): "",
    ("westmont-pd", "+16309816300"): "",
    ("swop-line", "+18777762004"): "",
    ("211", "211"): "",
}
#: Policies that a note or an evidence states: id -> police, minors. Everybody else's are unknown.
POLICIES = {
    "911": ("works with police", "unknown"),
    "988": ("may if danger", "unknown"),
    "nhth": ("works with police", "works with police"),
    "ncmec": ("works with police", "works with police"),
    "trans-lifeline": ("never unasked", "unknown"),
    "stop-it": ("works with police", "unknown"),
    "lapd-nonemergency": ("works with police", "unknown"),
    "westmont-pd": ("works with police", "unknown"),
}
#: What a life may hang on by the minute, and where there are beds. Everything else is a hotline or a service.
CRISIS_LINES = {
    *("911", "988", "ndvh", "trevor", "crisis-text-line", "safespot", "never-use-alone", "poison"),
    *("dmh-access", "dchd-crisis", "il-cares"),
}
SHELTERS = {"covenant-house-ca", "children-of-the-night", "naomis-house", "reclaim13", "dupagepads"}
KEPT = {"911", "988", "211", "211-la", "211-dupage", "ndvh"}
#: The generic 211 is ours: resources.yaml has the county ones.
OURS = {"211"}


def test_only_published_facts_are_published(entries: dict[str, Entry], facts: dict[str, Entry]) -> None:
    for entry in entries.values():
        if entry["id"] in OURS:
            assert published(entry) == {"211"}
            continue
        fact = facts[entry["id"]]
        assert {p["number"] for p in phones(entry)} == {p["number"] for p in fact["phones"]}, entry["id"]
        allowed = {p["number"] for p in fact["phones"] if p["publish"]} if fact["ship"] == "yes" else set()
        assert published(entry) == allowed, entry["id"]
        assert entry["name"] == fact["name"]


def test_what_ships_is_there_and_nothing_else(entries: dict[str, Entry], facts: dict[str, Entry]) -> None:
    status = {"yes": "publish", "check-first": "check-first"}
    wanted = {(f["id"], f["area"], status[f["ship"]]) for f in facts.values() if f["ship"] != "no"}
    assert {(e["id"], e["area"], e["status"]) for e in entries.values() if e["id"] not in OURS} == wanted


def test_ways_and_keywords_are_those_of_the_facts(entries: dict[str, Entry], facts: dict[str, Entry]) -> None:
    ways = {"voice": {"call"}, "tty": {"tty"}, "sms": {"text"}, "shortcode": {"text"}, "voice+sms": {"call", "text"}}
    # 311 is a call, whatever its length; the videophone is listed as voice; two "call or text" stand in a label.
    odd = {"311": {"call"}, "+18558121001": {"video"}, "+18447628483": {"call", "text"}}
    for entry in (e for e in entries.values() if e["id"] not in OURS):
        for number in {p["number"] for p in phones(entry)}:
            ours = [p for p in phones(entry) if p["number"] == number]
            theirs = [p for p in facts[entry["id"]]["phones"] if p["number"] == number]
            said = set().union(*(ways[p["type"]] for p in theirs))
            assert {w for p in ours for w in p["ways"]} == odd.get(number, said), (entry["id"], number)
            words = {p["keyword"] for p in theirs if p.get("keyword")}
            assert {p["keyword"]["en"] for p in ours if "en" in p.get("keyword", {})} <= words
            if published(entry) and words:
                assert all(p["keyword"]["en"] in words for p in ours), (entry["id"], number)
    assert [p["keyword"] for p in phones(entries["988"])] == [{"es": "AYUDA"}]


def test_numbers_have_a_shape(entries: dict[str, Entry]) -> None:
    for entry in entries.values():
        for phone in phones(entry):
            assert re.fullmatch(r"\+1[2-9]\d\d[2-9]\d{6}|[2-9]11|988|\d{5,6}", phone["number"]), entry["id"]


def test_hours_are_evidenced(entries: dict[str, Entry], facts: dict[str, Entry]) -> None:
    for entry in entries.values():
        for phone in phones(entry):
            hours = phone.get("hours", "")
            if (entry["id"], phone["number"]) in HOURS:
                assert hours == HOURS[entry["id"], phone["number"]]
            elif entry["id"] not in OURS and hours:
                said = str(facts[entry["id"]]["hours"])
                assert hours == "24/7", entry["id"]
                assert re.search(r"24/7|24.hour", said), (entry["id"], said)
            assert ("timezone" in phone) == (entry["id"] == "trans-lifeline")
    assert phones(entries["trans-lifeline"])[0]["timezone"] == "America/Los_Angeles"
    assert {p["hours"] for p in phones(entries["211-dupage"])} == {"24/7", "Mo-Fr 08:00-18:00"}
    assert phones(entries["fss-mfsd"])[0]["hours"] == "24/7"


def test_languages_are_known_ones(entries: dict[str, Entry], facts: dict[str, Entry]) -> None:
    names = {
        "en": "English", "es": "Spanish", "ko": "Korean", "vi": "Vietnamese", "yue": "Cantonese", "cmn": "Mandarin",
        "zh": "Chinese", "tl": "Tagalog", "km": "Khmer", "ja": "Japanese", "th": "Thai", "hy": "Armenian",
        "*": "interpreter|00\\+ lang|40\\+ lang|language line",
    }  # fmt: skip
    for entry in (e for e in entries.values() if e["id"] not in OURS):
        said = "; ".join(facts[entry["id"]]["languages"])
        for phone in phones(entry):
            for language in phone.get("languages", []):
                assert re.search(names[language], said), (entry["id"], language)


def test_no_short_code_claims_spanish_without_evidence(entries: dict[str, Entry]) -> None:
    texting = {
        p["number"] for e in entries.values() for p in phones(e)
        if "text" in p["ways"] and {"es", "*"} & set(p.get("languages", []))
    }  # fmt: skip
    assert texting == {"988", "233733", "+18778636338"}


def test_policies_are_unknown_unless_stated(entries: dict[str, Entry]) -> None:
    stated = {e["id"]: (e["police"], e["minors"]) for e in entries.values()}
    assert stated == {i: POLICIES.get(i, ("unknown", "unknown")) for i in entries}


def test_police_answer_only_where_they_may(entries: dict[str, Entry]) -> None:
    police = [e for e in entries.values() if e.get("is_police")]
    assert {e["id"] for e in police} == {"lapd-nonemergency", "westmont-pd"}
    for entry in police:
        assert {s["topic"] for s in serving(entry)} <= {"danger", "report", "community"}


def test_only_last_resort_lines_never_step_back(entries: dict[str, Entry]) -> None:
    assert {e["id"] for e in entries.values() if e.get("keep")} == KEPT


def test_every_entry_says_what_kind_it_is(entries: dict[str, Entry]) -> None:
    kinds = {
        kind: {e["id"] for e in entries.values() if e["kind"] == kind} for kind in {e["kind"] for e in entries.values()}
    }
    assert kinds.keys() == {"crisis line", "hotline", "shelter", "service"}
    assert kinds["crisis line"] == CRISIS_LINES
    assert kinds["shelter"] == SHELTERS
    assert {i for i in entries if i.startswith("211")} <= kinds["hotline"]


def test_nobody_has_dialled_a_number_yet(entries: dict[str, Entry]) -> None:
    assert not [p["number"] for e in entries.values() for p in phones(e) if "checks" in p]


def test_every_entry_has_its_evidence(entries: dict[str, Entry], facts: dict[str, Entry]) -> None:
    strengths = {"official": "official", "government": "government"}
    for entry in entries.values():
        assert entry["evidence"], entry["id"]
        assert [(str(c["on"]), c["how"]) for c in entry["checks"]] == [("2026-11-21", "stored page")]
        if entry["id"] not in OURS:
            assert entry["source"] == strengths.get(facts[entry["id"]]["strength"], "secondary"), entry["id"]


def test_a_link_is_evidenced_and_stands_alone(entries: dict[str, Entry], facts: dict[str, Entry]) -> None:
    for entry in entries.values():
        if entry["status"] == "publish":
            assert bool(published(entry)) != ("link" in entry), entry["id"]
        if "link" in entry:
            fact = facts[entry["id"]]
            known = [str(fact["url"]), *(e["source"] for e in fact["evidence"])]
            assert any(entry["link"] in k.replace("www.", "") for k in known), entry["id"]
