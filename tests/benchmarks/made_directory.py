"""A made-up directory as an HSDS 3 tabular package, as large as asked for: a state's 211 has 100,000 services.

    python -m tests.benchmarks.made_directory FOLDER [SERVICES]

Three services to an organization, a place to most of them, one and a half numbers, five schedules, an attribute,
a language to every other one: about twelve rows a service. The same every time.
"""

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from uuid import UUID

_HEADINGS = {
    "organizations": "id,name,alternate_name,description,email,website",
    "services": "id,organization_id,name,description,url,email,status,application_process,fees_description,"
    "eligibility_description,minimum_age,assured_date,last_modified,internal_code",
    "locations": "id,organization_id,location_type,name,latitude,longitude",
    "service_at_location": "id,service_id,location_id",
    "addresses": "id,location_id,address_1,city,state_province,postal_code,country,address_type",
    "phones": "id,service_id,number,extension,type,description",
    "schedules": "id,service_id,freq,byday,opens_at,closes_at,description",
    "languages": "id,service_id,name,code",
    "taxonomies": "id,name,description",
    "taxonomy_terms": "id,code,name,description,taxonomy_id",
    "attributes": "id,link_id,link_entity,link_type,taxonomy_term_id",
}
_FILES = {"service_at_location": "service_at_location.csv"}
_TOWNS = (
    *[("Los Angeles", "CA", "90057", 34.06, -118.28), ("Westmont", "IL", "60559", 41.77, -87.98)],
    *[("Sacramento", "CA", "95814", 38.58, -121.49), ("Chicago", "IL", "60608", 41.85, -87.67)],
    *[("Tampa", "FL", "33602", 27.95, -82.46), ("Fresno", "CA", "93721", 36.73, -119.79)],
)
_WHOSE = "Hope Harbor Bridge River Summit Valley Prairie Golden Lakeside Northside Riverside Oak Cedar Maple".split()
_WHAT = (
    *("Food Pantry", "Emergency Shelter", "Legal Aid Clinic", "Recovery Program", "Youth Drop-in Center"),
    *("Community Health Clinic", "Counseling Services", "Job Training", "Rent Assistance", "Senior Lunch Program"),
    *("Domestic Violence Support", "Immigration Help Desk", "Diaper Bank", "Utility Assistance", "Parenting Classes"),
)
_TERMS = ("Food", "Housing", "Legal", "Health", "Work", "Money", "Care", "Education", "Transit", "Goods")
_DAYS = ("MO", "TU", "WE", "TH", "FR")


def make(folder: Path, services: int) -> int:
    """Write a directory of so many services into a folder; return how many rows it has."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(5)  # noqa: S311 - the same directory every time
    counted = 0
    with ExitStack() as stack:
        writers = {}
        for name, headings in _HEADINGS.items():
            path = folder / _FILES.get(name, f"{name}.csv")
            file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            writers[name] = csv.writer(file)
            writers[name].writerow(headings.split(","))
        for table, row in _rows(random, services):
            writers[table].writerow(row)
            counted += 1
    return counted


def _rows(random: Random, services: int) -> Iterator[tuple[str, list[object]]]:
    def new() -> str:
        return str(UUID(int=random.getrandbits(128), version=4))

    taxonomy = new()
    yield "taxonomies", [taxonomy, "Needs", "What people need."]
    terms = [new() for _ in _TERMS]
    for term, name in zip(terms, _TERMS, strict=True):
        yield "taxonomy_terms", [term, "", name, f"Help with {name.lower()}.", taxonomy]
    for number in range(services):
        if number % 3 == 0:
            organization, whose = new(), f"{random.choice(_WHOSE)} {random.choice(_WHOSE)} {number // 3}"
            site = f"https://org{number // 3}.example.org"
            yield "organizations", [organization, f"{whose} Center", "", f"{whose} helps neighbors.", "", site]
        yield from _service(random, new, (organization, whose, site), terms, number=number)


def _service(
    random: Random, new: Callable[[], str], organization: tuple[str, str, str], terms: list[str], *, number: int
) -> Iterator[tuple[str, list[object]]]:
    service, what = new(), random.choice(_WHAT)
    name = f"{organization[1]} {what}"
    said = f"{name} offers help to people in need, in person and by phone. Walk in, or call first. Bring an ID."
    status = random.choice(("active", "active", "active", "active", "inactive", ""))
    about = [said, organization[2], "", status, "Call for an appointment.", "Free", "Residents of the county"]
    age, moment = random.choice(("", "", "18", "60")), f"2026-0{random.randint(1, 9)}-11T10:00:00Z"
    yield "services", [service, organization[0], name, *about, age, "2026-05-04", moment, f"X{number}"]
    town, state, code, north, east = random.choice(_TOWNS)
    if random.random() < 0.8:
        location = new()
        place = [round(north + random.uniform(-0.1, 0.1), 5), round(east + random.uniform(-0.1, 0.1), 5)]
        yield "locations", [location, organization[0], "physical", f"{name} office", *place]
        yield "service_at_location", [new(), service, location]
        street = f"{random.randint(1, 9999)} {random.choice(_WHOSE)} St"
        yield "addresses", [new(), location, street, town, state, code, "US", "physical"]
    for _ in range(1 + (number % 2)):
        printed = (
            f"({random.choice((213, 630, 916, 312, 813))}) {random.randint(200, 999)}-{random.randint(0, 9999):04}"
        )
        yield "phones", [new(), service, printed, random.choice(("", "", "", "12")), "voice", "Main line"]
    for day in _DAYS:
        yield "schedules", [new(), service, "WEEKLY", day, "09:00", random.choice(("17:00", "16:30")), ""]
    if number % 2:
        yield "languages", [new(), service, random.choice(("English", "Spanish", "Korean")), ""]
    yield "attributes", [new(), service, "service", "", random.choice(terms)]


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000), "rows")  # noqa: T201
