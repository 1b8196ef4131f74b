"""Stag hunts, trust, volunteers and threats to look at."""

from functools import cache
from statistics import mean

from jejaring.figures import dilemmas as figures
from jejaring.figures.picture import Picture
from jejaring.stag_hunts import StagHunt, tipping_belief
from jejaring.stag_hunts import play_rounds as hunt
from jejaring.threats import Encounter, choice_probabilities
from jejaring.trust import cheat, honest, opportunist
from jejaring.trust import play_rounds as lend
from jejaring.volunteers import nobody_probability, volunteer_probability

__all__ = ["belief_paths", "group_threat", "nobody_volunteers", "stag_or_hare", "trust_over_rounds"]

_HUNT = StagHunt(together=4, alone=0, hare=3)


def stag_or_hare() -> Picture:
    """Stag 4 together and 0 alone, hare 3."""
    return figures.stag_or_hare(4, 0, 3, tip=float(tipping_belief(_HUNT)), belief=0.9, bet=0.5)


def belief_paths() -> Picture:
    """Forty people who meet in pairs; 1, 9 or 20 of them doubt at first."""
    crowds = [[0.6] * doubters + [0.9] * (40 - doubters) for doubters in (1, 9, 20)]
    paths = [hunt(crowd, _HUNT, rounds=30, weight=2, seed=1).beliefs for crowd in crowds]
    return figures.belief_paths(paths, tip=float(tipping_belief(_HUNT)))


@cache
def _sent(*, reputation: bool) -> list[float]:
    """Mean amounts over twenty seeds: 40% honest, 40% opportunists, 20% cheats."""
    market = [honest] * 8 + [opportunist] * 8 + [cheat] * 4
    runs = [lend(market, rounds=30, reputation=reputation, seed=seed).mean_sent() for seed in range(20)]
    return [mean(seen) for seen in zip(*runs, strict=True)]


def trust_over_rounds() -> Picture:
    """A market with and without records."""
    return figures.trust_over_rounds(_sent(reputation=True), _sent(reputation=False), endowment=10, bet=5)


def nobody_volunteers() -> Picture:
    """A cost of 1 against a benefit of 4."""
    sizes = range(2, 21)
    nobody = {size: nobody_probability(1, 4, size) for size in sizes}
    each = {size: volunteer_probability(1, 4, size) for size in sizes}
    return figures.nobody_volunteers(nobody, each, limit=0.25, bet=0.02)


def group_threat() -> Picture:
    """From peace to a threat of 3."""
    chosen = {step / 10: choice_probabilities(Encounter(threat=step / 10)) for step in range(0, 31, 2)}
    giving = {threat: often["help"] + often["harm"] for threat, often in chosen.items()}
    return figures.group_threat(giving, {threat: often["harm"] for threat, often in chosen.items()}, bet=0.3)
