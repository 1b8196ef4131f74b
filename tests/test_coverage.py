"""Every concept of the inventory is taught in a cell and used in an exercise."""

from tools.coverage import ROOT, main, problems, rows

CONCEPTS = {"META": 38, "SOC": 140, "REL": 29, "PHI": 23, "BUS": 55, "NET": 75, "EDU": 67, "GOV": 63}
WRITTEN = {f"l{path.name[:2]}" for path in (ROOT / "course" / "id").glob("*.ipynb")}


def test_every_concept_has_one_row() -> None:
    names = [f"{prefix}-{number:03}" for prefix, count in CONCEPTS.items() for number in range(1, count + 1)]
    assert len(names) == 490
    assert sorted(row["id"] for row in rows()) == sorted(names)


def test_what_the_table_names_exists() -> None:
    assert list(problems(row for row in rows() if row["lesson"] in WRITTEN)) == []


def test_a_lesson_to_come_claims_nothing() -> None:
    early = [row["id"] for row in rows() if row["lesson"] not in WRITTEN and (row["cell"] or row["exercise"])]
    assert early == []


def test_what_is_not_there_is_named() -> None:
    row = rows()[0]
    told = list(
        problems(
            [
                row | {"lesson": "l77"},
                row | {"lesson": "l03", "cell": "no-such-cell", "exercise": "l03-forms"},
                row | {"lesson": "l03", "cell": "claim-shop", "exercise": "l03-nothing"},
                row | {"lesson": "l03", "cell": "claim-shop", "exercise": "l03-forms"},
            ]
        )
    )
    assert len(told) == 3
    assert "'l77'" in told[0]
    assert "no cell 'no-such-cell'" in told[1]
    assert "no exercise 'l03-nothing'" in told[2]


def test_it_prints_by_perspective(capsys) -> None:
    main(["religion"])
    assert "religion (29)" in capsys.readouterr().out
