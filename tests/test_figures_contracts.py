"""Pictures of contracts and of the shop, beyond their exhibits: what they say when things go otherwise."""

import json
import xml.etree.ElementTree as ET

import pytest

from jejaring.figures.contracts import bot_value, franchise_break_even, profit_and_loss_split, revenue_or_profit
from jejaring.figures.shops import shop_contracts
from jejaring.language import LANGUAGES, use_language
from jejaring.shops import Shop, describe, eight_deals, random_years, spreads


@pytest.fixture(autouse=True)
def indonesian():
    use_language("id")
    yield
    use_language("id")


def found(fall):
    years = random_years(Shop(), 200, seed=6, fall=fall)
    return describe([year.profit for year in years]), spreads(years, eight_deals(Shop()))


def test_a_building_that_never_pays():
    picture = bot_value([-100, -95, -92], [-100, -94, -88], rate=0.1, unit="juta rupiah", bet=1)
    assert picture.twin == (
        "Dengan bunga 10% setahun, nilai kini bersih belum positif sampai tahun ke-2 (-92,0 juta rupiah). "
        "Tebakanmu 1 tahun."
    )
    assert [trace["name"] for trace in picture.spec["data"]] == ["nilai kini bersih", "tanpa bunga", "tebakanmu"]


def test_years_without_a_loss_are_told_as_such():
    twin = profit_and_loss_split([10, 20], {"a": [4, 8], "b": [6, 12]}, name="A", unit="Rp").twin
    assert twin == "Laba 20 Rp: a mendapat 8, b mendapat 12."
    twin = profit_and_loss_split([-20, -10], {"a": [-8, -4], "b": [-12, -6]}, name="A", unit="Rp").twin
    assert twin == "Rugi 20 Rp: a menanggung 8, b menanggung 12."


def test_a_franchise_says_when_the_fee_is_back():
    picture = franchise_break_even(
        [0, 2000], [-240, 460], [-240, 320], break_even=(685.7, 857.1), unit="Rp", payback=(1200, 96, 150, 1.5625)
    )
    assert picture.twin.endswith("Kalau laku 1.200, laba 96 setahun mengembalikan biaya awal 150 dalam 1,56 tahun.")


def test_a_manager_who_pays_for_the_costs_alone_goes_below_zero():
    picture = revenue_or_profit((300, -50), (75, 175), sales=1000, costs=750, share=0.3, unit="Rp")
    assert picture.spec["layout"]["xaxis"]["range"][0] < -50
    assert "sisanya -50 atau 175" in picture.twin


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_shop_before_and_after_a_fall(code):
    use_language(code)
    (_, before), (shop, shares) = found(0.0), found(0.3)
    picture = shop_contracts(shop, shares, fall=0.3, before=before, bet=("bot", "operator"))
    json.dumps(picture.spec, allow_nan=False)
    ET.fromstring(picture.svg)
    most, half, hollow, median, bet = picture.spec["data"]
    parties = [(name, party) for name, each in shares.items() for party in each]
    assert len(most["y"]) == len(half["y"]) == len(median["y"]) == 1 + len(parties)
    assert hollow["x"] == [before[name][party].median for name, party in parties]
    assert hollow["y"] == median["y"][1:]
    assert bet["x"] == [shares["bot"]["operator"].low]
    labels = picture.spec["layout"]["yaxis"]
    named = dict(zip(labels["tickvals"], labels["ticktext"], strict=True))
    assert len(named) == 1 + len(parties) + len(shares)
    assert named[bet["y"][0]] == "operator"
    written = [note["text"] for note in picture.spec["layout"]["annotations"]][1:]
    assert written[1:] == [f"{100 * shares[name][party].loss_share:.0f}%" for name, party in parties]
    low, high = picture.spec["layout"]["xaxis"]["range"]
    assert low < min(most["base"])
    assert high > max(start + length for start, length in zip(most["base"], most["x"], strict=True))


def test_an_old_bet_and_an_own_contract_do_no_harm():
    shop, shares = found(0.0)
    own = {"akad kita": {"aku": shop, "kamu": shares["bot"]["landowner"]}}
    picture = shop_contracts(shop, own, bet=("bot", "operator"))
    assert picture.twin == "Kedai itu rugi di 0% tahun. Tak satu pun pihak pernah rugi."
    assert picture.spec["layout"]["title"]["text"] == "Satu kedai, 1 kontrak: untung-rugi siapa?"
    assert "<b>akad kita</b>" in picture.spec["layout"]["yaxis"]["ticktext"]


def test_a_rare_loss_is_more_than_none():
    rare = describe([-1, *range(300)])
    notes = shop_contracts(rare, {"bot": {"operator": rare}}).spec["layout"]["annotations"]
    assert [note["text"] for note in notes] == ["tahun rugi", "<1%", "<1%"]
