"""Networks from data: what real files look like, what is refused and where, and that nothing is lost on the way."""

import random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring.networks import (
    RELATIONS,
    Survey,
    Tie,
    from_edges,
    from_matrix,
    from_survey,
    pseudonymise,
    to_edges_csv,
    to_graphml,
)

LONG = "from,to,relation,strength\nAni,Budi,information,2\nBudi,Cici,access,2.5\nCici,Ani,information,1\n"
EXPECTED = Survey(
    ("Ani", "Budi", "Cici"),
    RELATIONS,
    (
        Tie("Ani", "Budi", "information", 2.0),
        Tie("Budi", "Cici", "access", 2.5),
        Tie("Cici", "Ani", "information", 1.0),
    ),
)


@st.composite
def surveys(draw, relations=RELATIONS):
    """Draw any survey that the readers can give: names of all kinds, people without ties, any strengths."""
    letters = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp", "Zs"))
    name = st.text(letters, min_size=1, max_size=8)
    names = draw(st.lists(name, min_size=2, max_size=6, unique_by=norm))
    names = [norm_name(text) for text in names]
    pairs = [(one, other, relation) for one in names for other in names for relation in relations if one != other]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=12))
    strength = st.floats(min_value=1e-6, max_value=1e6)
    rows = [(one, other, draw(strength), relation) for one, other, relation in chosen]
    return from_edges([*rows, *((one, None, None, None) for one in names)], relations=relations)


def norm_name(text):
    import unicodedata

    return unicodedata.normalize("NFC", text)


def norm(text):
    return norm_name(text).casefold()


# What is read


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        "\ufeff" + LONG,
        LONG.replace("\n", "\r\n"),
        LONG.replace("\n", "\r"),
        LONG.replace(",", ";").replace("2.5", "2,5"),
        LONG.replace(",", "\t").replace("2.5", "2,5"),
        LONG.replace("2.5", '"2,5"'),
        LONG.replace("Ani", "  Ani ").replace("Budi", '"Budi"'),
        "\n" + LONG.replace("\n", "\n\n,,,\n"),
        LONG.replace("\n", ",,\n"),
        LONG.replace("from,to,relation,strength", "Dari,Ke,Relasi,Kekuatan").replace("information", "Informasi"),
        "time,strength,to,relation,from\n9:00,2,Budi,information,Ani\n,2.5,Cici,akses,Budi\n,1,Ani,information,Cici",
    ],
    ids=[
        "plain",
        "BOM",
        "CRLF",
        "CR",
        "Indonesian Excel",
        "tabs",
        "quotes",
        "spaces",
        "blank",
        "padded",
        "id",
        "order",
    ],
)
def test_a_file_is_read_as_people_export_it(text, tmp_path):
    assert from_survey(text) == EXPECTED
    assert from_survey(text.encode("utf-16")) == EXPECTED
    path = tmp_path / "survey.csv"
    path.write_bytes(text.encode())
    assert from_survey(path) == from_survey(str(path)) == from_survey(path.read_bytes()) == EXPECTED


def test_accents_survive_every_encoding():
    text = "from,to\nRené,Zoë\nZoe\u0308,Siti Nur’aini\n"
    people = ("René", "Zoë", "Siti Nur’aini")
    assert from_survey(text).people == from_survey(text.encode()).people == people
    assert from_survey(text.replace("e\u0308", "ë").encode("cp1252")).people == people


def test_a_web_form_has_one_row_for_each_person():
    text = "Timestamp;Dari;Komunikasi;Pemecahan masalah\n1;Ani;Budi, Cici;Budi\n2;Budi;Ani|Dedi;\n3;Eka;;\n"
    survey = from_survey(text)
    assert survey.people == ("Ani", "Budi", "Eka", "Cici", "Dedi")
    assert [(tie.source, tie.target) for tie in survey.ties if tie.relation == "communication"] == [
        ("Ani", "Budi"),
        ("Ani", "Cici"),
        ("Budi", "Ani"),
        ("Budi", "Dedi"),
    ]
    assert list(survey.graph("problem_solving").edges) == [("Ani", "Budi")]


def test_people_without_ties_stay():
    survey = from_survey("from,to,relation\nAni,Budi,access\nCici,,\n")
    assert survey.people == ("Ani", "Cici", "Budi")
    assert list(survey.graph("information")) == ["Ani", "Cici", "Budi"]
    assert from_survey("from,to\nAni,Budi\n", people=["Dedi", "Budi", "Ani"]).people == ("Dedi", "Budi", "Ani")


def test_one_set_of_people_gives_five_different_networks():
    rows = [("A", "B", 1, relation) for relation in RELATIONS[:3]] + [("B", "C", 2, "access"), ("C", "A", 5, "access")]
    survey = from_edges(rows)
    assert [survey.graph(relation).number_of_edges() for relation in RELATIONS] == [1, 1, 1, 0, 2]
    assert {frozenset(survey.graph(relation)) for relation in RELATIONS} == {frozenset("ABC")}
    combined = survey.combined()
    assert combined.edges["A", "B"] == {"weight": 3.0, "relations": 3}
    assert combined.edges["C", "A"] == {"weight": 5.0, "relations": 1}


def test_a_list_of_pairs_has_one_relation():
    survey = from_edges([("Ani", "Budi"), ("Budi", "Ani", 3)])
    assert survey.relations == ("tie",)
    assert nx.to_dict_of_dicts(survey.graph("tie")) == {
        "Ani": {"Budi": {"weight": 1.0}},
        "Budi": {"Ani": {"weight": 3}},
    }


@given(st.integers(1, 6), st.integers(0, 2**30), st.sampled_from([";", ",", "\t"]))
def test_a_matrix_is_what_networkx_makes_of_it(size, seed, delimiter):
    draw = random.Random(seed)
    names = [f"P{number}" for number in range(size)]
    cells = [[0 if one == other else draw.choice([0, 1, 2.5]) for other in range(size)] for one in range(size)]
    rows = [["", *names], *([name, *row] for name, row in zip(names, cells, strict=True))]
    expected = nx.DiGraph()
    expected.add_nodes_from(names)
    expected.add_weighted_edges_from(
        (names[one], names[other], cells[one][other])
        for one in range(size)
        for other in range(size)
        if cells[one][other]
    )
    found = from_matrix(rows).graph("tie")
    assert list(found) == names
    assert nx.utils.graphs_equal(found, expected)
    text = "\n".join(delimiter.join(map(str, row)) for row in rows)
    if size > 1:
        assert from_matrix(text.replace(".", "," if delimiter != "," else ".")) == from_matrix(rows)


# What is refused, and where


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"survey is empty; it needs a header in row 1"),
        ("  \n\n", r"survey is empty"),
        ("from,to\n", r"survey names nobody"),
        ("nowhere.csv", r"source is 'nowhere\.csv'; no such file can be read"),
        ("Ani,Budi\nBudi,Cici\n", r"row 1: the headings are 'Ani', 'Budi'; needed are from and to"),
        ("\n\nname,to\nAni,Budi\n", r"row 3: the headings are 'name', 'to'; needed are from"),
        ("from,to,strenght\nA,B,2\n", r"row 1, column C: the heading 'strenght' is unknown; did you mean 'strength'\?"),
        ("from,to,dari\nA,B,C\n", r"row 1, column C: 'dari' means the same as row 1, column A\."),
        ("from,to,relation\nA,B,\n", r"row 2, column C \(relation\): '' is no relation asked here; write one of"),
        ("from,to,relation\nA,B,informasy\n", r"column C \(relation\): 'informasy' .* did you mean 'informasi'\?"),
        ("from,to,relation\nA,,access\n", r"row 2, column B \(to\): no name; write one"),
        ("from,to\n,B\n", r"row 2, column A \(from\): no name"),
        ("from,to\n\n\nAni,Ani\n", r"row 4, column B \(to\): 'Ani' names themselves"),
        ("from,to\nA,B\nA,C\nA,B\n", r"row 4, column B \(to\): 'A' names 'B' here and in row 2; keep one"),
        ("from,to\nAni,Budi\nani,Cici\n", r"row 3, column A \(from\): 'ani' is spelled 'Ani' in row 2, column A"),
        ("from,to\nA,B,C\n", r"row 2, column C: 3 cells under 2 headings; put a name or number with a comma in quotes"),
        (
            "from,to,strength\nA,B,much\n",
            r"row 2, column C \(strength\): 'much' is no strength; write a number above 0",
        ),
        ("from,to,strength\nA,B,\n", r"row 2, column C \(strength\): '' is no strength"),
        ("from,to,strength\nA,B\n", r"row 2, column C \(strength\): '' is no strength"),
        ("from,to,strength\nA,B,0\n", r"'0' is no strength"),
        ("from,to,strength\nA,B,-1\n", r"'-1' is no strength"),
        ("from,to,strength\nA,B,nan\n", r"'nan' is no strength"),
        ("from,to,strength\nA,B,1_0\n", r"'1_0' is no strength"),
        ("from;to;strength\nA;B;1.000,5\n", r"'1\.000,5' is no strength"),
        ("from,to,strength\nA,B,1e999\n", r"'1e999' is no strength"),
        ('from,to\nA,"B\n', r"survey, row 2: unexpected end of data; close every quotation mark"),
        ('from,to\nA,"B"x\n', r"survey, row 2: .*; close every quotation mark"),
        ("from,to\nA,\x01B\n", r"row 2, column B \(to\): .* is no name of up to 100 printable characters"),
        ("from,to\nA," + "B" * 101 + "\n", r"is no name of up to 100"),
        ("from,access\nAni,Budi\nAni,Cici\n", r"row 3, column A \(from\): 'Ani' answered in row 2 already"),
        ('from,access\nAni,"Budi, Budi"\n', r"row 2, column B \(access\): 'Ani' names 'Budi' here and in row 2"),
        ("from,acces\nAni,Budi\n", r"row 1, column B: the heading 'acces' is unknown; did you mean 'access'\?"),
    ],
)
def test_what_is_wrong_is_named_with_its_row_and_column(text, message):
    with pytest.raises(ValueError, match=message):
        from_survey(text)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04 workbook", r"perhaps an Excel workbook.*save it as CSV"),
        (b"from,to\nA,\0\n", r"is no text"),
        (b"a" * 5_000_001, r"has 5000001 bytes; the most that is read is 5000000"),
        (None, r"source is NoneType; it must be a path"),
    ],
)
def test_what_is_no_table_is_refused(content, message):
    with pytest.raises(ValueError, match=message):
        from_survey(content)


def test_people_outside_the_list_and_strengths_outside_the_scale_are_refused():
    with pytest.raises(ValueError, match=r"column B \(to\): 'Bdui' is not among the people; did you mean 'Budi'\?"):
        from_survey("from,to\nAni,Bdui\n", people=["Ani", "Budi"])
    with pytest.raises(ValueError, match=r"people\[2\]: 'Ani' stands there already"):
        from_edges([("Ani", "Budi")], people=["Ani", "Budi", "Ani"])
    with pytest.raises(ValueError, match=r"'55' is no strength; write a number above 0 and up to 5"):
        from_survey("from,to,strength\nA,B,55\n", strongest=5)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"relations": []}, r"relations is \[\]; it must name at least one"),
        ({"relations": ["trust", "Trust"]}, r"relations is .*, and each once"),
        ({"strongest": 0}, r"strongest is 0; it must be a finite number above 0"),
        ({"strongest": float("inf")}, r"strongest is inf"),
    ],
)
def test_wrong_questions_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        from_survey(LONG, **options)


def test_all_problems_are_told_together_up_to_ten():
    text = "from,to,relation,strength\nA,A,access,1\nA,B,acess,x\nA,,access,1\n"
    with pytest.raises(ValueError, match=r"survey has 4 problems:\n- row 2.*\n- row 3.*\n- row 3.*\n- row 4"):
        from_survey(text)
    many = "from,to\n" + "A,A\n" * 25
    with pytest.raises(ValueError, match=r"survey has 25 problems; the first 10 are:") as caught:
        from_survey(many)
    assert str(caught.value).count("\n- row") == 10


def test_far_columns_have_two_letters():
    headings = ["x"] * 27
    text = ",".join(["from", "to", *headings, "strength"]) + "\n" + ",".join(["A", "B", *headings, "?"]) + "\n"
    with pytest.raises(ValueError, match=r"row 2, column AD \(strength\)"):
        from_survey(text)


def test_too_many_people_are_refused():
    with pytest.raises(ValueError, match=r"2001 people; at most 2000"):
        from_edges([(f"P{number}", f"P{number + 1}") for number in range(2000)])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "rows is empty"),
        ([()], r"row 1: 0 entries"),
        ([("A", "B", 1, "access", 5)], r"row 1: 5 entries; write from, to, strength, relation"),
        ([("A", 7)], r"row 1, column B \(to\): 7 is no text"),
        ([("A", "B", True)], r"column C \(strength\): True is no strength"),
        ([("A", "B", float("inf"))], r"inf is no strength"),
        ([("A", "B", 1, "access"), ("A", "C")], r"row 2, column D \(relation\): '' is no relation asked here"),
    ],
)
def test_wrong_edges_are_refused(rows, message):
    with pytest.raises(ValueError, match=message):
        from_edges(rows)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "matrix is empty"),
        ([["", "A", "B"], ["A", 0, 1]], r"row 1: 2 names here, but 1 rows below; a matrix is square"),
        ([["", "A", "B"], ["A", 0, 1], ["C", 0, 0]], r"row 3, column A: 'C' stands where row 1 has 'B'"),
        ([["", "A", "B"], ["A", 0, 1], ["B", 1]], r"row 3: 1 cells after the name; there are 2 people"),
        ([["", "A", "B"], ["A", 0, 1, 5], ["B", 1, 0]], r"row 2: 3 cells after the name"),
        ([["", "A", "B"], ["A", 0, "x"], ["B", 1, 0]], r"row 2, column C: 'x' is no strength"),
        ([["", "A", "B"], ["A", 1, 1], ["B", 1, 0]], r"row 2, column B: 'A' names themselves"),
        ([["", "A", "A"], ["A", 0, 1], ["A", 1, 0]], r"row 1, column C: 'A' stands there already"),
        ([["", "", "B"], ["", 0, 1], ["B", 1, 0]], r"row 1, column B: no name"),
    ],
)
def test_wrong_matrices_are_refused(rows, message):
    with pytest.raises(ValueError, match=message):
        from_matrix(rows)


def test_an_unknown_relation_is_refused():
    with pytest.raises(ValueError, match=r"relation is 'trust'; it must be one of 'communication'"):
        EXPECTED.graph("trust")


@given(st.one_of(st.text(max_size=80), st.text("from,to;\t\n\"' AB12=relationstrength", max_size=200), st.binary()))
def test_any_text_is_read_or_refused_as_a_value(text):
    for reader in (from_survey, from_matrix):
        try:
            survey = reader(text if isinstance(text, bytes) else f"from,to\n{text}")
        except ValueError:
            continue
        assert from_survey(to_edges_csv(survey)).people == survey.people


# What is written


@given(surveys(), st.sampled_from([",", ";", "\t"]))
def test_a_survey_survives_its_csv(survey, delimiter):
    text = to_edges_csv(survey, delimiter=delimiter)
    assert from_survey(text) == survey
    assert from_survey(text.encode("utf-8-sig")) == survey


@given(surveys(relations=("tie",)))
def test_one_relation_survives_its_csv(survey):
    plain = Survey(survey.people, ("tie",), survey.ties)
    assert from_survey(to_edges_csv(plain)) == plain


@given(surveys())
def test_a_network_survives_its_graphml(survey):
    for network in (survey.graph("access"), survey.combined()):
        back = nx.parse_graphml(to_graphml(network))
        assert (dict(back.nodes), nx.to_dict_of_dicts(back)) == (dict(network.nodes), nx.to_dict_of_dicts(network))


@given(surveys())
def test_no_cell_starts_a_formula(survey):
    import csv
    import io

    for row in csv.reader(io.StringIO(to_edges_csv(survey), newline="")):
        assert not any(cell.startswith(tuple("=+-@＝＋－＠")) for cell in row)


def test_a_formula_becomes_a_name_again():
    survey = from_edges([("=SUM(A1)", "'quoted"), ("'=x", "@budi"), ("-", "+62")])
    text = to_edges_csv(survey)
    assert text.splitlines()[1] == "'=SUM(A1),''quoted,1"
    assert from_survey(text) == survey


def test_semicolons_come_with_decimal_commas():
    assert "Budi;Cici;access;2,5" in to_edges_csv(EXPECTED, delimiter=";")
    assert "Budi,Cici,access,2.5" in to_edges_csv(EXPECTED)
    with pytest.raises(ValueError, match=r"delimiter is '\|'"):
        to_edges_csv(EXPECTED, delimiter="|")


# What is hidden


@given(surveys(), st.integers(0, 99))
def test_pseudonyms_keep_the_network_and_give_back_the_names(survey, seed):
    hidden, key = pseudonymise(survey, seed=seed)
    back = {pseudonym: name for name, pseudonym in key.items()}
    assert len(back) == len(survey.people)
    assert list(hidden.people) == sorted(key.values())
    assert {tie._replace(source=back[tie.source], target=back[tie.target]) for tie in hidden.ties} == set(survey.ties)


def test_pseudonyms_are_steady_and_say_nothing_of_the_order():
    names = [f"N{number:02}" for number in range(30)]
    one = from_edges([(names[0], names[1])], people=names)
    two = from_edges([(names[0], names[1])], people=names[::-1])
    assert pseudonymise(one, seed=5) == pseudonymise(two, seed=5)
    keys = [pseudonymise(one, seed=seed)[1] for seed in range(20)]
    assert len({tuple(key.values()) for key in keys}) == 20
    assert len({key["N00"] for key in keys}) > 8
    assert list(keys[0].values()) != sorted(keys[0].values())
