"""Games, tournaments and evolution in pictures."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from jejaring._checks import Number
from jejaring.figures.picture import (
    BLUE,
    GREEN,
    GREY,
    INK,
    PAPER,
    SKY,
    VERMILLION,
    Picture,
    brief,
    compose,
    listed,
    number,
    percent,
)
from jejaring.games import Equilibrium
from jejaring.language import word

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

_LOOKS = (
    {"color": BLUE, "width": 3},
    {"color": VERMILLION, "width": 3, "dash": "dash"},
    {"color": INK, "width": 3, "dash": "dot"},
    {"color": GREEN, "width": 3, "dash": "dashdot"},
)
_HATCH = {"color": SKY, "pattern": {"shape": "/", "fgcolor": INK, "fillmode": "overlay"}}
_FORMULAS = {"kin": "1/r", "direct": "1/w", "indirect": "1/q", "network": "k", "group": "1+n/m"}


def payoff_matrix(
    first: Sequence[Sequence[Number]],
    second: Sequence[Sequence[Number]],
    equilibria: Sequence[Equilibrium],
    *,
    kinds: Sequence[str],
    names: tuple[str, str],
    actions: tuple[str, str] | None = None,
) -> Picture:
    """Lay out what each gets in each of the four cases, and mark where nobody wants to change alone.

    Parameters
    ----------
    first, second : two rows of two numbers
        Payoffs of the first player (whose choices are the rows) and of the second (the columns).
    equilibria : sequence of Equilibrium
        As `jejaring.games.nash_equilibria` gives them.
    kinds : sequence of str
        Names of the dilemma, as `jejaring.games.recognise` gives them.
    names : pair of str
        The two players.
    actions : pair of str, optional
        What the two choices are called; cooperate and defect where not given.

    Returns
    -------
    Picture
        A grid of two by two; cells in equilibrium are dark and starred.

    Examples
    --------
    >>> from jejaring.games import PRISONERS_DILEMMA as game, nash_equilibria, recognise
    >>> found = nash_equilibria(game.first, game.second)
    >>> picture = payoff_matrix(game.first, game.second, found, kinds=recognise(game), names=("Rina", "Budi"))
    >>> print(picture.twin)
    Keseimbangan Nash: Rina berkhianat, Budi berkhianat (1 dan 1).
    """
    actions = actions or (word("figure.games.payoffs.cooperate"), word("figure.games.payoffs.defect"))
    pure = [(int(1 - one.first[0]), int(1 - one.second[0])) for one in equilibria if one.is_pure]
    told = {
        (row, column): {
            "first": names[0],
            "second": names[1],
            "row": actions[row],
            "column": actions[column],
            "first_payoff": brief(float(first[row][column])),
            "second_payoff": brief(float(second[row][column])),
        }
        for row in (0, 1)
        for column in (0, 1)
    }
    plain = {place: word("figure.games.payoffs.cell", **said) for place, said in told.items()}
    cells = {
        place: word("figure.games.payoffs.marked", cell=cell) if place in pure else cell
        for place, cell in plain.items()
    }
    hovers = {place: word("figure.games.payoffs.hover", cell=plain[place], **said) for place, said in told.items()}
    rows, columns = (
        [word("figure.games.payoffs.label", name=name, action=action) for action in actions] for name in names
    )
    trace = {
        **_grid([[int((row, column) in pure) for column in (0, 1)] for row in (0, 1)], columns, rows, highest=1),
        "text": [[cells[row, column] for column in (0, 1)] for row in (0, 1)],
        "hovertext": [[hovers[row, column] for column in (0, 1)] for row in (0, 1)],
    }
    called = f" {word('figure.games.payoffs.or')} ".join(word(f"dilemma.{kind}") for kind in kinds)
    return compose(
        [trace],
        {
            "xaxis": {"showgrid": False, "categoryarray": columns},
            "yaxis": {"showgrid": False, "categoryarray": rows, "autorange": "reversed"},
            "shapes": _frames(2),
        },
        _payoff_twin(equilibria, [told[place] for place in pure], names, actions[0]),
        title=word("figure.games.payoffs.title", kinds=_capital(called)),
        height=320,
    )


def tournament_ranking(means: Mapping[str, float], *, nice: Collection[str]) -> Picture:
    """Rank the strategies of a tournament by what they got on average.

    Parameters
    ----------
    means : mapping of str to float
        Mean points per round by the key of the strategy, the best first.
    nice : collection of str
        Keys of those that are never the first to defect.

    Returns
    -------
    Picture
        One bar for each strategy, the best at the top; solid for the nice, hatched for the others.

    Examples
    --------
    >>> print(tournament_ranking({"tit_for_tat": 2.5, "always_defect": 2.1}, nice=["tit_for_tat"]).twin)
    Teratas: balas setimpal dengan 2,50 poin per putaran; terbawah: selalu berkhianat dengan 2,10.
    Yang teratas tak pernah mulai berkhianat.
    """
    names = {key: word(f"strategy.{key}") for key in means}
    groups = {"nice": [key for key in means if key in nice], "sly": [key for key in means if key not in nice]}
    ranks = {key: rank for rank, key in enumerate(means, 1)}
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": word(f"figure.games.ranking.{group}"),
            "showlegend": True,
            "y": [names[key] for key in keys],
            "x": [float(means[key]) for key in keys],
            "base": [0] * len(keys),
            "text": [number(means[key], 2) for key in keys],
            "textposition": "outside",
            "textfont": {"color": INK},
            "cliponaxis": False,
            "marker": {"color": BLUE} if group == "nice" else _HATCH,
            "hoverinfo": "text",
            "hovertext": [
                word("figure.games.ranking.hover", rank=ranks[key], name=names[key], mean=number(means[key], 2))
                for key in keys
            ],
        }
        for group, keys in groups.items()
        if keys
    ]
    best, worst = next(iter(means)), list(means)[-1]
    ends = {"best": names[best], "best_mean": number(means[best], 2)}
    ends |= {"worst": names[worst], "worst_mean": number(means[worst], 2)}
    leading = next((rank - 1 for key, rank in ranks.items() if key not in nice), len(means))
    finding = {0: "twin_sly", 1: "twin_nice_one"}.get(leading, "twin_nice")
    said = word(f"figure.games.ranking.{finding}", count=leading)
    return compose(
        traces,
        {
            "barmode": "overlay",
            "bargap": 0.25,
            "xaxis": {"title": {"text": word("figure.games.ranking.x")}, "range": [0, 1.16 * max(means.values())]},
            "yaxis": {
                "range": [len(names) - 0.5, -0.5],
                "categoryarray": list(names.values()),
                "showgrid": False,
            },
        },
        f"{word('figure.games.ranking.twin', **ends)} {said}",
        title=word("figure.games.ranking.title"),
        height=110 + 26 * len(means),
    )


def head_to_head(keys: Sequence[str], scores: Sequence[Sequence[float]], means: Sequence[float]) -> Picture:
    """Show what each got against each, and who got more than the other.

    Parameters
    ----------
    keys : sequence of str
        Keys of the strategies, from the top and from the left.
    scores : square table of float
        Mean points per round of each (row) against each (column).
    means : sequence of float
        Mean points per round of each over all its opponents.

    Returns
    -------
    Picture
        A grid of scores: the darker, the more; a triangle where the row got more than the column.

    Examples
    --------
    >>> print(head_to_head(["tit_for_tat", "always_defect"], [[3, 0.995], [1.02, 1]], [2, 1.01]).twin)
    Selalu berkhianat mengalahkan 1 dari 1 lawan (tanda ▲) dan rata-ratanya 1,01, peringkat 2.
    Peringkat pertama, balas setimpal, tak mengalahkan siapa pun dan rata-ratanya 2,00.
    """
    entries = range(len(keys))
    names = [word(f"strategy.{key}") for key in keys]
    table = [[float(score) for score in row] for row in scores]
    rows = [word("figure.games.scores.row", number=place + 1, name=names[place]) for place in entries]
    columns = [str(place + 1) for place in entries]
    beats = [[table[row][column] > table[column][row] for column in entries] for row in entries]
    trace = {
        **_grid(table, columns, rows, highest=1.2 * max(map(max, table))),
        "text": [[number(table[row][column], 1) + "▲" * beats[row][column] for column in entries] for row in entries],
        "hovertext": [
            [
                word(
                    "figure.games.scores.hover",
                    row=names[row],
                    column=names[column],
                    mine=number(table[row][column], 2),
                    theirs=number(table[column][row], 2),
                )
                for column in entries
            ]
            for row in entries
        ],
    }
    beaten = [sum(row) for row in beats]
    ranking = sorted(entries, key=lambda place: -means[place])
    fierce, best = max(entries, key=lambda place: (beaten[place], means[place])), ranking[0]
    told = {"name": names[fierce], "beaten": beaten[fierce], "mean": number(means[fierce], 2)}
    said = word("figure.games.scores.twin_beats", others=len(keys) - 1, rank=ranking.index(fierce) + 1, **told)
    if best != fierce:
        told = {"name": names[best], "beaten": beaten[best], "mean": number(means[best], 2)}
        said += " " + word(f"figure.games.scores.twin_best{'' if beaten[best] else '_none'}", **told)
    return compose(
        [trace],
        {
            "xaxis": {
                "showgrid": False,
                "categoryarray": columns,
                "type": "category",
                "title": {"text": word("figure.games.scores.x")},
            },
            "yaxis": {"showgrid": False, "categoryarray": rows, "autorange": "reversed"},
            "shapes": _frames(len(keys)),
        },
        _capital(said),
        title=word("figure.games.scores.title"),
        height=100 + 46 * len(keys),
    )


def cooperation_lines(paths: Mapping[str, Sequence[float]], *, noise: float) -> Picture:
    """Draw how likely strategies are to cooperate with their twins, round by round, when mistakes happen.

    Parameters
    ----------
    paths : mapping of str to sequence of float
        Probability of cooperating in each round, from 0 to 1, by the key of the strategy; at most four.
    noise : float
        Probability that an action goes wrong.

    Returns
    -------
    Picture
        One line for each strategy.

    Examples
    --------
    >>> print(cooperation_lines({"tit_for_tat": [0.99, 0.98]}, noise=0.01).twin)
    Setiap langkah meleset dengan peluang 1%.
    Balas setimpal melawan kembarannya: 99% pada putaran 1, 98% pada putaran 2.
    """
    rounds = max(map(len, paths.values()))
    traces, said = [], [word("figure.games.cooperation.twin", noise=_short_percent(noise))]
    for look, (key, path) in enumerate(paths.items()):
        name = word(f"strategy.{key}")
        hovers = [
            word("figure.games.cooperation.hover", name=name, round=k, share=percent(likely))
            for k, likely in enumerate(path, 1)
        ]
        drawn = [100 * float(likely) for likely in path]
        traces.append(_line(name, look, range(1, len(path) + 1), drawn, hovers))
        ends = {"start": percent(path[0], 0), "end": percent(path[-1], 0), "rounds": len(path)}
        said.append(_capital(word("figure.games.cooperation.twin_line", name=name, **ends)))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.games.cooperation.x")}, "range": [0, rounds]},
            "yaxis": {
                "title": {"text": word("figure.games.cooperation.y")},
                "range": [0, 105],
                "ticksuffix": "%",
                "dtick": 25,
            },
        },
        " ".join(said),
        title=word("figure.games.cooperation.title"),
        height=390,
    )


def match_record(keys: tuple[str, str], first: str, second: str) -> Picture:
    """Write down a match: who did what in each round.

    Parameters
    ----------
    keys : pair of str
        Keys of the two strategies.
    first, second : str
        Their actions, "C" or "D" for each round.

    Returns
    -------
    Picture
        Two rows of marks: circles for cooperating, crosses for defecting.

    Examples
    --------
    >>> print(match_record(("tit_for_tat", "always_defect"), "CDDD", "DDDD").twin)
    Pengkhianatan pertama terjadi pada putaran 1; sesudahnya keduanya bekerja sama dalam 0 dari 3 putaran.
    Dari 4 putaran, balas setimpal bekerja sama dalam 1 dan selalu berkhianat dalam 0.
    """
    twins = keys[0] == keys[1]
    names = [word(f"strategy.{key}") + (f" {place}" if twins else "") for place, key in enumerate(keys, 1)]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [1, len(first)],
            "y": [row, row],
            "line": {"color": GREY, "width": 1},
            "showlegend": False,
            "hoverinfo": "skip",
        }
        for row in (0, 1)
    ]
    traces += [
        {
            "type": "scatter",
            "mode": "markers",
            "name": word(f"figure.games.record.{action}"),
            "showlegend": True,
            "x": [k + 1 for actions in (first, second) for k, done in enumerate(actions) if done == letter],
            "y": [row for row, actions in enumerate((first, second)) for done in actions if done == letter],
            "marker": marker,
            "cliponaxis": False,
            "hoverinfo": "text",
            "hovertext": [
                word(
                    "figure.games.record.hover",
                    name=names[row],
                    round=k,
                    action=word(f"figure.games.record.{action}"),
                )
                for row, actions in enumerate((first, second))
                for k, done in enumerate(actions, 1)
                if done == letter
            ],
        }
        for letter, action, marker in (
            ("C", "cooperate", {"symbol": "circle", "color": BLUE, "size": 9}),
            ("D", "defect", {"symbol": "x", "color": VERMILLION, "size": 9}),
        )
    ]
    both = list(zip(first, second, strict=True))
    quarrel = next((k for k, pair in enumerate(both, 1) if "D" in pair), None)
    if quarrel is None:
        said = [word("figure.games.record.twin_none")]
    else:
        after = both[quarrel:]
        told = {"round": quarrel, "both": after.count(("C", "C")), "left": len(after)}
        said = [word("figure.games.record.twin_first", **told)]
    counts = {"first_count": first.count("C"), "second_count": second.count("C"), "rounds": len(first)}
    said.append(word("figure.games.record.twin", first=names[0], second=names[1], **counts))
    return compose(
        traces,
        {
            "xaxis": {
                "title": {"text": word("figure.games.record.x")},
                "range": [0, len(first) + 1],
                "tickformat": "d",
            },
            "yaxis": {
                "range": [1.6, -0.6],
                "tickvals": [0, 1],
                "ticktext": [_folded(name) for name in names],
                "showgrid": False,
                "zeroline": False,
            },
        },
        " ".join(said),
        title=word("figure.games.record.title"),
        height=230,
    )


def population_shares(paths: Mapping[str, Sequence[float]], times: Sequence[float]) -> Picture:
    """Draw how the shares of strategies in a population change as success is copied.

    Parameters
    ----------
    paths : mapping of str to sequence of float
        Share of the population at each time, from 0 to 1, by the key of the strategy; at most four.
    times : sequence of float
        The times, rising.

    Returns
    -------
    Picture
        One line for each strategy.

    Examples
    --------
    >>> paths = {"tit_for_tat": [0.5, 0.4, 0.9], "always_defect": [0.5, 0.6, 0.1]}
    >>> print(population_shares(paths, [0, 1, 2]).twin)
    Pada waktu 2: balas setimpal 90% (mulai 50%), selalu berkhianat 10% (mulai 50%).
    Selalu berkhianat sempat mencapai 60% pada waktu 1.
    """
    traces, ends, peaks = [], [], []
    for look, (key, path) in enumerate(paths.items()):
        name = word(f"strategy.{key}")
        hovers = [
            word("figure.games.shares.hover", name=name, time=brief(time), share=percent(part))
            for time, part in zip(times, path, strict=True)
        ]
        traces.append(_line(name, look, times, [100 * float(part) for part in path], hovers))
        start, end, most = path[0], path[-1], max(path)
        ends.append(word("figure.games.shares.twin_line", name=name, start=percent(start, 0), end=percent(end, 0)))
        if most > max(start, end) + 0.05:
            told = {"most": percent(most, 0), "time": brief(times[list(path).index(most)])}
            peaks.append(_capital(word("figure.games.shares.twin_peak", name=name, **told)))
    said = f"{word('figure.games.shares.twin', time=brief(times[-1]))} {', '.join(ends)}."
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.games.shares.x")}, "range": [times[0], times[-1]]},
            "yaxis": {
                "title": {"text": word("figure.games.shares.y")},
                "range": [0, 105],
                "ticksuffix": "%",
                "dtick": 25,
            },
        },
        " ".join([said, *peaks]),
        title=word("figure.games.shares.title"),
        height=390,
    )


def takeover_paths(paths: Sequence[Sequence[int]], *, population: int, chance: float) -> Picture:
    """Draw runs of the Moran process: whether newcomers take over, generation by generation.

    Parameters
    ----------
    paths : sequence of sequences of int
        For each run, the number of newcomers and their kind at the start and after each generation.
    population : int
        Newcomers and all others together.
    chance : float
        Probability, from 0 to 1, that the newcomers take over.

    Returns
    -------
    Picture
        One line for each run; those that took over, died out and go on differ in dash and colour.

    Examples
    --------
    >>> print(takeover_paths([[1, 2, 4], [1, 0]], population=4, chance=0.4).twin)
    Mulai dari 1 di antara 4, pendatang menguasai semua dalam 1 dari 2 percobaan; peluangnya menurut rumus 40,0%.
    Tanpa seleksi peluangnya 25,0%.
    """
    start, longest = paths[0][0], max(map(len, paths))
    ends = {
        "won": [path for path in paths if path[-1] == population],
        "lost": [path for path in paths if path[-1] == 0],
        "open": [path for path in paths if 0 < path[-1] < population],
    }
    looks = {"won": 0, "lost": 1, "open": 2}
    traces = []
    for end, group in ends.items():
        xs = [x for path in group for x in (*range(len(path)), None)]
        ys = [y for path in group for y in (*path, None)]
        hovers = [
            "" if x is None else word("figure.games.takeover.hover", generation=x, count=y)
            for x, y in zip(xs, ys, strict=True)
        ]
        if group:
            traces.append(_line(word(f"figure.games.takeover.{end}"), looks[end], xs, ys, hovers))
    told = {"runs": len(paths), "won": len(ends["won"]), "start": start, "population": population}
    said = [word("figure.games.takeover.twin", chance=percent(chance), **told)]
    said.append(word("figure.games.takeover.twin_neutral", neutral=percent(start / population)))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.games.takeover.x")}, "range": [0, longest - 1]},
            "yaxis": {"title": {"text": word("figure.games.takeover.y")}, "range": [0, 1.03 * population]},
        },
        " ".join(said),
        title=word("figure.games.takeover.title", start=start, population=population),
        height=390,
    )


def patience_thresholds(thresholds: Mapping[str, float | None], *, delta: float | None = None) -> Picture:
    """Show from which weight of the next round on each strategy upholds cooperation.

    Parameters
    ----------
    thresholds : mapping of str to float or None
        Lowest discount factor, from 0 to 1, by the key of the strategy; None where there is none.
    delta : float, optional
        The discount factor that is looked at.

    Returns
    -------
    Picture
        One bar for each strategy, solid where cooperation holds.

    Examples
    --------
    >>> print(patience_thresholds({"grim": 1 / 2, "tit_for_tat": 2 / 3}, delta=0.6).twin)
    Pendendam bertahan mulai delta 0,5. Balas setimpal bertahan mulai delta 0,67.
    Pada delta 0,6 yang bertahan: pendendam.
    """
    names = {key: word(f"strategy.{key}") for key in thresholds}
    starts = {key: 1.0 if low is None else float(low) for key, low in thresholds.items()}
    said, hovers = [], []
    for key, low in thresholds.items():
        told = {"name": names[key]} if low is None else {"name": names[key], "threshold": brief(low)}
        said.append(_capital(word(f"figure.games.patience.twin{'_never' if low is None else ''}", **told)))
        hovers.append(word(f"figure.games.patience.hover{'_never' if low is None else ''}", **told))
    spans = {  # where they start, and how long they are
        "fails": ([0.0] * len(starts), list(starts.values()), {"color": PAPER, "line": {"color": GREY, "width": 1.5}}),
        "holds": (list(starts.values()), [1 - low for low in starts.values()], {"color": BLUE}),
    }
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": word(f"figure.games.patience.{name}"),
            "showlegend": True,
            "y": [_folded(each) for each in names.values()],
            "x": lengths,
            "base": bases,
            "marker": marker,
            "hoverinfo": "text",
            "hovertext": hovers,
        }
        for name, (bases, lengths, marker) in spans.items()
    ]
    shapes, notes = [], []
    if delta is not None:
        holding = [names[key] for key, low in thresholds.items() if low is not None and delta >= low]
        kind = "twin_here" if holding else "twin_here_none"
        said.append(word(f"figure.games.patience.{kind}", delta=brief(delta), names=", ".join(holding)))
        shapes.append(_upright(delta))
        side = "right" if delta > 0.5 else "left"
        notes.append(_top_note(delta, word("figure.games.patience.here", delta=brief(delta)), side=side))
    return compose(
        traces,
        {
            "barmode": "overlay",
            "bargap": 0.4,
            "xaxis": {
                "title": {"text": word("figure.games.patience.x")},
                "range": [0, 1],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "ticktext": [brief(tick) for tick in (0, 0.25, 0.5, 0.75, 1)],
            },
            "yaxis": {
                "range": [len(names) - 0.5, -0.5],
                "categoryarray": [_folded(each) for each in names.values()],
                "showgrid": False,
            },
            "shapes": shapes,
            "annotations": notes,
            "legend": {"orientation": "h", "x": 0, "y": 1.16, "yanchor": "bottom"},
        },
        " ".join(said),
        title=word("figure.games.patience.title"),
        height=150 + 56 * len(names),
        top=28,
    )


def five_rules(thresholds: Mapping[str, float], *, ratio: float) -> Picture:
    """Set what each of Nowak's five rules demands beside what there is.

    Parameters
    ----------
    thresholds : mapping of str to float
        Ratio of benefit to cost that must be exceeded, by rule: "kin", "direct", "indirect", "network", "group".
    ratio : float
        Ratio of benefit to cost.

    Returns
    -------
    Picture
        One bar for each rule, solid where the ratio is enough, hatched where it is not.

    Examples
    --------
    >>> print(five_rules({"kin": 2, "direct": 1.25, "network": 4}, ratio=3).twin)
    Dengan manfaat 3 kali biaya, menolong berkembang lewat kerabat dan timbal balik langsung.
    Syarat terberat: jejaring, lebih dari 4.
    """
    names = {rule: word(f"figure.games.rules.{rule}") for rule in thresholds}
    labels = {rule: _folded(f"{name} ({_FORMULAS[rule]})") for rule, name in names.items()}
    groups = {
        "enough": ([rule for rule, low in thresholds.items() if ratio > low], {"color": BLUE}),
        "short": ([rule for rule, low in thresholds.items() if ratio <= low], _HATCH),
    }
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": word(f"figure.games.rules.{group}"),
            "showlegend": True,
            "y": [labels[rule] for rule in rules],
            "x": [float(thresholds[rule]) for rule in rules],
            "base": [0] * len(rules),
            "text": [brief(thresholds[rule]) for rule in rules],
            "textposition": "outside",
            "textfont": {"color": INK},
            "cliponaxis": False,
            "marker": marker,
            "hoverinfo": "text",
            "hovertext": [
                word("figure.games.rules.hover", rule=names[rule], threshold=brief(thresholds[rule])) for rule in rules
            ],
        }
        for group, (rules, marker) in groups.items()
        if rules
    ]
    hardest = max(thresholds, key=lambda rule: thresholds[rule])
    open_ways = listed([names[rule] for rule in groups["enough"][0]])
    said = [word(f"figure.games.rules.twin{'' if open_ways else '_none'}", ratio=brief(ratio), names=open_ways)]
    said.append(word("figure.games.rules.twin_hardest", name=names[hardest], threshold=brief(thresholds[hardest])))
    return compose(
        traces,
        {
            "barmode": "overlay",
            "bargap": 0.35,
            "xaxis": {
                "title": {"text": word("figure.games.rules.x")},
                "range": [0, 1.14 * max(ratio, *map(float, thresholds.values()))],
            },
            "yaxis": {"range": [len(labels) - 0.5, -0.5], "categoryarray": list(labels.values()), "showgrid": False},
            "shapes": [_upright(ratio)],
            "annotations": [_top_note(ratio, word("figure.games.rules.here", ratio=brief(ratio)), side="left")],
            "legend": {"orientation": "h", "x": 0, "y": 1.1, "yanchor": "bottom"},
        },
        " ".join(said),
        title=word("figure.games.rules.title"),
        height=140 + 50 * len(labels),
        top=28,
    )


def _payoff_twin(
    equilibria: Sequence[Equilibrium], pure: Sequence[Mapping[str, str]], names: tuple[str, str], action: str
) -> str:
    """Name the equilibria: sure ones, mixed ones, and whole ranges of them."""
    if pure:
        pairs = "; ".join(word("figure.games.payoffs.pair", **told) for told in pure)
        said = [word("figure.games.payoffs.twin_pure", cells=pairs)]
    else:
        said = [word("figure.games.payoffs.twin_no_pure")]
    for one in equilibria:
        if one.is_single and not one.is_pure:
            shares = {"first_share": percent(float(one.first[0]), 0), "second_share": percent(float(one.second[0]), 0)}
            chosen = {"first": names[0], "second": names[1], "row": action, "column": action}
            said.append(word("figure.games.payoffs.twin_mixed", **chosen, **shares))
    if not all(one.is_single for one in equilibria):
        said.append(word("figure.games.payoffs.twin_many"))
    return " ".join(said)


def _line(name: str, look: int, xs: Sequence[Any], ys: Sequence[Any], hovers: Sequence[str]) -> dict[str, Any]:
    """One line with a name in the legend."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "showlegend": True,
        "x": list(xs),
        "y": list(ys),
        "cliponaxis": False,
        "line": _LOOKS[look],
        "hoverinfo": "text",
        "hovertext": list(hovers),
    }


def _grid(values: Sequence[Sequence[float]], xs: Sequence[str], ys: Sequence[str], *, highest: float) -> dict[str, Any]:
    """A heat map with room for labels."""
    return {
        "type": "heatmap",
        "x": list(xs),
        "y": list(ys),
        "z": [list(row) for row in values],
        "zmin": 0,
        "zmax": highest,
        "xgap": 3,
        "ygap": 3,
        "colorscale": [[0, PAPER], [1, BLUE]],
        "showscale": False,
        "texttemplate": "%{text}",
        "textfont": {"size": 13},
        "hoverinfo": "text",
    }


def _frames(size: int) -> list[dict[str, Any]]:
    """Lines round the cells of a square grid, so that light ones are seen as well."""
    places = [place - 0.5 for place in range(size + 1)]
    across = [{"x0": places[0], "x1": places[-1], "y0": place, "y1": place} for place in places]
    down = [{"x0": place, "x1": place, "y0": places[0], "y1": places[-1]} for place in places]
    return [{"type": "line", "line": {"color": GREY, "width": 1}, **ends} for ends in (*across, *down)]


def _upright(x: float) -> dict[str, Any]:
    """A dotted line across all rows."""
    ends = {"x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper"}
    return {"type": "line", "line": {"color": INK, "width": 2, "dash": "dot"}, **ends}


def _top_note(x: float, text: str, *, side: str) -> dict[str, Any]:
    """A label above the drawing, ending ("right") or starting ("left") at a place."""
    return {
        "x": x, "y": 1, "yref": "paper", "text": text, "showarrow": False, "xanchor": side, "yanchor": "bottom",
    }  # fmt: skip


def _short_percent(share: float) -> str:
    """A percentage with a decimal only where it needs one."""
    return f"{brief(100 * share)}%"


def _capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def _folded(name: str) -> str:
    """Break a long label in the middle."""
    places = [place for place, letter in enumerate(name) if letter == " "]
    if len(name) < 15 or not places:
        return name
    middle = min(places, key=lambda place: abs(place - len(name) / 2))
    return f"{name[:middle]}<br>{name[middle + 1 :]}"
