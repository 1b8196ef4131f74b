"""What teams make of their members in pictures."""

from collections.abc import Mapping, Sequence
from typing import Any

from jejaring.figures._curves import curve, end_label, mark, thinned
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
from jejaring.language import word

__all__ = ["jury_curves", "potential_and_actual", "rope_pull", "tasks_by_size", "team_sizes"]


def rope_pull(each: Sequence[float], total: Sequence[float]) -> Picture:
    """Draw how hard a group pulls a rope, and how hard each of it does.

    Parameters
    ----------
    each, total : sequence of float
        Force of each person and of the group, for groups of 1, 2, ... people, in units of one person alone.

    Returns
    -------
    Picture
        A bar for each group, and a falling line for one person.

    Examples
    --------
    >>> print(rope_pull([1, 0.9], [1, 1.8]).twin)
    Sendirian tenaga seseorang 1; di antara 2 orang tinggal 0,9, dan semuanya bersama-sama menarik 1,8.
    """
    sizes = range(1, len(total) + 1)
    told = {size: {"size": size, "each": brief(each[size - 1]), "total": brief(total[size - 1])} for size in sizes}
    hover = [word("figure.rope.hover", **fields) for fields in told.values()]
    points = [(size, float(force)) for size, force in zip(sizes, each, strict=True)]
    bars = {
        "type": "bar",
        "name": word("figure.rope.total"),
        "showlegend": True,
        "x": list(sizes),
        "y": [float(force) for force in total],
        "text": ["" if size == 1 else fields["total"] for size, fields in told.items()],  # there the line begins
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": INK},
        "marker": {"color": SKY, "pattern": {"shape": "/", "fgcolor": PAPER, "fillmode": "overlay"}},
        "hoverinfo": "text",
        "hovertext": hover,
    }
    return compose(
        [bars, curve(word("figure.rope.each"), points, 0, hover, marks=True)],
        {
            "bargap": 0.25,
            "xaxis": {
                "title": {"text": word("figure.rope.x")},
                "range": [0.4, len(total) + 0.6],
                "showgrid": False,
                "tickvals": list(sizes),
                "ticktext": [f"{size}<br>{percent(force, 0)}" for size, force in points],
            },
            "yaxis": {"title": {"text": word("figure.rope.y")}, "range": [0, 1.14 * max(map(float, total))]},
        },
        word("figure.rope.twin", **told[len(total)]),
        title=word("figure.rope.title"),
        height=380,
    )


def team_sizes(outputs: Mapping[float, Sequence[float]], *, bet: int | None = None) -> Picture:
    """Draw what is left of a team's output after its links are paid for, and where most is left.

    Parameters
    ----------
    outputs : mapping of float to sequence of float
        What is left in teams of 1, 2, ... people, by the cost of a link; at most four costs.
    bet : int, optional
        The best size that the reader expected.

    Returns
    -------
    Picture
        One line per cost of a link, its highest point labelled with the size.

    Examples
    --------
    >>> print(team_sizes({0: [1, 1.8, 2.4], 0.5: [1, 1.3, 0.9]}).twin)
    Tim terbaik: 3 orang kalau satu ikatan berbiaya 0; 2 orang kalau satu ikatan berbiaya 0,5.
    """
    traces, notes, said = [], [], []
    largest = max(map(len, outputs.values()))
    for place, (cost, left) in enumerate(outputs.items()):
        points = [(float(size), float(value)) for size, value in enumerate(left, 1)]
        fields = {"cost": brief(cost)}
        hover = [word("figure.sizes.hover", size=number(x), left=brief(y), **fields) for x, y in points]
        traces.append(curve(word("figure.sizes.cost", **fields), points, place, hover, marks=True))
        best, highest = max(points, key=lambda point: point[1])
        fields["size"] = number(best)
        notes.append({**end_label(best, highest, word("figure.sizes.best", **fields)), "xanchor": "center"})
        notes[-1] |= {"xshift": 0, "yshift": 7}
        said.append(word("figure.sizes.twin_cost", **fields))
    lowest = min(0.0, *(float(value) for left in outputs.values() for value in left))
    highest = max(float(value) for left in outputs.values() for value in left)
    twin = [word("figure.sizes.twin", costs="; ".join(said))]
    if bet is not None:
        first = next(iter(outputs.values()))
        there = float(first[bet - 1]) if 0 < bet <= len(first) else lowest
        traces.append(mark(bet, there, word("figure.bet"), "star", VERMILLION, number(bet)))
        twin.append(word("figure.sizes.twin_bet", bet=bet))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.sizes.x")}, "dtick": 1, "range": [0.5, largest + 0.5]},
            "yaxis": {"title": {"text": word("figure.sizes.y")}, "range": [lowest, 1.14 * highest - 0.14 * lowest]},
            "annotations": notes,
        },
        " ".join(twin),
        title=word("figure.sizes.title"),
        height=400,
    )  # fmt: skip


def tasks_by_size(outputs: Mapping[str, Sequence[float]]) -> Picture:
    """Draw what teams of random people can do as they grow, by the kind of task.

    Parameters
    ----------
    outputs : mapping of str to sequence of float
        Expected output of teams of 1, 2, ... people, by the task's id: "additive", "conjunctive", "disjunctive" or
        "compensatory".

    Returns
    -------
    Picture
        One line per task; the last number is written at its end.

    Examples
    --------
    >>> print(tasks_by_size({"conjunctive": [2, 1.3], "disjunctive": [2, 2.7]}).twin)
    Dari 1 ke 2 orang: yang terlemah menentukan, 2 menjadi 1,3; yang terbaik menentukan, 2 menjadi 2,7.
    """
    traces, notes, said = [], [], []
    largest = max(map(len, outputs.values()))
    for place, (task, made) in enumerate(outputs.items()):
        name = word(f"figure.tasks.{task}")
        points = [(float(size), float(value)) for size, value in enumerate(made, 1)]
        hover = [word("figure.tasks.hover", name=name, size=number(x), made=brief(y)) for x, y in points]
        traces.append(curve(name, points, place, hover, marks=largest < 15))
        notes.append(end_label(*points[-1], brief(points[-1][1])))
        fields = {"name": name, "first": brief(points[0][1]), "last": brief(points[-1][1])}
        said.append(word("figure.tasks.twin_task", **fields))
    highest = max(float(value) for made in outputs.values() for value in made)
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.tasks.x")}, "range": [0.8, largest + 0.3], "tickformat": "d"},
            "yaxis": {"title": {"text": word("figure.tasks.y")}, "range": [0, 1.14 * highest]},
            "annotations": notes,
        },
        word("figure.tasks.twin", largest=largest, tasks="; ".join(said)),
        title=word("figure.tasks.title"),
        height=400,
    )


def potential_and_actual(teams: Mapping[tuple[str, int], tuple[float, float]]) -> Picture:
    """Set what teams did against what they could have done: some lose on the way, some make more.

    Parameters
    ----------
    teams : mapping of pairs of str and int to pairs of float
        Potential and actual output of each team, in one unit, by the task's id ("additive", "conjunctive",
        "disjunctive" or "compensatory") and the people in it.

    Returns
    -------
    Picture
        One row per team: its output as a share of the potential, what was lost, and what was won.

    Examples
    --------
    >>> print(potential_and_actual({("additive", 8): (8, 3.92), ("disjunctive", 3): (0.6, 0.648)}).twin)
    Dibanding potensinya: dijumlahkan, 8 orang 49%; yang terbaik menentukan, 3 orang 108%.
    """
    rows = {
        f"{task} {size}": word("figure.potential.row", task=word(f"figure.tasks.{task}"), size=size)
        for task, size in teams
    }
    shares = dict(zip(rows, (float(done) / float(could) for could, done in teams.values()), strict=True))
    spans = {
        "made": {row: (0.0, min(share, 1.0)) for row, share in shares.items()},
        "lost": {row: (share, 1.0) for row, share in shares.items() if share < 1},
        "won": {row: (1.0, share) for row, share in shares.items() if share > 1},
    }
    looks: dict[str, dict[str, Any]] = {
        "made": {"color": BLUE},
        "lost": {"color": PAPER, "line": {"color": GREY, "width": 1.5}},
        "won": {"color": GREEN, "pattern": {"shape": "/", "fgcolor": PAPER, "fillmode": "overlay"}},
    }
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": word(f"figure.potential.{part}"),
            "showlegend": True,
            "y": list(span),
            "base": [100 * start for start, _ in span.values()],
            "x": [100 * (end - start) for start, end in span.values()],
            "marker": looks[part],
            "hoverinfo": "text",
            "hovertext": [f"{rows[row].replace('<br>', ' ')}: {percent(shares[row])}" for row in span],
        }
        for part, span in spans.items()
        if span
    ]
    said = [f"{rows[row].replace('<br>', ' ')} {percent(share, 0)}" for row, share in shares.items()]
    highest = max(1.0, *shares.values())
    return compose(
        traces,
        {
            "barmode": "overlay",
            "bargap": 0.35,
            "xaxis": {
                "title": {"text": word("figure.potential.x")},
                "range": [0, 125 * highest],
                "ticksuffix": "%",
            },
            "yaxis": {
                "autorange": "reversed",
                "categoryarray": list(rows),
                "showgrid": False,
                "tickvals": list(rows),
                "ticktext": list(rows.values()),
            },
            "annotations": [
                {
                    "x": 100 * max(1.0, share),
                    "y": row,
                    "text": f"<b>{percent(share, 0)}</b>",
                    "showarrow": False,
                    "xanchor": "left",
                    "xshift": 5,
                }
                for row, share in shares.items()
            ],
        },
        word("figure.potential.twin", teams="; ".join(said)),
        title=word("figure.potential.title"),
        height=120 + 48 * len(rows),
    )


def jury_curves(runs: Mapping[float, Sequence[tuple[int, float]]], *, bet: float | None = None) -> Picture:
    """Draw how likely the majority is right as juries grow, for jurors who are each right more or less often.

    Parameters
    ----------
    runs : mapping of float to sequence of pairs of int and float
        Size of the jury and how likely its majority is right, in rising order of size, by how likely one juror is
        right; at most four.
    bet : float, optional
        What the reader expected of the largest jury of the first run.

    Returns
    -------
    Picture
        One line per competence, and the line of the coin.

    Examples
    --------
    >>> print(jury_curves({0.6: [(1, 0.6), (3, 0.648)], 0.4: [(1, 0.4), (3, 0.352)]}).twin)
    Dengan 3 orang, suara terbanyak benar dengan peluang 0,648 kalau tiap orang 0,6 dan 0,352 kalau tiap orang 0,4.
    """
    traces, notes, said = [], [], []
    largest = max(size for points in runs.values() for size, _ in points)
    for place, (competence, sizes) in enumerate(runs.items()):
        points = thinned(sizes)
        name = word("figure.jury.each", competence=brief(competence))
        hover = [word("figure.jury.hover", size=number(x), right=number(y, 3)) for x, y in points]
        traces.append(curve(name, points, place, hover))
        notes.append(end_label(*points[-1], number(points[-1][1], 2)))
        said.append(word("figure.jury.twin_each", right=number(points[-1][1], 3), competence=brief(competence)))
    twin = [word("figure.jury.twin", size=largest, runs=listed(said))]
    if bet is not None:
        traces.append(mark(largest, bet, word("figure.bet"), "star", VERMILLION, number(bet, 2)))
        twin.append(word("figure.jury.twin_bet", bet=number(bet, 2)))
    return compose(
        traces,
        {
            "xaxis": {"title": {"text": word("figure.jury.x")}, "range": [0, 1.02 * largest]},
            "yaxis": {"title": {"text": word("figure.jury.y")}, "range": [0, 1.08]},
            "annotations": notes,
            "shapes": [
                {
                    "type": "line",
                    "x0": 0,
                    "x1": 1.02 * largest,
                    "y0": 0.5,
                    "y1": 0.5,
                    "layer": "below",
                    "line": {"color": GREY, "width": 2},
                }
            ],
        },
        " ".join(twin),
        title=word("figure.jury.title"),
        height=400,
    )
