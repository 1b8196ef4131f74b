"""The numbers that lesson 4 states are those of the models."""

import re
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from jejaring.exercises.bank import load
from jejaring.inequality import Levy, collect_levy, gini, share_of_poorer, yard_sale
from jejaring.measures import betweenness
from jejaring.panels.mediation import peacemakers
from jejaring.panels.wealth import rights_in_wealth
from jejaring.volunteers import nobody_probability, volunteer_probability
from tests.test_sources import prose

PATHS = [Path(__file__).parents[1] / "course" / code / "04_religion.ipynb" for code in ("id", "en")]
SAID = {path.parent.name: " ".join(text for _, text in prose(path)) for path in PATHS}


def key(qid: str) -> dict[str, Any]:
    return dict(load()[qid].entry["key"])


def said(number: str) -> bool:
    """Whether both editions state this number, each in its way of writing."""
    english = rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)"
    indonesian = rf"(?<![\d,]){re.escape(number.replace('.', ','))}(?!\d|,\d)"
    return bool(re.search(english, SAID["en"]) and re.search(indonesian, SAID["id"]))


def test_the_village_of_coins() -> None:
    sale = yard_sale(500, 1000, start=100, stake=share_of_poorer(0.1), seed=4)
    richest = sum(sorted(sale.holdings)[-50:]) / sum(sale.holdings)
    assert said(f"{sale.ginis[-1]:.2f}")
    assert said(f"{100 * richest:.0f}")


@pytest.mark.parametrize(
    ("rate", "nisab", "leakage", "number"),
    [(0.025, 1, 0, "0.08"), (0.025, 2, 0, "0.27"), (0.025, 5, 0, "0.55"), (0.1, 5, 0, "0.54")],
)
def test_the_levies_that_the_prose_tells_of(rate: float, nisab: float, leakage: float, number: str) -> None:
    levy = Levy(rate, nisab=nisab, leakage=leakage)
    end = yard_sale(500, 1000, start=100, stake=share_of_poorer(0.1), levy=levy, seed=4).ginis[-1]
    assert f"{end:.2f}" == number
    assert said(number)


def test_what_the_panel_is_asked_for() -> None:
    def end(**setting: float) -> tuple[float, float]:
        panel = rights_in_wealth()
        panel.set(**setting)
        drawn = float(panel.spec["data"][1]["y"][-1])
        return drawn, float(panel.table["rows"][0][2].removesuffix("%").replace(",", ".")) / 100

    wanted, broken = key("l04-rate-or-nisab"), key("l04-leak")
    assert end(rate=2.5, nisab=2)[0] == pytest.approx(wanted["low"], abs=0.001)
    assert end(rate=10, nisab=5)[0] == pytest.approx(wanted["high"], abs=0.001)
    assert end(rate=2.5, nisab=1, leakage=25) == pytest.approx((broken["gini"], broken["left"]), abs=0.001)


def test_one_levy_by_hand() -> None:
    before = [20, 40, 120]
    after = collect_levy(before, Levy(0.1, nisab=1, receivers=1 / 3))
    by_hand = key("l04-by-hand")
    assert after == [32, 40, 108]
    assert by_hand["paid"] == 120 - after[2]
    assert by_hand["before"] == str(gini(before))
    assert by_hand["after"] == str(gini([32, 40, 108]))


def test_the_volunteers() -> None:
    assert key("l04-three-witnesses") == {"each": "1/2", "nobody": "1/8"}
    assert 1 - volunteer_probability(1, 4, 3) == 1 / 2
    assert nobody_probability(1, 4, 3) == 1 / 8
    assert nobody_probability(1, 4, 7) < 0.2 < nobody_probability(1, 4, 8)
    assert nobody_probability(1, 4, 40) < 0.25


def test_the_peacemaker_by_hand_and_in_the_panel() -> None:
    camps: nx.Graph[str] = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("y", "z"), ("z", "x")])
    one, both, two = camps.copy(), camps.copy(), camps.copy()
    one.add_edge("Hana", "a")
    both.add_edges_from([("Hana", "a"), ("Hana", "x")])
    two.add_edges_from([("Umar", "a"), ("Umar", "x")])
    wanted = key("l04-peacemaker")
    assert betweenness(both)["Hana"] == pytest.approx(9 / 15)
    assert wanted["both"] == "9/15"
    assert betweenness(one)["Hana"] == wanted["one_side"] == 0
    assert sum(nx.has_path(two, west, east) for west in "abc" for east in "xyz") == wanted["second"]

    panel = peacemakers()
    told = [[row[1] for row in panel.table["rows"]]]
    panel.set(west="Budi", east="Gita")
    told.append([row[1] for row in panel.table["rows"]])
    panel.set(count="two")
    told.append([row[1] for row in panel.table["rows"]])
    assert [row[0] for row in told] == ["0,556", "0,556", "0,227"]
    assert [row[1] for row in told[:2]] == ["5,2", "4,0"]
    assert all(said(number) for number in ("0.556", "5.2", "4.0", "0.227"))
    assert told[1][2] != told[2][2]
