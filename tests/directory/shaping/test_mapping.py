from pathlib import Path

import pytest

from bot.directory.reading.raw import Opened
from bot.directory.shaping.mapping import MappingError
from bot.directory.shaping.mapping_text import load_mapping, mapping_text
from tests.directory.shaping.made import came_of, table, tables

HERE = Path(__file__).resolve().parent
OURS = load_mapping((HERE / "agencies.toml").read_bytes(), "agencies.toml")
ROW = {
    "Title": "Night shelter",
    "Open?": "Yes",
    "Who": "Open Door",
    "Call": "main: 312-555-0100 / tdd: 312-555-0101",
    "Phone 2": "312-555-0102",
    "Ext 2": "007",
    "Where": "9525 Sterling Drive, Cutler Bay, FL 33157",
    "Tongues": "English/Spanish",
    "Body": "Beds for adults.",
    "More": "No children.",
    "Tags": "food, Housing",
    "Hrs": "8pm-8am daily",
    "Ask for": "Jo",
}


def test_a_mapping_of_our_own_says_where_every_column_goes() -> None:
    doc = tables(table("agencies.csv", ROW), mapping=OURS).doc
    assert (doc["name"], doc["status"], doc["organization"]["name"]) == ("Night shelter", "active", "Open Door")
    assert doc["description"] == "Beds for adults.\nNo children."
    phones = {phone["number"]: (phone.get("type"), phone.get("extension_text")) for phone in doc["phones"]}
    assert phones == {
        "312-555-0100": ("voice", None), "312-555-0101": ("textphone", None), "312-555-0102": (None, "007"),
    }  # fmt: skip
    assert doc["service_at_locations"][0]["location"]["addresses"][0]["city"] == "Cutler Bay"
    assert sorted(row["name"] for row in doc["languages"]) == ["English", "Spanish"]
    assert sorted(row["taxonomy_term"]["name"] for row in doc["attributes"]) == ["Housing", "food"]
    assert (doc["eligibility_description"], doc["Ask for"]) == ("Anyone", "Jo")
    assert doc["schedules"][0]["opens_at"] == "20:00:00"


def test_words_nobody_gave_a_meaning_still_refuse() -> None:
    came = tables(
        table("agencies.csv", {**ROW, "Open?": "Perhaps"}, {**ROW, "Open?": "No", "Title": "B"}), mapping=OURS
    )
    assert came.doc["status"] == "inactive"
    assert [note.value for note in came.refused] == ["Perhaps"]


def test_a_mapping_may_say_one_thing_only_and_leave_the_rest_to_the_names() -> None:
    told = '[files.services]\ntable = "services"\ncolumns.status = { to = "status", values = { Verified = "active" } }'
    came = tables(
        table("services.csv", {"id": "1", "name": "A", "status": "Verified", "website": "http://a.org"}),
        mapping=load_mapping(told.encode(), "m.toml"),
    )
    assert (came.doc["status"], came.doc["url"]) == ("active", "http://a.org")


def test_only_what_a_mapping_names_is_read_when_it_says_so() -> None:
    told = '[files.services]\ntable = "services"\nonly = true\ncolumns = { id = "id", Title = "name" }'
    doc = tables(
        table("services.csv", {"id": "1", "Title": "A", "url": "x"}), mapping=load_mapping(told.encode(), "m.toml")
    ).doc
    assert doc["url_text"] == "x"


def test_a_mapping_comes_back_as_it_was_written() -> None:
    assert load_mapping(mapping_text(OURS).encode(), "agencies.toml") == OURS


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("x =", ["m.toml is no TOML"]),
        ("", ["m.toml: it names no file"]),
        ("files = 3", ["m.toml: it names no file"]),
        ('other = 1\n[files.a]\ntable = "services"', ["m.toml: other is not known"]),
        ('[files.a]\ntable = "nothing"\nfoo = 1', ["m.toml, files.a: foo is not known", "is no table of the standard"]),
        (
            '[files.b]\ntable = "services"\n[files.b.columns]\nT = "nam"\nU = { too = "x" }\nW = "foo.bar"\n'
            'V = { to = "phones.numbr", split = 3, values = { a = 1 } }\n[files.c]\ntable = 3',
            ["did you mean name?", "U: write the field it goes to", "'foo' in 'foo.bar' is no table",
             "did you mean number?", "V: split must be text", "V, values: every value must be text",
             "files.c: table must be text"],
        ),
    ],
)  # fmt: skip
def test_every_problem_of_a_mapping_is_named_at_once(content: str, problems: list[str]) -> None:
    with pytest.raises(MappingError) as error:
        load_mapping(content.encode(), "m.toml")
    said = "\n".join(error.value.problems)
    assert [problem for problem in problems if problem not in said] == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a: [", "m.yaml is no YAML"),
        ("- 1", "m.yaml: it names no file"),
        ("x: 3", "m.yaml, x: it must list columns"),
        (
            "services.csv:\n  columns:\n    A: {modl: x}\n",
            "m.yaml, services.csv, A: a column needs a model and a field",
        ),
        ("!!python/object:os.system {}", "m.yaml is no YAML"),
    ],
)
def test_problems_of_other_peoples_mappings(content: str, problem: str) -> None:
    with pytest.raises(MappingError) as error:
        load_mapping(content.encode(), "m.yaml")
    assert problem in str(error.value)


YAML = b"""
providers.csv:
  columns:
    provider_id: [{model: organizations, field: id}, {model: services, field: organization_id},
      {model: services, field: id}, {model: locations, field: id}, {model: phones, field: service_id}]
    provider_name: [{model: organizations, field: name}, {model: services, field: name}]
    telephone_number: {model: phones, field: number}
    handicap: {model: accessibility_for_disabilities, field: accessibility, map: {t: Handicap accessible}}
    languages: {model: languages, field: language, split_by: ", "}
    hours: {model: regular_schedules, field: original_text}
    intake: {model: services, field: application_process}
    intake_2: {model: services, field: application_process, append: true}
"""


def test_other_peoples_mapping_of_one_file_with_all_in_it() -> None:
    came = tables(
        table("providers.csv", {"provider_id": "5", "provider_name": "P", "telephone_number": "988", "handicap": "t",
                                "languages": "English, Creole", "hours": "8:00am-5:00pm, Mon-Fri", "intake": "Call.",
                                "intake_2": "Or come."}),
        mapping=load_mapping(YAML, "map.yaml"),
    )  # fmt: skip
    doc = came.doc
    assert (doc["name"], doc["organization"]["name"], doc["phones"][0]["number"]) == ("P", "P", "988")
    assert doc["service_at_locations"][0]["location"]["accessibility"][0]["description"] == "Handicap accessible"
    assert sorted(row["name"] for row in doc["languages"]) == ["Creole", "English"]
    assert doc["schedules"][0]["byday"] == "MO,TU,WE,TH,FR"
    assert doc["application_process"] == "Call.\nOr come."


def test_a_mapping_beside_the_data_is_used_and_told_and_a_faulty_one_only_told() -> None:
    rows = (table("agencies.csv", ROW),)
    good = came_of(
        Opened("made", rows, mappings={"agencies.toml": (HERE / "agencies.toml").read_bytes(), "b.toml": b""})
    )
    assert good.doc["name"] == "Night shelter"
    assert good.told[:2] == [
        "agencies.toml: inferred: lies beside the data and says what its columns mean: it was used",
        "b.toml: dropped: lies beside the data, but another mapping there comes first",
    ]
    bad = came_of(Opened("made", rows, mappings={"a.toml": b"x ="}))
    assert bad.told[0].startswith(
        "a.toml: dropped: lies beside the data but cannot be used as a mapping (a.toml is no TOML"
    )


def test_a_mapping_one_folder_above_is_used_where_its_columns_are_there() -> None:
    given = {"../agencies.toml": (HERE / "agencies.toml").read_bytes()}
    came = came_of(Opened("made", (table("agencies.csv", ROW),), mappings=given))
    assert came.doc["name"] == "Night shelter"
    what = "lies one folder above the data and says what their columns mean: it was used"
    assert came.told[0] == f"../agencies.toml: inferred: {what}"
    others = came_of(Opened("made", (table("agencies.csv", {"Agency": "A", "Phone": "211"}),), mappings=given))
    assert others.doc["name"] == "A"
    what = "lies one folder above the data, but names other columns than theirs: it was not used"
    assert others.told[0] == f"../agencies.toml: inferred: {what}"
