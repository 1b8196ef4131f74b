"""An assignment as its tests see it: its questions, what its hidden tests say is right, what guessing would give."""

import ast
import importlib
import json
import math
import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import chain, combinations, permutations, product
from pathlib import Path
from typing import Any
from unittest import mock

from jejaring.exercises import kinds
from jejaring.exercises.bank import Exercise, find
from jejaring.exercises.kinds import Verdict
from jejaring.widgets.drawings import Drawing

ROOT = Path(__file__).parents[1]
ME = "instruktur"
"""The student whose numbers the instructor's notebooks answer."""

NAMES = sorted(
    path.stem for pattern in ("ps*", "capstone*") for path in (ROOT / "src/jejaring/bank").glob(f"{pattern}.toml")
)
SAMPLES = 400


@cache
def bank(name: str) -> dict[str, Any]:
    """The exercises of an assignment."""
    return tomllib.loads((ROOT / "src/jejaring/bank" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _beside(name: str) -> dict[str, Any]:
    """What stands beside an assignment: attempts and notes."""
    return tomllib.loads((ROOT / "source/attempts" / f"{name}.toml").read_text(encoding="utf-8"))


def attempts(name: str) -> dict[str, list[dict[str, Any]]]:
    """Right and wrong attempts by exercise."""
    return {qid: listed for qid, listed in _beside(name).items() if isinstance(listed, list)}


def notes(name: str, table: str) -> dict[str, Any]:
    """One of the tables beside the attempts: ``all-or-nothing`` or ``guesses``."""
    found: dict[str, Any] = _beside(name).get(table, {})
    return found


def home(qid: str) -> str:
    """The assignment of an exercise."""
    return qid.partition("-")[0]


def source(name: str, language: str = "id") -> dict[str, Any]:
    """The instructor's notebook."""
    path = ROOT / "source" / language / name / f"{name}.ipynb"
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def cell(name: str, cell_id: str, language: str = "id") -> str:
    """The text of one cell of the instructor's notebook."""
    return next("".join(each["source"]) for each in source(name, language)["cells"] if each["id"] == cell_id)


def answered(name: str, language: str = "id") -> dict[str, Any]:
    """The instructor's own answers."""
    stored = source(name, language)["metadata"].get("jejaring", {}).get("answers", {})
    assert stored, (
        f"source/{language}/{name}/{name}.ipynb: holds no answers. Open it in JupyterLab, answer all as {ME}, and save."
    )
    return {qid: answer["value"] for qid, answer in stored.items()}


def stub(text: str) -> str:
    """What a student receives of a solution cell."""
    return re.sub(r"(?ms)^([ \t]*)### BEGIN SOLUTION.*?### END SOLUTION", r"\1...", text)


def hidden_test(qid: str) -> str:
    """The hidden test that marks an exercise; of two ways to do a task one test marks both."""
    return cell(home(qid), f"{bank(home(qid))[qid].get('instead_of', qid)}-test")


def run_cell(text: str, namespace: dict[str, Any]) -> Any:
    """Run a cell as a notebook does: the value of its last expression counts."""
    tree = ast.parse(text)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr), "a test cell must end with mark(...)"
    exec(compile(tree, "cell", "exec"), namespace)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), namespace)


@cache
def given(qid: str) -> Mapping[str, Any]:
    """What the hidden test gives to ``mark`` for an exercise: key, reasons, options."""
    found: dict[str, Any] = {}

    def mark(name: str, **options: Any) -> float:
        found.update(options if name == qid else {})
        return 0.0

    with mock.patch("jejaring.mark", mark, create=True):
        run_cell(hidden_test(qid), {})
    return found


def drawn(qid: str, student: str = ME) -> Exercise:
    """An exercise as a student meets it."""
    exercise = find(qid)
    return exercise.drawn(student) if exercise.parameters else exercise


def resolved(exercise: Exercise, others: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the hidden test gives for this student's parameters, and for the network that the student drew."""
    known = dict(exercise.fields) | networks(exercise, others or answered(exercise.home))
    fixed = {"why"} | ({"key"} if kinds.get(exercise.kind).key_is_function else set())
    options = given(exercise.id)
    return {name: value(known) if callable(value) and name not in fixed else value for name, value in options.items()}


def networks(exercise: Exercise, others: Mapping[str, Any]) -> dict[str, Any]:
    """The network that an exercise is, or is about, as its key gets it."""
    about = exercise.id if exercise.kind == "network" else exercise.entry.get("about")
    if about is None:
        return {}
    found: dict[str, Any] = kinds.get("network").given(find(about), others[about])
    return found


def judge(exercise: Exercise, value: Any, options: Mapping[str, Any]) -> Verdict:
    """Judge an answer as ``mark`` does."""
    rest = {name: option for name, option in options.items() if name not in {"key", "why"}}
    return kinds.judge(exercise, value, options["key"], options.get("why"), **rest)


def solver(qid: str) -> Callable[..., Any] | None:
    """The independent solution of an exercise, if there is one."""
    try:
        module = importlib.import_module(f"tests.solvers.{home(qid)}")
    except ModuleNotFoundError:
        return None
    found: Callable[..., Any] | None = module.SOLVERS.get(qid)
    return found


def guesses(exercise: Exercise, options: Mapping[str, Any]) -> list[Any]:
    """What somebody who knows nothing might answer, each as likely as the other."""
    chance = random.Random(3)
    entry = exercise.entry
    match exercise.kind:
        case "choice":
            return list(entry["options"])
        case "multi":
            every = chain.from_iterable(combinations(entry["options"], n) for n in range(1, len(entry["options"]) + 1))
            return [list(some) for some in every]
        case "order":
            items = list(entry["items"])
            if math.factorial(len(items)) <= 5040:
                return [list(order) for order in permutations(items)]
            return [chance.sample(items, len(items)) for _ in range(5000)]
        case "classify" | "match":
            return [_sorted(exercise, lambda classes: chance.choice(list(classes))) for _ in range(SAMPLES)]
        case "number":
            return [_numbers(entry["fields"], options["key"], chance) for _ in range(SAMPLES)]
        case "text":
            return list(notes(exercise.home, "guesses")[exercise.id])
        case "network":
            start: Any = kinds.get("network").start(exercise)
            return [_edited(start, chance) if start else _network(chance) for _ in range(SAMPLES)]
    raise AssertionError(f"{exercise.id}: how would somebody guess at the kind {exercise.kind}?")


def constants(exercise: Exercise) -> list[Any]:
    """The same guess for everything."""
    entry = exercise.entry
    if exercise.kind == "multi":
        return [list(entry["options"]), *([one] for one in entry["options"])]
    if exercise.kind in {"classify", "match"}:
        facets = kinds.get(exercise.kind).facets(exercise)
        items = kinds.get(exercise.kind).items(exercise)
        chosen = list(product(*facets.values()))
        if len(facets) == 1:
            return [dict.fromkeys(items, one) for (one,) in chosen]
        return [{item: dict(zip(facets, one, strict=True)) for item in items} for one in chosen]
    if exercise.kind == "number":
        return [dict.fromkeys(entry["fields"], said) for said in ("0", "1", "2", "0,5", "10", "50", "100")]
    return []


def one_wrong(exercise: Exercise, key: Any) -> Iterator[tuple[Any, str | None, str, str]]:
    """Every single wrong choice: the answer, the item, what was chosen in it, and the text of what is right."""
    language = ("id", "en")
    if exercise.kind in {"choice", "multi"}:
        options = exercise.entry["options"]
        accepted = {key} if exercise.kind == "choice" else set(key)
        for name in options.keys() - accepted:
            yield (name if exercise.kind == "choice" else [name]), name, name, ""
    if exercise.kind in {"classify", "match"}:
        kind: Any = kinds.get(exercise.kind)
        facets = kind.facets(exercise)
        for item, (facet, classes) in product(kind.items(exercise), facets.items()):
            accepted = key[item] if len(facets) == 1 else key[item][facet]
            accepted = set(accepted) if isinstance(accepted, list | tuple | set) else {accepted}
            for name in classes.keys() - accepted:
                said = next(iter(accepted))
                rights = classes[said]["text"]
                yield {item: name if len(facets) == 1 else {facet: name}}, item, name, rights[language[0]]


def _sorted(exercise: Exercise, choose: Callable[[Any], str]) -> dict[str, Any]:
    """Every item in a class of each facet."""
    kind: Any = kinds.get(exercise.kind)
    facets = kind.facets(exercise)
    if len(facets) == 1:
        (classes,) = facets.values()
        return {item: choose(classes) for item in kind.items(exercise)}
    return {item: {facet: choose(classes) for facet, classes in facets.items()} for item in kind.items(exercise)}


def _numbers(fields: Mapping[str, Any], key: Mapping[str, Any], chance: random.Random) -> dict[str, str]:
    """A number in each field, anywhere within its bounds: a whole one where the right one is whole."""
    typed = {}
    for name, field in fields.items():
        least, most = field["min"], field["max"]
        whole = "/" not in str(key[name]) and float(key[name]) == int(float(key[name]))
        typed[name] = (
            str(chance.randint(math.ceil(least), math.floor(most))) if whole else f"{chance.uniform(least, most):.4f}"
        )
    return typed


def _network(chance: random.Random) -> dict[str, Any]:
    """Up to twenty people and ties at the toss of a coin."""
    people = chance.randint(1, 20)
    ties = [[one, other, 1] for one, other in combinations(range(people), 2) if chance.random() < 0.5]
    return {"people": [f"P{n}" for n in range(people)], "ties": ties, "directed": False}


def _edited(start: Drawing, chance: random.Random) -> dict[str, Any]:
    """The network that is given, with up to ten pairs picked at random: tied if they were not, else cut."""
    ties = {(one, other): strength for one, other, strength in start.ties}
    pairs = [(one, other) for one, other in permutations(range(len(start.people)), 2) if start.directed or one < other]
    for pair in chance.sample(pairs, min(len(pairs), chance.randint(1, 10))):
        if ties.pop(pair, None) is None:
            ties[pair] = 1.0
    return {
        "people": list(start.names),
        "ties": [[*pair, strength] for pair, strength in ties.items()],
        "directed": start.directed,
    }
