"""Measures of networks: published numbers, definitions counted by hand, other libraries, and readings in words."""

import math
import random
import subprocess
import sys
from itertools import combinations, permutations

import networkx as nx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jejaring import _engines, _paths, measures
from jejaring.language import LANGUAGES, use_language, words
from jejaring.measures import MEASURES, ROLES, Scores
from jejaring.readings import meaning, name, read, written

KARATE = nx.karate_club_graph()
CLUBS = nx.get_node_attributes(KARATE, "club")
FLORENCE = nx.florentine_families_graph()
KITE = nx.krackhardt_kite_graph()


@st.composite
def networks(draw, *, directed=None, least=1, most=9):
    """Draw a small network, often in pieces, with nodes whose names are not their places."""
    if directed is None:
        directed = draw(st.booleans())
    count = draw(st.integers(least, most))
    network = (nx.DiGraph if directed else nx.Graph)()
    network.add_nodes_from(f"n{place}" for place in reversed(range(count)))
    pairs = list((permutations if directed else combinations)(network, 2))
    network.add_edges_from(draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else [])
    return network


def close(mine, theirs, tolerance=1e-9):
    """Tell whether two mappings agree, NaN with NaN."""
    assert list(mine) == list(theirs)
    return all(
        abs(mine[key] - theirs[key]) < tolerance or (math.isnan(mine[key]) and math.isnan(theirs[key])) for key in mine
    )


@pytest.fixture
def alone(monkeypatch):
    """No engine works here."""
    monkeypatch.setattr(_engines, "works", lambda engine: False)


@pytest.fixture
def always(monkeypatch):
    """Engines are used for the smallest network too."""
    monkeypatch.setattr(measures, "_SMALL", 0)


# Published numbers


def test_the_karate_club():
    found = {
        "density": 0.139037,
        "diameter": 5,
        "mean_distance": 2.408200,
        "transitivity": 0.255682,
        "average_clustering": 0.570638,
    }
    assert {key: round(MEASURES[key](KARATE), 6) for key in found} == found
    assert measures.size(KARATE) == 34
    triples = sum(math.comb(ties, 2) for _, ties in KARATE.degree)
    assert round(measures.transitivity(KARATE) * triples / 3) == 45
    assert {node: round(33 * measures.degree(KARATE)[node]) for node in (33, 0)} == {33: 17, 0: 16}
    assert {node: round(measures.betweenness(KARATE)[node], 6) for node in (0, 33)} == {0: 0.437635, 33: 0.304075}
    assert round(measures.closeness(KARATE)[0], 6) == 0.568966
    assert round(measures.eigenvector(KARATE)[33], 6) == 0.373363
    assert measures.bridges(KARATE) == ((0, 11),)


def test_the_two_clubs():
    assert sorted(map(list(CLUBS.values()).count, set(CLUBS.values()))) == [17, 17]
    across = sum(CLUBS[one] != CLUBS[other] for one, other in KARATE.edges)
    assert (KARATE.size() - across, across) == (67, 11)
    assert round(measures.ei_index(KARATE, CLUBS), 6) == -0.717949
    assert round(measures.assortativity(KARATE, CLUBS), 6) == 0.717531


def test_constraint_in_the_karate_club():
    found = measures.constraint(KARATE)
    assert round(min(found.values()), 6) == round(found[0], 6) == 0.155423


def test_the_families_of_florence():
    assert (len(FLORENCE), FLORENCE.size()) == (15, 20)
    assert round(measures.density(FLORENCE), 6) == 0.190476
    ties, between = measures.degree(FLORENCE), measures.betweenness(FLORENCE)
    assert {family: round(14 * ties[family]) for family in ("Medici", "Strozzi", "Guadagni")} == {
        "Medici": 6,
        "Strozzi": 4,
        "Guadagni": 4,
    }
    assert round(between["Medici"], 6) == 0.521978
    assert round(between["Medici"] * 14 * 13 / 2, 6) == 47.5
    assert round(between["Strozzi"], 6) == 0.102564
    assert round(between["Guadagni"], 6) == 0.254579
    assert round(measures.closeness(FLORENCE)["Medici"], 6) == 0.56
    assert round(measures.eigenvector(FLORENCE)["Medici"], 6) == 0.430308
    assert round(measures.constraint(FLORENCE)["Medici"], 4) == 0.2099


def test_the_southern_women():
    women = nx.davis_southern_women_graph()
    people = women.graph["top"]
    assert (len(people), len(women) - len(people), women.size()) == (18, 14, 89)
    counts = {node: round(31 * share) for node, share in measures.degree(women).items()}
    assert counts["E8"] == 14
    assert [who for who in people if counts[who] == 8] == ["Evelyn Jefferson", "Theresa Anderson", "Nora Fayette"]
    together = nx.bipartite.weighted_projected_graph(women, people)
    assert together.size() == 139
    assert round(measures.density(together), 6) == 0.908497


def test_the_kite_has_three_winners():
    winners = {
        key: [node for node, rank in measures.ranks(MEASURES[key](KITE)).items() if rank == 1]
        for key in ("degree", "closeness", "betweenness")
    }
    assert winners == {"degree": [3], "closeness": [5, 6], "betweenness": [7]}
    assert round(9 * measures.degree(KITE)[3]) == 6
    assert round(measures.closeness(KITE)[5], 6) == 0.642857
    assert round(measures.betweenness(KITE)[7], 6) == 0.388889


def test_star_and_path():
    star, path = nx.star_graph(4), nx.path_graph(5)
    assert measures.betweenness(star)[0] == 1
    assert round(measures.closeness(star)[1], 6) == 0.571429
    assert [round(value, 6) for value in measures.betweenness(path).values()] == [0, 0.5, 0.666667, 0.5, 0]


# Definitions


@given(networks())
def test_betweenness_is_the_share_of_shortest_paths(network):
    expected = dict.fromkeys(network, 0.0)
    pairs = (len(network) - 1) * (len(network) - 2)
    for start, end in permutations(network, 2):
        if nx.has_path(network, start, end):
            ways = list(nx.all_shortest_paths(network, start, end))
            for node in network:
                if node not in (start, end):
                    expected[node] += sum(node in way for way in ways) / len(ways) / pairs
    assert close(measures.betweenness(network), expected)


@given(networks())
def test_closeness_is_as_networkx_has_it(network):
    assert close(measures.closeness(network), nx.closeness_centrality(network))


@given(networks())
def test_constraint_and_effective_size_are_burts(network):
    flow = {
        pair: float(network.has_edge(*pair)) + float(network.has_edge(*pair[::-1])) for pair in permutations(network, 2)
    }
    total = {one: sum(flow[one, other] for other in network if other != one) for one in network}
    largest = {one: max((flow[one, other] for other in network if other != one), default=0) for one in network}
    constraint, size = {}, {}
    for one in network:
        constraint[one], size[one] = (0.0 if total[one] else math.nan), 0.0
        for other in network:
            if other == one or not flow[one, other]:
                continue
            between = [q for q in network if q not in (one, other)]
            spent = sum(flow[one, q] / total[one] * flow[q, other] / total[q] for q in between if total[q])
            constraint[one] += (flow[one, other] / total[one] + spent) ** 2
            size[one] += 1 - sum(flow[one, q] / total[one] * flow[other, q] / largest[other] for q in between)
    assert close(measures.constraint(network), constraint)
    assert close(measures.effective_size(network), size)
    assert all(math.isnan(value) or 0 < value < 2 for value in constraint.values())


@given(networks(directed=False))
def test_effective_size_is_borgattis_shortcut(network):
    for node, worth in measures.effective_size(network).items():
        contacts = len(network[node])
        among = network.subgraph(network[node]).size()
        assert worth == pytest.approx(contacts - 2 * among / contacts if contacts else 0)


@given(networks(), st.integers(1, 5))
def test_weights_matter_only_as_shares(network, factor):
    for place, (one, other) in enumerate(network.edges):
        network.edges[one, other].update(time=1 + place, more=factor * (1 + place), same=factor)
    for measure, theirs in ((measures.constraint, nx.constraint), (measures.effective_size, nx.effective_size)):
        assert close(measure(network, weight="time"), measure(network, weight="more"))
        assert close(measure(network, weight="same"), measure(network))
        tied = [node for node in network if any(True for _ in nx.all_neighbors(network, node))]
        mine = measure(network, weight="time")
        if all(len(network[node]) for node in tied):  # networkx gives NaN to those who are only named
            assert close({node: mine[node] for node in tied}, theirs(network, nodes=tied, weight="time"))


@given(networks(least=2))
def test_an_eigenvector_is_one(network):
    assume((nx.is_strongly_connected if network.is_directed() else nx.is_connected)(network))
    found = measures.eigenvector(network)
    before = network.pred if network.is_directed() else network.adj
    given = {node: sum(found[other] for other in before[node]) for node in network}
    value = sum(given[node] * found[node] for node in network)
    assert close(given, {node: value * share for node, share in found.items()}, 1e-8)
    assert sum(share**2 for share in found.values()) == pytest.approx(1)
    assert min(found.values()) > 0


@given(networks(directed=False))
def test_span_is_the_distance_without_the_tie(network):
    for (one, other), steps in measures.span(network).items():
        rest = network.copy()
        rest.remove_edge(one, other)
        assert steps == (nx.shortest_path_length(rest, one, other) if nx.has_path(rest, one, other) else math.inf)
    assert set(measures.bridges(network)) == {tie for tie, steps in measures.span(network).items() if steps == math.inf}
    shared = {tie for tie in network.edges if set(network[tie[0]]) & set(network[tie[1]])}
    assert set(measures.local_bridges(network)) == set(network.edges) - shared


@given(networks(least=2), st.data())
def test_groups_are_as_networkx_has_them(network, data):
    groups = {node: data.draw(st.sampled_from("AB")) for node in network}
    nx.set_node_attributes(network, groups, "group")
    assume(network.size())
    inside = sum(groups[one] == groups[other] for one, other in network.edges)
    assert measures.ei_index(network, groups) == pytest.approx(1 - 2 * inside / network.size())
    if len({groups[end] for tie in network.edges for end in tie}) > 1:
        theirs = nx.attribute_assortativity_coefficient(network, "group")
        assert measures.assortativity(network, groups) == pytest.approx(theirs)
    else:
        with pytest.raises(ValueError, match="all ties inside one group"):
            measures.assortativity(network, groups)
    if not network.is_directed():
        parts = [{node for node in network if groups[node] == group} for group in "AB"]
        assert measures.modularity(network, groups) == pytest.approx(nx.community.modularity(network, parts))


@given(networks(least=2))
def test_degrees_mix_as_networkx_has_it(network):
    assume(network.size())
    try:
        mine = measures.degree_assortativity(network)
    except ValueError:
        starts = {network.out_degree(one) if network.is_directed() else network.degree(one) for one, _ in network.edges}
        ends = {network.in_degree(end) if network.is_directed() else network.degree(end) for _, end in network.edges}
        assert len(starts) == 1 or len(ends) == 1
    else:
        assert mine == pytest.approx(nx.degree_assortativity_coefficient(network))
        assert -1 - 1e-9 <= mine <= 1 + 1e-9


def test_ties_out_and_in_are_counted_once_in_each_group():
    groups = {0: "A", 1: "A", 2: "B", 3: "B", 4: "C"}
    network = nx.Graph([(0, 1), (1, 2), (2, 3)])
    network.add_node(4)
    found = measures.ei_by_group(network, groups)
    assert (found["A"], found["B"]) == (0, 0)
    assert math.isnan(found["C"])
    by_node = measures.ei_by_node(network, groups)
    assert [by_node[node] for node in range(4)] == [-1, 0, 0, -1]
    assert math.isnan(by_node[4])


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ("AAA", "coordinator"),
        ("BAA", "gatekeeper"),
        ("AAB", "representative"),
        ("BAB", "consultant"),
        ("BAC", "liaison"),
    ],
)
def test_each_role_by_hand(groups, role):
    network = nx.DiGraph([("a", "b"), ("b", "c")])
    counts = measures.brokerage(network, dict(zip("abc", groups, strict=True)))
    assert {key: count["b"] for key, count in counts.items()} == {key: float(key == role) for key in ROLES}
    assert not any(count[end] for count in counts.values() for end in "ac")
    network.add_edge("a", "c")  # they have a tie of their own
    assert not any(measures.brokerage(network, dict.fromkeys("abc", 1))["coordinator"].values())


@given(networks(directed=True), st.data())
def test_every_broken_pair_has_one_role(network, data):
    groups = {node: data.draw(st.sampled_from("ABC")) for node in network}
    counts = measures.brokerage(network, groups)
    for broker in network:
        broken = sum(
            network.has_edge(first, broker) and network.has_edge(broker, last) and not network.has_edge(first, last)
            for first, last in permutations(set(network) - {broker}, 2)
        )
        assert sum(count[broker] for count in counts.values()) == broken
    assert all(MEASURES[role](network, groups=groups) == counts[role] for role in ROLES)
    backwards = measures.brokerage(network.reverse(), groups)
    assert backwards["gatekeeper"] == counts["representative"]
    assert backwards["liaison"] == counts["liaison"]


def test_directed_networks_by_hand():
    network = nx.DiGraph([("a", "b"), ("b", "a"), ("c", "a")])
    assert measures.reciprocity(network) == nx.overall_reciprocity(network) == 2 / 3
    assert measures.density(network) == 0.5
    assert dict(measures.in_degree(network)) == {"a": 1, "b": 0.5, "c": 0}
    assert dict(measures.out_degree(network)) == {"a": 0.5, "b": 0.5, "c": 0.5}
    assert measures.betweenness(network)["a"] == 0.5


@given(networks())
def test_names_and_order_do_not_matter(network):
    other = nx.relabel_nodes(network, {node: (node, 1) for node in network})
    mirrored = network.__class__()
    mirrored.add_nodes_from(reversed(list(other)))
    mirrored.add_edges_from(reversed(list(other.edges)))
    for key in ("betweenness", "closeness", "constraint", "effective_size"):
        here, there = MEASURES[key](network), MEASURES[key](mirrored)
        assert close(here, {node: there[node, 1] for node in network})


def test_ranks_share_what_is_equal():
    values = {"a": 0.3, "b": 0.3 + 1e-12, "c": math.nan, "d": 1.0, "e": 0.1}
    assert measures.ranks(values) == {"a": 2, "b": 2, "c": 5, "d": 1, "e": 4}


# Engines


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_engines_and_networkx_agree(monkeypatch, always, seed, directed):
    """With isolated nodes and in pieces; names are no numbers."""
    pytest.importorskip("igraph")
    pytest.importorskip("networkit")
    network = nx.relabel_nodes(nx.gnm_random_graph(60, 55 + 20 * seed, seed=seed, directed=directed), str)
    assert any(not ties for _, ties in network.degree)
    found = {}
    for engine in ("igraph", "networkit", "python"):
        monkeypatch.setattr(_engines, "works", lambda asked, engine=engine: asked == engine)
        found[engine] = measures.betweenness(network)
        assert (found[engine].engine, found[engine].method, found[engine].error) == (engine, "exact", 0)
    theirs = nx.betweenness_centrality(network)
    assert all(close(scores, theirs) for scores in found.values())
    assert close(measures.closeness(network), nx.closeness_centrality(network))


@pytest.mark.parametrize("directed", [False, True])
def test_closeness_constraint_and_eigenvector_agree_with_igraph(monkeypatch, always, directed):
    igraph = pytest.importorskip("igraph")
    network = nx.gnm_random_graph(60, 500, seed=5, directed=directed)
    assert measures.diameter(network) > 2  # everybody reaches everybody: igraph leaves out what Wasserman & Faust add
    graph = igraph.Graph(60, list(network.edges), directed=directed)
    assert close(measures.closeness(network), dict(enumerate(graph.closeness(mode="in"))))
    assert close(measures.constraint(network), dict(enumerate(graph.constraint())))
    with_igraph = measures.eigenvector(network)
    assert with_igraph.engine == "igraph"
    monkeypatch.setattr(_engines, "works", lambda engine: False)
    assert close(measures.eigenvector(network), with_igraph)


def test_the_engine_is_chosen_by_size():
    small, large = nx.path_graph(250), nx.path_graph(251)
    assert measures.betweenness(small).engine == "python"
    engine = measures.betweenness(large).engine
    assert engine == next((name for name in ("igraph", "networkit") if _engines.works(name)), "python")


def test_an_engine_that_is_broken_is_not_used(tmp_path, monkeypatch):
    (tmp_path / "brokenengine.py").write_text("raise OSError('wrong machine')")
    monkeypatch.syspath_prepend(tmp_path)
    assert not _engines.works("brokenengine")
    assert not _engines.works("no_such_engine")


def test_nothing_is_imported_before_it_is_needed():
    program = "import sys, networkx as nx, jejaring.measures as m; m.betweenness(nx.path_graph(9)); "
    program += "sys.exit(bool({'numpy', 'scipy', 'igraph', 'networkit'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_same_values_whatever_the_hash_seed():
    program = (
        "import networkx as nx; from jejaring import measures as m, communities as c;"
        "g = nx.florentine_families_graph();"
        "print([dict(f(g)) for f in (m.betweenness, m.closeness, m.constraint, m.effective_size, m.eigenvector)],"
        "m.span(g).found, c.communities(g, seed=1), c.core_periphery(g))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


# Samples


def test_a_sample_needs_a_seed_only_where_it_is_drawn(alone, monkeypatch):
    monkeypatch.setattr(measures, "_LARGEST_EXACT", 20)
    assert measures.betweenness(nx.path_graph(20)).method == "exact"
    with pytest.raises(ValueError, match="seed is None; with 21 nodes betweenness is sampled, because neither igraph"):
        measures.betweenness(nx.path_graph(21))
    with pytest.raises(ValueError, match="seed is 'x'"):
        measures.betweenness(nx.path_graph(21), seed="x")


@pytest.mark.parametrize("directed", [False, True])
def test_a_sample_is_as_near_as_it_says(alone, monkeypatch, directed):
    network = nx.gnp_random_graph(120, 0.02, seed=3, directed=directed)
    exact = measures.betweenness(network)
    monkeypatch.setattr(measures, "_LARGEST_EXACT", 100)
    monkeypatch.setattr(measures, "_PAIRS", 3_000)
    sampled = [measures.betweenness(network, seed=seed) for seed in range(4)]
    assert sampled[0] == measures.betweenness(network, seed=0) != sampled[1]
    for scores in sampled:
        assert (scores.method, scores.engine) == ("sampled", "python")
        furthest = max(abs(scores[node] - exact[node]) for node in network)
        assert 0 < furthest <= scores.error < 0.06
    mean = {node: sum(scores[node] for scores in sampled) / 4 for node in network}
    assert close(mean, exact, sampled[0].error / 1.5)  # errors cancel: it is not biased


@given(networks(least=3), st.integers(0, 3))
@settings(max_examples=30)
def test_a_drawn_path_is_a_shortest_one(network, seed):
    _, after, before = measures._numbered(network)
    chance = random.Random(seed)
    nodes = list(network)
    for start, end in permutations(range(len(nodes)), 2):
        inner = _paths._draw_path(after, before, start, end, chance)
        if nx.has_path(network, nodes[start], nodes[end]):
            assert len(inner) == nx.shortest_path_length(network, nodes[start], nodes[end]) - 1
            shortest = nx.all_shortest_paths(network, nodes[start], nodes[end])
            assert {nodes[at] for at in inner} in [set(way[1:-1]) for way in shortest]
        else:
            assert inner == []


def test_shortest_paths_are_drawn_alike():
    """Of the three ways round, each has a third."""
    network = nx.Graph([(0, 1), (1, 5), (0, 2), (2, 5), (0, 3), (3, 4), (4, 5), (0, 6), (6, 5)])
    _, after, before = measures._numbered(network)
    chance = random.Random(1)
    place = {node: at for at, node in enumerate(network)}
    drawn = [_paths._draw_path(after, before, place[0], place[5], chance) for _ in range(3000)]
    counts = [drawn.count([place[node]]) for node in (1, 2, 6)]
    assert sum(counts) == 3000
    assert all(abs(count - 1000) < 100 for count in counts)


@pytest.mark.parametrize(("seen", "pairs"), [(0.0, 1000), (0.01, 1000), (0.3, 1000), (0.9, 1000), (1.0, 1000)])
def test_the_stated_error_covers_what_could_have_been(monkeypatch, seen, pairs):
    monkeypatch.setattr(measures, "_PAIRS", pairs)
    error = measures._sampling_error([seen])
    wide = math.sqrt(math.log(2 / 0.05) / (2 * pairs))  # the simpler bound of the same theorem
    assert 0 < error <= wide + 1e-9
    for truth in (seen + 1.01 * error, seen - 1.01 * error):
        if 0 < truth < 1:
            assert _tail(pairs, truth, seen) < 0.025


def _tail(pairs, truth, seen):
    """Probability to see this or something further from the truth, on the same side."""
    hits = round(seen * pairs)
    further = range(hits + 1) if seen < truth else range(hits, pairs + 1)
    logs = [
        math.lgamma(pairs + 1) - math.lgamma(k + 1) - math.lgamma(pairs - k + 1)
        + k * math.log(truth) + (pairs - k) * math.log(1 - truth)
        for k in further
    ]  # fmt: skip
    return sum(map(math.exp, logs))


# What every measure obeys


def sample(measure):
    """A network that the measure is meant for, and what it asks besides."""
    network = KARATE.to_directed() if measure.graphs == "directed" else KARATE
    return network, ({"groups": CLUBS} if measure.needs_groups else {})


@pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))
def test_every_measure_measures_and_refuses(measure):
    network, needed = sample(measure)
    found = measure(network, **needed, groups=CLUBS, seed=1) if not needed else measure(network, **needed, seed=1)
    if measure.scope == "network":
        assert isinstance(found, int | float)
    else:
        assert isinstance(found, Scores)
        assert list(found) == list(network if measure.scope == "node" else network.edges)
        assert found.method == "exact"
    for refused, told in (
        (nx.Graph(), "network is empty"),
        (nx.MultiGraph([(1, 2), (1, 2)]), "without parallel ties"),
        (nx.Graph([(1, 1)]), "a tie from 1 to itself"),
        ({1: [2]}, "must be a networkx Graph or DiGraph"),
    ):
        with pytest.raises(ValueError, match=told):
            measure(refused, groups=CLUBS)
    if measure.graphs != "both":
        other = network.to_undirected() if network.is_directed() else network.to_directed()
        with pytest.raises(ValueError, match=f"network is {'un' * network.is_directed()}directed; .* is for"):
            measure(other, **needed)
    if measure.needs_groups:
        with pytest.raises(ValueError, match="groups has nothing for 33"):
            measure(network, groups={node: 1 for node in network if node != 33})


@pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))
def test_every_measure_leaves_the_network_alone(measure):
    network, needed = sample(measure)
    before = (dict(network.nodes(data=True)), list(network.edges(data=True)))
    measure(network, **needed)
    assert (dict(network.nodes(data=True)), list(network.edges(data=True))) == before


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: measures.eigenvector(nx.Graph([(1, 2), (3, 4)])), "separate pieces; eigenvector is defined within"),
        (lambda: measures.eigenvector(nx.DiGraph([(1, 2)])), "separate pieces"),
        (lambda: measures.mean_distance(nx.Graph([(1, 2), (3, 4)])), "can't reach each other; mean_distance needs two"),
        (lambda: measures.diameter(nx.empty_graph(1)), "diameter needs two or more"),
        (lambda: measures.reciprocity(nx.empty_graph(3, nx.DiGraph)), "no ties; reciprocity needs at least one"),
        (lambda: measures.degree_assortativity(nx.cycle_graph(4)), "nothing to correlate"),
        (lambda: measures.constraint(KARATE, weight="euro"), r"euro of the tie 0, 1 is None; .* above 0"),
        (lambda: measures.degree(nx.DiGraph([(1, 2)])), "Use in_degree or out_degree"),
        (lambda: measures.brokerage(KARATE, CLUBS), "brokerage is for directed networks"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()


def test_an_eigenvector_that_does_not_settle_is_refused(alone, monkeypatch):
    monkeypatch.setattr(measures, "_PATIENCE", 10_000)
    with pytest.raises(ValueError, match="too much like a long chain"):
        measures.eigenvector(nx.path_graph(200))


def test_single_nodes_and_pairs_have_values():
    one, two = nx.empty_graph(1), nx.path_graph(2)
    for key in ("degree", "betweenness", "closeness", "clustering", "core_number", "effective_size"):
        assert dict(MEASURES[key](one)) == {0: 0}
    assert dict(measures.eigenvector(one)) == {0: 1}
    assert measures.density(one) == 0
    assert dict(measures.betweenness(two)) == {0: 0, 1: 0}
    assert dict(measures.closeness(two)) == {0: 1, 1: 1}


def test_a_batch_of_starting_points_gives_what_all_together_give(monkeypatch):
    network = nx.gnm_random_graph(50, 80, seed=1, directed=True)
    whole = measures.closeness(network)
    monkeypatch.setattr(_paths, "_BATCH", 7)
    assert measures.closeness(network) == whole


# Readings


@pytest.fixture
def languages():
    yield
    use_language(next(iter(LANGUAGES)))


@pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_measure_is_read_in_every_language(languages, measure, code):
    use_language(code)
    assert name(measure.key)
    assert meaning(measure.key).endswith(("?", "."))
    cases = words(f"measures.{measure.key}.reading")
    assert "middle" in cases
    network, needed = sample(measure)
    found = measure(network, **needed)
    keys = found if isinstance(found, Scores) else [None]
    said = [read(measure.key, found, key) for key in keys]
    values = [0.0, 1.0, 0.3, 2.7, -0.4, -1.0, math.nan, math.inf]
    key = ("Ani", "Budi") if measure.scope == "tie" else "Ani"
    rest = {("Citra", "Dewi"): 2.0} if measure.scope == "tie" else {"Citra": 0.5}
    for value in values:
        one = value if measure.scope == "network" else Scores({key: value, **rest})
        said.append(read(measure.key, one, None if measure.scope == "network" else key))
    assert all(sentence.endswith(".") and "{" not in sentence and "nan" not in sentence for sentence in said)
    if measure.scope != "network":
        assert all("Ani" in sentence for sentence in said[-len(values) :])
    assert len(set(said[-len(values) : -2])) >= (2 if measure.scope == "node" else 1)


def test_words_stand_for_measures_that_exist():
    told = {key.split(".")[0] for key in words("measures")}
    assert told - {"sampled"} == set(MEASURES)


def test_the_medici_are_read(languages):
    between = measures.betweenness(FLORENCE)
    use_language("en")
    assert read("betweenness", between, "Medici").startswith("Medici stands on 52.2% of the shortest paths between two")
    assert "rank 7 of 15" in read("betweenness", between, "Strozzi")
    assert read("betweenness", between, "Pazzi").startswith("Pazzi is on none of the shortest paths")
    assert "tied to 6 of the 14 others (42.9%); nobody to more" in read("degree", measures.degree(FLORENCE), "Medici")
    tie = ("Acciaiuoli", "Medici")
    assert "is a bridge" in read("span", measures.span(FLORENCE), tie)
    assert read("ei_index", measures.ei_index(KARATE, CLUBS)).startswith("The E-I index is -0.72: more ties stay")
    assert read("degree", measures.degree(KARATE), 33, names={33: "John A."}).startswith("John A. is tied to 17 of")


def test_an_estimate_says_so_and_claims_nothing_certain(languages):
    use_language("en")
    scores = Scores({"Ani": 0.0, "Budi": 1.0}, "sampled", "python", 0.017)
    for node in scores:
        sentence = read("betweenness", scores, node)
        assert sentence.endswith("(estimated from a sample, off by 1.7% at most).")
        assert sentence.count(".") - sentence.count(".0%") - 1 == 1  # one sentence: its end, and the 1.7
    assert "none" not in read("betweenness", scores, "Ani")


def test_values_are_written_as_the_language_does(languages):
    assert written("betweenness", 0.5219) == "52,2%"
    use_language("en")
    assert (written("closeness", 0.5689), written("span", math.inf), written("constraint", math.nan)) == (
        "0.569",
        "∞",
        "–",
    )
