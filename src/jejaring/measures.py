"""Measures of a network: who stands where, how dense it is, who bridges it.

Networks are networkx graphs: `Graph` where a tie joins two, `DiGraph` where a tie goes from one to another. They have
no ties of a node to itself and no parallel ties, and they are not modified. Ties count alike, whatever weight they
carry, unless a function says otherwise. Every measure declares itself in `MEASURES`.
"""

from __future__ import annotations

import inspect
import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, TypeVar, cast

import networkx as nx

from jejaring import _engines, _paths
from jejaring._checks import number, whole

__all__ = [
    "MEASURES",
    "ROLES",
    "Measure",
    "Scores",
    "assortativity",
    "average_clustering",
    "betweenness",
    "bridges",
    "brokerage",
    "closeness",
    "clustering",
    "constraint",
    "core_number",
    "degree",
    "degree_assortativity",
    "density",
    "diameter",
    "effective_size",
    "ei_by_group",
    "ei_by_node",
    "ei_index",
    "eigenvector",
    "in_degree",
    "local_bridges",
    "mean_distance",
    "modularity",
    "out_degree",
    "ranks",
    "reciprocity",
    "size",
    "span",
    "transitivity",
]

Node = Hashable
Groups = Mapping[Any, Hashable]
Scope = Literal["node", "tie", "network"]
Graphs = Literal["undirected", "directed", "both"]
F = TypeVar("F", bound=Callable[..., Any])

ROLES = ("coordinator", "gatekeeper", "representative", "consultant", "liaison")
"""What a broker can be, seen from the groups of the three: AAA, BAA, AAB, BAB, BAC; the broker stands in the middle."""

_SMALL = 250  # up to so many nodes our own code is as quick as a compiled engine with its import
_LARGEST_EXACT = 2_000  # nodes whose betweenness takes about two seconds in pure Python; four times as many take 40
_PAIRS = 20_000  # pairs sampled above that: an error below 0.02 at any size
_DOUBT = 0.05  # probability that the stated error is exceeded anywhere
_PATIENCE = 10**8  # additions until an eigenvector must have settled, some ten seconds


@dataclass(frozen=True, eq=False)
class Scores(Mapping[Any, float]):
    """One value for each node, or for each tie, and how they were found.

    Equal to another mapping with the same values.

    Parameters
    ----------
    found : mapping of node, or of pair of nodes, to float
        The values, in the order of the network. NaN where the measure is not defined for this node.
    method : {"exact", "sampled"}
        Whether all paths were counted, or a sample of them.
    engine : {"python", "igraph", "networkit"}
        What counted them.
    error : float
        0 when exact; else, with a probability of 95 %, no value is further than this from its true one.

    Examples
    --------
    >>> scores = Scores({"Ani": 0.5, "Budi": 0.25})
    >>> scores["Ani"], scores.method, scores == {"Ani": 0.5, "Budi": 0.25}
    (0.5, 'exact', True)
    """

    found: Mapping[Any, float]
    method: Literal["exact", "sampled"] = "exact"
    engine: str = "python"
    error: float = 0.0

    def __getitem__(self, key: Any) -> float:
        return self.found[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


@dataclass(frozen=True)
class Measure:
    """A measure with what it is for.

    Parameters
    ----------
    key : str
        Its name, also that of its words.
    scope : {"node", "tie", "network"}
        What has a value: each node, each tie (both give `Scores`), or the whole network (a number).
    graphs : {"undirected", "directed", "both"}
        For which networks it is meant; others are refused.
    function : callable
        What measures.

    Examples
    --------
    >>> betweenness = MEASURES["betweenness"]
    >>> betweenness.scope, betweenness.graphs, betweenness.needs_groups
    ('node', 'both', False)
    >>> betweenness(nx.path_graph(3))[1]
    1.0
    """

    key: str
    scope: Scope
    graphs: Graphs
    function: Callable[..., Scores | float]

    @property
    def needs_groups(self) -> bool:
        """Whether it asks to which group each node belongs."""
        return "groups" in inspect.signature(self.function).parameters

    def __call__(self, network: nx.Graph[Any], **given: Any) -> Scores | float:
        """Measure a network; of `groups` and `seed` the function gets what it asks for."""
        asked = inspect.signature(self.function).parameters
        return self.function(network, **{name: value for name, value in given.items() if name in asked})


MEASURES: dict[str, Measure] = {}
"""Every measure by its key, in the order in which this module declares them."""


def _measure(scope: Scope, graphs: Graphs = "both") -> Callable[[F], F]:
    """Declare a measure: it joins `MEASURES` and refuses networks that it is not meant for."""

    def declare(function: F) -> F:
        @wraps(function)
        def checked(network: nx.Graph[Any], *arguments: Any, **options: Any) -> Any:
            _check(network, graphs, function.__name__)
            return function(network, *arguments, **options)

        MEASURES[function.__name__] = Measure(function.__name__, scope, graphs, checked)
        return cast("F", checked)

    return declare


# The whole network


@_measure("network")
def size(network: nx.Graph[Any]) -> int:
    """How many there are.

    Parameters
    ----------
    network : Graph or DiGraph
        Not modified.

    Returns
    -------
    int
        Number of nodes, 1 or more.

    Raises
    ------
    ValueError
        If the network is empty, or has loops or parallel ties.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis: Methods and Applications*. Cambridge University Press.

    Examples
    --------
    >>> size(nx.path_graph(5))
    5
    """
    return len(network)


@_measure("network")
def density(network: nx.Graph[Any]) -> float:
    """What share of the ties that could be there are there.

    Parameters
    ----------
    network : Graph or DiGraph
        Not modified.

    Returns
    -------
    float
        From 0 to 1; 0 for a single node. A pair holds one tie, or two where ties have a direction.

    Raises
    ------
    ValueError
        If the network is empty, or has loops or parallel ties.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis: Methods and Applications*. Cambridge University Press.

    Examples
    --------
    Three pairs, two of them tied:

    >>> round(density(nx.path_graph(3)), 4)
    0.6667
    """
    pairs = len(network) * (len(network) - 1)
    arcs = network.number_of_edges() * (1 if network.is_directed() else 2)
    return arcs / pairs if pairs else 0.0


@_measure("network", "directed")
def reciprocity(network: nx.Graph[Any]) -> float:
    """What share of the arcs is answered by an arc back.

    Parameters
    ----------
    network : DiGraph
        Not modified.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        If the network is undirected, or has no ties.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis: Methods and Applications*. Cambridge University Press.

    Examples
    --------
    Ani and Budi name each other; Ani also names Citra, who doesn't name her.

    >>> round(reciprocity(nx.DiGraph([("Ani", "Budi"), ("Budi", "Ani"), ("Ani", "Citra")])), 4)
    0.6667
    """
    _check_ties(network, "reciprocity")
    return sum(network.has_edge(other, one) for one, other in network.edges) / network.number_of_edges()


@_measure("network", "undirected")
def transitivity(network: nx.Graph[Any]) -> float:
    """How often two friends of the same person are friends of each other.

    Parameters
    ----------
    network : Graph
        Not modified.

    Returns
    -------
    float
        Three times the triangles by the connected triples, from 0 to 1; 0 where nobody has two ties.

    Raises
    ------
    ValueError
        If the network is directed.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis: Methods and Applications*. Cambridge University Press.

    Examples
    --------
    A triangle with a tail: five pairs of ties meet, three of them in the triangle.

    >>> transitivity(nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4)]))
    0.6
    """
    return float(nx.transitivity(network))


@_measure("network", "undirected")
def average_clustering(network: nx.Graph[Any]) -> float:
    """How closed the circle round a person is, on average.

    Parameters
    ----------
    network : Graph
        Not modified.

    Returns
    -------
    float
        Mean of `clustering`, from 0 to 1; those with fewer than two ties count as 0.

    Raises
    ------
    ValueError
        If the network is directed.

    References
    ----------
    Watts, D. J., & Strogatz, S. H. (1998). Collective dynamics of 'small-world' networks. *Nature* 393, 440-442.

    Examples
    --------
    >>> round(average_clustering(nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4)])), 4)
    0.5833
    """
    return sum(clustering(network).values()) / len(network)


@_measure("network")
def mean_distance(network: nx.Graph[Any]) -> float:
    """How many steps two people are apart, on average.

    Parameters
    ----------
    network : Graph or DiGraph
        Everybody can reach everybody; two nodes or more. Not modified.

    Returns
    -------
    float
        Steps, 1 or more.

    Raises
    ------
    ValueError
        If some can't reach others, or there is nobody else.

    References
    ----------
    Watts, D. J., & Strogatz, S. H. (1998). Collective dynamics of 'small-world' networks. *Nature* 393, 440-442.

    Examples
    --------
    Two pairs are one step apart, one pair two.

    >>> round(mean_distance(nx.path_graph(3)), 4)
    1.3333
    """
    total, _ = _all_distances(network, "mean_distance")
    return total / (len(network) * (len(network) - 1))


@_measure("network")
def diameter(network: nx.Graph[Any]) -> int:
    """How many steps the two are apart who are furthest from each other.

    Parameters
    ----------
    network : Graph or DiGraph
        Everybody can reach everybody; two nodes or more. Not modified.

    Returns
    -------
    int
        Steps, 1 or more.

    Raises
    ------
    ValueError
        If some can't reach others, or there is nobody else.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis: Methods and Applications*. Cambridge University Press.

    Examples
    --------
    >>> diameter(nx.path_graph(5))
    4
    """
    return _all_distances(network, "diameter")[1]


# Centralities


@_measure("node", "undirected")
def degree(network: nx.Graph[Any]) -> Scores:
    """What share of the others a node is tied to.

    Parameters
    ----------
    network : Graph
        Not modified. Where ties have a direction, use `in_degree` and `out_degree`.

    Returns
    -------
    Scores
        From 0 to 1 for each node: its ties by the number of others.

    Raises
    ------
    ValueError
        If the network is directed.

    References
    ----------
    Freeman, L. C. (1979). Centrality in social networks: conceptual clarification. *Social Networks* 1, 215-239.

    Examples
    --------
    >>> dict(degree(nx.path_graph(3)))
    {0: 0.5, 1: 1.0, 2: 0.5}
    """
    return _shares(network, dict(network.degree))


@_measure("node", "directed")
def in_degree(network: nx.Graph[Any]) -> Scores:
    """What share of the others name a node.

    Parameters
    ----------
    network : DiGraph
        Not modified.

    Returns
    -------
    Scores
        From 0 to 1 for each node: arcs that lead to it, by the number of others.

    Raises
    ------
    ValueError
        If the network is undirected.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis: Methods and Applications*. Cambridge University Press.

    Examples
    --------
    >>> dict(in_degree(nx.DiGraph([("Ani", "Budi"), ("Citra", "Budi")])))
    {'Ani': 0.0, 'Budi': 1.0, 'Citra': 0.0}
    """
    return _shares(network, {node: len(before) for node, before in _before(network).items()})


@_measure("node", "directed")
def out_degree(network: nx.Graph[Any]) -> Scores:
    """What share of the others a node names.

    Parameters
    ----------
    network : DiGraph
        Not modified.

    Returns
    -------
    Scores
        From 0 to 1 for each node: arcs that start at it, by the number of others.

    Raises
    ------
    ValueError
        If the network is undirected.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis: Methods and Applications*. Cambridge University Press.

    Examples
    --------
    >>> dict(out_degree(nx.DiGraph([("Ani", "Budi"), ("Citra", "Budi")])))
    {'Ani': 0.5, 'Budi': 0.0, 'Citra': 0.5}
    """
    return _shares(network, {node: len(after) for node, after in network.adj.items()})


@_measure("node")
def betweenness(network: nx.Graph[Any], *, seed: int | None = None) -> Scores:
    """What share of the shortest paths between two others passes a node.

    Parameters
    ----------
    network : Graph or DiGraph
        Not modified.
    seed : int, optional
        Needed only above 2,000 nodes where neither igraph nor networkit is installed: then 20,000 pairs are sampled.

    Returns
    -------
    Scores
        From 0 to 1 for each node: where a pair has several shortest paths, their share that passes the node, averaged
        over all pairs of others (of ordered pairs where ties have a direction; pairs without a path count as 0).
        Exact, or sampled with the error that is stated. Up to 250 nodes always by our own code.

    Raises
    ------
    ValueError
        If a seed is needed and missing.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. *Sociometry* 40, 35-41.
    Brandes, U. (2001). A faster algorithm for betweenness centrality. *Journal of Mathematical Sociology* 25, 163-177.
    Riondato, M., & Kornaropoulos, E. M. (2016). Fast approximation of betweenness centrality through sampling. *Data
    Mining and Knowledge Discovery* 30, 438-475.
    Hoeffding, W. (1963). Probability inequalities for sums of bounded random variables. *Journal of the American
    Statistical Association* 58, 13-30. Theorem 1 gives the error, for all nodes at once.

    Examples
    --------
    In a row of five the middle one stands between four of the six pairs of others.

    >>> [round(share, 4) for share in betweenness(nx.path_graph(5)).values()]
    [0.0, 0.5, 0.6667, 0.5, 0.0]
    """
    nodes, after, before = _numbered(network)
    count, engine = len(nodes), _engine(len(network), "igraph", "networkit")
    if engine == "python" and count > _LARGEST_EXACT:
        if seed is None:
            raise ValueError(
                f"seed is None; with {count} nodes betweenness is sampled, because neither igraph nor networkit works "
                f"here, so seed must be a whole number. Up to {_LARGEST_EXACT} nodes none is needed."
            )
        shares = _paths.sampled_betweenness(after, before, _PAIRS, seed=whole("seed", seed, "a random stream"))
        scale = count / (count - 2)  # a pair is drawn among all; a node stands between pairs of others only
        found = {node: min(1.0, scale * share) for node, share in zip(nodes, shares, strict=True)}
        return Scores(found, "sampled", engine, scale * _sampling_error(shares))
    if engine == "python":
        raw = _paths.betweenness(after, before)
    else:
        raw = _engines.betweenness(engine, after, directed=network.is_directed())
    pairs = max(1, (count - 1) * (count - 2))
    return Scores({node: value / pairs for node, value in zip(nodes, raw, strict=True)}, engine=engine)


@_measure("node")
def closeness(network: nx.Graph[Any]) -> Scores:
    """How few steps the others need to reach a node.

    Parameters
    ----------
    network : Graph or DiGraph
        Not modified.

    Returns
    -------
    Scores
        From 0 to 1 for each node: those who can reach it, by the sum of their distances. Where not everybody can, this
        is multiplied by the share of the others who can (Wasserman and Faust), so that two alone on an island are not
        the closest of all; 0 where nobody can. Where ties have a direction, distances are those *to* the node. Always
        exact, and quick where people are a few steps apart; long chains take longer.

    Raises
    ------
    ValueError
        If the network is empty, or has loops or parallel ties.

    References
    ----------
    Bavelas, A. (1950). Communication patterns in task-oriented groups. *Journal of the Acoustical Society of America*
    22, 725-730.
    Freeman, L. C. (1979). Centrality in social networks: conceptual clarification. *Social Networks* 1, 215-239.
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis: Methods and Applications*. Cambridge University Press.
    Then, M., Kaufmann, M., Chirigati, F., & others (2014). The more the merrier: efficient multi-source graph
    traversal. *Proceedings of the VLDB Endowment* 8, 449-460.

    Examples
    --------
    In a star of five a leaf is one step from the centre and two from each other leaf: 4/7.

    >>> [round(value, 4) for value in closeness(nx.star_graph(4)).values()]
    [1.0, 0.5714, 0.5714, 0.5714, 0.5714]
    """
    nodes, _, before = _numbered(network)
    reached, total, _ = _paths.distances(before)
    others = len(nodes) - 1
    return Scores(
        {
            node: who / steps * who / others if steps else 0.0
            for node, who, steps in zip(nodes, reached, total, strict=True)
        }
    )


@_measure("node")
def eigenvector(network: nx.Graph[Any]) -> Scores:
    """How well a node is tied to those who are well tied themselves.

    Parameters
    ----------
    network : Graph or DiGraph
        Everybody can reach everybody: between separate pieces the measure is not defined. Not modified. Where ties
        have a direction, a node gets from those who name it.

    Returns
    -------
    Scores
        Above 0 for each node; the squares add up to 1. Up to 250 nodes, or without igraph, found by letting esteem
        flow until it settles.

    Raises
    ------
    ValueError
        If some can't reach others, or the values don't settle in reasonable time (long chains, without igraph).

    References
    ----------
    Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique identification. *Journal of
    Mathematical Sociology* 2, 113-120.

    Examples
    --------
    >>> [round(value, 4) for value in eigenvector(nx.path_graph(3)).values()]
    [0.5, 0.7071, 0.5]
    """
    if not _reaches_all(network):
        raise ValueError("network has separate pieces; eigenvector is defined within one: measure the largest piece.")
    nodes, after, before = _numbered(network)
    engine = _engine(len(nodes), "igraph")
    directed = network.is_directed()
    raw = _settled(before) if engine == "python" else _engines.eigenvector(after, directed=directed)
    length = math.hypot(*raw)
    return Scores({node: value / length for node, value in zip(nodes, raw, strict=True)}, engine=engine)


# Circles and holes


@_measure("node", "undirected")
def clustering(network: nx.Graph[Any]) -> Scores:
    """What share of the pairs of a node's contacts know each other.

    Parameters
    ----------
    network : Graph
        Not modified.

    Returns
    -------
    Scores
        From 0 to 1 for each node; 0 for those with fewer than two ties.

    Raises
    ------
    ValueError
        If the network is directed.

    References
    ----------
    Watts, D. J., & Strogatz, S. H. (1998). Collective dynamics of 'small-world' networks. *Nature* 393, 440-442.

    Examples
    --------
    In a triangle with a tail, 3 has three contacts; one of their three pairs is tied.

    >>> [round(value, 4) for value in clustering(nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4)])).values()]
    [1.0, 1.0, 0.3333, 0.0]
    """
    found: Any = nx.clustering(network)
    return Scores({node: float(found[node]) for node in network})


@_measure("node")
def constraint(network: nx.Graph[Any], weight: str | None = None) -> Scores:
    """How much of a node's time goes to contacts who spend theirs on each other.

    Parameters
    ----------
    network : Graph or DiGraph
        Not modified.
    weight : str, optional
        Name of the ties' attribute that says how much is invested in a tie, above 0; each tie counts 1 otherwise.

    Returns
    -------
    Scores
        For each node the sum over its contacts j of (p_ij + sum over q of p_iq p_qj) squared, p being the share of i's
        investment. A little above 0 for those with many contacts who don't know each other; 1 for a single contact;
        more than that where two contacts spend all on each other and on i (9/8 when ties count alike); below 2. NaN
        for those without ties. Where ties have a direction, what is invested in a pair is what flows either way.

    Raises
    ------
    ValueError
        If a tie has no weight of that name, or one that is not above 0.

    References
    ----------
    Burt, R. S. (1992). *Structural Holes: The Social Structure of Competition*. Harvard University Press, ch. 2.

    Examples
    --------
    The centre of a star spreads its time over four who don't know each other: four times (1/4) squared.

    >>> [round(value, 4) for value in constraint(nx.star_graph(4)).values()]
    [0.25, 1.0, 1.0, 1.0, 1.0]
    """
    nodes, invested = _investments(network, weight)
    totals = [sum(contacts.values()) for contacts in invested]
    shares = [
        {other: amount / total for other, amount in contacts.items()}
        for contacts, total in zip(invested, totals, strict=True)
    ]
    found = {}
    for node, own in zip(nodes, shares, strict=True):
        reached = dict(own)
        for through, share in own.items():
            for other, further in shares[through].items():
                if other in own:
                    reached[other] += share * further
        found[node] = sum(value * value for value in reached.values()) if own else math.nan
    return Scores(found)


@_measure("node")
def effective_size(network: nx.Graph[Any], weight: str | None = None) -> Scores:
    """How many contacts a node has that are not reached through its other contacts anyway.

    Parameters
    ----------
    network : Graph or DiGraph
        Not modified.
    weight : str, optional
        Name of the ties' attribute that says how much is invested in a tie, above 0; each tie counts 1 otherwise.

    Returns
    -------
    Scores
        For each node, from 0 (no ties) to its number of contacts. In an undirected network without weights this is
        n - 2t/n, with n contacts and t ties among them (Borgatti); otherwise Burt's sum over contacts j of
        1 - sum over q of p_iq m_jq, p being the share of i's investment and m that of j by j's largest, where what is
        invested in a pair is what flows either way.

    Raises
    ------
    ValueError
        If a tie has no weight of that name, or one that is not above 0.

    References
    ----------
    Burt, R. S. (1992). *Structural Holes: The Social Structure of Competition*. Harvard University Press, ch. 2.
    Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. *Connections* 20(1), 35-38.

    Examples
    --------
    Two contacts who know each other are as good as one.

    >>> effective_size(nx.complete_graph(3))[0], effective_size(nx.path_graph(3))[1]
    (1.0, 2.0)
    """
    nodes, invested = _investments(network, weight)
    found = {}
    for node, own in zip(nodes, invested, strict=True):
        total = sum(own.values())
        redundant = 0.0
        for contact in own:
            theirs = invested[contact]
            largest = max(theirs.values())
            small, large = (own, theirs) if len(own) <= len(theirs) else (theirs, own)
            redundant += sum(own[q] * theirs[q] for q in small if q in large) / (total * largest)
        found[node] = len(own) - redundant
    return Scores(found)


@_measure("node", "undirected")
def core_number(network: nx.Graph[Any]) -> Scores:
    """In how tight a core a node stays when those with few ties leave one after the other.

    Parameters
    ----------
    network : Graph
        Not modified.

    Returns
    -------
    Scores
        For each node the largest k such that it belongs to a set of people who all have at least k ties within it; a
        whole number, 0 or more.

    Raises
    ------
    ValueError
        If the network is directed.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. *Social Networks* 5, 269-287.

    Examples
    --------
    >>> dict(core_number(nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4)])))
    {1: 2.0, 2: 2.0, 3: 2.0, 4: 1.0}
    """
    found = nx.core_number(network)
    return Scores({node: float(found[node]) for node in network})


# Bridges


@_measure("tie", "undirected")
def span(network: nx.Graph[Any]) -> Scores:
    """How far apart two would be without the tie between them.

    Parameters
    ----------
    network : Graph
        Not modified.

    Returns
    -------
    Scores
        Steps for each tie: 2 where its ends share a contact, 3 or more for a local bridge, infinite for a bridge.

    Raises
    ------
    ValueError
        If the network is directed.

    References
    ----------
    Granovetter, M. S. (1973). The strength of weak ties. *American Journal of Sociology* 78, 1360-1380.

    Examples
    --------
    A ring of four with a tail: without one tie of the ring, its ends are three steps apart.

    >>> dict(span(nx.Graph([(1, 2), (2, 3), (3, 4), (4, 1), (4, 5)])))
    {(1, 2): 3.0, (1, 4): 3.0, (2, 3): 3.0, (3, 4): 3.0, (4, 5): inf}
    """
    nodes, after, before = _numbered(network)
    place = {node: at for at, node in enumerate(nodes)}
    cut = {frozenset(tie) for tie in nx.bridges(network)}
    found = {}
    for one, other in network.edges:
        ends = (place[one], place[other])
        bridge = frozenset((one, other)) in cut
        found[one, other] = math.inf if bridge else float(_paths.distance(after, before, *ends, without=ends))
    return Scores(found)


def local_bridges(network: nx.Graph[Any]) -> dict[tuple[Any, Any], float]:
    """Name the ties whose ends share no contact.

    Parameters
    ----------
    network : Graph
        Not modified.

    Returns
    -------
    dict of pair of nodes to float
        Their span, 3 or more; infinite for a bridge.

    Raises
    ------
    ValueError
        If the network is directed.

    References
    ----------
    Granovetter, M. S. (1973). The strength of weak ties. *American Journal of Sociology* 78, 1360-1380.

    Examples
    --------
    >>> local_bridges(nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4)]))
    {(3, 4): inf}
    """
    return {tie: steps for tie, steps in span(network).items() if steps > 2}


def bridges(network: nx.Graph[Any]) -> tuple[tuple[Any, Any], ...]:
    """Name the ties without which the network falls apart.

    Parameters
    ----------
    network : Graph
        Not modified.

    Returns
    -------
    tuple of pairs of nodes
        In the order of the network's ties.

    Raises
    ------
    ValueError
        If the network is directed.

    References
    ----------
    Granovetter, M. S. (1973). The strength of weak ties. *American Journal of Sociology* 78, 1360-1380.

    Examples
    --------
    >>> bridges(nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4)]))
    ((3, 4),)
    """
    _check(network, "undirected", "bridges")
    cut = {frozenset(tie) for tie in nx.bridges(network)}
    return tuple((one, other) for one, other in network.edges if frozenset((one, other)) in cut)


# Groups


@_measure("network")
def ei_index(network: nx.Graph[Any], groups: Groups) -> float:
    """Whether ties lead out of the groups or stay inside.

    Parameters
    ----------
    network : Graph or DiGraph
        Not modified.
    groups : mapping of node to group
        For every node the group that it belongs to.

    Returns
    -------
    float
        Ties between groups minus ties inside, by all ties: from -1 (all inside) to 1 (all between).

    Raises
    ------
    ValueError
        If a node has no group, or the network has no ties.

    References
    ----------
    Krackhardt, D., & Stern, R. N. (1988). Informal networks and organizational crises: an experimental simulation.
    *Social Psychology Quarterly* 51, 123-140.

    Examples
    --------
    Two ties inside, one between:

    >>> round(ei_index(nx.path_graph(4), {0: "A", 1: "A", 2: "B", 3: "B"}), 4)
    -0.3333
    """
    _check_groups(network, groups)
    _check_ties(network, "ei_index")
    outside = sum(groups[one] != groups[other] for one, other in network.edges)
    return (2 * outside - network.number_of_edges()) / network.number_of_edges()


def ei_by_group(network: nx.Graph[Any], groups: Groups) -> dict[Any, float]:
    """Whether the ties of each group lead out of it or stay inside.

    Parameters
    ----------
    network : Graph or DiGraph
        Not modified.
    groups : mapping of node to group
        For every node the group that it belongs to.

    Returns
    -------
    dict of group to float
        From -1 (all inside) to 1 (all to others), in the order in which groups first appear; NaN without ties. A tie
        between two groups counts once in each.

    Raises
    ------
    ValueError
        If a node has no group.

    References
    ----------
    Krackhardt, D., & Stern, R. N. (1988). Informal networks and organizational crises: an experimental simulation.
    *Social Psychology Quarterly* 51, 123-140.

    Examples
    --------
    B has one tie inside and one to A.

    >>> ei_by_group(nx.path_graph(3), {0: "A", 1: "B", 2: "B"})
    {'A': 1.0, 'B': 0.0}
    """
    _check(network, "both", "ei_by_group")
    _check_groups(network, groups)
    inside: Counter[Any] = Counter(groups[one] for one, other in network.edges if groups[one] == groups[other])
    outside: Counter[Any] = Counter(
        groups[end] for one, other in network.edges if groups[one] != groups[other] for end in (one, other)
    )
    return {group: _balance(outside[group], inside[group]) for group in dict.fromkeys(groups[node] for node in network)}


@_measure("node")
def ei_by_node(network: nx.Graph[Any], groups: Groups) -> Scores:
    """Whether a node's own ties lead out of its group or stay inside.

    Parameters
    ----------
    network : Graph or DiGraph
        Not modified.
    groups : mapping of node to group
        For every node the group that it belongs to.

    Returns
    -------
    Scores
        From -1 (all inside) to 1 (all to others) for each node; NaN for those without ties. Where ties have a
        direction, both those from and those to the node count.

    Raises
    ------
    ValueError
        If a node has no group.

    References
    ----------
    Krackhardt, D., & Stern, R. N. (1988). Informal networks and organizational crises: an experimental simulation.
    *Social Psychology Quarterly* 51, 123-140.

    Examples
    --------
    >>> dict(ei_by_node(nx.path_graph(3), {0: "A", 1: "B", 2: "B"}))
    {0: 1.0, 1: 0.0, 2: -1.0}
    """
    _check_groups(network, groups)
    inside: Counter[Any] = Counter()
    outside: Counter[Any] = Counter()
    for tie in network.edges:
        (inside if groups[tie[0]] == groups[tie[1]] else outside).update(tie)
    return Scores({node: _balance(outside[node], inside[node]) for node in network})


@_measure("network")
def assortativity(network: nx.Graph[Any], groups: Groups) -> float:
    """How much more often than by chance ties join people of the same group.

    Parameters
    ----------
    network : Graph or DiGraph
        Not modified.
    groups : mapping of node to group
        For every node the group that it belongs to.

    Returns
    -------
    float
        1 when all ties stay inside the groups, 0 when groups don't matter, below 0 when ties seek the others.

    Raises
    ------
    ValueError
        If a node has no group, there are no ties, or all ties are inside one group.

    References
    ----------
    Newman, M. E. J. (2003). Mixing patterns in networks. *Physical Review E* 67, 026126.

    Examples
    --------
    A quarter of the ends would meet their like by chance in each of two equal groups; all ties cross.

    >>> assortativity(nx.cycle_graph(4), {0: "A", 1: "B", 2: "A", 3: "B"})
    -1.0
    """
    _check_groups(network, groups)
    _check_ties(network, "assortativity")
    arcs = _arcs(network)
    inside = sum(groups[one] == groups[other] for one, other in arcs) / len(arcs)
    starts, ends = (Counter(groups[arc[side]] for arc in arcs) for side in (0, 1))
    chance = sum(starts[group] * ends[group] for group in starts) / len(arcs) ** 2
    if chance == 1:
        raise ValueError("groups puts all ties inside one group; assortativity compares at least two.")
    return (inside - chance) / (1 - chance)


@_measure("network")
def degree_assortativity(network: nx.Graph[Any]) -> float:
    """Whether those with many ties are tied to others with many.

    Parameters
    ----------
    network : Graph or DiGraph
        Not modified. Where ties have a direction, arcs that start at one end are compared with arcs that arrive at the
        other.

    Returns
    -------
    float
        Correlation of the degrees at the two ends of a tie, from -1 (many with few) to 1 (many with many).

    Raises
    ------
    ValueError
        If there are no ties, or all ends have the same degree.

    References
    ----------
    Newman, M. E. J. (2003). Mixing patterns in networks. *Physical Review E* 67, 026126.

    Examples
    --------
    In a star every tie joins the one with many to one with a single tie.

    >>> round(degree_assortativity(nx.star_graph(4)), 4)
    -1.0
    """
    _check_ties(network, "degree_assortativity")
    before = _before(network)
    ends = [(len(network.adj[one]), len(before[other])) for one, other in _arcs(network)]
    count = len(ends)
    sums = [sum(end[side] for end in ends) for side in (0, 1)]
    spread = [count * sum(end[side] ** 2 for end in ends) - sums[side] ** 2 for side in (0, 1)]
    if not all(spread):
        raise ValueError("network has the same degree at every end of a tie; there is nothing to correlate.")
    return (count * sum(one * other for one, other in ends) - sums[0] * sums[1]) / math.sqrt(spread[0] * spread[1])


@_measure("network", "undirected")
def modularity(network: nx.Graph[Any], groups: Groups) -> float:
    """How many more ties stay inside the groups than chance would put there.

    Parameters
    ----------
    network : Graph
        Not modified.
    groups : mapping of node to group
        For every node the group that it belongs to.

    Returns
    -------
    float
        Share of ties inside minus the share expected if everybody kept their number of ties but not their partners;
        from -1/2 to just below 1, and 0 for a single group.

    Raises
    ------
    ValueError
        If the network is directed, a node has no group, or there are no ties.

    References
    ----------
    Newman, M. E. J., & Girvan, M. (2004). Finding and evaluating community structure in networks. *Physical Review E*
    69, 026113.

    Examples
    --------
    Two ties of three inside, one half expected:

    >>> round(modularity(nx.path_graph(4), {0: "A", 1: "A", 2: "B", 3: "B"}), 4)
    0.1667
    """
    _check_groups(network, groups)
    _check_ties(network, "modularity")
    ties = network.number_of_edges()
    inside = sum(groups[one] == groups[other] for one, other in network.edges)
    ends: Counter[Any] = Counter(groups[end] for tie in network.edges for end in tie)
    return inside / ties - sum(count**2 for count in ends.values()) / (2 * ties) ** 2


# Brokers


def brokerage(network: nx.Graph[Any], groups: Groups) -> dict[str, Scores]:
    """Count how often each node stands between two who have no tie of their own, and on whose side.

    Parameters
    ----------
    network : DiGraph
        Not modified. An undirected one is ``network.to_directed()``: then every tie counts both ways.
    groups : mapping of node to group
        For every node the group that it belongs to.

    Returns
    -------
    dict of str to Scores
        For each of `ROLES` a count for each node b: pairs (a, c) with arcs from a to b and from b to c but none from a
        to c. Coordinator: all three of one group. Gatekeeper: b and c of one group, a outside. Representative: a and b
        of one group, c outside. Consultant: a and c of one group, b outside. Liaison: three groups. Not normalised.

    Raises
    ------
    ValueError
        If the network is undirected, or a node has no group.

    References
    ----------
    Gould, R. V., & Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in transaction
    networks. *Sociological Methodology* 19, 89-126.

    Examples
    --------
    Ani tells Budi, who tells Citra; Budi and Citra are colleagues: Budi is the gate to their department.

    >>> counts = brokerage(nx.DiGraph([("Ani", "Budi"), ("Budi", "Citra")]), {"Ani": 1, "Budi": 2, "Citra": 2})
    >>> {role: count["Budi"] for role, count in counts.items() if count["Budi"]}
    {'gatekeeper': 1.0}
    """
    _check(network, "directed", "brokerage")
    _check_groups(network, groups)
    before = _before(network)
    counts: dict[str, dict[Any, float]] = {role: dict.fromkeys(network, 0.0) for role in ROLES}
    for broker in network:
        for first in before[broker]:
            for last in network.adj[broker]:
                if first != last and last not in network.adj[first]:
                    counts[_role(groups[first], groups[broker], groups[last])][broker] += 1
    return {role: Scores(count) for role, count in counts.items()}


def _declare_role(role: str) -> None:
    """Declare one of the roles as a measure of its own."""

    def count(network: nx.Graph[Any], groups: Groups) -> Scores:
        return brokerage(network, groups)[role]

    MEASURES[role] = Measure(role, "node", "directed", count)


for _one in ROLES:
    _declare_role(_one)


def ranks(scores: Mapping[Any, float]) -> dict[Any, int]:
    """Put the highest value first.

    Parameters
    ----------
    scores : mapping of node to float
        Values of one measure; not modified.

    Returns
    -------
    dict of node to int
        Ranks from 1, in the order of `scores`: one more than the number of those who are higher. Values that differ by
        less than 1e-9 are equal; nodes without a value (NaN) share the last rank.

    Examples
    --------
    >>> ranks({"Ani": 0.5, "Budi": 0.7, "Citra": 0.5, "Dewi": 0.1})
    {'Ani': 2, 'Budi': 1, 'Citra': 2, 'Dewi': 4}
    """
    values = {node: -math.inf if math.isnan(value) else value for node, value in scores.items()}
    found, last, rank = {}, math.inf, 1
    for place, node in enumerate(sorted(values, key=lambda node: -values[node]), 1):
        if values[node] < last - 1e-9:
            last, rank = values[node], place
        found[node] = rank
    return {node: found[node] for node in scores}


# What the measures share


def _check(network: object, graphs: Graphs, name: str) -> None:
    """Refuse what is no network of the kind that a measure is meant for."""
    if not isinstance(network, nx.Graph) or network.is_multigraph():
        raise ValueError(f"network is {network!r}; it must be a networkx Graph or DiGraph without parallel ties.")
    if len(network) == 0:
        raise ValueError("network is empty; it must have at least one node.")
    loop = next((node for node, others in network.adj.items() if node in others), None)
    if loop is not None:
        raise ValueError(f"network has a tie from {loop!r} to itself; remove such ties first.")
    if graphs == "directed" and not network.is_directed():
        raise ValueError(f"network is undirected; {name} is for directed networks. network.to_directed() is one.")
    if graphs == "undirected" and network.is_directed():
        instead = " Use in_degree or out_degree." if name == "degree" else " network.to_undirected() is one."
        raise ValueError(f"network is directed; {name} is for undirected networks.{instead}")


def _check_ties(network: nx.Graph[Any], name: str) -> None:
    """Refuse a network without ties."""
    if network.number_of_edges() == 0:
        raise ValueError(f"network has no ties; {name} needs at least one.")


def _check_groups(network: nx.Graph[Any], groups: Groups) -> None:
    """Refuse groups that leave somebody out."""
    for node in network:
        if node not in groups:
            raise ValueError(f"groups has nothing for {node!r}; it must name a group for every node.")


def _numbered(network: nx.Graph[Any]) -> tuple[list[Any], list[list[int]], list[list[int]]]:
    """Nodes in their order; by place, whom their ties lead to, and whom they come from."""
    place = {node: at for at, node in enumerate(network)}
    after = [[place[other] for other in others] for others in network.adj.values()]
    if not network.is_directed():
        return list(place), after, after
    return list(place), after, [[place[other] for other in others] for others in _before(network).values()]


def _before(network: nx.Graph[Any]) -> Mapping[Any, Mapping[Any, Any]]:
    """For each node, those whose ties lead to it."""
    return network.pred if isinstance(network, nx.DiGraph) else network.adj


def _arcs(network: nx.Graph[Any]) -> list[tuple[Any, Any]]:
    """List ties in their direction, or both ways where they have none."""
    return [(one, other) for one, others in network.adj.items() for other in others]


def _shares(network: nx.Graph[Any], counts: Mapping[Any, int]) -> Scores:
    """Divide by the number of others."""
    others = max(1, len(network) - 1)
    return Scores({node: counts[node] / others for node in network})


def _engine(count: int, *engines: str) -> str:
    """Name what measures a network of this size."""
    return next((engine for engine in engines if count > _SMALL and _engines.works(engine)), "python")


def _reaches_all(network: nx.Graph[Any]) -> bool:
    """Tell whether everybody can reach everybody."""
    return bool(nx.is_strongly_connected(network) if isinstance(network, nx.DiGraph) else nx.is_connected(network))


def _all_distances(network: nx.Graph[Any], name: str) -> tuple[int, int]:
    """Sum of the distances of all ordered pairs, and the longest of them."""
    if len(network) < 2 or not _reaches_all(network):
        raise ValueError(f"network has people who can't reach each other; {name} needs two or more who all can.")
    _, total, longest = _paths.distances(_numbered(network)[2])
    return sum(total), longest


def _settled(before: list[list[int]]) -> list[float]:
    """Let esteem flow along the ties until it settles; each keeps a part of its own, so that it can't swing.

    Stops when the geometric series of further changes would add less than 1e-12.
    """
    values, change = [1 / math.sqrt(len(before))] * len(before), 0.0
    for _ in range(_PATIENCE // sum(1 + len(sources) for sources in before)):
        flow = [own + sum(values[at] for at in sources) for own, sources in zip(values, before, strict=True)]
        length = math.hypot(*flow)
        flow = [value / length for value in flow]
        last, change = change, max(abs(new - old) for new, old in zip(flow, values, strict=True))
        values = flow
        if change < 1e-15 or change * change < 1e-12 * (last - change):
            return values
    raise ValueError("network is too much like a long chain for eigenvector to settle; with igraph it will.")


def _investments(network: nx.Graph[Any], weight: str | None) -> tuple[list[Any], list[dict[int, float]]]:
    """Nodes in their order; by place, what flows either way between a node and each contact."""
    place = {node: at for at, node in enumerate(network)}
    flows: list[dict[int, float]] = [{} for _ in place]
    for one, other, data in network.edges(data=True):
        amount = 1.0
        if weight is not None:
            name = f"{weight} of the tie {one!r}, {other!r}"
            amount = float(number(name, data.get(weight), "any unit, the same for all ties", above=0))
        for start, end in ((place[one], place[other]), (place[other], place[one])):
            flows[start][end] = flows[start].get(end, 0.0) + amount
    return list(place), flows


def _balance(outside: int, inside: int) -> float:
    """Ties out minus ties inside, by all."""
    return (outside - inside) / (outside + inside) if outside + inside else math.nan


def _role(first: Hashable, broker: Hashable, last: Hashable) -> str:
    """Name the broker's role from the groups of the three."""
    if first == last:
        return "coordinator" if first == broker else "consultant"
    if broker == last:
        return "gatekeeper"
    return "representative" if broker == first else "liaison"


def _sampling_error(shares: list[float]) -> float:
    """How far off a sampled share may be, at worst among all nodes at once, with the doubt that is left."""
    bound = math.log(2 * len(shares) / _DOUBT) / _PAIRS

    def room(share: float) -> float:
        """How far above `share` the truth may lie: further, what was seen would be too unlikely."""
        low, high = share, 1.0
        for _ in range(40):
            truth = (low + high) / 2
            surprise = _divergence(share, truth)
            low, high = (truth, high) if surprise < bound else (low, truth)
        return high - share

    return max(room(end) for share in set(shares) for end in (share, 1 - share))


def _divergence(seen: float, truth: float) -> float:
    """Kullback-Leibler divergence of two coins."""
    parts = ((seen, truth), (1 - seen, 1 - truth))
    return sum(one * math.log(one / other) if other > 0 else math.inf for one, other in parts if one > 0)
