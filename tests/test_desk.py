import contextlib
import csv
import io
import json
import math
import re

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejaring import measures
from jejaring.answers import Answer, remember
from jejaring.language import use_language
from jejaring.networks import from_survey
from jejaring.widgets import desk as desks
from jejaring.widgets import desk_troubles
from jejaring.widgets.desk import NetworkDesk, network_desk
from jejaring.widgets.desk_reports import Measured
from jejaring.widgets.drawings import MOST_PEOPLE, Drawing, Person, lay_out, read_drawing
from jejaring.widgets.samples import EMPTY, SAMPLES

SECRET = "dari;ke;kekuatan\nWulandari;Prasetyo;3\nPrasetyo;Nurhaliza;1,5\nNurhaliza;Wulandari;2\nSitompul;;\n"
NAMES = ("Wulandari", "Prasetyo", "Nurhaliza", "Sitompul")


def ask(desk: NetworkDesk, wish: str | None = None, what: object = None, buffers: list[bytes] | None = None, **look):
    """What the desk answers to a page."""
    return desk.take({"asked": "1", **({"do": wish, "with": what} if wish else {}), **look}, buffers or [])


def network(people, ties=(), directed=False):
    """A network as the page sends it."""
    return {
        "people": [[name, 0.1, 0.2, "", ""] for name in people],
        "ties": [list(tie) for tie in ties],
        "directed": directed,
    }


def numbers(reply):
    """Names and values of the whole network's numbers."""
    return {name: value for name, value, _ in reply["report"]["numbers"]}


@pytest.fixture
def desk():
    return NetworkDesk("kite")


# What comes from a page


BAD = {
    "no table": "karate",
    "a part is missing": {"people": [], "ties": []},
    "one too many": {"people": [], "ties": [], "directed": False, "x": 1},
    "directed is 1": {"people": [], "ties": [], "directed": 1},
    "people is a text": {"people": "Ani", "ties": [], "directed": False},
    "somebody is a number": network([]) | {"people": [7]},
    "a name of nothing": network([" "]),
    "a long name": network(["A" * 61]),
    "a name with a line break inside a bidi mark": network(["A\u202eB"]),
    "the same name": network(["Ani", "ani "]),
    "a place that is nowhere": network([]) | {"people": [["Ani", math.nan, 0.1, "", ""]]},
    "a place far away": network([]) | {"people": [["Ani", 1e9, 0.1, "", ""]]},
    "a place that is true": network([]) | {"people": [["Ani", True, 0.1, "", ""]]},
    "a group that is a list": network([]) | {"people": [["Ani", 0, 0.1, ["a"], ""]]},
    "a tie to itself": network(["Ani", "Budi"], [(0, 0, 1)]),
    "a tie to nobody": network(["Ani", "Budi"], [(0, 2, 1)]),
    "a tie from minus one": network(["Ani", "Budi"], [(-1, 0, 1)]),
    "a tie from true": network(["Ani", "Budi"], [(True, 0, 1)]),
    "a tie twice": network(["Ani", "Budi"], [(0, 1, 1), (1, 0, 1)]),
    "a tie of nothing": network(["Ani", "Budi"], [(0, 1, 0)]),
    "a tie of infinity": network(["Ani", "Budi"], [(0, 1, math.inf)]),
    "a tie of a text": network(["Ani", "Budi"], [(0, 1, "3")]),
    "half a tie": network(["Ani", "Budi"], [(0, 1)]),
    "too many people": network([f"P{number}" for number in range(MOST_PEOPLE + 1)]),
}


@pytest.mark.parametrize("raw", BAD.values(), ids=BAD)
def test_a_bad_network_is_refused_and_the_good_one_stays(desk, raw):
    before = desk.drawing
    reply = ask(desk, network=raw)
    assert "text" in reply["problem"]
    assert desk.drawing == before
    with pytest.raises(ValueError, match=r"people|ties|network"):
        read_drawing(raw)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["people", "ties", "directed"]), inner)
        ),
    )
)
def test_nothing_from_a_page_raises_anything_but_a_value_error(raw):
    with contextlib.suppress(ValueError):
        read_drawing(raw)


@pytest.mark.parametrize(
    ("wish", "what"),
    [
        ("load", "no such"), ("load", ["kite"]), ("relation", "x"), ("suggest", 99), ("suggest", True),
        ("suggest", "2"),        ("download", "exe"), ("back", None), ("_put", 1), ("__class__", 1), (["load"], 1),
    ],
)  # fmt: skip
def test_a_wish_that_is_none_changes_nothing(desk, wish, what):
    before = desk.drawing
    reply = ask(desk, wish, what, measure={"x": 1}, person=["a"], brokers="yes")
    assert desk.drawing == before
    assert not {"network", "file", "add"} & set(reply)


def test_arrows_both_ways_are_two_ties_only_where_ties_are_arrows():
    assert len(read_drawing(network(["Ani", "Budi"], [(0, 1, 1), (1, 0, 2)], directed=True)).ties) == 2


# Samples


@pytest.mark.parametrize(
    ("name", "people", "ties", "directed"),
    [
        ("kite", 10, 18, False), ("karate", 34, 78, False), ("florentine", 15, 20, False),
        ("miserables", 77, 254, False), ("davis", 18, 139, False), ("class", 12, 18, True),
    ],
)  # fmt: skip
def test_samples_are_what_they_say(name, people, ties, directed):
    drawing = NetworkDesk(name).drawing
    assert (len(drawing.people), len(drawing.ties), drawing.directed) == (people, ties, directed)
    assert read_drawing(drawing.page()) == drawing, "a page can send back what it got"
    assert all(0 <= each.x <= 1 and 0 <= each.y <= 1 for each in drawing.people)


def test_a_measure_on_the_desk_is_the_librarys():
    florence = NetworkDesk("florentine")
    reply = ask(florence, measure="betweenness", brokers=True)
    assert [row[2:] for row in reply["report"]["table"][:2]] == [["Medici", "52,2%"], ["Guadagni", "25,5%"]]
    assert "Medici" in reply["report"]["reading"]
    names = florence.drawing.names
    busiest, freest = reply["report"]["brokers"]
    assert {names[at] for at in busiest} == {"Medici", "Guadagni", "Albizzi"}
    assert "Medici" in {names[at] for at in freest}
    top = max(measures.betweenness(florence.drawing.graph()).values())
    assert reply["report"]["sizes"][names.index("Medici")] == 1
    assert reply["report"]["sizes"][names.index("Guadagni")] == pytest.approx(
        measures.betweenness(florence.drawing.graph())["Guadagni"] / top, abs=1e-4
    )


def test_the_chosen_person_is_read(desk):
    assert ask(desk, measure="degree", person="Jane")["report"]["reading"].startswith(
        "Jane terikat langsung dengan 1 dari 9"
    )
    assert "Diane" in ask(desk, measure="degree", person=None)["report"]["reading"]


def test_every_measure_that_is_offered_is_told():
    for name in SAMPLES:
        desk = NetworkDesk(name)
        for key, _ in ask(desk)["report"]["measures"]:
            report = ask(desk, measure=key)["report"]
            assert report["measure"] == key
            assert report["reading"]
    offered = dict(ask(NetworkDesk("karate"))["report"]["measures"])
    assert "ei_by_node" in offered
    assert "in_degree" not in offered
    assert "ei_by_node" not in dict(ask(NetworkDesk("kite"))["report"]["measures"])
    assert {"in_degree", "gatekeeper"} <= set(dict(ask(NetworkDesk("class"))["report"]["measures"]))


def test_the_numbers_of_the_whole_network(desk):
    told = numbers(ask(desk))
    assert (told["orang"], told["ikatan"], told["kepadatan"], told["kepingan"]) == ("10", "18", "40,0%", "1")
    assert told["jarak rata-rata"] == f"{nx.average_shortest_path_length(nx.krackhardt_kite_graph()):.2f}".replace(
        ".", ","
    )


def test_numbers_of_pieces_and_of_nothing():
    two = Measured(read_drawing(network(["A", "B", "C", "D", "E"], [(0, 1, 1), (1, 2, 1), (3, 4, 1)])))
    assert (two.pieces, two.reach) == (2, 8 / 20)
    assert two.mean_distance == (4 * 1 + 2 * 2 + 2 * 1) / 8
    nobody = NetworkDesk(EMPTY)
    assert ask(nobody)["report"] == {"reading": "Meja masih kosong. Tambahkan orang pertama."}
    assert ask(nobody, "download", "csv")["problem"]
    alone = ask(nobody, network=network(["Ani"]))
    assert numbers(alone)["jarak rata-rata"] == "–"
    assert math.isnan(Measured(Drawing((Person("Ani"),))).mean_distance)


def test_relations_of_a_survey_keep_everybody_in_place():
    desk = NetworkDesk("class")
    state = ask(desk)["state"]
    assert [name for name, _ in state["relations"]] == ["information", "problem_solving", "access", "*"]
    places = desk.drawing.places
    counts = {name: len(ask(desk, "relation", name)["network"]["ties"]) for name, _ in state["relations"]}
    assert counts == {"information": 18, "problem_solving": 11, "access": 7, "*": 22}
    assert desk.drawing.places == places


# Before and after


def test_a_redesign_is_compared(desk):
    ask(desk, "freeze")
    assert ask(desk)["report"]["compare"]["sentence"].startswith("Belum ada yang berubah")
    drawing = desk.drawing.page()
    names = desk.drawing.names
    drawing["ties"].append([names.index("Jane"), names.index("Diane"), 1])
    compare = ask(desk, network=drawing, measure="betweenness", person="Heather")["report"]["compare"]
    rows = {name: (was, now) for name, was, now in compare["rows"]}
    after = nx.relabel_nodes(nx.krackhardt_kite_graph(), dict(enumerate(names)))
    before = after.copy()
    after.add_edge("Jane", "Diane")
    for at, graph in enumerate((before, after)):
        mean = f"{nx.average_shortest_path_length(graph):.2f}".replace(".", ",")
        assert rows["jarak rata-rata"][at] == mean
        assert rows["kepadatan"][at] == f"{nx.density(graph):.1%}".replace(".", ",")
        assert rows["keantaraan Heather"][at] == f"{nx.betweenness_centrality(graph)['Heather']:.1%}".replace(".", ",")
    assert rows["beban tersibuk"] == ("6", "7")
    assert compare["fresh"] == [["Diane", "Jane"]]
    assert compare["sentence"].startswith(
        "Dengan 1 ikatan baru, kepadatan naik dari 40,0% ke 42,2%; jarak rata-rata turun"
    )
    assert "Tetap sama: banyaknya kepingan dan" in compare["sentence"]
    back = ask(desk, "back")
    assert len(back["network"]["ties"]) == 18
    assert "compare" not in ask(desk, "thaw")["report"]


def test_cuts_and_people_are_compared_too(desk):
    ask(desk, "freeze")
    use_language("en")
    try:
        drawing = desk.drawing.page()
        drawing["ties"] = [tie for tie in drawing["ties"] if 9 not in tie[:2]]
        drawing["people"].append(["Zoe", 0, 0, "", ""])
        sentence = ask(desk, network=drawing)["report"]["compare"]["sentence"]
    finally:
        use_language("id")
    assert sentence.startswith("With 1 tie cut and 1 new person, density falls")
    assert "the number of pieces rises from 1 to 3" in sentence
    assert "only counts those who can reach each other" in sentence


def test_suggested_ties_bring_everybody_nearer(desk):
    reply = ask(desk, "suggest", 2)
    assert len(reply["add"]) == 2
    assert reply["state"]["frozen"], "what was before is kept"
    graph = desk.drawing.graph()
    near = nx.global_efficiency(graph)
    best = max(nx.global_efficiency(nx.Graph([*graph.edges, pair])) for pair in nx.non_edges(graph))
    graph.add_edge(*reply["add"][0])
    assert nx.global_efficiency(graph) == pytest.approx(best)
    assert near < best
    assert "77" not in str(ask(NetworkDesk("miserables"), "suggest", 1).get("add"))
    assert "40 orang" in ask(NetworkDesk("miserables"), "suggest", 1)["problem"]["text"]


# Surveys and names


def everything_kept(desk):
    """All that could end up in a notebook: outputs, repr, and the widget's own state."""
    state = {name: getattr(desk, name) for name in desk.keys if not name.startswith("_")}
    return json.dumps([repr(desk), desk.picture.svg, desk.picture.twin, state], default=str)


def test_names_from_a_file_stay_in_this_process_until_asked_for():
    desk = NetworkDesk("kite", "l99-desk-names")
    reply = ask(desk, "csv", "kelas.csv", [SECRET.encode()], measure="in_degree")
    assert not any(name in json.dumps(reply) for name in NAMES)
    assert set(desk.drawing.names) == {"P1", "P2", "P3", "P4"}
    assert reply["state"]["coded"]
    for form in ("csv", "graphml"):
        assert not any(name in ask(desk, "download", form)["file"]["text"] for name in NAMES)
    shown = ask(desk, "names", what=True)
    assert sorted(shown["names"].values()) == sorted(NAMES)
    assert any(name in shown["report"]["reading"] for name in NAMES)
    assert not any(name in json.dumps(shown.get("network", {})) for name in NAMES)
    ask(desk, network=desk.drawing.page())
    assert not any(name in everything_kept(desk) for name in NAMES), "shown is not stored"
    text = ask(desk, "download", "csv")["file"]["text"]
    assert {row["from"] for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";")} == set(NAMES)
    assert ask(desk, "hello")["names"] == {}, "a page that is opened again begins with pseudonyms"
    ask(desk, "names", what=True)
    hidden = ask(desk, "names", what=False)
    assert hidden["names"] == {}
    assert not any(name in json.dumps(hidden) for name in NAMES)


def test_a_pseudonym_of_another_file_or_hand_gets_no_name():
    desk = NetworkDesk(EMPTY)
    ask(desk, "csv", "a.csv", [SECRET.encode()])
    first = desk.drawing
    ask(desk, "csv", "b.csv", [SECRET.replace("Wulandari", "Tarigan").encode()])
    ask(desk, "names", what=True)
    assert "Tarigan" in ask(desk)["names"].values()
    undone = ask(desk, network=first.page())["names"]
    assert sorted(undone.values()) == sorted(NAMES), "after undo the first file's names are back"
    page = first.page()
    page["people"][0][0] = "X"
    page["people"].append([first.people[0].name, 0, 0, "", ""])
    assert first.people[0].name not in ask(desk, network=page)["names"], "somebody new of that name is nobody else"


BROKEN = {
    "dari;ke;kekuatan\nAni;Ani;1\nAni;Budi;banyak\nAni;budi;2\n": [
        "Baris 2, kolom B (to)", "Baris 3, kolom C (strength)", "Baris 4, kolom B (to)",
    ],
    "dari;ke\nAni;Budi\nAni;Budi\n": ["Baris 3, kolom B (to)"],
    "nama;teman\nAni;Budi\n": ["Baris 1"],
    "": [""],
    'from,to\n"Ani,Budi\n': ["Baris 2"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "places"), BROKEN.items())
def test_a_broken_file_is_told_by_row_and_column_and_nothing_is_lost(desk, text, places):
    before = desk.drawing
    reply = ask(desk, "csv", "rusak.csv", [text.encode()])
    assert "rusak.csv belum bisa dibaca" in reply["problem"]["text"]
    assert [place for place, _ in reply["problem"]["list"]] == places
    assert all(trouble for _, trouble in reply["problem"]["list"])
    assert desk.drawing == before
    assert "network" not in reply


SLIPS = [
    "dari;ke;kekuatan\nAni;Ani;1\nAni;Budi;x\nAni;budi;2\n;Ani;1\nBudi;Cici;1\nBudi;Cici;2\n" + "A" * 101 + ";Ani;1\n",
    "dari;ke;relasi\nAni;Budi;informassi\nBudi;Ani;golf\nAni;Budi;akses;9\n",
    "dari;ke;kekuatn\nAni;Budi;1\n",
    "dari;ke;from\nAni;Budi;1\n",
    "nama;teman\nAni;Budi\n",
    "dari,akses\nAni,Budi\nAni,Cici\n",
    "dari;ke\n",
    " \n",
    'dari;ke\n"Ani;Budi\n',
    "from,to\n" + "".join(f"a{number},b{number}\n" for number in range(1100)),
]


@pytest.mark.parametrize("text", SLIPS, ids=range(len(SLIPS)))
def test_what_is_wrong_is_told_in_indonesian(desk, text):
    for _, trouble in ask(desk, "csv", "a.csv", [text.encode()])["problem"]["list"]:
        assert not re.search(r"\b(is|the|of|write|keep|use|names?|survey|row|column)\b", trouble), trouble


def test_a_sentence_that_is_not_known_is_told_as_it_is():
    assert desk_troubles.told("survey, row 4: brand new.", "a.csv")["list"] == [["Baris 4", "brand new."]]


def test_a_file_that_is_no_text_or_too_large_is_refused(desk):
    assert "Excel" in ask(desk, "csv", "a.xlsx", [b"PK\x03\x04" + b"\0" * 40])["problem"]["list"][0][1]
    crowd = "from,to\n" + "".join(f"a{number},b{number}\n" for number in range(MOST_PEOPLE))
    assert "1000" in ask(desk, "csv", "a.csv", [crowd.encode()])["problem"]["text"]
    assert ask(desk, "csv", "a.csv")["problem"]


# Files


@pytest.mark.parametrize("name", [*SAMPLES])
def test_files_hold_the_network(name):
    desk = NetworkDesk(name)
    graph = desk.drawing.graph()
    survey = from_survey(ask(desk, "download", "csv")["file"]["text"])
    assert set(survey.people) == set(graph)
    read = survey.graph("tie")
    assert len(read.edges) == len(graph.edges)
    assert all(graph.edges[one, other]["weight"] == w for one, other, w in read.edges(data="weight"))
    xml = nx.parse_graphml(ask(desk, "download", "graphml")["file"]["text"])
    assert nx.utils.graphs_equal(nx.Graph(xml) if not graph.is_directed() else xml, graph) or set(xml.edges) == set(
        graph.edges
    )
    assert nx.get_node_attributes(xml, "group") == desk.drawing.groups


def test_a_formula_for_a_name_is_defused(desk):
    ask(desk, network=network(["=1+1", "Ani"], [(0, 1, 2.5)]))
    use_language("en")
    try:
        text = ask(desk, "download", "csv")["file"]["text"]
    finally:
        use_language("id")
    assert "'=1+1,Ani,2.5" in text


# What lasts


def test_a_cell_that_runs_again_shows_what_was_drawn(monkeypatch):
    monkeypatch.setattr(desks, "_desks", {})
    first = network_desk("kite")
    if first.comm is None:  # no kernel here: comms are closed at once
        pytest.skip("no comm")
    ask(first, network=network(["Ani", "Budi"], [(0, 1, 1)]))
    again = network_desk("kite")
    assert again is first
    assert again.drawing.names == ("Ani", "Budi")
    monkeypatch.setattr(desks, "_cell", lambda: "another")
    assert network_desk("kite").drawing.names[0] == "Andre"


def test_a_stored_network_is_restored_and_a_damaged_one_is_not():
    stored = {"people": ["Ani", "Budi", "Cici"], "ties": [[0, 1, 2]], "directed": True}
    remember("l99-desk", Answer(stored, 5.0))
    desk = NetworkDesk("kite", "l99-desk")
    assert desk.drawing.names == ("Ani", "Budi", "Cici")
    assert len({(each.x, each.y) for each in desk.drawing.people}) == 3, "it is laid out"
    for damaged in ("x", {"people": ["A"] * 501, "ties": [], "directed": False}, {**stored, "ties": [[0, 0, 1]]}):
        remember("l99-desk", Answer(damaged, 6.0))
        assert NetworkDesk("kite", "l99-desk").drawing.names[0] == "Andre"


def test_a_newer_network_from_the_page_is_taken():
    desk = NetworkDesk("kite", "l99-desk-page")
    desk.value, desk.t = {"people": ["Ani", "Budi"], "ties": [[0, 1, 1]], "directed": False}, 9.0
    assert desk.drawing.names == ("Ani", "Budi")


def test_moving_people_measures_nothing_again(desk):
    ask(desk, measure="betweenness")
    before = desk.bench._measured
    page = desk.drawing.page()
    page["people"][0][1] = 0.77
    ask(desk, network=page)
    assert desk.bench._measured.drawing.people[0].x == 0.77
    assert desk.bench._measured.scores("betweenness") is before.scores("betweenness")


def test_the_same_network_is_laid_out_the_same():
    drawing = NetworkDesk("florentine").drawing
    assert lay_out(drawing) == lay_out(drawing) == drawing


def test_repr_is_the_finding_and_nothing_by_chance():
    assert repr(NetworkDesk("kite")) == repr(NetworkDesk("kite"))
    assert re.fullmatch(r"NetworkDesk\('10 simpul dan 18 ikatan\. .*'\)", repr(NetworkDesk("kite")))
    with pytest.raises(ValueError, match=r"dataset='kyte'.*kite, class, karate"):
        network_desk("kyte")


def test_the_answer_of_an_exercise_is_not_overwritten():
    with pytest.raises(ValueError, match=r"answer='l03-forms': that is an exercise of its own"):
        network_desk("kite", answer="l03-forms")


def test_dragged_out_of_the_frame_the_still_picture_still_holds_all(desk):
    page = desk.drawing.page()
    page["people"][0][1:3] = [3.0, -2.0]
    ask(desk, network=page)
    assert "Andre" in desk.picture.svg
