"""The kinds of exercise: what is valid, what it scores, what feedback it gives.

One kind is two files in this folder: ``<kind>.py`` with one subclass of `Kind`, and ``<kind>.js`` that draws it.
A kind is found by its file being there; files that begin with an underscore are shared helpers.
"""

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from jejaring.errors import AnswerError
from jejaring.exercises import shapes
from jejaring.exercises.shapes import Field, Rules, did_you_mean, is_number, is_text
from jejaring.language import LANGUAGES, pick, word

if TYPE_CHECKING:
    from jejaring.exercises.bank import Exercise

__all__ = [
    "Kind",
    "Remark",
    "Verdict",
    "answered",
    "attempt_problems",
    "get",
    "judge",
    "judge_lesson",
    "names",
    "reason",
    "why_problems",
]


@dataclass(frozen=True)
class Remark:
    """What is said about one item of an answer; never the key.

    Parameters
    ----------
    item : str or None
        Id of the item, or None for a remark on the whole answer.
    right : bool
        Whether the item is wholly right.
    text : str
        The reason in words, in the language spoken now; may be empty.
    label : str
        The item as a reader knows it.
    partly : bool
        Whether the item is half right.
    """

    item: str | None
    right: bool
    text: str
    label: str = ""
    partly: bool = False


@dataclass(frozen=True)
class Verdict:
    """The share of an answer that is right, from 0 to 1, or None where a person reads it; and the remarks."""

    credit: float | None
    remarks: tuple[Remark, ...] = ()


class Kind(ABC):
    """One kind of exercise. Its name is the name of its module."""

    name: ClassVar[str]
    fields: ClassVar[Mapping[str, Field]] = {}
    """Fields of the bank entry beyond those that every kind has."""
    options: ClassVar[Mapping[str, Field]] = {}
    """What ``mark(...)`` takes beyond ``key`` and ``why``; a lesson writes the same into its bank."""
    keyed: ClassVar[bool] = True
    """Whether there is a key to compare with."""
    key_is_function: ClassVar[bool] = False
    """Whether the key is a function that the answer is compared with, and not one of the student's parameters."""
    from_cell: ClassVar[bool] = False
    """Whether the answer is the text of a notebook's cell and not what a page stored."""
    explained: ClassVar[bool] = True
    """Whether a lesson has to explain it."""
    gives: ClassVar[bool] = False
    """Whether functions in ``mark(...)`` get the answer: of this exercise, and of those that are about it."""

    def problems(self, exercise: "Exercise") -> Iterator[str]:
        """List what is wrong with the bank entry, each naming the field."""
        found = list(shapes.table(self._all_fields(exercise))(exercise.entry, "", self.rules(exercise)))
        yield from found or self.further_problems(exercise)

    def rules(self, exercise: "Exercise") -> Rules:
        """Say what holds for the fields of this exercise."""
        return Rules(exercise.lesson, frozenset(_names(exercise.parameters)))

    def further_problems(self, exercise: "Exercise") -> Iterator[str]:
        """List what is wrong with an entry whose fields are all in shape."""
        if self.keyed and not self.key_is_function and exercise.lesson:
            key = exercise.entry["key"]
            problems = list(self.key_problems(exercise, key))
            yield from problems or self.option_problems(exercise, key, exercise.entry)

    def key_problems(self, exercise: "Exercise", key: Any) -> Iterator[str]:
        """List what is wrong with a key, from the bank or from ``mark(...)``."""
        return iter(())

    def option_problems(self, exercise: "Exercise", key: Any, options: Mapping[str, Any]) -> Iterator[str]:
        """List what is wrong with key and options together, each being in shape by itself."""
        return iter(())

    def known(self, exercise: "Exercise") -> set[str]:
        """Return every id that ``why`` may name."""
        return set()

    @abstractmethod
    def page(self, exercise: "Exercise") -> dict[str, Any]:
        """Return what the page needs beyond what every exercise has: words resolved, never a key."""

    @abstractmethod
    def read(self, exercise: "Exercise", value: Any) -> Any:
        """Return a valid answer, or None if it is empty.

        Raises
        ------
        AnswerError
            If the value is damaged or hostile.
        """

    def count(self, exercise: "Exercise", answer: Any) -> tuple[int, int]:
        """Return how many items are answered, of how many."""
        return (0 if answer is None else 1), 1

    @abstractmethod
    def score(self, exercise: "Exercise", answer: Any, key: Any, why: Any, options: Mapping[str, Any]) -> Verdict:
        """Compare a valid, non-empty answer with the key."""

    def given(self, exercise: "Exercise", answer: Any) -> dict[str, Any]:
        """Return what functions in ``mark(...)`` get of a valid, non-empty answer, beside the student's parameters."""
        return {}

    def told(self, exercise: "Exercise", answer: Any) -> list[str]:
        """Return a valid, non-empty answer in words, where the page's words for its ids would not do."""
        return []

    def message(self, exercise: "Exercise", verdict: Verdict) -> str:
        """Sum a verdict up for a lesson's page."""
        if verdict.credit is None:
            return word("exercise.by_hand")
        part = "all_right" if verdict.credit == 1 else "some_right" if verdict.credit else "none_right"
        return word(f"exercise.{part}")

    def opened(self, exercise: "Exercise") -> dict[str, Any]:
        """Return what a lesson's page may show once the answer has been judged."""
        return {}

    def _all_fields(self, exercise: "Exercise") -> dict[str, Field]:
        """Every field that an entry of this kind may have."""
        common = {
            "kind": shapes.required(shapes.string_),
            "prompt": shapes.required(shapes.text),
            "explain": shapes.secret(shapes.text, needed=self.explained),
            "sources": shapes.optional(shapes.many(shapes.string_)),
            "points": shapes.required(shapes.number) if exercise.graded else shapes.optional(_no_points),
            "parameters": shapes.optional(_no_parameters if exercise.lesson else _PARAMETERS),
            "attempts": shapes.secret(shapes.many(_ATTEMPT), needed=False),
        }
        if exercise.graded:
            common |= _BLUEPRINT | {"about": shapes.optional(shapes.string_)}
        if self.keyed and not self.key_is_function:
            common["key"] = shapes.secret(shapes.anything)
        own = {name: shapes.secret(field.shape, needed=False) for name, field in self.options.items()}
        return common | own | dict(self.fields)


_ATTEMPT = shapes.table(
    {
        "value": shapes.required(shapes.anything),
        "credit": shapes.required(shapes.number),
        "note": shapes.optional(shapes.string_),
    }
)
_BLUEPRINT = {
    "outcomes": shapes.optional(shapes.many(shapes.string_)),
    "concepts": shapes.optional(shapes.many(shapes.string_)),
    "bloom": shapes.optional(shapes.string_),
    "minutes": shapes.optional(shapes.number),
    "instead_of": shapes.optional(shapes.string_),
}
"""What an assignment's exercise assesses, for the blueprint: outcomes of lessons (``"l03.2"``: the second that lesson 3
lists), concepts of ``course/coverage.csv``, the level of Bloom's taxonomy, and how long it takes; and, for a second way
to do another exercise, that one's id."""
_PARAMETERS = shapes.each(shapes.table({"values": shapes.required(shapes.many(shapes.anything))}))


def _names(parameters: Any) -> list[str]:
    """Names of an entry's parameters, whatever stands there."""
    return list(parameters) if isinstance(parameters, Mapping) else []


def _no_points(_value: Any, at: str, _rules: Rules) -> Iterator[str]:
    """A lesson gives no points."""
    yield f"{at}: only an assignment gives points. Take it out."


def _no_parameters(_value: Any, at: str, _rules: Rules) -> Iterator[str]:
    """A lesson's key stands in the bank, and so can't differ from student to student."""
    yield f"{at}: only an assignment differs from student to student. Take it out."


@cache
def _all() -> dict[str, Kind]:
    """Every kind by name."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            members = vars(importlib.import_module(f"{__name__}.{module.name}")).values()
            found[module.name] = next(
                member()
                for member in members
                if isinstance(member, type) and issubclass(member, Kind) and vars(member).get("name") == module.name
            )
    return found


def names() -> list[str]:
    """List the kinds there are."""
    return sorted(_all())


def get(name: str) -> Kind:
    """Return one kind by its name."""
    return _all()[name]


def answered(exercise: "Exercise", value: Any) -> tuple[int, int]:
    """Count how many items whatever a page or a file gave answers, of how many; a damaged answer answers none."""
    kind = get(exercise.kind)
    try:
        return kind.count(exercise, kind.read(exercise, value))
    except AnswerError:
        return 0, kind.count(exercise, None)[1]


def judge(exercise: "Exercise", value: Any, key: Any, why: Any = None, **options: Any) -> Verdict:
    """Score whatever a page or a file gave as an answer; never raises because of it.

    Returns
    -------
    Verdict
        Credit 0 with the reason where the answer is empty or damaged.
    """
    kind = get(exercise.kind)
    try:
        answer = kind.read(exercise, value)
    except AnswerError as error:
        return Verdict(0.0, (Remark(None, right=False, text=str(error)),))
    if answer is None:
        return Verdict(0.0, (Remark(None, right=False, text=word("answer.none")),))
    return kind.score(exercise, answer, key, why, options)


def judge_lesson(exercise: "Exercise", value: Any) -> Verdict:
    """Score an answer by the key, the reasons and the options that stand in a lesson's bank."""
    entry = exercise.entry
    options = {name: entry[name] for name in get(exercise.kind).options if name in entry}
    return judge(exercise, value, entry.get("key"), **options)


def attempt_problems(exercise: "Exercise") -> Iterator[str]:
    """List the attempts beside a lesson's exercise that don't score what is written there."""
    attempts = exercise.entry.get("attempts", [])
    if exercise.lesson and get(exercise.kind).keyed and not get(exercise.kind).key_is_function:
        earned = [attempt["credit"] for attempt in attempts]
        if 1 not in earned or min(earned) == 1:
            yield "attempts: needs a right one (credit = 1) and a wrong one. Write them beside the exercise."
    for place, attempt in enumerate(attempts, start=1):
        credit = judge_lesson(exercise, attempt["value"]).credit
        if not is_number(attempt["credit"]) or credit is None or abs(credit - attempt["credit"]) > 1e-3:
            yield f"attempts (number {place}): scores {credit}, not {attempt['credit']}. Mend the attempt or the key."


def reason(exercise: "Exercise", why: Any, *paths: tuple[str, ...]) -> str:
    """Look up why an answer is wrong, by the first path that leads to a text; nothing if none does."""
    for path in paths:
        found = why
        for step in path:
            found = found.get(step) if isinstance(found, Mapping) else None
        if isinstance(found, str):
            return found
        if isinstance(found, Mapping) and is_text(found):
            return exercise.say(found) if found.keys() >= LANGUAGES.keys() else pick(_filled(found))
    return ""


def _filled(text: Mapping[str, str]) -> dict[str, str]:
    """A text that exists in some languages only, said in those for the others too."""
    return dict.fromkeys(LANGUAGES, next(iter(text.values()))) | dict(text)


def why_problems(exercise: "Exercise", why: Any, at: str = "why") -> Iterator[str]:
    """List what is wrong with the reasons given to ``mark(...)``."""
    known = get(exercise.kind).known(exercise)
    if why is None:
        return
    if not isinstance(why, Mapping):
        yield f"{at}: is not a table from ids to reasons"
        return
    for name, inner in why.items():
        if name not in known:
            yield f"{at}: {name!r} is no id of this exercise{did_you_mean(str(name), known)}"
        elif not isinstance(inner, str) and not is_text(inner):
            yield from why_problems(exercise, inner, f"{at}.{name}")
