"""Communities, cores and peripheries: definitions, other libraries, and every division of small networks."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jejaring.communities import communities, core_periphery
from jejaring.measures import modularity
from tests.test_measures import KARATE, networks


@given(networks(directed=False, least=2), st.integers(0, 5))
def test_communities_divide_the_network_and_nobody_wants_to_move(network, seed):
    assume(network.size())
    found = communities(network, seed=seed)
    assert sorted(node for group in found.groups for node in group) == sorted(network)
    assert [len(group) for group in found.groups] == sorted(map(len, found.groups), reverse=True)
    assert found.modularity == pytest.approx(modularity(network, found.of))
    assert found.modularity >= -1e-12  # never worse than everybody together
    assert found == communities(network, seed=seed)
    for group in found.groups:
        assert nx.is_connected(network.subgraph(group))


def test_cliques_on_a_ring_are_found_by_every_seed():
    network = nx.ring_of_cliques(6, 5)
    for seed in range(10):
        groups = communities(network, seed=seed).groups
        assert sorted(map(sorted, groups)) == [list(range(start, start + 5)) for start in range(0, 30, 5)]


def test_the_karate_club_falls_apart_as_other_libraries_say():
    """The best modularity of the club is 0.4198 (Brandes and others, 2008, by trying all)."""
    best = max(communities(KARATE, seed=seed).modularity for seed in range(30))
    assert round(best, 4) == 0.4198
    theirs = nx.community.modularity(KARATE, nx.community.louvain_communities(KARATE, weight=None, seed=1), weight=None)
    assert communities(KARATE, seed=1).modularity > theirs - 0.03


def test_large_communities_are_as_good_as_igraphs():
    igraph = pytest.importorskip("igraph")
    network = nx.planted_partition_graph(8, 40, 0.3, 0.02, seed=1)
    theirs = igraph.Graph(len(network), list(network.edges)).community_multilevel().modularity
    assert communities(network, seed=1).modularity > theirs - 0.01


def correlation(network, core):
    """Pearson correlation over all pairs, from its definition."""
    pairs = list(combinations(network, 2))
    tied = [float(network.has_edge(*pair)) for pair in pairs]
    ideal = [float(bool(core & set(pair))) for pair in pairs]
    means = sum(tied) / len(pairs), sum(ideal) / len(pairs)
    spread = [sum((value - mean) ** 2 for value in one) for one, mean in zip((tied, ideal), means, strict=True)]
    product = sum((one - means[0]) * (other - means[1]) for one, other in zip(tied, ideal, strict=True))
    return product / (spread[0] * spread[1]) ** 0.5 if spread[1] else -2


@given(networks(directed=False, least=3, most=7))
def test_a_core_fits_as_it_says_and_no_worse_than_the_best_single_node(network):
    assume(0 < network.size() < len(network) * (len(network) - 1) / 2)
    found = core_periphery(network)
    assert sorted(found.core + found.periphery) == sorted(network)
    assert found.fit == pytest.approx(correlation(network, set(found.core)))
    everything = [
        correlation(network, set(core)) for size in range(1, len(network)) for core in combinations(network, size)
    ]
    assert max(everything) - 0.3 < found.fit < max(everything) + 1e-9
    assert found.fit > max(everything[: len(network)]) - 1e-9


def test_hubs_who_share_everybody_are_the_core():
    network = nx.Graph([(hub, leaf) for hub in "AB" for leaf in "cdefg"] + [("A", "B")])
    found = core_periphery(network)
    assert (set(found.core), found.fit) == ({"A", "B"}, pytest.approx(1))
    assert found.periphery == tuple("cdefg")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: communities(KARATE, seed=None), "seed is None"),
        (lambda: communities(nx.empty_graph(3), seed=1), "no ties"),
        (lambda: communities(nx.DiGraph([(1, 2)]), seed=1), "for undirected networks"),
        (lambda: core_periphery(nx.complete_graph(4)), "every tie there can be"),
        (lambda: core_periphery(nx.empty_graph(3)), "no ties"),
    ],
)
def test_refuses_what_makes_no_sense(call, told):
    with pytest.raises(ValueError, match=told):
        call()
