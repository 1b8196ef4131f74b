"""What lesson 1 says about definitions and trees is what its models compute."""

from itertools import combinations

import networkx as nx

from jejaring.classifications import CASES, TREES, drawers
from jejaring.data import table
from jejaring.exercises.bank import find
from jejaring.two_mode import from_table, members, nodes_of

_DEFINITIONS = from_table(table("definitions_two_mode"))


def _survivors(*must: str) -> list[str]:
    return [text for text in nodes_of(_DEFINITIONS, 0) if set(must) <= set(_DEFINITIONS[text])]


def test_the_prose_counts_components_as_the_table_does() -> None:
    uses = members(_DEFINITIONS)
    assert (uses["joint_action"], uses["common_goal"], uses["voluntary"]) == (13, 8, 1)
    assert _survivors("voluntary") == ["Business Dictionary"]
    assert [len(part) for part in nx.connected_components(_DEFINITIONS)] == [24, 2]


def test_the_synthesis_leaves_one_definition() -> None:
    assert len(_survivors("joint_action", "common_goal", "mutual_help", "mutual_understanding")) == 1


def test_the_three_numbers_of_the_panel() -> None:
    components = nodes_of(_DEFINITIONS, 1)
    most = max(
        size
        for size in range(len(components) + 1)
        if any(len(_survivors(*must)) >= 2 for must in combinations(components, size))
    )
    key = {"both": len(_survivors("joint_action", "common_goal")), "most": most}
    key["core"] = max(members(_DEFINITIONS).values()) + 1
    assert find("l01-one-cell").entry["key"] == key


def test_the_coding_exercise_follows_the_table() -> None:
    rows = {
        "news": "Text 000",
        "kbbi": "KBBI 2024",
        "soekanto": "Soekanto 2012",
        "herabudin": "Herabudin 2015",
        "fairchild": "Fairchild 1944",
        "sharma": "Sharma 1997",
        "blog": "Text 001",
        "landsberger": "Landsberger 2011",
    }
    for item, row in rows.items():
        named = set(_DEFINITIONS[row])
        goal, mutual = (find("l01-coding").entry["key"][item][facet] for facet in ("goal", "mutual"))
        assert ("named" if "common_goal" in named else "absent") in ([goal] if isinstance(goal, str) else goal)
        assert mutual == ("present" if named & {"mutual_help", "mutual_understanding"} else "missing")


def test_rows_equal_to_that_of_the_dictionary() -> None:
    same = {text for text in nodes_of(_DEFINITIONS, 0) if set(_DEFINITIONS[text]) == set(_DEFINITIONS["KBBI 2024"])}
    assert same == {"KBBI 2024", "Text 000", "Soekanto 2012", "Sharma 1997"}
    assert set(find("l01-same-row").entry["key"]) == {"news", "soekanto", "sharma"}


def test_the_homeless_of_two_trees() -> None:
    counted = {
        "a": sum(not drawers(TREES["nested"], case) for case in CASES.values()),
        "b": sum(not drawers(TREES["parallel"], case) for case in CASES.values()),
        "two": sum(len(drawers(TREES["parallel"], case)) == 2 for case in CASES.values()),
    }
    assert find("l01-trees").entry["key"] == counted


def test_the_prose_names_those_that_tree_a_refuses() -> None:
    assert [case for case, facts in CASES.items() if not drawers(TREES["nested"], facts)] == [
        "bridge",
        "harvest",
        "roads",
    ]
