"""Legal rules as trees of yes and no: every answer leads on, and every branch says where it is written.

Questions and outcomes are keys; their words are somebody else's business. Trees stand where their subject is, for
example in `jejaring.companies` and `jejaring.regions`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jejaring._checks import choice

__all__ = ["Branch", "Decision", "Question", "Rule", "Source", "Step", "Tree", "all_decisions", "decide"]


@dataclass(frozen=True)
class Source:
    """Where a rule is written, and how sure we are of it.

    Parameters
    ----------
    law : str
        Key of the bibliography, such as ``"uu40-2007"``.
    article : str
        Number as in ``"1(9)"``; empty where the rule is known and its number was not confirmed.
    certainty : {"S", "L"}
        Sure, or likely: look up the rule and its number before you rely on them.
    """

    law: str
    article: str = ""
    certainty: str = "S"

    def __post_init__(self) -> None:
        """Refuse a third certainty."""
        choice("certainty", self.certainty, ("S", "L"))


@dataclass(frozen=True)
class Branch:
    """What follows from one answer: the next question or an outcome, and the rule that says so.

    Parameters
    ----------
    to : str
        Key of a question or of an outcome.
    source : Source
        Where that is written.
    """

    to: str
    source: Source


@dataclass(frozen=True)
class Question:
    """One question with its two branches.

    Parameters
    ----------
    yes, no : Branch
        Where each answer leads.
    """

    yes: Branch
    no: Branch


@dataclass(frozen=True)
class Rule:
    """Something that holds once an outcome is known.

    Parameters
    ----------
    says : str
        Key of the rule.
    source : Source
        Where it is written.
    """

    says: str
    source: Source


@dataclass(frozen=True)
class Step:
    """One question on the way, the answer, and the rule that was applied.

    Parameters
    ----------
    question : str
        Key of the question.
    answer : bool
        True for yes.
    source : Source
        Where the branch that was taken is written.
    """

    question: str
    answer: bool
    source: Source


@dataclass(frozen=True)
class Decision:
    """An outcome and the way to it.

    Parameters
    ----------
    outcome : str
        Key of the outcome.
    path : tuple of Step
        The questions asked, the first one first.
    """

    outcome: str
    path: tuple[Step, ...]


@dataclass(frozen=True)
class Tree:
    """Questions that lead to outcomes; the first question is asked first.

    Parameters
    ----------
    name : str
        Key of the tree.
    questions : mapping of str to Question
        By key, not modified; several branches may lead to the same question.
    outcomes : tuple of str
        Keys of all outcomes.

    Raises
    ------
    ValueError
        If a branch leads nowhere or back to an earlier question, nothing leads to a question or an outcome, or one
        key is both.

    Examples
    --------
    >>> rule = Source("uu40-2007", "1(11)")
    >>> tree = Tree("control", {"changes": Question(Branch("acquisition", rule), Branch("none", rule))},
    ...             ("acquisition", "none"))
    >>> decide(tree, {"changes": True}).outcome
    'acquisition'
    """

    name: str
    questions: Mapping[str, Question]
    outcomes: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a tree that can't be walked from its first question to each of its ends."""
        both = [key for key in self.outcomes if key in self.questions]
        if both:
            raise ValueError(f"{self.name} has {', '.join(both)} both as a question and as an outcome.")
        reached: set[str] = set()
        open_ends: list[tuple[str, ...]] = [(next(iter(self.questions), ""),)]
        while open_ends:
            way = open_ends.pop()
            key = choice(f"a branch of {self.name}", way[-1], [*self.questions, *self.outcomes])
            if key in way[:-1]:
                raise ValueError(f"{self.name} goes round in a circle: {' > '.join(way)}.")
            reached.add(key)
            if key in self.questions:
                open_ends += [(*way, branch.to) for branch in (self.questions[key].yes, self.questions[key].no)]
        lost = [key for key in (*self.questions, *self.outcomes) if key not in reached]
        if lost:
            raise ValueError(f"{self.name} has {', '.join(lost)}; no answers lead there.")


def decide(tree: Tree, facts: Mapping[str, bool]) -> Decision:
    """Follow the answers from the first question to an outcome.

    Parameters
    ----------
    tree : Tree
        The questions.
    facts : mapping of str to bool
        True for yes, by question; not modified. Only the questions on the way need an answer.

    Returns
    -------
    Decision
        The outcome, with the questions asked and the source of each branch taken.

    Raises
    ------
    ValueError
        If a question on the way has no answer, or an answer belongs to no question of the tree.

    Examples
    --------
    >>> old, new = Source("uu40-2007", "1(9)"), Source("uu40-2007", "1(10)")
    >>> tree = Tree("receiver", {"existing": Question(Branch("merger", old), Branch("consolidation", new))},
    ...             ("merger", "consolidation"))
    >>> decision = decide(tree, {"existing": False})
    >>> decision.outcome, decision.path[0].source.article
    ('consolidation', '1(10)')
    """
    for key in facts:
        choice("a question in facts", key, list(tree.questions))
    key, path = next(iter(tree.questions)), []
    while key in tree.questions:
        answer = facts.get(key)
        if not isinstance(answer, bool):
            raise ValueError(f"facts[{key!r}] is {answer!r}; {tree.name} asks this, answer True or False.")
        branch = tree.questions[key].yes if answer else tree.questions[key].no
        path.append(Step(key, answer, branch.source))
        key = branch.to
    return Decision(key, tuple(path))


def all_decisions(tree: Tree) -> Iterator[Decision]:
    """Walk every way through a tree, "yes" before "no".

    Parameters
    ----------
    tree : Tree
        The questions.

    Yields
    ------
    Decision
        One for each way; an outcome comes once for each way that leads to it.

    Examples
    --------
    >>> rule = Source("uu40-2007", "1(11)")
    >>> tree = Tree("control", {"changes": Question(Branch("acquisition", rule), Branch("none", rule))},
    ...             ("acquisition", "none"))
    >>> [(decision.outcome, decision.path[0].answer) for decision in all_decisions(tree)]
    [('acquisition', True), ('none', False)]
    """

    def onward(key: str, path: tuple[Step, ...]) -> Iterator[Decision]:
        if key in tree.outcomes:
            yield Decision(key, path)
            return
        question = tree.questions[key]
        for answer, branch in ((True, question.yes), (False, question.no)):
            yield from onward(branch.to, (*path, Step(key, answer, branch.source)))

    return onward(next(iter(tree.questions)), ())
