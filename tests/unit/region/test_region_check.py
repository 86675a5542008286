"""Every fault of a package is found, with its code and place, and all at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.region import check, load
from tongchou.region.descriptor import NAME


def swap(table: str, before: str, after: str) -> Callable[[Path], None]:
    """Return a change of one table's text; it fails when there is nothing to change."""

    def change(folder: Path) -> None:
        path = folder / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")

    return change


def add(table: str, row: str) -> Callable[[Path], None]:
    """Return a change that appends a row."""

    def change(folder: Path) -> None:
        path = folder / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")

    return change


def described(change: Callable[[dict], object]) -> Callable[[Path], None]:
    """Return a change of datapackage.json."""

    def apply(folder: Path) -> None:
        path = folder / NAME
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(json.dumps(content), encoding="utf-8")

    return apply


def encoded(table: str, encoding: str) -> Callable[[Path], None]:
    """Return a change of a table's encoding."""

    def change(folder: Path) -> None:
        path = folder / f"{table}.csv"
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))

    return change


def resource(content: dict, name: str) -> dict:
    return next(r for r in content["resources"] if r["name"] == name)


def drop_field(table: str, name: str) -> Callable[[dict], None]:
    def change(content: dict) -> None:
        schema = resource(content, table)["schema"]
        schema["fields"] = [f for f in schema["fields"] if f["name"] != name]

    return change


def codes_and_places(folder: Path) -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in check(folder)]


def test_the_small_package_is_clean(package: Path) -> None:
    assert check(package) == []
    region = load(package)
    assert [p.code for p in region.places] == ["990100", "990101", "990102", "Z990101"]
    assert region.county_level() == ("990101", "990102")


FAULTS: list[tuple[str, Callable[[Path], None], list[tuple[str, str]]]] = [
    ("descriptor is not JSON", lambda f: (f / NAME).write_text("{"), [("G002", NAME)]),
    ("descriptor has an unknown key", described(lambda d: d.update(colour="red")), [("G002", f"{NAME} colour")]),
    (
        "descriptor path leaves the folder",
        described(lambda d: resource(d, "places").update(path="../x.csv")),
        [("G002", f"{NAME} resources.0.path")],
    ),
    (
        "pattern that is no expression",
        described(lambda d: resource(d, "sources")["schema"]["fields"][0]["constraints"].update(pattern="(")),
        [("G002", f"{NAME} resources.4.schema.fields.0.constraints.pattern")],
    ),
    (
        "a name declared twice",
        described(lambda d: d["resources"].append(resource(d, "places"))),
        [("G002", f"{NAME} resources"), ("G002", f"{NAME} resources")],
    ),
    ("declared file missing", lambda f: (f / "projects.csv").unlink(), [("G003", "projects.csv")]),
    ("GB18030 file", encoded("sources", "gb18030"), [("G004", "sources.csv")]),
    ("byte order mark", encoded("sources", "utf-8-sig"), [("G005", "sources.csv")]),
    ("UTF-16 file", encoded("projects", "utf-16"), [("G006", "projects.csv")]),
    (
        "unclosed quote",
        add("projects", '"'),
        [("G006", "projects.csv:2")],
    ),
    ("undeclared file", lambda f: (f / "extra.csv").write_text("a\n1\n"), [("G007", "extra.csv")]),
    (
        "required table not declared",
        described(lambda d: d["resources"].remove(resource(d, "sources"))),
        [("G008", NAME), ("G007", "sources.csv")],
    ),
    (
        "standard column of another type",
        described(lambda d: resource(d, "places")["schema"]["fields"][0].update(type="integer")),
        [("G009", NAME)],
    ),
    (
        "required standard column not declared",
        described(drop_field("projects", "kind")),
        [("G009", NAME)],
    ),
    ("missing column", swap("sources", ",confidence,note", ",confidence"), [("G010", "sources.csv:1")]),
    ("extra column", swap("projects", "note", "note,colour"), [("G011", "projects.csv:1")]),
    ("doubled column", swap("projects", "note", "note,note"), [("G012", "projects.csv:1")]),
    ("cell too many", swap("figures", "reported,book,,", "reported,book,,,"), [("G013", "figures.csv:6")]),
    ("empty required cell", swap("parties", "finance,市财政局", "finance,"), [("G014", "parties.csv:2 name")]),
    ("kind that does not exist", swap("places", ",county,", ",shire,"), [("G015", "places.csv:3 kind")]),
    ("badly formed id", add("sources", "Blog 2,《博客》,某人,,,公开,,"), [("G016", "sources.csv:3 id")]),
    ("no centre", described(lambda d: d["region"].update(centre="")), [("G017", f"{NAME} region.centre")]),
    ("unknown centre", described(lambda d: d["region"].update(centre="110000")), [("G020", f"{NAME} region.centre")]),
    ("unknown place", swap("figures", "990102,output", "990109,output"), [("G020", "figures.csv:7 place")]),
    ("unknown parent", swap("places", "county,990100", "county,110000"), [("G020", "places.csv:3 parent")]),
    ("unknown indicator", swap("figures", "per-head,2021", "per-foot,2021"), [("G021", "figures.csv:9 indicator")]),
    ("unknown source", swap("figures", "derived,book", "derived,blog"), [("G022", "figures.csv:9 source")]),
    ("unknown member", swap("parties", "east|west", "east|north"), [("G023", "parties.csv:5 members")]),
    (
        "unknown unit of an indicator",
        swap("indicators", "万元,economy", "两银子,economy"),
        [("G024", "indicators.csv:3 unit")],
    ),
    ("unknown unit of a figure", swap("figures", "1040,元/人", "1040,两银子"), [("G024", "figures.csv:9 unit")]),
    ("unknown status", swap("figures", "derived,book", "guessed,book"), [("G025", "figures.csv:9 status")]),
    ("unknown group", swap("places", "东,core", "东,rim"), [("G026", "places.csv:3 group")]),
    (
        "unknown base of an indicator",
        swap("indicators", "more,,whole", "more,,half"),
        [("G026", "indicators.csv:4 base")],
    ),
    (
        "unknown base of a figure",
        swap("figures", "derived,book,whole", "derived,book,half"),
        [("G026", "figures.csv:9 base")],
    ),
    (
        "unknown project",
        add("project_stages", "bridge,opened,2020,book,"),
        [("G026", "project_stages.csv:2 project")],
    ),
    (
        "repeated figure",
        add("figures", "990101,people,2020-11-01,101,人,official,book,apart,"),
        [("G030", "figures.csv:10")],
    ),
    ("repeated code", add("places", "990101,南县,South,county,990100,,,,,,,,,"), [("G030", "places.csv:6")]),
    ("shared alias", swap("places", "990100,西,", "990100,东,"), [("G031", "places.csv:4")]),
    ("group without members", swap("parties", "east|west", ""), [("G032", "parties.csv:5 members")]),
    ("members without group", swap("parties", "财政|预算,", "财政|预算,east"), [("G032", "parties.csv:2 members")]),
    (
        "circle of parents",
        swap("places", "prefecture,,甲", "prefecture,990101,甲"),
        [("G033", "places.csv:2 parent"), ("G033", "places.csv:3 parent")],
    ),
    (
        "zone with a division's code",
        swap("places", "Z990101,新区,New Zone,zone", "Z990101,新区,New Zone,district"),
        [("G034", "places.csv:5 code")],
    ),
    ("own neighbour", add("adjacency", "990101,990101,3,derived,book"), [("G035", "adjacency.csv:2")]),
    ("not a number", swap("figures", "1040,元", "many,元"), [("G040", "figures.csv:9 value")]),
    ("thousand separator", swap("figures", "1040,元", '"1,040",元'), [("G041", "figures.csv:9 value")]),
    ("unit in the cell", swap("figures", "1040,元", "1040元,元"), [("G042", "figures.csv:9 value")]),
    ("dash for a value", swap("figures", "1040,元", "—,元"), [("G043", "figures.csv:9 value")]),
    ("empty value", swap("figures", "1040,元", ",元"), [("G014", "figures.csv:9 value")]),
    ("longitude out of range", swap("places", "112.5,37.8", "1125,37.8"), [("G044", "places.csv:3 seat_lon")]),
    ("bad date", swap("places", "1990-01-01", "1990-02-30"), [("G050", "places.csv:3 valid_from")]),
    ("bad period", swap("figures", "per-head,2021", "per-head,2021年"), [("G051", "figures.csv:9 period")]),
    (
        "reversed interval",
        swap("places", "1990-01-01,", "1990-01-01,1980-01-01"),
        [("G052", "places.csv:3 valid_to")],
    ),
    (
        "figure before its place existed",
        swap("figures", "990101,per-head,2021", "990101,per-head,1980"),
        [("G053", "figures.csv:9 period")],
    ),
    ("unit of another dimension", swap("figures", "1040,元/人", "1040,人"), [("G060", "figures.csv:9 unit")]),
    ("sum that does not match", swap("figures", "30.7,万元", "31.9,万元"), [("G061", "figures.csv:8 value")]),
    ("sum of counted people off by one", swap("figures", "350,人", "351,人"), [("G061", "figures.csv:5 value")]),
    ("base not stated", swap("figures", "official,book,whole", "official,book,"), [("G062", "figures.csv:5 base")]),
    (
        "per head on the wrong base",
        swap("figures", "derived,book,whole", "derived,book,apart"),
        [("G063", "figures.csv:9 base")],
    ),
    ("per head without a base", swap("indicators", "more,,whole", "more,,"), [("G064", "indicators.csv:4 base")]),
    (
        "illustrative among real",
        swap("figures", "derived,book", "illustrative,book"),
        [("G066", "figures.csv:9")],
    ),
]


@pytest.mark.parametrize(("change", "expected"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_one_fault_gives_its_code_and_place(
    package: Path, change: Callable[[Path], None], expected: list[tuple[str, str]]
) -> None:
    change(package)
    found = codes_and_places(package)
    assert sorted(found) == sorted(expected)


def test_a_total_that_needs_the_zone_is_called_so(package: Path) -> None:
    swap("figures", "30.7,万元", "35.8,万元")(package)
    add("figures", "Z990101,output,2021,5,万元,reported,book,,")(package)
    assert codes_and_places(package) == [("G065", "figures.csv:8 value")]


def test_a_total_within_the_printed_digits_stands_and_one_beyond_does_not(package: Path) -> None:
    # 10.4 + 20.4 = 30.8 against a printed 30.7: three roundings of 0.05 allow 0.15.
    assert check(package) == []
    swap("figures", "30.7,万元", "30.9,万元")(package)
    assert check(package) == []
    swap("figures", "30.9,万元", "30.6,万元")(package)
    assert [p.code for p in check(package)] == ["G061"]


def test_a_convertible_unit_is_converted_and_its_digits_count_in_their_own_unit(package: Path) -> None:
    swap("figures", "10.4,万元", "104000,元")(package)
    assert check(package) == []
    figure = load(package).figure("990101", "output", "2021")
    assert figure is not None
    assert (figure.value, figure.unit) == (pytest.approx(10.4), "万元")


def test_the_tolerance_of_a_sum_follows_the_digits_as_printed_before_conversion(package: Path) -> None:
    # 0.0010亿元 is 10万元 give or take 0.5: 10 + 20.4 may well be the printed 30.7, but not a printed 31.1.
    swap("figures", "10.4,万元", "0.0010,亿元")(package)
    assert check(package) == []
    swap("figures", "30.7,万元", "31.1,万元")(package)
    assert [p.code for p in check(package)] == ["G061"]


def test_not_applicable_is_no_value_and_stops_the_sum(package: Path) -> None:
    swap("figures", "10.4,万元", "不适用,万元")(package)
    assert check(package) == []
    figure = load(package).figure("990101", "output", "2021")
    assert figure is not None
    assert figure.value is None


def test_illustrative_rows_may_stand_in_a_file_of_their_own(package: Path) -> None:
    header = (package / "figures.csv").read_text(encoding="utf-8").splitlines()[0]
    row = "990102,per-head,2021,900,元/人,illustrative,book,whole,"
    (package / "figures_illustrative.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")

    def declare(content: dict) -> None:
        copy = dict(resource(content, "figures"))
        content["resources"].append(copy | {"name": "figures_illustrative", "path": "figures_illustrative.csv"})

    described(declare)(package)
    assert check(package) == []
    assert len(load(package).figures) == 9


def test_a_neighbour_given_both_ways_is_a_repetition(package: Path) -> None:
    add("adjacency", "990101,990102,3,derived,book")(package)
    add("adjacency", "990102,990101,3,derived,book")(package)
    assert codes_and_places(package) == [("G030", "adjacency.csv:3")]


def test_a_declared_table_beside_the_standard_ones_is_read_and_checked(package: Path) -> None:
    field = {"name": "place", "constraints": {"required": True}}
    count = {"name": "buses", "type": "integer", "constraints": {"required": True, "minimum": 0}}
    key = {"fields": "place", "reference": {"resource": "places", "fields": "code"}}
    schema = {"fields": [field, count], "primaryKey": ["place"], "foreignKeys": [key]}
    described(lambda d: d["resources"].append({"name": "buses", "path": "buses.csv", "schema": schema}))(package)
    (package / "buses.csv").write_text("place,buses\n990101,3\n", encoding="utf-8")
    assert check(package) == []
    assert load(package).extra == {"buses": [{"place": "990101", "buses": "3"}]}
    (package / "buses.csv").write_text("place,buses\n990109,-1\n990101,1.5\n990101,2\n990101,3\n", encoding="utf-8")
    assert sorted(codes_and_places(package)) == [
        ("G020", "buses.csv:2 place"),
        ("G030", "buses.csv:5"),
        ("G040", "buses.csv:3 buses"),
        ("G044", "buses.csv:2 buses"),
    ]


def test_many_faults_are_reported_together_and_loading_refuses_with_all_errors(package: Path) -> None:
    changes = [
        swap("places", "东,core", "东,rim"),
        swap("parties", "east|west", "east|north"),
        swap("indicators", "万元,economy", "两银子,economy"),
        swap(
            "figures",
            "990101,people,2020-11-01,100,人,official,book,apart",
            "990101,people,2020-11-01,100,人,official,blog,",
        ),
        swap("figures", "1040,元", '"1,040",元'),
        add("figures", "990102,per-head,2021年,—,元/人,guessed,book,whole,"),
        encoded("sources", "gb18030"),
        add("project_stages", "bridge,opened,2020,book,"),
    ]
    for change in changes:
        change(package)
    expected = [
        ("G004", "sources.csv"),
        ("G022", "figures.csv:2 source"),
        ("G023", "parties.csv:5 members"),
        ("G024", "indicators.csv:3 unit"),
        ("G025", "figures.csv:10 status"),
        ("G026", "places.csv:3 group"),
        ("G026", "project_stages.csv:2 project"),
        ("G041", "figures.csv:9 value"),
        ("G043", "figures.csv:10 value"),
        ("G062", "figures.csv:2 base"),
    ]
    assert sorted(codes_and_places(package)) == sorted(expected)
    with pytest.raises(ProblemsError) as refused:
        load(package)
    assert {p.code for p in refused.value.problems} == {code for code, _ in expected} - {"G004"}


def test_every_problem_says_what_and_how_in_both_languages(package: Path) -> None:
    swap("figures", "1040,元", '"1,040",元')(package)
    (problem,) = check(package)
    assert problem.as_dict() == {
        "code": "G041",
        "where": "figures.csv:9 value",
        "message": "数值“1,040”带千分位分隔符",
        "hint": "写成 1040",
        "severity": "error",
    }
    assert problem.as_dict("en")["hint"] == "write 1040"


def test_a_folder_that_is_no_package_is_one_problem(tmp_path: Path) -> None:
    assert [p.code for p in check(tmp_path)] == ["G001"]
    with pytest.raises(ProblemsError, match="G001"):
        load("no-such-region")
