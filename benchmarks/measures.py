"""Slow measures beside plain networkx: betweenness, closeness, constraint and communities on sparse random networks.

Three columns, measured in one run on the same network: ours as it is here, ours with igraph and networkit refused, and
networkx called directly (its constraint in the way that needs no scipy, as in a browser). Each cell runs in a process
of its own that is ended after a while ("over N s"); the process's start and the making of the network don't count.
Above 2,000 nodes betweenness without an engine is sampled, and the error that it states is printed.

    python benchmarks/measures.py [--cap 120] [--nodes 1000 10000 50000]
"""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import networkx as nx

from jejaring import _engines, communities, measures

TIES_PER_NODE = 3
SEED = 1

OURS: dict[str, Callable[[Any], Any]] = {
    "betweenness": lambda network: measures.betweenness(network, seed=SEED),
    "closeness": measures.closeness,
    "constraint": measures.constraint,
    "communities": lambda network: communities.communities(network, seed=SEED),
}
THEIRS: dict[str, Callable[[Any], Any]] = {
    "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "constraint": lambda network: nx.constraint(network, nodes=list(network)),
    "communities": lambda network: nx.community.louvain_communities(network, seed=SEED),
}


def network(nodes: int) -> Any:
    return nx.gnm_random_graph(nodes, TIES_PER_NODE * nodes, seed=SEED)


def run(answer: Connection, side: str, measure: str, nodes: int) -> None:
    graph = network(nodes)
    if side == "alone":
        _engines.works = lambda _: False
    function = (THEIRS if side == "networkx" else OURS)[measure]
    start = time.perf_counter()
    found = function(graph)
    answer.send((time.perf_counter() - start, getattr(found, "engine", ""), getattr(found, "error", 0.0)))


def timed(side: str, measure: str, nodes: int, cap: float) -> tuple[float | None, str]:
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=run, args=(there, side, measure, nodes))
    process.start()
    seconds, note = None, f"over {cap:.0f} s"
    if here.poll(cap):
        seconds, engine, error = here.recv()
        note = f"{seconds:.2f} s" + f" {engine}" * (engine not in ("", "python")) + f" ±{error:.4f}" * (error > 0)
    process.terminate()
    process.join()
    return seconds, note


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare our measures of networks with plain networkx.")
    parser.add_argument("--cap", type=float, default=120, help="seconds after which a cell is given up")
    parser.add_argument("--nodes", type=int, nargs="+", default=[1_000, 10_000, 50_000], help="sizes of the networks")
    chosen = parser.parse_args()
    print(f"{'nodes':>6}  {'measure':12}{'ours':>20}{'ours, no engine':>20}{'networkx':>14}{'ratio':>9}")
    for nodes in chosen.nodes:
        for measure in OURS:
            ours, said = timed("ours", measure, nodes, chosen.cap)
            _, alone = timed("alone", measure, nodes, chosen.cap)
            theirs, plain = timed("networkx", measure, nodes, chosen.cap)
            least = "" if theirs else ">"
            ratio = f"{least}{(theirs or chosen.cap) / ours:.0f}x" if ours else "–"
            print(f"{nodes:>6}  {measure:12}{said:>20}{alone:>20}{plain:>14}{ratio:>9}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
