"""The capstone: what a pair draws is measured right, whatever it draws, and nothing drawn breaks the marking."""

from random import Random

import networkx as nx
import pytest

from jejaring import answers
from jejaring.answers import Answer
from jejaring.exercises import marking
from jejaring.exercises.bank import find
from jejaring.exercises.drawn import drawn_network
from jejaring.widgets.drawings import ANSWER_PEOPLE
from tests import assignments as course
from tests.assignments import answered, bank, drawn, given, judge, resolved, source
from tests.solvers.capstone import SOLVERS

OWN = "capstone-own"
ABOUT = [qid for qid, entry in bank("capstone").items() if entry.get("about") == OWN]
CRITERIA = {
    "method": ("plan", "own", "small", "spread"),
    "correctness and sources": ("measures", "broker", "change", "work"),
    "interpretation and limits": ("limits",),
    "three perspectives": ("perspectives",),
    "clarity and ethics": ("talk",),
}


def answer(network: nx.Graph) -> dict:
    """A network as the page stores it."""
    place = {name: at for at, name in enumerate(network)}
    ties = [[place[one], place[other], 1.0] for one, other in network.edges]
    return {"people": list(network), "ties": ties, "directed": False}


def random_network(seed: int) -> dict:
    """Fifteen to thirty people under all sorts of names, in one piece or several, two of them starred and not tied."""
    chance = Random(seed)
    size = chance.randint(15, 30)
    network = nx.gnp_random_graph(size, chance.uniform(0.05, 0.4), seed=seed)
    one, other = chance.choice(list(nx.non_edges(network)))
    signs = {one: "*", other: "*"}
    return answer(
        nx.relabel_nodes(network, {n: f"{signs.get(n, '')}{'Klaim' if n % 2 else 'uu'} {n}" for n in network})
    )


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("qid", [qid for qid in ABOUT if qid != "capstone-spread"])
def test_whatever_is_drawn_is_measured_as_the_definitions_say(qid, seed):
    exercise, others = drawn(qid), {OWN: random_network(seed)}
    options = resolved(exercise, others)
    right = SOLVERS[qid](**course.networks(exercise, others))
    if exercise.kind == "text":
        assert sorted(options["key"]) == sorted(right)
        return
    assert options["key"] == pytest.approx(right)
    typed = {field: f"{value:.4f}" for field, value in right.items()}
    for known in options["wrong"]:
        if abs(known["value"] - right[known["field"]]) > 0.012:
            assert judge(exercise, typed | {known["field"]: str(known["value"])}, options).credit < 1, known


@pytest.mark.parametrize("seed", range(4))
def test_what_spreads_is_found_within_the_tolerance(seed):
    exercise, others = drawn("capstone-spread", f"s{seed}"), {OWN: random_network(seed)}
    right = SOLVERS["capstone-spread"](**exercise.fields, **course.networks(exercise, others))
    typed = {field: f"{value:.2f}" for field, value in right.items()}
    assert judge(exercise, typed, resolved(exercise, others)).credit == 1


def test_the_cell_that_students_run_gives_what_is_marked_right():
    others = {OWN: random_network(5)}
    (network,) = course.networks(find(OWN), others).values()
    text = course.cell("capstone", "let-it-spread").partition("chance = ")[0]
    cell: dict = {"nx": nx}
    exec(text, cell)
    exercise = drawn("capstone-spread")
    found = cell["mean_reach"](network, exercise.fields["chance"] / 100)
    options = resolved(exercise, others)
    verdict = judge(exercise, {"before": f"{found:.2f}"}, options)
    assert next(remark for remark in verdict.remarks if remark.item == "before").right


@pytest.mark.parametrize(
    "network",
    [
        pytest.param({"people": ["*"], "ties": [], "directed": False}, id="one"),
        pytest.param({"people": ["*", "**"], "ties": [], "directed": False}, id="no letters"),
        pytest.param({"people": ["*A", "A", "*B"], "ties": [[0, 2, 2.5]], "directed": False}, id="tied already"),
        pytest.param(answer(nx.relabel_nodes(nx.complete_graph(15), str)), id="all"),
        pytest.param(answer(nx.relabel_nodes(nx.empty_graph(20), str)), id="nothing"),
        pytest.param(answer(nx.relabel_nodes(nx.path_graph(ANSWER_PEOPLE), str)), id="a very long row"),
    ],
)
@pytest.mark.parametrize("qid", [OWN, *ABOUT])
def test_nothing_that_can_be_drawn_breaks_the_marking(qid, network):
    exercise = drawn(qid)
    options = resolved(exercise, {OWN: network})
    key, why = options.pop("key"), options.pop("why", None)
    marking._check(exercise, key, why, options)


def test_the_numbers_in_the_sample_come_from_its_network():
    others = answered("capstone")
    found = {qid: resolved(drawn(qid), others)["key"] for qid in ABOUT}
    measures, change = found["capstone-measures"], found["capstone-change"]
    said = [
        f"| kepadatan | {measures['density']:.0%} |",
        f"| jarak rata-rata | {measures['distance']:.2f} langkah |",
        f"| transitivitas | {measures['transitivity']:.0%} |",
        f"| ikatan terbanyak | {measures['degree']} |",
        f"| keantaraan tertinggi | {measures['betweenness']:.2f} |",
        f"| jarak rata-rata | {measures['distance']:.2f} | {change['distance']:.2f} |",
        f"| keantaraan Kirana | {measures['betweenness']:.2f} | {change['betweenness']:.2f} |",
        f"| kepingan bila Kirana keluar | {change['pieces-without']} | {change['pieces-with']} |",
    ]
    sample = course.cell("capstone", "capstone-work")
    for line in said:
        assert line.replace(".", ",") in sample
    (printed,) = (each["outputs"] for each in source("capstone")["cells"] if each["id"] == "let-it-spread")
    assert printed[0]["data"]["text/plain"] == ["(7.93, 9.28)"]
    assert "| yang tahu, pada peluang 60% | 7,9 | 9,3 |" in sample
    assert drawn("capstone-spread").fields == {"chance": 60}


def test_what_the_sample_broke_breaks():
    (network,) = course.networks(find(OWN), answered("capstone")).values()
    missed = network.copy()
    missed.add_edge("Dewi", "Laras")
    other = network.copy()
    other.add_edge("*Elok", "Farah")
    assert round(max(nx.betweenness_centrality(missed).values()), 2) == 0.53
    assert [round(nx.average_shortest_path_length(each), 2) for each in (missed, other)] == [2.81, 2.73]
    for number in ("0,53", "2,81", "2,73"):
        assert number in course.cell("capstone", "capstone-limits")


def test_each_criterion_has_twenty_points():
    points = {qid: entry["points"] for qid, entry in bank("capstone").items()}
    assert {each for criterion in CRITERIA.values() for each in criterion} == {
        qid.removeprefix("capstone-") for qid in points
    }
    for name, parts in CRITERIA.items():
        assert sum(points[f"capstone-{part}"] for part in parts) == 20, name


def test_the_network_is_there_for_models(monkeypatch):
    assert len(drawn_network(OWN)) == 0
    value = answered("capstone")[OWN]
    monkeypatch.setitem(answers._memory, OWN, Answer(value, 5.0))
    network = drawn_network(OWN)
    assert (len(network), network.number_of_edges()) == (16, 24)
    with pytest.raises(ValueError, match="capstone-talk: is of kind essay"):
        drawn_network("capstone-talk")


def test_reasons_never_name_the_broker():
    others = answered("capstone")
    exercise = drawn("capstone-broker")
    (right,) = resolved(exercise, others)["key"]
    assert given("capstone-broker")
    for name in others[OWN]["people"]:
        said = judge(exercise, name, resolved(exercise, others)).remarks[0].text
        assert right not in said
