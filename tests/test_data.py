"""The tables of the course can be read, add up, and have their origin written down."""

import math
from itertools import groupby
from pathlib import Path

import pytest

import jejaring.data
from jejaring.data import table, tables
from jejaring.errors import JejaringError

FOLDER = Path(__file__).parents[1] / "course" / "data"


def test_every_table_has_rows_and_a_source():
    sources = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    for name in tables():
        rows = table(name)
        assert rows
        assert f"## {name}.csv\n" in sources
        assert all(None not in row and None not in row.values() for row in rows), f"{name}.csv has a ragged row"


def test_the_seats_add_up():
    house = {year: list(rows) for year, rows in groupby(table("dpr_seats"), key=lambda row: row["year"])}
    assert {year: len(rows) for year, rows in house.items()} == {"2019": 9, "2024": 8}
    for rows in house.values():
        seats = [int(row["seats"]) for row in rows]
        assert seats == sorted(seats, reverse=True)
        for row in rows:
            assert int(row["total"]) == sum(seats)
            assert int(row["majority"]) == sum(seats) // 2 + 1
            assert row["nomination_quota"] in ("", str(math.ceil(sum(seats) / 5)))
    assert [row["nomination_quota"] for row in house["2019"]] == ["115"] * 9


@pytest.mark.parametrize("name", ["seats", "../../pyproject", "dpr_seats.csv", ""])
def test_an_unknown_table_is_refused_with_the_known_ones(name):
    with pytest.raises(JejaringError, match=r"There is no table .* There are: .*dpr_seats"):
        table(name)


def test_an_installed_copy_reads_its_own_data(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "small.csv").write_text("party,seats\nÉlan,3\n", encoding="utf-8")
    monkeypatch.setattr(jejaring.data, "files", lambda package: tmp_path)
    assert tables() == ["small"]
    assert table("small") == [{"party": "Élan", "seats": "3"}]


def test_a_copy_without_data_says_where_it_looked(tmp_path, monkeypatch):
    monkeypatch.setattr(jejaring.data, "files", lambda package: tmp_path)
    monkeypatch.setattr(jejaring.data, "__file__", str(tmp_path / "src" / "jejaring" / "data.py"))
    with pytest.raises(JejaringError, match="neither in"):
        tables()
