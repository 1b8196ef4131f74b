"""Every assignment, found by being there: points, keys of all variants, attempts, guesses, reasons, rubrics."""

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from jejaring import answers
from jejaring.exercises import kinds
from jejaring.exercises.bank import find
from jejaring.exercises.kinds.essay import words
from jejaring.language import LANGUAGES, use_language
from tests import assignments as course
from tests.assignments import ME, NAMES, attempts, bank, given, judge, resolved, source
from tools import blueprint

ALL = [(name, qid) for name in NAMES for qid in bank(name)]
ESSAYS = [qid for name, qid in ALL if bank(name)[qid]["kind"] == "essay"]
MARKED = [qid for _, qid in ALL if qid not in ESSAYS]
WIDGETS = [qid for qid in MARKED if find(qid).kind != "code"]
VARIANTS = [qid for qid in MARKED if find(qid).parameters]
CODE = [qid for qid in MARKED if find(qid).kind == "code"]
MOST_VARIANTS = 200
NO_SOLVER = "tests/solvers/{name}.py: add a function that works {qid} out without the key, and name it in SOLVERS"
STEPS = [(qid, place) for qid in MARKED for place in range(len(attempts(course.home(qid)).get(qid, [])))]


@pytest.fixture(autouse=True)
def _language():
    yield
    use_language(next(iter(LANGUAGES)))


@pytest.fixture
def marked(tmp_path, monkeypatch, capsys):
    """Return a function that hands in one answer and has the real hidden test mark it, as nbgrader would."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setenv("JEJARING_GRADING", "data")
    for name in ("JEJARING_NOTEBOOK", "JPY_SESSION_NAME"):
        monkeypatch.delenv(name, raising=False)

    def mark(qid: str, value: Any, student: str = ME, others: Any = None, language: str = "id") -> tuple[float, str]:
        name = course.home(qid)
        folder = tmp_path / student / name
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(folder)
        notebook = source(name, language)
        for cell in notebook["cells"]:  # nothing of the instructor's stays
            cell["source"] = course.stub("".join(cell["source"]))
            cell.pop("outputs", None)
            if cell["id"] == qid and find(qid).kind == "code":
                cell["source"] = value
        said = {answers.STUDENT: student, **(others or {})} | ({} if value is None else {qid: value})
        notebook["metadata"].setdefault("jejaring", {}).pop("answers", None)
        answers.put(notebook, {each: answers.Answer(one, 1.0) for each, one in said.items()})
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        score = course.run_cell(course.hidden_test(qid), {})
        return score, capsys.readouterr().out

    return mark


@pytest.mark.parametrize("name", NAMES)
def test_a_hundred_points_in_the_bank_and_in_every_notebook(name):
    entries = {qid: entry for qid, entry in bank(name).items() if "instead_of" not in entry}
    total = sum(entry["points"] for entry in entries.values())
    assert total == 100, f"src/jejaring/bank/{name}.toml: the points add up to {total}. Make them 100."
    for language in LANGUAGES:
        graded = {
            own["grade_id"].removesuffix("-test"): own["points"]
            for cell in source(name, language)["cells"]
            if (own := cell["metadata"].get("nbgrader", {})).get("grade")
        }
        wanted = {qid: entry["points"] for qid, entry in entries.items()}
        differing = {qid for qid in graded | wanted if graded.get(qid) != wanted.get(qid)}
        assert not differing, (
            f"source/{language}/{name}/{name}.ipynb, {sorted(differing)}: the bank says "
            f"{[wanted.get(qid) for qid in sorted(differing)]} points, the test cells "
            f"{[graded.get(qid) for qid in sorted(differing)]}. Give both the same."
        )


@pytest.mark.parametrize("name", NAMES)
def test_each_question_is_asked_once_before_it_is_marked(name):
    texts = ["".join(cell["source"]) for cell in source(name)["cells"]]
    ids = [cell["id"] for cell in source(name)["cells"]]
    for qid, entry in bank(name).items():
        here = f"source/*/{name}/{name}.ipynb"
        assert texts.count(f'ask("{qid}")') == 1, f'{here}: put ask("{qid}") into one cell of its own'
        marks = qid if entry["kind"] == "essay" else f"{entry.get('instead_of', qid)}-test"
        assert marks in ids, f"{here}: has no cell with the id {marks}"
        assert texts.index(f'ask("{qid}")') < ids.index(marks), f"{here}: put {marks} after its question"
    assert texts.count("progress()") == 2, f"{here}: what is missing must be seen at the start and at the end"


@pytest.mark.parametrize("qid", [qid for _, qid in ALL if "instead_of" in find(qid).entry])
def test_a_second_way_is_worth_as_much_as_the_first(qid):
    entries = bank(course.home(qid))
    assert entries[qid]["points"] == entries[entries[qid]["instead_of"]]["points"]
    assert given(qid), f"the test of {entries[qid]['instead_of']} marks {qid} too"
    assert "max(" in course.hidden_test(qid)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_instructors_notebook_earns_full_marks(name, language, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
    path = tmp_path / f"{name}.ipynb"
    path.write_text(json.dumps(source(name, language)), encoding="utf-8")
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
    entries = bank(name)
    full = {qid: entries[qid]["points"] for qid in entries if qid in MARKED and "instead_of" not in entries[qid]}
    less = {qid: scores.get(qid) for qid in full if scores.get(qid) != full[qid]}
    assert not less, (
        f"source/{language}/{name}/{name}.ipynb: the instructor's own answers earn {less} where "
        f"{ {qid: full[qid] for qid in less} } are possible. Open it in JupyterLab, answer as {ME}, and save."
    )
    assert scores.keys() == full.keys()


@pytest.mark.parametrize("qid", MARKED)
def test_nothing_answered_is_worth_nothing(qid, marked):
    value = course.stub(course.cell(course.home(qid), qid)) if qid in CODE else None
    score, said = marked(qid, value)
    assert score == 0
    assert said


@pytest.mark.parametrize(("qid", "place"), STEPS, ids=str)
def test_every_attempt_earns_what_it_deserves(qid, place, marked):
    attempt = attempts(course.home(qid))[qid][place]
    score, said = marked(qid, attempt["value"], attempt.get("student", ME), attempt.get("with"))
    assert score == pytest.approx(attempt["credit"] * find(qid).points, abs=1e-3), (
        f"source/attempts/{course.home(qid)}.toml, attempt {place + 1} at {qid} ({attempt.get('note', '')}): credit = "
        f"{attempt['credit']}, but it earns {score / find(qid).points:.4f}. Mend value, credit or key.\n{said}"
    )
    reasons = [line for line in said.splitlines() if line.startswith("- ")]
    assert attempt["credit"] == 1 or reasons, said


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_a_right_and_three_wrong_attempts(name):
    here = f"source/attempts/{name}.toml"
    differing = attempts(name).keys() ^ bank(name).keys()
    assert not differing, f"{here}: {sorted(differing)} stand only in it, or only in the bank"
    for qid in bank(name):
        if qid in ESSAYS:
            for attempt in attempts(name)[qid]:
                credit = kinds.judge(find(qid), attempt["value"], None).credit
                assert credit == attempt.get("credit"), (
                    f"{here}, {qid}: a person grades essays, so write no credit; only an empty one has credit = 0"
                )
            assert len(attempts(name)[qid]) >= 3, f"{here}: write three attempts at {qid} or more"
            continue
        earned = [attempt["credit"] for attempt in attempts(name)[qid]]
        assert earned.count(1) >= 1, f"{here}: no attempt at {qid} has credit = 1"
        assert sum(credit < 1 for credit in earned) >= 3, f"{here}: write three wrong attempts at {qid} or more"
        partly = any(0 < credit < 1 for credit in earned)
        assert partly != (qid in course.notes(name, "all-or-nothing")), (
            f"{here}: give an attempt at {qid} a part of the credit, or say in [all-or-nothing] why there is none"
        )


@pytest.mark.parametrize("qid", [qid for qid in MARKED if qid not in CODE])
def test_whatever_is_wrong_hears_why(qid):
    name = course.home(qid)
    for language in LANGUAGES:
        use_language(language)
        for attempt in attempts(name)[qid]:
            exercise = course.drawn(qid, attempt.get("student", ME))
            others = course.answered(name) | attempt.get("with", {}) | {qid: attempt["value"]}
            verdict = judge(exercise, attempt["value"], resolved(exercise, others))
            for remark in verdict.remarks:
                assert remark.right or remark.text, f"{qid}, {attempt['value']}: no reason at {remark.label}"


@pytest.mark.parametrize("qid", [qid for qid in WIDGETS if find(qid).kind in {"choice", "multi", "classify", "match"}])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_wrong_choice_has_a_reason_that_does_not_name_the_right_one(qid, language):
    use_language(language)
    exercise = course.drawn(qid)
    options = resolved(exercise)
    for value, item, chosen, right in course.one_wrong(exercise, options["key"]):
        verdict = judge(exercise, value, options)
        said = [
            remark.text
            for remark in verdict.remarks
            if remark.item == item and not remark.right and remark.text.strip()
        ]
        assert said, f"{qid}-test: `why` has no reason for {chosen} at {item}"
        assert not right or len(right) < 8 or right.casefold() not in " ".join(said).casefold(), (
            f"{qid}-test: the reason for {chosen} at {item} names the right answer: {said}"
        )


@pytest.mark.parametrize("qid", WIDGETS)
def test_guessing_earns_little(qid):
    exercise = course.drawn(qid)
    options = resolved(exercise)
    others = course.answered(course.home(qid))
    found = []
    for value in course.guesses(exercise, options):
        if exercise.kind == "network":
            options = resolved(exercise, others | {qid: value})
        found.append(judge(exercise, value, options).credit)
    mean = sum(found) / len(found)
    assert mean <= 0.25, f"{qid}: guessing earns {mean:.1%} on average, at most 25% may be. Give it more options."
    for value in course.constants(exercise):
        credit = judge(exercise, value, options).credit
        assert credit < 0.5, f"{qid}: {value} for everything earns {credit:.0%}. Spread the right answers more evenly."


@pytest.mark.parametrize("qid", [qid for qid in WIDGETS if find(qid).kind == "number"])
def test_numbers_have_bounds_and_a_hint_for_the_unforeseen(qid):
    exercise = course.drawn(qid)
    options = resolved(exercise)
    for name, field in exercise.entry["fields"].items():
        assert {"min", "max"} <= field.keys(), f"{qid}.{name}: write min and max"
        hints = options.get("why") or {}
        assert name in hints, f"{qid}: why.{name} is missing: a hint for a wrong number that no `wrong` foresees"


@pytest.mark.parametrize("qid", VARIANTS)
def test_every_variant_has_its_own_right_answer_and_known_wrong_ones(qid):
    solve = course.solver(qid)
    assert solve, NO_SOLVER.format(name=course.home(qid), qid=qid)
    others = course.answered(course.home(qid))
    for exercise in variants(qid):
        options = resolved(exercise)
        right = solve(**exercise.fields, **course.networks(exercise, others))
        if exercise.kind != "number":
            options = resolved(exercise, others | {qid: right})  # a network is marked by itself
            assert judge(exercise, right, options).credit == 1, exercise.fields
            continue
        places = 4 if options.get("tolerance", 0) < 0.01 else 2
        typed = {field: f"{float(value):.{places}f}" for field, value in right.items()}
        verdict = judge(exercise, typed, options)
        assert verdict.credit == 1, (exercise.fields, typed, verdict.remarks)
        for known in options.get("wrong", []):
            verdict = judge(exercise, typed | {known["field"]: str(known["value"])}, options)
            remark = next(one for one in verdict.remarks if one.item == known["field"])
            assert not remark.right, (exercise.fields, known)
            assert remark.text, (exercise.fields, known)


@pytest.mark.parametrize("qid", CODE)
def test_the_reference_function_agrees_with_an_independent_one(qid):
    solve = course.solver(qid)
    assert solve, NO_SOLVER.format(name=course.home(qid), qid=qid)
    options = given(qid)
    for arguments in options["inputs"]:
        assert solve(*arguments) == pytest.approx(options["key"](*arguments), abs=options.get("tolerance", 1e-9))
    for example in find(qid).entry["examples"]:
        assert options["key"](*example["arguments"]) == pytest.approx(example["result"], abs=1e-6)


def variants(qid: str):
    """An exercise as students meet it: all its variants, or the first two hundred that come up."""
    seen = set()
    for number in range(3000):
        exercise = course.drawn(qid, f"s{number}")
        if (shown := repr(sorted(exercise.fields.items()))) not in seen and len(seen) < MOST_VARIANTS:
            seen.add(shown)
            yield exercise


@pytest.mark.parametrize("qid", ESSAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_essay_is_an_answer_of_the_right_length(qid, language):
    name = course.home(qid)
    sample = course.cell(name, qid, language)
    entry = bank(name)[qid]
    assert course.answered(name, language).get(qid) == sample, (
        f"source/{language}/{name}/{name}.ipynb: answer box and cell of {qid} differ. Put one text into both."
    )
    assert entry["minimum_words"] <= words(sample) <= entry["maximum_words"], (
        f"{qid}: the sample has {words(sample)} words"
    )
    assert kinds.judge(find(qid), sample, None).credit is None


@pytest.mark.parametrize("qid", ESSAYS)
def test_a_rubric_has_points_and_anchors_with_a_sample_sentence_each(qid):
    entry = bank(course.home(qid))[qid]
    assert sum(criterion["points"] for criterion in entry["rubric"].values()) == entry["points"]
    for name, criterion in entry["rubric"].items():
        for anchor in ("half", "full"):
            assert "“" in criterion[anchor]["id"], f"{name}.{anchor}: no sample sentence"
            assert "“" in criterion[anchor]["en"], f"{name}.{anchor}: no sample sentence"


@pytest.mark.parametrize("name", NAMES)
def test_every_question_says_what_it_assesses(name):
    found = list(blueprint.problems([name]))
    assert not found, "\n".join(found)


def test_every_outcome_of_every_lesson_is_assessed():
    found = list(blueprint.orphans())
    assert not found, "\n".join(found)


def test_the_blueprint_is_fresh():
    assert Path(blueprint.TARGET).read_text(encoding="utf-8") == blueprint.written(), "run: make blueprint"
