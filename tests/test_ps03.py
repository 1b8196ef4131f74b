"""Assignment 3: points add up, keys and reasons hold for every variant, every attempt earns what it deserves."""

import ast
import json
import math
import random
import tomllib
from fractions import Fraction
from itertools import chain, combinations, permutations, product
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from jejaring import answers, variants
from jejaring.exercises import kinds
from jejaring.exercises.bank import find
from jejaring.exercises.kinds.essay import words
from jejaring.language import LANGUAGES, use_language

ROOT = Path(__file__).parents[1]
BANK = tomllib.loads((ROOT / "src/jejaring/bank/ps03.toml").read_text(encoding="utf-8"))
ATTEMPTS = tomllib.loads((ROOT / "source/attempts/ps03.toml").read_text(encoding="utf-8"))
ESSAY = "ps03-aceh"
MARKED = [qid for qid in BANK if qid != ESSAY]
SOURCES = {code: ROOT / "source" / code / "ps03" / "ps03.ipynb" for code in LANGUAGES}
VARIANTS = [qid for qid in BANK if "parameters" in BANK[qid]]


def read(language="id"):
    return json.loads(SOURCES[language].read_text(encoding="utf-8"))


def cell(qid, language="id"):
    return next(cell for cell in read(language)["cells"] if cell["id"] == qid)


def hidden_test(qid):
    return "".join(cell(f"{qid}-test")["source"])


def run_cell(source, namespace):
    """Run a cell as a notebook does: the value of its last expression counts."""
    tree = ast.parse(source)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    exec(compile(tree, "cell", "exec"), namespace)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), namespace)


@pytest.fixture
def marked(tmp_path, monkeypatch, capsys):
    """Return a function that hands in one answer and has the real hidden test mark it, as nbgrader would."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setenv("JEJARING_GRADING", "data")
    for name in ("JEJARING_NOTEBOOK", "JPY_SESSION_NAME"):
        monkeypatch.delenv(name, raising=False)

    def mark(qid, value, student="instruktur", language="id"):
        folder = tmp_path / student / "ps03"
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(folder)
        notebook = read(language)
        if BANK[qid]["kind"] == "code":
            next(cell for cell in notebook["cells"] if cell["id"] == qid)["source"] = value
        given = {answers.STUDENT: student, qid: value}
        answers.put(notebook, {name: answers.Answer(said, 1.0) for name, said in given.items()})
        (folder / "ps03.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        score = run_cell(hidden_test(qid), {})
        return score, capsys.readouterr().out

    return mark


def key_of(qid, monkeypatch):
    """What the hidden test gives to ``mark``."""
    given: dict[str, Any] = {}
    with monkeypatch.context() as patch:
        patch.setattr("jejaring.mark", lambda _, **options: given.update(options) or 0.0, raising=False)
        run_cell(hidden_test(qid), {})
    return given


def test_a_hundred_points_in_the_bank_and_in_both_notebooks():
    assert sum(entry["points"] for entry in BANK.values()) == 100
    for language in LANGUAGES:
        graded = {
            own["grade_id"].removesuffix("-test"): own["points"]
            for cell in read(language)["cells"]
            if (own := cell["metadata"].get("nbgrader", {})).get("grade")
        }
        assert graded == {qid: entry["points"] for qid, entry in BANK.items()}


def test_each_question_is_asked_once_before_it_is_marked():
    sources = ["".join(cell["source"]) for cell in read()["cells"]]
    ids = [cell["id"] for cell in read()["cells"]]
    for qid in BANK:
        asked = f'ask("{qid}")'
        assert sources.count(asked) == 1
        assert sources.index(asked) < ids.index(qid if qid == ESSAY else f"{qid}-test")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_instructors_notebook_earns_full_marks(language, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
    path = tmp_path / "ps03.ipynb"
    path.write_text(SOURCES[language].read_text(encoding="utf-8"), encoding="utf-8")
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}})
    monkeypatch.setenv("JEJARING_NOTEBOOK", str(path))
    client.execute()
    scores = {
        cell.id.removesuffix("-test"): float(output.data["text/plain"])
        for cell in notebook.cells
        if cell.id.endswith("-test")
        for output in cell.outputs
        if output.output_type == "execute_result"
    }
    assert scores == {qid: BANK[qid]["points"] for qid in MARKED}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_essay_is_an_answer_of_the_right_length(language):
    sample = "".join(cell(ESSAY, language)["source"])
    assert read(language)["metadata"]["jejaring"]["answers"][ESSAY]["value"] == sample
    assert BANK[ESSAY]["minimum_words"] <= words(sample) <= BANK[ESSAY]["maximum_words"]
    assert kinds.judge(find(ESSAY), sample, None).credit is None


@pytest.mark.parametrize(
    ("qid", "attempt"),
    [(qid, attempt) for qid in MARKED for attempt in ATTEMPTS[qid]],
    ids=lambda part: part if isinstance(part, str) else str(part["credit"]),
)
def test_every_attempt_earns_what_it_deserves(qid, attempt, marked):
    score, said = marked(qid, attempt["value"], attempt.get("student", "instruktur"))
    assert score == pytest.approx(attempt["credit"] * BANK[qid]["points"], abs=1e-4), said


def test_every_question_has_a_right_and_three_wrong_attempts():
    assert ATTEMPTS.keys() == BANK.keys()
    for qid in MARKED:
        earned = [attempt["credit"] for attempt in ATTEMPTS[qid]]
        assert earned.count(1) >= 1
        assert sum(credit < 1 for credit in earned) >= 3
    for attempt in ATTEMPTS[ESSAY]:
        credit = kinds.judge(find(ESSAY), attempt["value"], None).credit
        assert credit == attempt.get("credit")


def chamber(seats, quota):
    """Banzhaf by listing all coalitions of four."""
    winning, counts = 0, [0] * 4
    for coalition in chain.from_iterable(combinations(range(4), size) for size in range(1, 5)):
        total = sum(seats[party] for party in coalition)
        winning += total >= quota
        for party in coalition:
            counts[party] += total >= quota > total - seats[party]
    return {
        "winning": winning,
        "swings-a": counts[0],
        "banzhaf-a": counts[0] / sum(counts),
        "banzhaf-d": counts[3] / sum(counts),
    }


def nash(total, lereng, arang):
    """The formula of the lesson."""
    gain = total - lereng - arang
    return {"gain": gain, "lereng": lereng + gain / 2, "arang": arang + gain / 2, "strong": lereng + 0.6 * gain}


def rubinstein(lereng, arang):
    """The formula of the lesson, in per cent."""
    mine, yours = lereng / 100, arang / 100
    return {
        "opens": (1 - yours) / (1 - mine * yours),
        "answers": mine * (1 - yours) / (1 - mine * yours),
        "equal": 1 / (1 + mine),
    }


@pytest.mark.parametrize(
    ("qid", "solve"),
    [("ps03-chamber", chamber), ("ps03-nash", nash), ("ps03-rubinstein", rubinstein)],
)
def test_every_variant_has_its_own_right_answer_and_known_wrong_ones(qid, solve, marked, monkeypatch):
    spec = BANK[qid]["parameters"]
    names = list(spec)
    everything = {repr(values) for values in product(*(spec[name]["values"] for name in names))}
    student_of: dict[str, str] = {}
    for number in range(2000):
        drawn = variants.parameters(spec, f"s{number}", qid)
        student_of.setdefault(repr(tuple(drawn[name] for name in names)), f"s{number}")
    assert student_of.keys() == everything
    wrong = key_of(qid, monkeypatch)["wrong"]
    for student in student_of.values():
        drawn = variants.parameters(spec, student, qid)
        right = {field: f"{value:.2f}".replace(".", ",") for field, value in solve(**drawn).items()}
        score, said = marked(qid, right, student)
        assert score == BANK[qid]["points"], (drawn, said)
        for known in wrong(drawn):
            score, said = marked(qid, right | {known["field"]: f"{known['value']:.4f}"}, student)
            assert score == pytest.approx(BANK[qid]["points"] * (1 - 1 / len(right))), (drawn, known)
            assert known["why"]["id"] in said, (drawn, known)


def test_no_seats_are_an_answer_by_themselves():
    for seats, quota in product(*(BANK["ps03-chamber"]["parameters"][name]["values"] for name in ("seats", "quota"))):
        right = chamber(seats, quota)
        assert sum(seats) == 45
        assert max(seats) < quota
        assert abs(right["banzhaf-a"] - seats[0] / 45) > 0.012
        assert abs(right["banzhaf-d"] - seats[3] / 45) > 0.012
        assert right["banzhaf-a"] != right["banzhaf-d"]


def mean_credit(qid, values, given):
    exercise = find(qid)
    options = {name: value for name, value in given.items() if name not in {"key", "why"}}
    found = [kinds.judge(exercise, value, given["key"], **options).credit for value in values]
    return math.fsum(found) / len(found)


def test_answering_at_random_earns_little(monkeypatch):
    chance = random.Random(3)
    facets = {name: list(facet["classes"]) for name, facet in BANK["ps03-forms"]["facets"].items()}
    classes, rights = BANK["ps03-forms"]["items"], list(BANK["ps03-cooptation"]["right"])
    options = list(BANK["ps03-winning"]["options"])
    random_answers = {
        "ps03-forms": [
            {item: {facet: chance.choice(names) for facet, names in facets.items()} for item in classes}
            for _ in range(500)
        ],
        "ps03-cooptation": [
            dict(zip(BANK["ps03-cooptation"]["left"], chosen, strict=True)) for chosen in product(rights, repeat=4)
        ],
        "ps03-winning": [list(some) for size in range(8) for some in combinations(options, size)],
        "ps03-steps": [list(order) for order in permutations(BANK["ps03-steps"]["items"])],
        "ps03-fixed-price": list(BANK["ps03-fixed-price"]["options"]),
        "ps03-pivot": ["NasDem", "PKS", "PDIP", "Demokrat", "PAN", "Golkar", "PKB", "Gerindra"],
    }
    for qid, values in random_answers.items():
        assert mean_credit(qid, values, key_of(qid, monkeypatch)) <= 0.25, qid


def test_no_single_class_is_worth_more_than_chance(monkeypatch):
    facets = BANK["ps03-forms"]["facets"]
    constant = [
        {item: {"origin": origin, "form": form} for item in BANK["ps03-forms"]["items"]}
        for origin, form in product(facets["origin"]["classes"], facets["form"]["classes"])
    ]
    given = key_of("ps03-forms", monkeypatch)
    assert max(mean_credit("ps03-forms", [value], given) for value in constant) <= 0.25


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_are_given_and_never_name_the_right_class(language, monkeypatch):
    given = key_of("ps03-forms", monkeypatch)
    facets = BANK["ps03-forms"]["facets"]
    exercise = find("ps03-forms")
    use_language(language)
    for (item, right), facet in product(given["key"].items(), facets):
        for chosen in facets[facet]["classes"].keys() - {right[facet]}:
            answer = {item: right | {facet: chosen}}
            verdict = kinds.judge(exercise, answer, given["key"], given["why"])
            said = next(remark.text for remark in verdict.remarks if remark.item == item and not remark.right)
            assert said
            assert facets[facet]["classes"][right[facet]]["text"][language] not in said.casefold()
    use_language("id")


def test_hidden_chambers_tell_the_indices_apart(monkeypatch):
    given = key_of("ps03-index", monkeypatch)
    for seats, quota in given["inputs"]:
        power = given["key"](seats, quota)
        share = [s / sum(seats) for s in seats]
        assert max(abs(p - s) for p, s in zip(power, share, strict=True)) > 0.01
        assert math.isclose(sum(power), 1)
    assert [Fraction(p).limit_denominator(100) for p in given["key"]([50, 49, 1], 51)] == [
        Fraction(3, 5),
        Fraction(1, 5),
        Fraction(1, 5),
    ]
