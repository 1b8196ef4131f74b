"""Who is like whom: what must be found, what must not, and how few pairs are looked at."""

import json
import random
import time
from pathlib import Path

import pytest

from autograder import __main__ as command_line
from autograder.fingerprints import CODE, PROSE, Text, compare
from autograder.release import release
from tests.grading import small

WORDS = [f"{first}{second}{third}" for first in "bdgkm" for second in ("an", "it", "or") for third in "aeiou"]
POWER = """from itertools import combinations


def power_index(seats, quota):
    swings = [0] * len(seats)
    for size in range(1, len(seats) + 1):
        for coalition in combinations(range(len(seats)), size):
            total = sum(seats[member] for member in coalition)
            for member in coalition:
                if total >= quota > total - seats[member]:
                    swings[member] += 1
    return [swing / sum(swings) for swing in swings]
"""
HELPERS = """def holds(coalition, quota, seats):
    weight = sum(seats[party] for party in coalition)
    return weight >= quota and all(seats[party] > 0 for party in coalition)


def without(coalition, party):
    left = [other for other in coalition if other != party]
    return tuple(sorted(left, key=lambda other: -other))


"""
OTHER = """def power_index(seats, quota):
    def count(party):
        ways = {0: 1}
        for other, held in enumerate(seats):
            if other != party:
                for weight, number in list(ways.items()):
                    ways[weight + held] = ways.get(weight + held, 0) + number
        return sum(number for weight, number in ways.items() if quota - seats[party] <= weight < quota)
    counts = [count(party) for party in range(len(seats))]
    return [each / sum(counts) for each in counts]
"""


def essay(seed: int, words: int = 220) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


def texts(*sources: str | list[str]) -> list[Text]:
    return [
        Text(f"s{place}", source if isinstance(source, str) else " ".join(source))
        for place, source in enumerate(sources)
    ]


def found(given: list[Text], method=PROSE, known=()) -> dict[tuple[str, str], float]:
    return {(pair.first.student, pair.second.student): pair.share for pair in compare(given, method, known=known).pairs}


def test_identical_essays_are_found_whole() -> None:
    assert found(texts(essay(1), essay(2), essay(1))) == {("s0", "s2"): 1.0}


def test_capitals_marks_and_lines_hide_nothing() -> None:
    plain = essay(1)
    loud = "**" + ",\n".join(plain).upper() + "**"
    assert found(texts(plain, loud)) == {("s0", "s1"): 1.0}


def test_a_light_paraphrase_is_found() -> None:
    changed = ["lain" if place % 9 == 0 else word for place, word in enumerate(essay(1))]
    assert found(texts(essay(1), changed))["s0", "s1"] == pytest.approx(8 / 9, abs=0.03)


def test_a_copied_paragraph_is_found_wherever_it_stands() -> None:
    one, two = essay(1), essay(2)
    assert found(texts(one, one[60:120] + two))["s0", "s1"] == pytest.approx(60 / 220)
    assert found(texts(one, two[:100] + one[60:90] + two[100:])) == {}  # 30 of 220 words: below the threshold


def test_paragraphs_in_another_order_are_both_found() -> None:
    one = essay(1)
    (pair,) = compare(texts(one, one[110:] + one[:110]), PROSE).pairs
    assert [passage.tokens for passage in pair.passages] == [110, 110]
    first, second = pair.passages
    assert first.first < second.first
    assert first.second > second.second


def test_what_the_assignment_says_does_not_count() -> None:
    prompt = essay(9, 120)
    both = texts(prompt + essay(1), prompt + essay(2))
    assert found(both)["s0", "s1"] == pytest.approx(120 / 340)
    assert found(both, known=[" ".join(prompt)]) == {}


def test_a_quotation_that_half_the_class_has_does_not_count_and_is_named() -> None:
    quotation = essay(9, 90)
    result = compare(texts(*(quotation + essay(seed) for seed in range(12)), essay(99), essay(99)), PROSE)
    assert [(pair.first.student, pair.second.student) for pair in result.pairs] == [("s12", "s13")]
    assert result.common == ((" ".join(quotation), 12),)


def test_ten_who_copy_from_each_other_are_not_taken_for_a_quotation() -> None:
    ring = [essay(1) for _ in range(10)]
    assert len(found(texts(*ring, *(essay(seed) for seed in range(2, 32))))) == 45


def test_short_texts_are_passed_over() -> None:
    result = compare(texts(essay(1, 39), essay(1, 39), "", "…"), PROSE)
    assert (result.pairs, result.texts, result.compared) == ((), 0, 0)


def test_renamed_variables_comments_and_layout_hide_nothing() -> None:
    renamed = POWER.replace("swing", "kali").replace("member", "m").replace("total", "jumlah").replace("    ", "  ")
    renamed = renamed.replace("return", "# milik saya sendiri\n  return")
    assert found(texts(POWER, renamed), CODE) == {("s0", "s1"): 1.0}


def test_functions_in_another_order_are_found() -> None:
    first, second, _ = HELPERS.split("\n\n\n")
    given = texts(f"{first}\n\n\n{second}\n\n\n{POWER}", f"{second}\n\n\n{POWER}\n\n\n{first}")
    (pair,) = compare(given, CODE).pairs
    assert pair.share > 0.9
    assert len(pair.passages) >= 2


def test_two_ways_to_solve_it_are_not_alike() -> None:
    assert found(texts(POWER, OTHER), CODE) == {}


def test_the_skeleton_alone_does_not_count() -> None:
    skeleton = POWER.partition("            total")[0]
    mine, yours = "            " + "x = [seats, quota] * 3\n" * 9, "            " + "y.append((1, 2, 3))\n" * 9
    assert found(texts(skeleton + mine, skeleton + yours), CODE, known=[skeleton]) == {}
    assert found(texts(POWER, POWER), CODE, known=[skeleton]) == {("s0", "s1"): 1.0}


@pytest.mark.parametrize("broken", ["def area(:\n  return '", "%%bash\nls", "  if x:\n y", "'''" + POWER, "\0"])
def test_code_that_is_no_python_stops_nothing(broken: str) -> None:
    assert found(texts(broken, POWER, POWER), CODE) == {("s1", "s2"): 1.0}


def test_one_word_over_and_over_takes_no_time() -> None:
    start = time.perf_counter()
    compare(texts("la " * 6000, "la " * 6000, "la lo " * 3000, "la lo " * 3000), PROSE)
    assert time.perf_counter() - start < 20  # about 0.1


def test_of_four_hundred_few_are_compared() -> None:
    class_ = [essay(seed) for seed in range(400)]
    class_[17] = class_[301][:70] + class_[17][70:]
    class_[5] = class_[388]
    result = compare(texts(*class_), PROSE)
    assert {(pair.first.student, pair.second.student) for pair in result.pairs} == {("s5", "s388"), ("s17", "s301")}
    assert result.texts == 400
    assert result.compared < 20  # of 79,800 pairs


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small.course(tmp_path_factory.mktemp("alike"))
    release(root)
    copied = "<script>alert(1)</script> " + " ".join(essay(1))
    long_way = "def area(width, height):\n" + "    if width > 3 and height in [1, 2]:\n        print(width)\n" * 5
    shown = {
        "s-one": {"essay": copied, "area": long_way},
        "s-two": {"essay": small.STUB, "ps90-aceh": copied, "area": long_way.replace("width", "lebar")},
        "s-own": {"essay": " ".join(essay(2))},
        "s-stub": {"essay": small.STUB},
    }
    for student, changes in shown.items():
        notebook = small.answered(root / "release" / "id" / "ps90" / "ps90.ipynb", student=student, **changes)
        small.hand_in(root, student, notebook)
    small.hand_in(root, "s-broken", {}).write_text("{")
    (root / "students.csv").write_text("id,first_name,last_name\ns-one,Ayu,<b>Lestari\n", "utf-8")
    return root


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "hint"), [([], "Ini petunjuk, bukan putusan"), (["--language", "en"], "This is a hint, not a verdict")]
)
def test_the_page_shows_both_texts_and_says_what_it_is(
    handed_in: Path, options: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["--course", str(handed_in), "similarity", "ps90", *options]) == 0
    said = capsys.readouterr().out
    assert [line.split()[:4] for line in said.splitlines() if line.startswith("ps90")] == [
        ["ps90-area", "s-one", "s-two", "100%"],
        ["ps90-aceh", "s-one", "s-two", "100%"],
    ]
    assert "a hint, not a verdict" in said
    page = (handed_in / "reports" / "ps90.similarity.html").read_text("utf-8")
    assert hint in page
    assert "<script" not in page
    assert page.count(" ".join(essay(1))) == 2
    assert "Ayu &lt;b&gt;Lestari (s-one)" in page
    assert "s-broken" in page
    assert "http" not in page.partition("<body>")[2]


@pytest.mark.slow
def test_nothing_handed_in_and_nothing_released_are_said(
    handed_in: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small.course(tmp_path)
    assert command_line.main(["--course", str(root), "similarity", "ps90"]) == 2
    assert "Run first: python -m autograder release ps90" in capsys.readouterr().err
    target = root / "release" / "id" / "ps90"
    target.mkdir(parents=True)
    released = json.loads((handed_in / "release" / "id" / "ps90" / "ps90.ipynb").read_text("utf-8"))
    (target / "ps90.ipynb").write_text(json.dumps(released))
    assert command_line.main(["--course", str(root), "similarity", "ps90"]) == 2
    assert "Run first: python -m autograder collect ps90 FOLDER" in capsys.readouterr().err
