"""Every student's numbers can be worked out again, anywhere."""

import subprocess
import sys

from jejaring.variants import normal_student, parameters

SPEC = {"quota": {"values": list(range(100))}, "seats": {"values": [[3, 2, 1], [5, 4, 2]]}}
KNOWN = {"quota": 99, "seats": [5, 4, 2]}


def test_the_draw_is_a_known_one() -> None:
    # A changed rule would regrade every class that has its numbers already.
    assert parameters(SPEC, "s-0042", "ps03-chamber") == KNOWN


def test_another_process_with_another_hash_seed_draws_the_same() -> None:
    code = f"from jejaring.variants import parameters; print(parameters({SPEC!r}, 's-0042', 'ps03-chamber'))"
    said = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == str(KNOWN)


def test_students_questions_and_parameters_draw_apart() -> None:
    students = {parameters(SPEC, f"s{i}", "q")["quota"] for i in range(200)}
    questions = {parameters(SPEC, "s", f"q{i}")["quota"] for i in range(200)}
    assert min(len(students), len(questions)) > 60
    same = {"a": {"values": list(range(10**6))}, "b": {"values": list(range(10**6))}}
    drawn = parameters(same, "s", "q")
    assert drawn["a"] != drawn["b"]


def test_spelling_of_a_student_id_does_not_matter() -> None:
    assert {normal_student(s) for s in ("S-0042", "s0042", " s 0042 ", "S.0042")} == {"s0042"}
