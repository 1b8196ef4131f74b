"""Figures and panels without a browser: what they say, how they look in grey, and what pages without scripts get."""

import importlib
import json
import pkgutil
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jejaring import answers, figures, panels
from jejaring.figures import static
from jejaring.figures.bargaining import agreement_zone
from jejaring.figures.diffusion import threshold_cascade
from jejaring.language import LANGUAGES, use_language
from jejaring.widgets.figure import FigureView, still_html
from jejaring.widgets.panel import Panel, Scene, Slider
from tools.exhibits import coalitions
from tools.gallery import exhibits

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {exhibit.name: exhibit.draw for exhibit in exhibits()}
meter = coalitions.coalition_meter
PANELS = {
    name: getattr(module, name)
    for _, topic, _ in pkgutil.iter_modules(panels.__path__)
    if not topic.startswith("_")
    for module in [importlib.import_module(f"jejaring.panels.{topic}")]
    for name in module.__all__
}


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    use_language("id")
    yield
    use_language("id")


def test_every_figure_has_an_exhibit() -> None:
    """An exhibit is on the page of `make gallery`, and in every test below."""
    own = {"picture", "static"}
    modules = [name for _, name, _ in pkgutil.iter_modules(figures.__path__) if name not in own]
    offered = [name for module in modules for name in importlib.import_module(f"jejaring.figures.{module}").__all__]
    assert sorted(offered) == sorted(DRAWN)


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_is_told_in_every_language(name: str) -> None:
    said = {}
    for code in LANGUAGES:
        use_language(code)
        said[code] = DRAWN[name]().twin
        assert not re.search(r"[{}]|None|\bnan\b", said[code])
    assert len(set(said.values())) == len(LANGUAGES)


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_is_the_same_each_time_and_plain_data(name: str) -> None:
    first, second = DRAWN[name](), DRAWN[name]()
    assert json.dumps(first.spec, allow_nan=False) == json.dumps(second.spec, allow_nan=False)
    assert still_html(first) == still_html(second)
    assert len(first.svg) < 8_000


@pytest.mark.parametrize("name", DRAWN)
def test_a_still_picture_draws_inside_its_frame_and_describes_itself(name: str) -> None:
    picture = DRAWN[name]()
    root = ET.fromstring(picture.svg)
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    assert root.find(f"{SVG}title").text == picture.spec["layout"]["title"]["text"]
    assert root.find(f"{SVG}desc").text == picture.twin
    boxes = [box for box in root.findall(f"{SVG}rect") if float(box.get("width")) > 0]
    paths = root.findall(f"{SVG}path")
    assert root.findall(f"{SVG}polyline") + paths + boxes
    for box in boxes:
        assert 0 <= float(box.get("x")) <= float(box.get("x")) + float(box.get("width")) <= width
        assert 0 <= float(box.get("y")) <= float(box.get("y")) + float(box.get("height")) <= height
    for line in root.findall(f"{SVG}polyline"):
        for x, y in (map(float, point.split(",")) for point in line.get("points").split()):
            assert 0 <= x <= width
            assert 0 <= y <= height
    for path in paths:
        for x, y in re.findall(r"[ML](\S+) ([\d.e+-]+)", path.get("d")):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height
    for dot in root.iter(f"{SVG}circle"):
        assert 0 <= float(dot.get("cx")) <= width
        assert 0 <= float(dot.get("cy")) <= height


def grey(colour: str) -> float:
    """Relative luminance."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", DRAWN)
def test_what_the_legend_names_is_told_apart_in_grey(name: str) -> None:
    looks = []
    for trace in DRAWN[name]().spec["data"]:
        if trace.get("name"):
            marker, line = trace.get("marker", {}), trace.get("line", {})
            shape = (trace["type"], marker.get("pattern", {}).get("shape"), marker.get("symbol"), line.get("dash"))
            colour = marker.get("color") or line.get("color") or "#FFFFFF"
            looks.append((shape, grey(colour), trace["name"]))
    for (shape, light, one), (other_shape, other_light, two) in combinations(looks, 2):
        assert shape != other_shape or abs(light - other_light) > 0.15, f"{one} and {two} look the same in grey"


def test_names_from_outside_never_become_markup() -> None:
    picture = threshold_cascade({'<script>alert("x")</script>': [1, 2]}, crowd=2)
    html = still_html(picture)
    assert "<script" not in html
    ET.fromstring(picture.svg)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_still_bars_are_as_long_as_their_numbers(lengths: list[int]) -> None:
    names = [str(place) for place in range(len(lengths))]
    bars: dict[str, Any] = {"type": "bar", "orientation": "h", "x": lengths, "y": [f"p{name}" for name in names]}
    root = ET.fromstring(static.render({"data": [bars], "layout": {}}, "twin"))
    drawn = [float(box.get("width")) for box in root.findall(f"{SVG}rect")]
    assert len(drawn) == len(lengths)
    scale = max(drawn) / max(lengths) if any(lengths) else 0
    assert all(abs(width - scale * length) <= 0.2 for width, length in zip(drawn, lengths, strict=True))


def test_the_meter_says_who_is_needed() -> None:
    assert (
        meter(("NasDem",), 115).twin == "NasDem punya 59 dari 115 kursi yang diperlukan: kurang 56, jadi belum menang."
    )
    assert "Penentunya Golkar dan Demokrat" in meter(("Golkar", "Demokrat", "PPP"), 115).twin
    assert "Tak satu pun penentu" in meter(("PDIP", "Golkar", "PKB"), 115).twin
    assert "tidak memerlukan siapa pun" in meter(("PPP",), None).twin


def test_the_meter_stacks_members_and_starts_the_others_where_the_coalition_ends() -> None:
    bars = {
        party: (base, base + length)
        for trace in meter(("Golkar", "PPP"), 115).spec["data"]
        for party, base, length in zip(trace["y"], trace["base"], trace["x"], strict=True)
    }
    assert bars["Golkar"] == (0, 85)
    assert bars["PPP"] == (85, 104)
    assert bars["PDIP"] == (104, 232)


def test_a_sale_at_a_fixed_price_is_no_bargaining() -> None:
    sold = agreement_zone(60, 90, price=85, unit="Rp", fixed=True).twin
    unsold = agreement_zone(60, 80, price=85, unit="Rp", fixed=True).twin
    assert "tanpa tawar-menawar" in sold
    assert "untung 25" in sold
    assert unsold.endswith("Tidak jadi beli.")
    assert "kurang 30" in agreement_zone(90, 60, price=None, unit="Rp").twin


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_has_names_ranges_and_a_way_back(name: str) -> None:
    panel = PANELS[name]()
    assert 1 <= len(panel.controls) <= 4
    assert panel.values == panel.start
    json.dumps([panel.spec, panel.controls, panel.values, panel.table, panel.off], allow_nan=False)
    for control in panel.controls.values():
        assert control["label"]
        if control["kind"] == "slider":
            assert re.match(r"\d+ sampai \d", control["note"])
            assert "Sumber: " in control["note"]


@pytest.mark.parametrize("name", PANELS)
@settings(max_examples=25)  # each one builds a widget
@given(data=st.data())
def test_a_panel_takes_whatever_a_page_sends(name: str, data: st.DataObject) -> None:
    panel = PANELS[name]()
    anything = st.one_of(
        st.none(),
        st.booleans(),
        st.floats(),
        st.integers(),
        st.text(max_size=5),
        st.lists(st.sampled_from(["PDIP", "PPP", "x"])),
        *(st.just(option) for control in panel.controls.values() for option in control.get("options", ())),
    )
    sent = data.draw(st.dictionaries(st.sampled_from([*panel.controls, "nobody"]), anything, max_size=5))
    answered: list[Any] = []
    panel.send = lambda content, buffers=None: answered.append(content)  # ty: ignore
    panel._handle_custom_msg({"values": sent, "asked": 7}, [])
    assert answered == [{"answered": 7}]
    assert set(panel.values) == set(panel.start)
    for control, value in panel.values.items():
        options = panel.controls[control].get("options")
        if panel.controls[control]["kind"] == "slider":
            assert panel.controls[control]["low"] <= value <= panel.controls[control]["high"]
        else:
            assert {value} <= set(options) if isinstance(value, str) else set(value) <= set(options)


def test_a_panel_refuses_a_fifth_control() -> None:
    five = {name: Slider(name, 0, low=0, high=1, step=1) for name in "abcde"}
    with pytest.raises(ValueError, match="5 controls; a panel has at most 4"):
        Panel(lambda **_: Scene(DRAWN["agreement_zone"]()), five, title="Terlalu banyak")


def test_the_threshold_falls_and_nobody_needs_anybody() -> None:
    panel = PANELS["coalition_builder"]()
    assert panel.spec["layout"]["title"]["text"] == "Tangga menuju 115 kursi"
    assert [row[4] for row in panel.table["rows"]][:2] == ["26 kali", "22 kali"]
    assert "28 koalisi" in panel.table["caption"]
    panel.set(rule="free")
    assert {row[4] for row in panel.table["rows"]} == {"0 kali"}
    assert "tak satu pun memerlukan yang lain" in panel.twin
    panel.set(rule="majority", chamber="2024")
    assert "291" in panel.spec["layout"]["title"]["text"]
    assert "42 koalisi" in panel.table["caption"]
    assert panel.off == {"parties": ["PPP"]}
    panel.set(rule="threshold")
    assert panel.table["caption"].startswith("Andai ambang 20% masih berlaku: 116 kursi")


def test_a_bet_appears_in_the_race_once_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_memory", {})
    panel = PANELS["power_race"](bets={"PPP": "l03-nineteen"})
    assert "Tebakanmu" not in panel.twin
    answers.remember("l03-nineteen", answers.Answer("2,5", 1.0))
    assert "Tebakanmu untuk PPP" in panel.twin
    assert [trace["name"] for trace in panel.spec["data"]][-1] == "tebakanmu"
    answers.remember("l03-nineteen", answers.Answer("drop table", 2.0))
    assert "Tebakanmu" not in panel.twin


def test_a_race_survives_every_quota() -> None:
    panel = PANELS["power_race"]()
    panel.set(quota=580, chamber="2019", index="shapley")
    assert "kuota 575 dari 575" in panel.spec["layout"]["title"]["text"]


def test_the_page_gets_plotly_once_and_only_when_it_asks() -> None:
    view = FigureView(DRAWN["agreement_zone"]())
    sent: list[Any] = []
    view.send = lambda content, buffers=None: sent.append((content, buffers))  # ty: ignore
    view._handle_custom_msg({"need": "something else"}, [])
    assert sent == []
    view._handle_custom_msg({"need": "plotly"}, [])
    [(content, [packed])] = sent
    assert content == {"plotly": "gzip"}
    assert 1_000_000 < len(packed) < 2_000_000
    assert len(json.dumps({name: value for name, value in view.get_state().items() if name != "layout"})) < 60_000


def test_a_notebook_with_figures_gives_the_same_outputs_and_pictures_without_scripts(tmp_path: Path) -> None:
    nbclient = pytest.importorskip("nbclient", reason="nbclient is missing")
    nbconvert = pytest.importorskip("nbconvert", reason="nbconvert is missing")
    import nbformat

    cells = ["from jejaring.panels.bargaining import market", "from jejaring import show", "market()"]
    cells += [
        "from jejaring.figures.bargaining import agreement_zone",
        "show(agreement_zone(60, 90, price=75, unit='Rp'))",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    seen = []
    for _ in range(2):
        nbclient.NotebookClient(
            notebook, store_widget_state=False, resources={"metadata": {"path": tmp_path}}
        ).execute()
        view = "application/vnd.jupyter.widget-view+json"
        seen.append(
            [
                {kind: data for kind, data in output["data"].items() if kind != view}
                for cell in notebook.cells
                for output in cell.outputs
            ]
        )
    assert seen[0] == seen[1]
    assert seen[0][-2]["text/plain"].startswith("Penjual mau mulai 60")
    page, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
    assert page.count('<figure class="jj-still">') == 2
    assert page.count("Penjual mau mulai 60") == 2  # the image's description, and the sentence under it
    assert "Error displaying widget" not in page
