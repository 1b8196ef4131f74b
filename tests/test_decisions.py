"""Decision trees: every tree of every model can be walked, is cited, and is said in both languages."""

import importlib
import pkgutil
import re
import tomllib
from itertools import product
from pathlib import Path

import pytest

import jejaring
from jejaring.decisions import Branch, Question, Source, Tree, all_decisions, decide
from jejaring.figures.decisions import decision_path
from jejaring.language import LANGUAGES, use_language, word
from jejaring.regions import FORMS, duties

ROOT = Path(__file__).parents[1]
LAWS = tomllib.loads((ROOT / "course" / "data" / "bibliography.toml").read_text(encoding="utf-8"))
WORDS = tomllib.loads((ROOT / "src" / "jejaring" / "words" / "decisions.toml").read_text(encoding="utf-8"))["decision"]
MODULES = [name for _, name, package in pkgutil.iter_modules(jejaring.__path__) if not package]
TREES = {
    tree.name: tree
    for name in MODULES
    if not name.startswith("_")
    for tree in vars(importlib.import_module(f"jejaring.{name}")).values()
    if isinstance(tree, Tree)
}
RULE = Source("uu40-2007", "1(9)")


def sources(tree):
    return [branch.source for question in tree.questions.values() for branch in (question.yes, question.no)]


def fork(yes, no):
    return Question(Branch(yes, RULE), Branch(no, RULE))


def test_trees_are_found():
    assert {"restructuring", "competition", "forms", "approval", "disputes"} <= set(TREES)


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_every_outcome_is_reached_by_answering(tree):
    reached = {decide(tree, {step.question: step.answer for step in way.path}) for way in all_decisions(tree)}
    assert {decision.outcome for decision in reached} == set(tree.outcomes)
    assert reached == set(all_decisions(tree))


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_whoever_answers_everything_gets_one_outcome_and_is_asked_nothing_twice(tree):
    for answers in product([True, False], repeat=len(tree.questions)):
        facts = dict(zip(tree.questions, answers, strict=True))
        decision = decide(tree, facts)
        asked = [step.question for step in decision.path]
        assert decision.outcome in tree.outcomes
        assert len(set(asked)) == len(asked)
        assert all(facts[step.question] == step.answer for step in decision.path)


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_every_branch_cites_a_law_of_the_bibliography(tree):
    for source in sources(tree):
        assert LAWS[source.law]["kind"] == "law"
        assert re.fullmatch(r"(\d+(\(\d+\))?)?", source.article)


def test_every_duty_cites_a_law_of_the_bibliography():
    assert {rule.source.law for form in FORMS.outcomes for rule in duties(form)} <= set(LAWS)


def test_words_and_trees_have_the_same_keys():
    assert {"tree", "rule", *TREES} <= set(WORDS)
    assert set(WORDS["tree"]) == set(TREES)
    assert set(WORDS["rule"]) == {rule.says for form in FORMS.outcomes for rule in duties(form)}
    for name, tree in TREES.items():
        assert set(WORDS[name]["question"]) == set(tree.questions)
        assert set(WORDS[name]["outcome"]) == set(tree.outcomes)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_question_asks_and_every_outcome_tells(code):
    use_language(code)
    try:
        for name, tree in TREES.items():
            assert all(word(f"decision.{name}.question.{key}").endswith("?") for key in tree.questions)
            said = [word(f"decision.{name}.outcome.{key}") for key in tree.outcomes]
            assert len(set(said)) == len(said)
    finally:
        use_language(next(iter(LANGUAGES)))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_way_can_be_drawn(code):
    use_language(code)
    try:
        for name, tree in TREES.items():
            for decision in all_decisions(tree):
                picture = decision_path(name, decision)
                assert len(picture.spec["layout"]["shapes"]) == len(decision.path) + 1
                assert word(f"decision.{name}.outcome.{decision.outcome}") in picture.twin
                assert len(picture.svg) < 8_000
    finally:
        use_language(next(iter(LANGUAGES)))


@pytest.mark.parametrize(
    ("questions", "outcomes", "told"),
    [
        ({"a": fork("x", "b")}, ("x",), r"a branch of odd is 'b'; it must be one of 'a', 'x'"),
        ({"a": fork("x", "b"), "b": fork("x", "a")}, ("x",), "odd goes round in a circle: a > b > a"),
        ({"a": fork("x", "x")}, ("x", "y"), "odd has y; no answers lead there"),
        ({"a": fork("x", "x"), "b": fork("x", "x")}, ("x",), "odd has b; no answers lead there"),
        ({"a": fork("x", "x")}, ("x", "a"), "odd has a both as a question and as an outcome"),
        ({}, ("x",), "a branch of odd is ''"),
    ],
)
def test_refuses_a_tree_that_cannot_be_walked(questions, outcomes, told):
    with pytest.raises(ValueError, match=told):
        Tree("odd", questions, outcomes)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, r"facts\['burdens'\] is None; approval asks this, answer True or False"),
        ({"burdens": 1}, r"facts\['burdens'\] is 1"),
        (
            {"burdens": True, "burden": True},
            "a question in facts is 'burden'; it must be one of 'burdens', 'unbudgeted'",
        ),
    ],
)
def test_refuses_answers_that_do_not_fit(facts, told):
    with pytest.raises(ValueError, match=told):
        decide(TREES["approval"], facts)


def test_refuses_a_third_certainty():
    with pytest.raises(ValueError, match="certainty is 'U'; it must be one of 'S', 'L'"):
        Source("uu40-2007", "1(9)", "U")
