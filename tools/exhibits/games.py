"""Games, tournaments and evolution to look at."""

from fractions import Fraction
from functools import cache

from jejaring.evolution import (
    constant_fitness,
    direct_reciprocity_threshold,
    fixation_probability,
    group_selection_threshold,
    indirect_reciprocity_threshold,
    kin_selection_threshold,
    moran_process,
    network_reciprocity_threshold,
    replicator_path,
)
from jejaring.figures import games as figures
from jejaring.figures.picture import Picture
from jejaring.games import (
    PRISONERS_DILEMMA,
    SymmetricGame,
    grim_threshold,
    nash_equilibria,
    recognise,
    tit_for_tat_threshold,
)
from jejaring.strategies import (
    AlwaysCooperate,
    AlwaysDefect,
    FirmButFair,
    GenerousTitForTat,
    Gradual,
    Grim,
    Tester,
    TitForTat,
    all_strategies,
)
from jejaring.tournaments import Tournament, cooperation_path, expected_round_robin, play_match, round_robin

__all__ = [
    "cooperation_lines",
    "five_rules",
    "head_to_head",
    "match_record",
    "patience_thresholds",
    "payoff_matrix",
    "population_shares",
    "takeover_paths",
    "tournament_ranking",
]


def payoff_matrix() -> Picture:
    """The stag hunt, with both its sure equilibria."""
    game = SymmetricGame(reward=4, sucker=0, temptation=3, punishment=3)
    found = nash_equilibria(game.first, game.second)
    return figures.payoff_matrix(game.first, game.second, found, kinds=recognise(game), names=("Rina", "Budi"))


@cache
def _tournament() -> Tournament:
    own = [kind for kind in all_strategies() if kind.__module__ == "jejaring.strategies"]
    return round_robin([kind() for kind in own], 200, seed=1980, repetitions=3)


def tournament_ranking() -> Picture:
    """All strategies, 200 rounds, three matches of each pair."""
    result = _tournament()
    means = {result.names[entry]: float(result.means[entry]) for entry in result.ranking}
    nice = [kind.key for kind in all_strategies() if kind().nice]
    return figures.tournament_ranking(means, nice=nice)


def head_to_head() -> Picture:
    """The one that beats nobody comes first, the one that beats everybody last."""
    result = round_robin([TitForTat(), Gradual(), Grim(), Tester(), AlwaysDefect()], 200, seed=1)
    table = [[float(score or 0) for score in row] for row in result.scores]
    return figures.head_to_head(result.names, table, [float(mean) for mean in result.means])


def cooperation_lines() -> Picture:
    """Three strategies that end mistakes well or badly."""
    players = (TitForTat(), FirmButFair(), GenerousTitForTat())
    paths = {
        each.key: [float(likely) for likely, _ in cooperation_path(each, each, 40, noise=0.05)] for each in players
    }
    return figures.cooperation_lines(paths, noise=0.05)


def match_record() -> Picture:
    """Two tit for tats, and the echo of a mistake."""
    match = play_match(TitForTat(), TitForTat(), 24, seed=1, noise=0.02)
    return figures.match_record(("tit_for_tat", "tit_for_tat"), match.first, match.second)


def population_shares() -> Picture:
    """Naive cooperators feed the defectors; then the defectors starve among those who hit back."""
    players = [AlwaysCooperate(), AlwaysDefect(), TitForTat()]
    table = [[float(score or 0) for score in row] for row in expected_round_robin(players, 10).scores]
    path = replicator_path([0.6, 0.2, 0.2], table, 60, step=0.25)
    paths = {player.key: [shares[place] for shares in path] for place, player in enumerate(players)}
    return figures.population_shares(paths, [0.25 * place for place in range(61)])


def takeover_paths() -> Picture:
    """Eight runs; a third are newcomers, a tenth fitter."""
    population, start, fitness = 30, 10, constant_fitness([Fraction(11, 10), 1])
    runs = [moran_process([start, population - start], fitness, seed=seed) for seed in range(8)]
    paths = [[counts[0] for counts in (*run[:-1:population], run[-1])] for run in runs]
    return figures.takeover_paths(
        paths, population=population, chance=float(fixation_probability(start, population, fitness))
    )


def patience_thresholds() -> Picture:
    """Axelrod's payoffs, at a delta that is enough for one of the two."""
    grim, tit_for_tat = grim_threshold(PRISONERS_DILEMMA), tit_for_tat_threshold(PRISONERS_DILEMMA)
    return figures.patience_thresholds({"grim": float(grim), "tit_for_tat": float(tit_for_tat or 1)}, delta=0.6)


def five_rules() -> Picture:
    """Siblings, a good chance to meet again, a name that half know, four neighbours, twenty groups of ten."""
    thresholds = {
        "kin": kin_selection_threshold(0.5),
        "direct": direct_reciprocity_threshold(0.8),
        "indirect": indirect_reciprocity_threshold(0.25),
        "network": network_reciprocity_threshold(6),
        "group": group_selection_threshold(10, 20),
    }
    return figures.five_rules({rule: float(low) for rule, low in thresholds.items()}, ratio=3)
