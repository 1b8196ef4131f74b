"""Assignment 3: what the general tests of assignments can't know."""

import math
from fractions import Fraction
from itertools import product

from tests.assignments import bank, given
from tests.solvers.ps03 import chamber, five

BANK = bank("ps03")


def test_no_seats_are_an_answer_by_themselves():
    for seats, quota in product(*(BANK["ps03-chamber"]["parameters"][name]["values"] for name in ("seats", "quota"))):
        right = chamber(seats, quota)
        assert sum(seats) == 45
        assert max(seats) < quota
        assert abs(right["banzhaf-a"] - seats[0] / 45) > 0.012
        assert abs(right["banzhaf-d"] - seats[3] / 45) > 0.012
        assert right["banzhaf-a"] != right["banzhaf-d"]


def test_among_five_the_smallest_share_of_seats_is_no_answer():
    for seats in BANK["ps03-index-by-hand"]["parameters"]["seats"]["values"]:
        assert sum(seats) == 45
        assert abs(five(seats)["banzhaf-e"] - seats[4] / 45) > 0.012


def test_hidden_chambers_tell_the_indices_apart():
    options = given("ps03-index")
    for seats, quota in options["inputs"]:
        power = options["key"](seats, quota)
        share = [s / sum(seats) for s in seats]
        assert max(abs(p - s) for p, s in zip(power, share, strict=True)) > 0.01
        assert math.isclose(sum(power), 1)
    assert [Fraction(p).limit_denominator(100) for p in options["key"]([50, 49, 1], 51)] == [
        Fraction(3, 5),
        Fraction(1, 5),
        Fraction(1, 5),
    ]
