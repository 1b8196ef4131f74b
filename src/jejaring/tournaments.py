"""Strategies against each other: single matches, round robins, and exact expectations where memory is one round.

Totals are exact fractions as long as the payoffs, the probabilities and the noise are whole numbers or fractions.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jejaring._checks import Number, share, whole
from jejaring.games import PRISONERS_DILEMMA, Action, SymmetricGame
from jejaring.strategies import MemoryOne, Strategy, View

__all__ = [
    "Match",
    "Tournament",
    "cooperation_path",
    "expected_round_robin",
    "expected_scores",
    "long_run_scores",
    "play_match",
    "round_robin",
]

Result = float | Fraction
Row = list[Result]
Chain = list[Row]

# What the two did in a round, as the first and as the second see it.
_STATES: tuple[tuple[Action, Action], ...] = (("C", "C"), ("C", "D"), ("D", "C"), ("D", "D"))
_FROM_OTHER_SIDE = (0, 2, 1, 3)


@dataclass(frozen=True)
class Match:
    """What two players did, and what it brought them.

    Parameters
    ----------
    first, second : str
        The actions of each, one letter for each round.
    scores : pair of Fraction or float
        Total points of each.
    """

    first: str
    second: str
    scores: tuple[Result, Result]


@dataclass(frozen=True)
class Tournament:
    """Who got what against whom.

    Parameters
    ----------
    names : tuple of str
        The keys of the strategies, in the order of entry.
    scores : tuple of tuples of Fraction or float
        Mean points per round of each (row) against each (column); None on the diagonal where nobody met its twin.
    """

    names: tuple[str, ...]
    scores: tuple[tuple[Result | None, ...], ...]

    @property
    def means(self) -> tuple[Result, ...]:
        """Mean points per round of each, over all its opponents."""
        rows = ([score for score in row if score is not None] for row in self.scores)
        return tuple(sum(row, Fraction(0)) / len(row) for row in rows)

    @property
    def ranking(self) -> tuple[int, ...]:
        """Places in the order of entry, the best mean first; equals stay in the order of entry."""
        means = self.means
        return tuple(sorted(range(len(means)), key=lambda entry: -means[entry]))


def play_match(
    first: Strategy,
    second: Strategy,
    rounds: int,
    *,
    seed: int,
    noise: Number = 0,
    game: SymmetricGame = PRISONERS_DILEMMA,
) -> Match:
    """Let two strategies play.

    Parameters
    ----------
    first, second : Strategy
        The players; cloned, so not modified, and one may meet itself.
    rounds : int
        Length of the match, 1 or more.
    seed : int
        Where all chance starts.
    noise : int, float or Fraction
        Probability from 0 to 1 that an action turns into the other one by mistake; both players see what was done, not
        what was meant.
    game : SymmetricGame
        The payoffs of each round.

    Returns
    -------
    Match
        All actions and the total scores.

    Raises
    ------
    ValueError
        If `rounds` or `noise` is outside its range.

    References
    ----------
    Axelrod, R. (1980). Effective choice in the prisoner's dilemma. *Journal of Conflict Resolution* 24, 3-25.

    Examples
    --------
    >>> from jejaring.strategies import AlwaysDefect, TitForTat
    >>> match = play_match(TitForTat(), AlwaysDefect(), 5, seed=1)
    >>> match.first, match.second, [str(score) for score in match.scores]
    ('CDDDD', 'DDDDD', ['4', '9'])
    """
    whole("rounds", rounds, "rounds", 1)
    slip = float(share("noise", noise))
    source = random.Random(seed)
    mistakes, *chances = (random.Random(source.getrandbits(64)) for _ in range(3))
    players = first.clone(), second.clone()
    done: tuple[list[Action], list[Action]] = ([], [])
    views = View(done[0], done[1], chances[0]), View(done[1], done[0], chances[1])
    for _ in range(rounds):
        meant = [player.decide(view) for player, view in zip(players, views, strict=True)]
        for actions, action in zip(done, meant, strict=True):
            actions.append(_other(action) if slip and mistakes.random() < slip else action)
    counts = [sum(pair == state for pair in zip(*done, strict=True)) for state in _STATES]
    return Match("".join(done[0]), "".join(done[1]), _scores(counts, game))


def round_robin(
    strategies: Sequence[Strategy],
    rounds: int,
    *,
    seed: int,
    noise: Number = 0,
    repetitions: int = 1,
    twins: bool = True,
    game: SymmetricGame = PRISONERS_DILEMMA,
) -> Tournament:
    """Let everybody play everybody.

    Parameters
    ----------
    strategies : sequence of Strategy
        Who takes part; not modified.
    rounds : int
        Length of each match, 1 or more.
    seed : int
        Where all chance starts.
    noise : int, float or Fraction
        Probability from 0 to 1 that an action turns into the other one by mistake.
    repetitions : int
        How often each pair meets, 1 or more.
    twins : bool
        Whether each also meets its own twin, as in Axelrod's tournaments.
    game : SymmetricGame
        The payoffs of each round.

    Returns
    -------
    Tournament
        Mean scores per round.

    Raises
    ------
    ValueError
        If there are fewer than two strategies, or a number is outside its range.

    References
    ----------
    Axelrod, R. (1980). Effective choice in the prisoner's dilemma. *Journal of Conflict Resolution* 24, 3-25.

    Examples
    --------
    One who lets itself be exploited is enough to make the defector win: 50 + 14 + 10 points in 30 rounds.

    >>> from jejaring.strategies import AlwaysCooperate, AlwaysDefect, Grim
    >>> result = round_robin([AlwaysCooperate(), AlwaysDefect(), Grim()], 10, seed=1)
    >>> [result.names[entry] for entry in result.ranking]
    ['always_defect', 'grim', 'always_cooperate']
    >>> [str(mean) for mean in result.means]
    ['2', '37/15', '23/10']
    """
    whole("repetitions", repetitions, "matches of each pair", 1)
    source = random.Random(seed)

    def meet(row: int, column: int) -> tuple[Result, Result]:
        mine: Result = Fraction(0)
        theirs: Result = Fraction(0)
        for _ in range(repetitions):
            seed = source.getrandbits(64)
            match = play_match(strategies[row], strategies[column], rounds, seed=seed, noise=noise, game=game)
            mine, theirs = mine + match.scores[0], theirs + match.scores[1]
        return mine / (repetitions * rounds), theirs / (repetitions * rounds)

    return _everybody(strategies, meet, twins=twins)


def expected_scores(
    first: MemoryOne,
    second: MemoryOne,
    rounds: int,
    *,
    noise: Number = 0,
    game: SymmetricGame = PRISONERS_DILEMMA,
) -> tuple[Result, Result]:
    """Work out what two strategies that remember one round score on average, without playing.

    Parameters
    ----------
    first, second : MemoryOne
        The players.
    rounds : int
        Length of the match, 1 or more.
    noise : int, float or Fraction
        Probability from 0 to 1 that an action turns into the other one by mistake.
    game : SymmetricGame
        The payoffs of each round.

    Returns
    -------
    pair of Fraction or float
        Expected total points of each.

    Raises
    ------
    ValueError
        If `rounds` or `noise` is outside its range.

    References
    ----------
    Nowak, M. A., & Sigmund, K. (1990). The evolution of stochastic strategies in the prisoner's dilemma. *Acta
    Applicandae Mathematicae* 20, 247-265.

    Examples
    --------
    A coin against a coin: each of the four outcomes in a quarter of the rounds.

    >>> from jejaring.strategies import AlwaysDefect, RandomChoice, TitForTat
    >>> [str(score) for score in expected_scores(RandomChoice(), RandomChoice(), 4)]
    ['9', '9']
    >>> [str(score) for score in expected_scores(TitForTat(), AlwaysDefect(), 200)]
    ['199', '204']
    """
    whole("rounds", rounds, "rounds", 1)
    return _scores(_visits(*_chain(first, second, noise), rounds), game)


def expected_round_robin(
    strategies: Sequence[MemoryOne],
    rounds: int,
    *,
    noise: Number = 0,
    twins: bool = True,
    game: SymmetricGame = PRISONERS_DILEMMA,
) -> Tournament:
    """Work out a whole round robin of strategies that remember one round, without playing.

    Parameters
    ----------
    strategies : sequence of MemoryOne
        Who takes part.
    rounds : int
        Length of each match, 1 or more.
    noise : int, float or Fraction
        Probability from 0 to 1 that an action turns into the other one by mistake.
    twins : bool
        Whether each also meets its own twin.
    game : SymmetricGame
        The payoffs of each round.

    Returns
    -------
    Tournament
        Expected mean scores per round, as floats.

    Raises
    ------
    ValueError
        If there are fewer than two strategies, or a number is outside its range.

    References
    ----------
    Nowak, M. A., & Sigmund, K. (1990). The evolution of stochastic strategies in the prisoner's dilemma. *Acta
    Applicandae Mathematicae* 20, 247-265.

    Examples
    --------
    >>> from jejaring.strategies import AlwaysDefect, TitForTat
    >>> expected_round_robin([TitForTat(), AlwaysDefect()], 200).scores
    ((3.0, 0.995), (1.02, 1.0))
    """
    whole("rounds", rounds, "rounds", 1)
    slip = float(share("noise", noise))
    quick = [MemoryOne(float(each.opening), [float(answer) for answer in each.answers]) for each in strategies]

    def meet(row: int, column: int) -> tuple[Result, Result]:
        mine, theirs = _scores(_visits(*_chain(quick[row], quick[column], slip), rounds), game)
        return mine / rounds, theirs / rounds

    return _everybody(strategies, meet, twins=twins)


def long_run_scores(
    first: MemoryOne, second: MemoryOne, *, noise: Number = 0, game: SymmetricGame = PRISONERS_DILEMMA
) -> tuple[Result, Result]:
    """Work out the mean score per round that endless matches tend to.

    Parameters
    ----------
    first, second : MemoryOne
        The players.
    noise : int, float or Fraction
        Probability from 0 to 1 that an action turns into the other one by mistake.
    game : SymmetricGame
        The payoffs of each round.

    Returns
    -------
    pair of Fraction or float
        Expected mean points per round of each. Means converge even where the two go round in circles for ever; where
        the match can end up in several ways, each counts with its probability from the opening moves.

    Raises
    ------
    ValueError
        If `noise` is outside its range.

    References
    ----------
    Grassmann, W. K., Taksar, M. I., & Heyman, D. P. (1985). Regenerative analysis and steady state distributions for
    Markov chains. *Operations Research* 33, 1107-1116.

    Examples
    --------
    However rare mistakes are, two tit for tats spend equal times in all four outcomes in the end.

    >>> from jejaring.strategies import TitForTat
    >>> [str(score) for score in long_run_scores(TitForTat(), TitForTat(), noise=Fraction(1, 100))]
    ['9/4', '9/4']
    >>> [str(score) for score in long_run_scores(TitForTat(), TitForTat())]
    ['3', '3']
    """
    return _scores(_time_shares(*_chain(first, second, noise)), game)


def cooperation_path(
    first: MemoryOne, second: MemoryOne, rounds: int, *, noise: Number = 0
) -> list[tuple[Result, Result]]:
    """Work out how likely each is to cooperate in each round.

    Parameters
    ----------
    first, second : MemoryOne
        The players.
    rounds : int
        Length of the match, 1 or more.
    noise : int, float or Fraction
        Probability from 0 to 1 that an action turns into the other one by mistake.

    Returns
    -------
    list of pairs of Fraction or float
        Probabilities of cooperation of the first and the second, mistakes included, one pair for each round.

    Raises
    ------
    ValueError
        If `rounds` or `noise` is outside its range.

    References
    ----------
    Nowak, M. A., & Sigmund, K. (1990). The evolution of stochastic strategies in the prisoner's dilemma. *Acta
    Applicandae Mathematicae* 20, 247-265.

    Examples
    --------
    >>> from jejaring.strategies import AlwaysDefect, TitForTat
    >>> [[str(likely) for likely in pair] for pair in cooperation_path(TitForTat(), AlwaysDefect(), 2)]
    [['1', '0'], ['0', '0']]
    """
    whole("rounds", rounds, "rounds", 1)
    likely, chain = _chain(first, second, noise)
    path = []
    for _ in range(rounds):
        path.append((likely[0] + likely[1], likely[0] + likely[2]))
        likely = _after(likely, chain)
    return path


def _everybody(
    strategies: Sequence[Strategy], meet: Callable[[int, int], tuple[Result, Result]], *, twins: bool
) -> Tournament:
    """Bring each pair of entries together once, and each with its twin if wanted."""
    entries = range(whole("number of strategies", len(strategies), "strategies", 2))
    table: list[list[Result | None]] = [[None] * len(entries) for _ in entries]
    for row in entries:
        for column in entries[row if twins else row + 1 :]:
            mine, theirs = meet(row, column)
            if row == column:
                mine = theirs = (mine + theirs) / 2
            table[row][column], table[column][row] = mine, theirs
    return Tournament(tuple(strategy.key for strategy in strategies), tuple(map(tuple, table)))


def _other(action: Action) -> Action:
    """The action that was not chosen."""
    return "D" if action == "C" else "C"


def _scores(counts: Sequence[Number], game: SymmetricGame) -> tuple[Result, Result]:
    """Points of each when CC, CD, DC and DD have come up so often."""
    both, sucker, tempted, neither = counts
    fair = both * game.reward + neither * game.punishment
    return (
        fair + sucker * game.sucker + tempted * game.temptation,
        fair + sucker * game.temptation + tempted * game.sucker,
    )


def _chain(first: MemoryOne, second: MemoryOne, noise: Number) -> tuple[Row, Chain]:
    """Probabilities of CC, CD, DC, DD in the first round, and in the next round after each of them."""
    slip = share("noise", noise)

    def pair(mine: Number, theirs: Number) -> Row:
        p, q = (likely * (1 - slip) + (1 - likely) * slip for likely in (mine, theirs))
        return [p * q, p * (1 - q), (1 - p) * q, (1 - p) * (1 - q)]

    answers = [(first.answers[state], second.answers[_FROM_OTHER_SIDE[state]]) for state in range(4)]
    return pair(first.opening, second.opening), [pair(mine, theirs) for mine, theirs in answers]


def _after(likely: Row, chain: Chain) -> Row:
    """Probabilities one round later."""
    a, b, c, d = likely
    return [a * w + b * x + c * y + d * z for w, x, y, z in zip(*chain, strict=True)]


def _visits(start: Row, chain: Chain, rounds: int) -> Row:
    """Expected number of rounds in each state: start (1 + M + ... + M**(rounds - 1)), by doubling from the front."""
    visits, power = start, chain  # of one round
    for bit in f"{rounds:b}"[1:]:
        visits = [sofar + later for sofar, later in zip(visits, _after(visits, power), strict=True)]
        power = [_after(row, power) for row in power]
        if bit == "1":
            visits = [first + later for first, later in zip(start, _after(visits, chain), strict=True)]
            power = [_after(row, chain) for row in power]
    return visits


def _time_shares(start: Row, chain: Chain) -> Row:
    """Share of the rounds in each state in the long run, without subtracting anywhere (Grassmann and others 1985)."""
    states = range(len(chain))
    reached = [_reachable(state, chain) for state in states]
    closed = [state for state in states if all(state in reached[later] for later in reached[state])]
    weights, flows = list(start), [list(row) for row in chain]
    for state in states:
        if state not in closed:
            _leave_out(state, weights, flows)
    shares: Row = [Fraction(0)] * len(chain)
    for circle in {min(reached[state]): sorted(reached[state]) for state in closed}.values():
        mass = sum((weights[state] for state in circle), Fraction(0))
        inner = _stationary([[chain[before][after] for after in circle] for before in circle])
        for state, part in zip(circle, inner, strict=True):
            shares[state] = mass * part
    return shares


def _reachable(start: int, chain: Chain) -> set[int]:
    """States that can follow a state, one or more rounds later."""
    found: set[int] = set()
    waiting = [start]
    while waiting:
        later = {after for after, likely in enumerate(chain[waiting.pop()]) if likely > 0} - found
        found |= later
        waiting += sorted(later)
    return found


def _leave_out(state: int, weights: Row, flows: Chain) -> None:
    """Pass a state's weight on to where the match goes when it leaves that state (changes both lists)."""
    others = [other for other in range(len(flows)) if other != state]
    out = sum((flows[state][other] for other in others), Fraction(0))
    for other in others:
        part = flows[state][other] / out
        weights[other] += weights[state] * part
        for row in others:
            flows[row][other] += flows[row][state] * part
    weights[state] = Fraction(0)
    for row in others:
        flows[row][state] = Fraction(0)


def _stationary(chain: Chain) -> Row:
    """Share of the rounds in each state, where every state can follow every other one."""
    flows = [list(row) for row in chain]
    for last in range(len(flows) - 1, 0, -1):
        out = sum(flows[last][:last], Fraction(0))
        for row in flows[:last]:
            row[last] /= out
            for column in range(last):
                row[column] += row[last] * flows[last][column]
    weights: Row = [Fraction(1)]
    for state in range(1, len(flows)):
        weights.append(sum((weights[before] * flows[before][state] for before in range(state)), Fraction(0)))
    return [weight / sum(weights) for weight in weights]
