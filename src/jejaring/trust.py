"""Lending to somebody who need not give back: the game, what reason says, and what a reputation changes.

In the game of one round whole numbers and fractions give exact fractions; rounds that are simulated give floats.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum
from random import Random

from jejaring._checks import Number, number, share, whole

__all__ = [
    "TrustHistory",
    "backward_induction",
    "careful_trustor",
    "cheat",
    "honest",
    "opportunist",
    "payoffs",
    "play_rounds",
]

Result = Fraction | float
Trustee = Callable[[bool], float]
"""From whether others will hear of it, to the share of the receipts that is given back."""
Trustor = Callable[[Sequence[float], float, Random], float]
"""From the shares given back before, the multiplier and chance, to the share of the endowment that is sent."""

_SECOND_CHANCE = 0.1  # how often a careful trustor tries where trust does not seem to pay


def payoffs(sent: Number, returned: Number, *, endowment: Number = 10, multiplier: Number = 3) -> tuple[Result, Result]:
    """Pay both after one has sent, the amount has grown on the way, and the other has given back.

    Parameters
    ----------
    sent : int, float or Fraction
        What the trustor sends, from 0 to `endowment`, in units.
    returned : int, float or Fraction
        What the trustee gives back, from 0 to ``multiplier * sent``, in units.
    endowment : int, float or Fraction
        What each of the two has at the start, in units, 0 or more.
    multiplier : int, float or Fraction
        By how much the amount grows on the way, 1 or more.

    Returns
    -------
    pair of Fraction or float
        Payoffs of the trustor and of the trustee, in units.

    Raises
    ------
    ValueError
        If an amount is outside its range.

    References
    ----------
    Berg, J., Dickhaut, J., & McCabe, K. (1995). Trust, reciprocity, and social history. *Games and Economic Behavior*
    10, 122-142.

    Examples
    --------
    Five are sent and become 15; 7 come back.

    >>> [str(payoff) for payoff in payoffs(5, 7)]
    ['12', '18']
    """
    start = number("endowment", endowment, "units", 0)
    growth = number("multiplier", multiplier, "units received for one unit sent", 1)
    gone = number("sent", sent, "units", 0, start)
    back = number("returned", returned, "units", 0, growth * gone)
    return start - gone + back, start + growth * gone - back


def backward_induction(
    given_back: Number = 0, *, endowment: Number = 10, multiplier: Number = 3
) -> tuple[Result, Result]:
    """Start at the end: knowing the share that comes back, decide what to send.

    Parameters
    ----------
    given_back : int, float or Fraction
        Share of the receipts that the trustee gives back, from 0 to 1: 0 for one who looks at money only.
    endowment : int, float or Fraction
        What the trustor has, in units, 0 or more.
    multiplier : int, float or Fraction
        By how much the amount grows on the way, 1 or more.

    Returns
    -------
    pair of Fraction or float
        Amount sent and amount given back, in units: everything if more than what was sent comes back, else nothing.

    Raises
    ------
    ValueError
        If a parameter is outside its range.

    References
    ----------
    Berg, J., Dickhaut, J., & McCabe, K. (1995). Trust, reciprocity, and social history. *Games and Economic Behavior*
    10, 122-142.

    Examples
    --------
    A trustee who keeps everything gets nothing. Of one who gives back half, 10 sent bring 15.

    >>> [str(amount) for amount in backward_induction()]
    ['0', '0']
    >>> [str(amount) for amount in backward_induction(Fraction(1, 2))]
    ['10', '15']
    """
    back = share("given_back", given_back)
    start = number("endowment", endowment, "units", 0)
    growth = number("multiplier", multiplier, "units received for one unit sent", 1)
    sent = start if back * growth > 1 else 0 * start
    return sent, back * growth * sent


def honest(seen: bool) -> float:  # noqa: ARG001, FBT001  # every trustee is called alike
    """Give back half, whether or not anybody hears of it.

    Parameters
    ----------
    seen : bool
        Whether others will hear of it; makes no difference.

    Returns
    -------
    float
        Always one half.

    References
    ----------
    Berg, J., Dickhaut, J., & McCabe, K. (1995). Trust, reciprocity, and social history. *Games and Economic Behavior*
    10, 122-142.

    Examples
    --------
    >>> honest(True), honest(False)
    (0.5, 0.5)
    """
    return 0.5


def opportunist(seen: bool) -> float:  # noqa: FBT001  # every trustee is called alike
    """Give back half where others hear of it, and nothing where they don't.

    Parameters
    ----------
    seen : bool
        Whether others will hear of it.

    Returns
    -------
    float
        One half, or 0.

    References
    ----------
    Bolton, G. E., Katok, E., & Ockenfels, A. (2004). How effective are electronic reputation mechanisms? An
    experimental investigation. *Management Science* 50, 1587-1602.

    Examples
    --------
    >>> opportunist(True), opportunist(False)
    (0.5, 0.0)
    """
    return 0.5 if seen else 0.0


def cheat(seen: bool) -> float:  # noqa: ARG001, FBT001  # every trustee is called alike
    """Keep everything, even where everybody hears of it.

    Parameters
    ----------
    seen : bool
        Whether others will hear of it; makes no difference.

    Returns
    -------
    float
        Always 0.

    References
    ----------
    Berg, J., Dickhaut, J., & McCabe, K. (1995). Trust, reciprocity, and social history. *Games and Economic Behavior*
    10, 122-142.

    Examples
    --------
    >>> cheat(True), cheat(False)
    (0.0, 0.0)
    """
    return 0.0


def careful_trustor(given_back: Sequence[float], multiplier: float, chance: Random) -> float:
    """Send everything where that has paid on average, and otherwise only now and then.

    Who has heard nothing expects one half; that expectation counts like one case. Where trust does not seem to pay,
    one time in ten gets a second chance. Both numbers are our assumptions.

    Parameters
    ----------
    given_back : sequence of float
        Shares of the receipts that were given back before, as far as the trustor knows. Not modified.
    multiplier : float
        By how much the amount grows on the way.
    chance : random.Random
        Where second chances are drawn.

    Returns
    -------
    float
        Share of the endowment that is sent: 1 or 0.

    References
    ----------
    Bolton, G. E., Katok, E., & Ockenfels, A. (2004). How effective are electronic reputation mechanisms? An
    experimental investigation. *Management Science* 50, 1587-1602.

    Examples
    --------
    Expecting one half of three times the amount pays; after two cheats one expects a sixth, which doesn't.

    >>> careful_trustor([], 3, Random(1)), careful_trustor([0, 0], 3, Random(1))
    (1.0, 0.0)
    """
    expected = (0.5 + fsum(given_back)) / (1 + len(given_back))
    return 1.0 if expected * multiplier > 1 or chance.random() < _SECOND_CHANCE else 0.0


@dataclass(frozen=True)
class TrustHistory:
    """What was sent, to whom, and what came back, round by round.

    Parameters
    ----------
    sent : tuple of tuple of float
        Units sent: one row for each round, one entry for each trustor.
    returned : tuple of tuple of float
        Units that came back, in the same shape.
    met : tuple of tuple of int
        Place of the trustee whom each trustor met, in the same shape.

    Examples
    --------
    >>> history = TrustHistory(sent=((10, 0),), returned=((15, 0),), met=((1, 0),))
    >>> history.mean_sent(), history.mean_returned()
    ([5.0], [7.5])
    """

    sent: tuple[tuple[float, ...], ...]
    returned: tuple[tuple[float, ...], ...]
    met: tuple[tuple[int, ...], ...]

    def mean_sent(self) -> list[float]:
        """Average what was sent in each round.

        Returns
        -------
        list of float
            One mean for each round, in units.

        Examples
        --------
        >>> TrustHistory(sent=((10, 0),), returned=((15, 0),), met=((1, 0),)).mean_sent()
        [5.0]
        """
        return [fsum(row) / len(row) for row in self.sent]

    def mean_returned(self) -> list[float]:
        """Average what came back in each round.

        Returns
        -------
        list of float
            One mean for each round, in units.

        Examples
        --------
        >>> TrustHistory(sent=((10, 0),), returned=((15, 0),), met=((1, 0),)).mean_returned()
        [7.5]
        """
        return [fsum(row) / len(row) for row in self.returned]


def play_rounds(
    trustees: Sequence[Trustee],
    *,
    rounds: int,
    reputation: bool,
    trustor: Trustor = careful_trustor,
    endowment: float = 10,
    multiplier: float = 3,
    seed: int,
) -> TrustHistory:
    """Let as many trustors as trustees meet at random, round after round.

    With reputation a trustor knows what the trustee has given back to anybody so far. Without, the trustor knows
    only what the strangers met so far gave back, whoever they were. A case in which nothing was sent teaches nothing.

    Parameters
    ----------
    trustees : sequence of trustee
        The rule by which each trustee gives back; at least one. Not modified.
    rounds : int
        Rounds to play, 1 or more.
    reputation : bool
        Whether everybody hears what each trustee gave back.
    trustor : callable
        The rule by which all trustors send.
    endowment : float
        What each person has in each round, in units, above 0.
    multiplier : float
        By how much the amount grows on the way, 1 or more.
    seed : int
        Start of the random draws; the same seed gives the same history.

    Returns
    -------
    TrustHistory
        Who sent how much to whom, and what came back.

    Raises
    ------
    ValueError
        If a parameter is outside its range, or a rule answers with more than everything.

    References
    ----------
    Bolton, G. E., Katok, E., & Ockenfels, A. (2004). How effective are electronic reputation mechanisms? An
    experimental investigation. *Management Science* 50, 1587-1602.

    Examples
    --------
    One opportunist: known to all, half of 30 comes back each time. Unknown, nothing does, and trust ends.

    >>> play_rounds([opportunist], rounds=3, reputation=True, seed=1).returned
    ((15.0,), (15.0,), (15.0,))
    >>> play_rounds([opportunist], rounds=3, reputation=False, seed=1).sent
    ((10.0,), (0.0,), (0.0,))
    """
    whole("rounds", rounds, "rounds", 1)
    have = float(number("endowment", endowment, "units", above=0))
    growth = float(number("multiplier", multiplier, "units received for one unit sent", 1))
    if not trustees:
        raise ValueError("trustees is empty; at least one person is needed.")
    chance = Random(seed)
    known: list[list[float]] = [[] for _ in trustees]  # by trustee with reputation, by trustor without
    order = list(range(len(trustees)))
    history = []
    for _ in range(rounds):
        chance.shuffle(order)
        sent, returned = [], []
        for person, partner in enumerate(order):
            record = known[partner if reputation else person]
            given = have * float(share("share sent", trustor(record, growth, chance)))
            back = float(share("share given back", trustees[partner](reputation)))
            if given:
                record.append(back)
            sent.append(given)
            returned.append(back * growth * given)
        history.append((tuple(sent), tuple(returned), tuple(order)))
    return TrustHistory(*zip(*history, strict=True))
