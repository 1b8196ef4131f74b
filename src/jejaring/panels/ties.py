"""Ties: which ones hold a network together, who matters in it, and what passes through them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from jejaring import measures
from jejaring.attributions import Outcome, mean_shares, product, shares_by_order
from jejaring.figures.attributions import order_shares
from jejaring.figures.measures import centrality_race
from jejaring.figures.networks import network_map, relations_compared
from jejaring.figures.picture import Picture, brief, number, percent
from jejaring.figures.referrals import referral_gap
from jejaring.figures.removals import removal_curves, removal_map
from jejaring.language import word
from jejaring.layouts import stress_layout
from jejaring.measures import Scores, ranks
from jejaring.networks import RELATIONS, Survey, from_survey
from jejaring.panels._bets import bet, follow
from jejaring.readings import meaning, name, read, written
from jejaring.referrals import expected_gap
from jejaring.removals import after_removal, removal_curve, strongest_first, weakest_first
from jejaring.widgets.panel import Choice, Control, Panel, Scene, Slider, Table

if TYPE_CHECKING:
    from jejaring.removals import Pieces

__all__ = ["bridge_scissors", "five_questions", "who_matters", "whose_share", "word_of_mouth"]

_KITE: Final = ("Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane")
_ORDERS: Final = {"weakest": weakest_first, "strongest": strongest_first}
_CENTRALITIES: Final = ("degree", "closeness", "betweenness", "eigenvector")
_JOBS: Final = 0.6  # for each person
_ROUNDS: Final = 10
# Ten who run a cooperative, in two rooms. Made up so that each question has another answer.
_BOARD: Final = """from,communication,information,problem_solving,knowledge,access
Ani,"Budi, Cici, Dedi, Eka, Fitri","Budi, Cici",Joko,"Joko, Budi, Cici",Budi
Budi,"Ani, Cici, Dedi","Ani, Fitri",Joko,"Joko, Fitri, Ani","Ani, Fitri"
Cici,"Ani, Budi, Dedi",Ani,Budi,"Joko, Ani",Ani
Dedi,"Ani, Cici, Eka","Ani, Cici",Ani,"Joko, Ani","Budi, Ani"
Eka,"Ani, Dedi",Ani,Budi,"Ani, Budi, Joko",Budi
Fitri,"Ani, Gilang, Hana, Ika","Budi, Gilang",Joko,"Joko, Gilang","Budi, Gilang"
Gilang,"Fitri, Hana, Ika","Fitri, Hana",Joko,"Joko, Hana, Fitri","Hana, Fitri"
Hana,"Fitri, Gilang","Gilang, Ika",Gilang,"Joko, Gilang",Gilang
Ika,"Fitri, Gilang, Joko",Hana,Fitri,"Joko, Hana",Gilang
Joko,Ika,Ika,,Gilang,Ika
"""
_FIRST_ROOM: Final = ("Ani", "Budi", "Cici", "Dedi", "Eka")


def bridge_scissors(bet_on: str | None = None) -> Panel:
    """Cut the ties of a network, those inside tight circles first or those between circles first.

    Parameters
    ----------
    bet_on : str, optional
        Id of the exercise in which the reader bet on the largest piece of Les Misérables at 40%, weakest first.

    Returns
    -------
    Panel
        Four controls: the network, how much is cut, which ties go first, and curves or a map.

    References
    ----------
    Onnela, J.-P., Saramäki, J., Hyvönen, J., Szabó, G., Lazer, D., Kaski, K., Kertész, J., & Barabási, A.-L. (2007).
    Structure and tie strengths in mobile communication networks. *PNAS* 104, 7332-7336.

    Examples
    --------
    >>> panel = bridge_scissors()
    >>> panel.set(cut=40)
    >>> print(panel.twin)
    Setelah 40% ikatan dipotong, potongan terbesar berisi: 13 dari 77 orang (ikatan lemah dulu); 77 dari 77 orang
    (ikatan kuat dulu).
    """
    networks = {network: word(f"panel.scissors.{network}") for network in ("miserables", "karate")}
    views = {view: word(f"panel.scissors.{view}") for view in ("curves", "map")}
    controls: dict[str, Control] = {
        "network": Choice(
            word("panel.scissors.network"), networks, "miserables", word("panel.scissors.network_source")
        ),
        "cut": Slider(
            word("panel.scissors.cut"), 10, low=0, high=100, step=5, unit="%", source=word("panel.scissors.source")
        ),
        "order": Choice(
            word("panel.scissors.order"), {order: word(f"panel.scissors.{order}") for order in _ORDERS}, "weakest"
        ),
        "view": Choice(word("panel.scissors.view"), views, "curves"),
    }

    def draw(network: str, cut: float, order: str, view: str) -> Scene:
        share = cut / 100
        curves = _curves(network)
        if view == "map":
            graph = _network(network)
            left = after_removal(graph, _ORDERS[order](graph), share)
            gone = [tie for tie in graph.edges if not left.has_edge(*tie)]
            largest = max(nx.connected_components(left), key=len)
            picture = removal_map(_places(network), list(left.edges), gone, largest, order=order)
        else:
            asked = (network, cut, order) == ("miserables", 40, "weakest")
            guess = bet(bet_on) if asked else None
            first = {order: curves[order]} | curves
            picture = removal_curves(first, at=share, bet=guess)
        return Scene(picture, _pieces(curves, share))

    return follow(Panel(draw, controls, title=word("panel.scissors.title")), bet_on)


def who_matters() -> Panel:
    """Ask one network who matters most, in four ways.

    Returns
    -------
    Panel
        Three controls: the network, the measure, and a map or all ranks.

    References
    ----------
    Freeman, L. C. (1979). Centrality in social networks: conceptual clarification. *Social Networks* 1, 215-239.
    Krackhardt, D. (1990). Assessing the political landscape: structure, cognition, and power in organizations.
    *Administrative Science Quarterly* 35, 342-369.

    Examples
    --------
    >>> panel = who_matters()
    >>> panel.set(network="kite", view="ranks")
    >>> print(panel.twin)
    Pemenangnya berbeda: Diane menurut derajat; Fernando dan Garth menurut kedekatan; Heather menurut keantaraan; Diane
    menurut vektor eigen.
    """
    networks = {network: word(f"panel.matters.{network}") for network in ("kite", "florentine")}
    views = {view: word(f"panel.matters.{view}") for view in ("map", "ranks")}
    controls: dict[str, Control] = {
        "network": Choice(word("panel.matters.network"), networks, "kite", word("panel.matters.network_source")),
        "measure": Choice(
            word("panel.matters.measure"), {measure: name(measure) for measure in _CENTRALITIES}, "degree",
            word("panel.matters.measure_source"),
        ),
        "view": Choice(word("panel.matters.view"), views, "map"),
    }  # fmt: skip

    def draw(network: str, measure: str, view: str) -> Scene:
        graph, scores = _network(network), _scores(network)
        chosen = scores[measure]
        if view == "ranks":
            picture = centrality_race(scores)
        else:
            picture = network_map(
                _places(network),
                [(one, other, 1.0) for one, other in graph.edges],
                title=word("panel.matters.map_title", measure=name(measure)),
                values=chosen,
                value_name=name(measure),
                marked=[person for person, rank in ranks(chosen).items() if rank == 1],
                marked_name=word("panel.matters.first"),
            )
            first = min(chosen, key=lambda person: ranks(chosen)[person])
            picture = Picture(picture.figure, f"{meaning(measure)} {read(measure, chosen, first)}")
        return Scene(picture, _top(measure, chosen))

    return Panel(draw, controls, title=word("panel.matters.title"))


def five_questions() -> Panel:
    """Ask the same ten people five questions, and get five networks.

    Returns
    -------
    Panel
        Two controls: the question, and a map or a comparison.

    References
    ----------
    Cross, R., & Parker, A. (2004). *The Hidden Power of Social Networks*. Harvard Business School Press.

    Examples
    --------
    >>> panel = five_questions()
    >>> panel.set(relation="knowledge")
    >>> panel.table["rows"][3][-1]
    'Joko (9)'
    """
    relations = {relation: word(f"panel.questions.{relation}") for relation in RELATIONS}
    views = {view: word(f"panel.questions.{view}") for view in ("map", "compared")}
    controls: dict[str, Control] = {
        "relation": Choice(
            word("panel.questions.relation"), relations, "communication", word("panel.questions.source")
        ),
        "view": Choice(word("panel.questions.view"), views, "map"),
    }

    def draw(relation: str, view: str) -> Scene:
        survey = _board()
        graphs = {asked: survey.graph(asked) for asked in RELATIONS}
        if view == "compared":
            counted = {asked: graph.number_of_edges() for asked, graph in graphs.items()}
            picture = relations_compared(counted, people=len(survey.people))
        else:
            picture = _board_map(relation, graphs[relation])
        rows = [_asked(relations[asked], graph) for asked, graph in graphs.items()]
        columns = tuple(word(f"panel.questions.column_{name}") for name in ("question", "ties", "mutual", "named"))
        return Scene(picture, Table(word("panel.questions.caption"), columns, tuple(rows)))

    return Panel(draw, controls, title=word("panel.questions.title"))


def word_of_mouth(bet_on: str | None = None) -> Panel:
    """Fill vacancies by open call or by asking those who work already, and watch two equally able groups.

    Parameters
    ----------
    bet_on : str, optional
        Id of the exercise in which the reader bet on the gap after ten rounds, in percentage points.

    Returns
    -------
    Panel
        Four controls: referrals, how far they stay in the group, turnover, and the gap at the start.

    References
    ----------
    Montgomery, J. D. (1991). Social networks and labor-market outcomes: toward an economic analysis. *American
    Economic Review* 81, 1408-1418.

    Examples
    --------
    >>> panel = word_of_mouth()
    >>> panel.set(referral=80)
    >>> print(panel.twin)
    Selisih awal 20 poin persen. Setelah 10 putaran: 1,7 (rujukan 0%); 8,3 (rujukan 80%).
    """
    assumed = word("panel.assumed")
    controls: dict[str, Control] = {
        "referral": Slider(
            word("panel.referral.referral"), 30, low=0, high=100, step=10, unit=word("panel.referral.vacancies"),
            source=word("panel.referral.source"),
        ),
        "homophily": Slider(
            word("panel.referral.homophily"), 80, low=0, high=100, step=10, unit=word("panel.referral.referrals"),
            source=assumed,
        ),
        "turnover": Slider(
            word("panel.referral.turnover"), 10, low=5, high=50, step=5, unit=word("panel.referral.workers"),
            source=assumed,
        ),
        "start": Slider(
            word("panel.referral.start"), 20, low=0, high=40, step=5, unit=word("panel.referral.points"),
            source=assumed,
        ),
    }  # fmt: skip

    def draw(referral: float, homophily: float, turnover: float, start: float) -> Scene:
        settings = {"turnover": turnover / 100, "homophily": homophily / 100}
        gaps = {
            share: expected_gap(start / 100, _JOBS, _ROUNDS, referral=share, **settings)
            for share in dict.fromkeys((0.0, referral / 100))
        }
        asked = (referral, homophily, turnover, start) == (80, 80, 10, 20)
        guess = bet(bet_on) if asked else None
        picture = referral_gap(gaps, bet=None if guess is None else guess / 100)
        rows = tuple(
            (
                word("panel.referral.row", share=percent(share, 0)),
                *(percent(_JOBS + side * course[-1] / 2, 1) for side in (1, -1)),
            )
            for share, course in gaps.items()
        )
        columns = tuple(word(f"panel.referral.column_{name}") for name in ("way", "first", "second"))
        return Scene(picture, Table(word("panel.referral.caption", rounds=_ROUNDS), columns, rows))

    return follow(Panel(draw, controls, title=word("panel.referral.title")), bet_on)


def whose_share() -> Panel:
    """Let innovation and network grow, and divide the growth of the outcome between them.

    Returns
    -------
    Panel
        Three controls: how much each of the two grows, and whether they multiply or add up.

    References
    ----------
    Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified framework based on the
    Shapley value. *Journal of Economic Inequality* 11, 99-126.

    Examples
    --------
    >>> panel = whose_share()
    >>> panel.set(innovation=3, network=2, outcome="sum")
    >>> print(panel.twin)
    Bagian inovasi dari hasil yang sama 67%, apa pun urutannya.
    """
    unit, assumed = word("panel.share.unit"), word("panel.assumed")
    outcomes: dict[str, Outcome] = {"product": product, "sum": sum}
    controls: dict[str, Control] = {
        cause: Slider(word(f"panel.share.{cause}"), start, low=2, high=6, step=0.5, unit=unit, source=assumed)
        for cause, start in (("innovation", 3), ("network", 2))
    }
    controls["outcome"] = Choice(
        word("panel.share.outcome"), {way: word(f"panel.share.{way}") for way in outcomes}, "product"
    )

    def draw(innovation: float, network: float, outcome: str) -> Scene:
        before, after, make = [1, 1], [innovation, network], outcomes[outcome]
        causes = [word(f"panel.share.{cause}_name") for cause in ("innovation", "network")]
        orders = {
            order: [float(part) for part in parts] for order, parts in shares_by_order(before, after, make).items()
        }
        means = [float(part) for part in mean_shares(before, after, make)]
        rows = tuple((causes[order[0]], *(percent(part, 0) for part in parts)) for order, parts in orders.items())
        start, end = (brief(float(make([float(value) for value in values]))) for values in (before, after))
        caption = word("panel.share.caption", start=start, end=end)
        return Scene(order_shares(causes, orders, means), Table(caption, (word("panel.share.order"), *causes), rows))

    return Panel(draw, controls, title=word("panel.share.title"))


@cache
def _network(network: str) -> nx.Graph[Any]:
    """A well-known network, its people under the names that the literature gives them."""
    if network == "kite":
        kite: nx.Graph[Any] = nx.relabel_nodes(nx.krackhardt_kite_graph(), dict(enumerate(_KITE)))
        return kite
    made = {
        "miserables": nx.les_miserables_graph,
        "karate": nx.karate_club_graph,
        "florentine": nx.florentine_families_graph,
    }
    graph: nx.Graph[Any] = made[network]()
    called = {person: f"#{person + 1}" if network == "karate" else person for person in graph}
    return nx.relabel_nodes(graph, called)


@cache
def _places(network: str) -> dict[str, tuple[float, float]]:
    """Where the people of a network stand."""
    return dict(stress_layout(_network(network)))


@cache
def _curves(network: str) -> dict[str, list[Pieces]]:
    """How a network falls apart, by the order of cutting."""
    graph = _network(network)
    return {order: removal_curve(graph, listed(graph)) for order, listed in _ORDERS.items()}


@cache
def _scores(network: str) -> dict[str, Scores]:
    """Four centralities of everybody."""
    graph = _network(network)
    return {measure: getattr(measures, measure)(graph) for measure in _CENTRALITIES}


@cache
def _board() -> Survey:
    """What the ten answered."""
    return from_survey(_BOARD)


@cache
def _seats() -> dict[str, tuple[float, float]]:
    """Where the ten stand, whatever was asked."""
    return dict(stress_layout(_board().combined()))


def _pieces(curves: dict[str, list[Pieces]], share: float) -> Table:
    """What is left at this share, order by order."""
    rows = []
    for order, steps in curves.items():
        at = steps[int(share * (len(steps) - 1) + 1e-9)]
        rows.append((word(f"panel.scissors.{order}"), str(at.largest), str(at.count)))
    columns = tuple(word(f"panel.scissors.column_{name}") for name in ("order", "largest", "count"))
    return Table(word("panel.scissors.caption", share=percent(share, 0)), columns, tuple(rows))


def _top(measure: str, scores: Scores) -> Table:
    """The first five by a measure."""
    places = ranks(scores)
    order = sorted(scores, key=lambda person: places[person])
    rows = tuple((person, written(measure, scores[person]), str(places[person])) for person in order[:5])
    columns = word("panel.matters.who"), name(measure), word("panel.matters.rank")
    return Table(word("panel.matters.caption"), columns, rows)


def _board_map(relation: str, graph: nx.DiGraph[Any]) -> Picture:
    """Who names whom, larger those who are named more."""
    rooms = [word("panel.questions.room", number=room) for room in (1, 2)]
    return network_map(
        _seats(),
        [(one, other, 1.0) for one, other in graph.edges],
        title=word(f"panel.questions.{relation}"),
        directed=True,
        values={person: float(graph.in_degree(person)) for person in graph},
        value_name=name("in_degree"),
        groups={person: rooms[person not in _FIRST_ROOM] for person in graph},
    )


def _asked(question: str, graph: nx.DiGraph[Any]) -> tuple[str, ...]:
    """One question: how many ties, how many of them answered, and who is named most."""
    most = max(count for _, count in graph.in_degree())
    named = ", ".join(person for person, count in graph.in_degree() if count == most)
    mutual = percent(measures.reciprocity(graph), 0)
    return question, number(graph.number_of_edges()), mutual, f"{named} ({most})"
