"""Definitions as a network, and two trees that claim to hold every way in which cooperation starts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import networkx as nx

from jejaring.classifications import CASES, TREES, conditions, drawers
from jejaring.data import table
from jejaring.figures.networks import Place, network_map
from jejaring.figures.picture import Picture
from jejaring.figures.two_mode import components_ranked
from jejaring.language import word, words
from jejaring.layouts import stress_layout
from jejaring.two_mode import from_table, members, nodes_of
from jejaring.widgets.panel import Checks, Choice, Control, Panel, Scene, Table

__all__ = ["must_have", "two_trees"]

_DISPUTED: Mapping[str, tuple[str, str]] = {
    "team": ("Text 003 team values", "joint_action"),
    "consensus": ("Landsberger 2011", "common_goal"),
    "gain": ("Business Dictionary", "common_goal"),
    "ordered": ("Fairchild 1944", "organised"),
    "above": ("Dewi 2007", "output_exceeds_sum"),
}

_PLACES: Mapping[str, Mapping[str, Place]] = {
    "nested": {
        "root": (0.5, 1.0),
        "spontaneous": (0.12, 0.55),
        "directed": (0.62, 0.55),
        "traditional": (0.34, 0.08),
        "contractual": (0.84, 0.08),
    },
    "parallel": {
        "root": (0.5, 1.0),
        "spontaneous": (0.08, 0.42),
        "directed": (0.36, 0.1),
        "traditional": (0.64, 0.42),
        "contractual": (0.92, 0.1),
    },
}


def must_have() -> Panel:
    """Tick what any definition must contain, and see which of fourteen survive.

    Returns
    -------
    Panel
        Three controls: the components that must be there, a disputed cell that is turned over, and how to look at it.

    References
    ----------
    Breiger, R. L. (1974). The duality of persons and groups. *Social Forces* 53, 181-190.

    Examples
    --------
    >>> panel = must_have()
    >>> panel.set(must=["joint_action"], cell="team")
    >>> print(panel.twin)
    Wajib: tindakan bersama. Bertahan: 14 dari 14 definisi.
    Sel yang kamu ubah: artikel: nilai tim, tindakan bersama, kini disebut. Jejaringnya satu bagian, 26 simpul.
    """
    graph, places = _definitions()
    names = words("panel.must.names")
    texts = {_slug(row): names.get(_slug(row), row) for row in nodes_of(graph, 0)}
    components = {column: words("figure.components.names")[column] for column in nodes_of(graph, 1)}
    named_places = {components.get(node) or texts[_slug(node)]: place for node, place in places.items()}
    views = {view: word(f"panel.must.{view}") for view in ("network", "bars")}
    cells = {cell: word(f"panel.must.{cell}") for cell in ("none", *_DISPUTED)}
    controls: dict[str, Control] = {
        "must": Checks(word("panel.must.must"), components, ("joint_action", "common_goal"), word("panel.must.source")),
        "cell": Choice(word("panel.must.cell"), cells, "none", word("panel.must.cell_source")),
        "view": Choice(word("panel.must.view"), views, "network"),
    }

    def draw(must: tuple[str, ...], cell: str, view: str) -> Scene:
        changed = graph.copy()
        said = []
        if cell != "none":
            row, column = _DISPUTED[cell]
            turn = changed.remove_edge if changed.has_edge(row, column) else changed.add_edge
            turn(row, column)
            now = word("panel.must.named" if changed.has_edge(row, column) else "panel.must.unnamed")
            said = [word("panel.must.flipped", row=texts[_slug(row)], column=components[column], now=now)]
        inside = {texts[_slug(row)]: [c for c in components if changed.has_edge(row, c)] for row in nodes_of(graph, 0)}
        left = [text for text, its in inside.items() if set(must) <= set(its)]
        if must:
            wanted = ", ".join(components[component] for component in must)
            said.insert(0, word("panel.must.left", must=wanted, left=len(left), total=len(inside)))
        else:
            said.insert(0, word("panel.must.all", total=len(inside)))
        if view == "network":
            largest = max(nx.connected_components(changed), key=len)
            apart = [components.get(node) or texts[_slug(node)] for node in changed if node not in largest]
            picture = _as_network(inside, left, must, components, named_places, apart)
            counts = {"nodes": len(largest), "count": len(apart), "names": ", ".join(apart)}
            said.append(word("panel.must.apart" if apart else "panel.must.whole", **counts))
        else:
            picture = _as_bars(changed, components)
            said.append(picture.twin)
        return Scene(Picture(picture.figure, " ".join(said)), _survivors(inside, left, components))

    return Panel(draw, controls, title=word("panel.must.title"))


def two_trees() -> Panel:
    """Put one case after another into two trees, and see which drawers take it.

    Returns
    -------
    Panel
        Two controls: the tree and the case.

    References
    ----------
    Nisbet, R. A. (1968). Cooperation. In *International Encyclopedia of the Social Sciences*, vol. 3. Macmillan.

    Examples
    --------
    >>> panel = two_trees()
    >>> panel.set(tree="parallel", case="bridge")
    >>> print(panel.twin)
    Pohon B: Laci yang menerima kasus ini: tradisional.
    """
    trees = {tree: word(f"panel.trees.{tree}") for tree in TREES}
    cases = {case: word(f"panel.trees.{case}") for case in CASES}
    controls: dict[str, Control] = {
        "tree": Choice(word("panel.trees.tree"), trees, "nested", word("panel.trees.source")),
        "case": Choice(word("panel.trees.case"), cases, "bridge", word("panel.trees.case_source")),
    }

    def draw(tree: str, case: str) -> Scene:
        takes = drawers(TREES[tree], CASES[case])
        meets = {drawer for drawer in TREES[tree] if set(conditions(TREES[tree], drawer)) <= set(CASES[case])}
        names = {drawer: word(f"panel.trees.{drawer}") for drawer in ("root", *TREES[tree])}
        above = {drawer: upper or "root" for drawer, (_, upper) in TREES[tree].items()}
        open_, closed = word("panel.trees.open"), word("panel.trees.closed")
        picture = network_map(
            {names[drawer]: place for drawer, place in _PLACES[tree].items()},
            [(names[upper], names[drawer], 1) for drawer, upper in above.items()],
            title=word("panel.trees.picture"),
            directed=True,
            groups={
                names[drawer]: word("panel.trees.trunk") if drawer == "root" else open_ if drawer in meets else closed
                for drawer in names
            },
        )
        found = ", ".join(names[drawer] for drawer in takes)
        key = "homeless" if not takes else "one" if len(takes) == 1 else "several"
        twin = word(f"panel.trees.{key}", tree=word(f"panel.trees.short_{tree}"), drawers=found)
        return Scene(Picture(picture.figure, twin), _conditions(tree, case, names))

    return Panel(draw, controls, title=word("panel.trees.title"))


@cache
def _definitions() -> tuple[nx.Graph[Any], dict[Any, Place]]:
    """The coded definitions and where each stands; a cell that is turned over moves nothing."""
    graph = from_table(table("definitions_two_mode"))
    apart = {"Text 003 team values": (0.2, 0.02), "values_attitudes": (0.5, 0.02)}  # where their names have room
    return graph, stress_layout(graph) | apart


def _slug(name: str) -> str:
    """The id of a definition."""
    return "".join(letter if letter.isalnum() else "_" for letter in name.lower())


def _as_network(
    inside: Mapping[str, list[str]],
    left: list[str],
    must: tuple[str, ...],
    components: Mapping[str, str],
    places: Mapping[str, Place],
    apart: list[str],
) -> Picture:
    """Definitions and components, tied where one names the other."""
    kinds = [word(f"panel.must.{kind}") for kind in ("alive", "fallen", "wanted", "other")]
    alive, fallen, wanted, other = kinds
    groups = {text: alive if text in left else fallen for text in inside}
    groups |= {name: wanted if component in must else other for component, name in components.items()}
    ordered = sorted(places, key=lambda node: kinds.index(groups[node]))
    return network_map(
        {node: places[node] for node in ordered},
        [(text, components[component], 1) for text, its in inside.items() for component in its],
        title=word("panel.must.title_network"),
        groups=groups,
        marked=apart,
        marked_name=word("panel.must.island"),
    )


def _as_bars(changed: nx.Graph[Any], components: Mapping[str, str]) -> Picture:
    """How many definitions name each component."""
    largest = max(nx.connected_components(changed), key=len)
    islands = [component for component in components if component not in largest]
    return components_ranked(members(changed), total=len(nodes_of(changed, 0)), islands=islands)


def _survivors(inside: Mapping[str, list[str]], left: list[str], components: Mapping[str, str]) -> Table:
    """List the definitions, survivors first, with the components that they name."""
    rows = [
        (
            text if text in left else word("panel.must.falls", text=text),
            ", ".join(components[component] for component in inside[text]),
        )
        for text in sorted(inside, key=lambda text: text not in left)
    ]
    columns = tuple(word(f"panel.must.column_{name}") for name in ("definition", "names"))
    return Table(word("panel.must.caption"), columns, tuple(rows))


def _conditions(tree: str, case: str, names: Mapping[str, str]) -> Table:
    """List what each drawer demands, and which of it is true of the case."""
    facts = CASES[case]
    said = {
        condition: word(f"panel.trees.{'true' if condition in facts else 'untrue'}", condition=_named(condition))
        for condition in {condition for drawer in TREES[tree] for condition in conditions(TREES[tree], drawer)}
    }
    rows = [
        (names[drawer], word("panel.trees.and").join(said[condition] for condition in conditions(TREES[tree], drawer)))
        for drawer in TREES[tree]
    ]
    columns = tuple(word(f"panel.trees.column_{name}") for name in ("drawer", "demands"))
    true = word("panel.trees.and").join(_named(fact) for fact in facts)
    caption = word("panel.trees.caption", facts=true) if true else word("panel.trees.caption_none")
    return Table(caption, columns, tuple(rows))


def _named(condition: str) -> str:
    """A condition in words."""
    return word(f"panel.trees.is_{condition}")
