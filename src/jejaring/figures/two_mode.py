"""Two-mode networks in pictures: memberships, who meets whom, and what the boundary of the data does."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from jejaring.figures.networks import Place, network_map
from jejaring.figures.picture import BLUE, GREY, INK, PAPER, SKY, VERMILLION, Picture, compose, number, percent
from jejaring.language import word, words

__all__ = ["boundary_bars", "components_ranked", "membership_matrix", "projection_map"]


def membership_matrix(members: Mapping[str, Collection[str]], columns: Sequence[str], *, title: str) -> Picture:
    """Draw who takes part in what: a dark cell is a membership; those with most of them stand first.

    Countries of the course's own table get their names in the reader's language, here and in `projection_map`.

    Parameters
    ----------
    members : mapping of str to collection of str
        For each row, the columns that it belongs to.
    columns : sequence of str
        All columns, also those without members.
    title : str
        What is seen.

    Returns
    -------
    Picture
        A grid, rows and columns sorted by their number of memberships.

    Examples
    --------
    >>> print(membership_matrix({"A": ["p", "q"], "B": ["q"]}, ["p", "q"], title="Klub").twin)
    2 baris, 2 kolom, 3 keanggotaan: 75% dari yang mungkin. Terbanyak: A (2 dari 2) dan q (2 dari 2).
    """
    members = {_country(row): inside for row, inside in members.items()}
    rows = sorted(members, key=lambda row: -len(members[row]))
    sizes = {column: sum(column in inside for inside in members.values()) for column in columns}
    across = sorted(columns, key=lambda column: -sizes[column])
    said = {True: "figure.matrix.hover_in", False: "figure.matrix.hover_out"}
    trace = {
        "type": "heatmap",
        "x": across,
        "y": rows,
        "z": [[int(column in members[row]) for column in across] for row in rows],
        "zmin": 0,
        "zmax": 1,
        "xgap": 2,
        "ygap": 2,
        "colorscale": [[0, PAPER], [1, BLUE]],
        "showscale": False,
        "hoverinfo": "text",
        "hovertext": [
            [word(said[column in members[row]], row=row, column=column) for column in across] for row in rows
        ],
    }
    ties = sum(sizes.values())
    fields = {
        "rows": len(rows),
        "columns": len(across),
        "ties": ties,
        "density": percent(ties / (len(rows) * len(across)), 0),
        "top_row": rows[0],
        "top_row_count": len(members[rows[0]]),
        "top_column": across[0],
        "top_column_count": sizes[across[0]],
    }
    frame = {"type": "rect", "x0": -0.5, "x1": len(across) - 0.5, "y0": -0.5, "y1": len(rows) - 0.5}
    return compose(
        [trace],
        {
            "xaxis": {"showgrid": False, "categoryarray": across, "side": "top", "tickangle": -60},
            "yaxis": {"autorange": "reversed", "showgrid": False, "categoryarray": rows, "dtick": 1},
            "shapes": [{**frame, "line": {"color": GREY, "width": 1}}],
        },
        word("figure.matrix.twin", **fields),
        title=title,
        height=110 + 19 * len(rows),
    )


def projection_map(
    places: Mapping[str, Place],
    shared: Sequence[tuple[str, str, int]],
    brokerage: Mapping[str, float],
    *,
    min_shared: int,
    marked: Collection[str] = (),
) -> Picture:
    """Draw which countries meet in enough bodies, and who stands between the others.

    Parameters
    ----------
    places : mapping of str to (float, float)
        Where each country is drawn, from 0 to 1.
    shared : sequence of (str, str, int)
        Two countries and the number of bodies in which both are, at least `min_shared`.
    brokerage : mapping of str to float
        Normalised betweenness of each country, from 0 to 1: the size of its node.
    min_shared : int
        How many bodies two countries share at least to be tied.
    marked : collection of str
        Countries with a ring.

    Returns
    -------
    Picture
        A network map.

    Examples
    --------
    >>> places = {"A": (0, 0), "B": (0.5, 1), "C": (1, 0)}
    >>> shared, brokerage = [("A", "B", 2), ("B", "C", 1)], {"A": 0, "B": 1, "C": 0}
    >>> print(projection_map(places, shared, brokerage, min_shared=1).twin)
    2 dari 3 pasang negara (67%) bertemu di sedikitnya 1 wadah. Keantaraan tertinggi: B (1,000), lalu A (0,000).
    """
    key = "figure.projection.title_one" if min_shared == 1 else "figure.projection.title"
    places = {_country(country): place for country, place in places.items()}
    shared = [(_country(one), _country(other), count) for one, other, count in shared]
    brokerage = {_country(country): value for country, value in brokerage.items()}
    marked = [_country(country) for country in marked]
    drawn = network_map(
        places,
        shared,
        title=word(key, least=min_shared),
        values=brokerage,
        value_name=word("figure.projection.value"),
        marked=marked,
        marked_name=", ".join(marked),
    )
    pairs = len(places) * (len(places) - 1) // 2
    top, following = sorted(brokerage, key=lambda country: -brokerage[country])[:2]
    tied = {country for one, other, _ in shared for country in (one, other)}
    said = [
        word(
            "figure.projection.twin",
            ties=len(shared),
            pairs=pairs,
            density=percent(len(shared) / pairs, 0),
            least=min_shared,
            top=top,
            value=number(brokerage[top], 3),
            next=following,
            next_value=number(brokerage[following], 3),
        )
    ]
    if alone := [country for country in places if country not in tied]:
        said.append(word("figure.projection.twin_alone", names=", ".join(alone)))
    return Picture(drawn.figure, " ".join(said))


def boundary_bars(brokerage: Mapping[str, float], *, name: str, bets: Mapping[str, float] | None = None) -> Picture:
    """Set one country's brokerage under several boundaries of the data side by side.

    Parameters
    ----------
    brokerage : mapping of str to float
        The country's normalised betweenness, from 0 to 1, by what the boundary is called.
    name : str
        The country.
    bets : mapping of str to float, optional
        What the reader expected, for some of the boundaries.

    Returns
    -------
    Picture
        One bar for each boundary, and a diamond where a bet is.

    Examples
    --------
    >>> print(boundary_bars({"lima wadah": 0.0263, "dengan G20": 0.522}, name="Indonesia").twin)
    Keantaraan Indonesia berkisar dari 0,026 (lima wadah) sampai 0,522 (dengan G20). Negaranya sama, yang berbeda batas
    datanya.
    """
    bets = {boundary: bet for boundary, bet in (bets or {}).items() if boundary in brokerage}
    flat = {boundary: boundary.replace("<br>", " ") for boundary in brokerage}
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "x": [float(value) for value in brokerage.values()],
            "y": list(brokerage),
            "marker": {"color": BLUE},
            "name": word("figure.boundary.bar"),
            "text": [number(value, 3) for value in brokerage.values()],
            "textposition": "outside",
            "cliponaxis": False,
            "hoverinfo": "text",
            "hovertext": [
                word("figure.boundary.hover", boundary=flat[boundary], value=number(value, 4))
                for boundary, value in brokerage.items()
            ],
        }
    ]
    low, high = min(brokerage, key=brokerage.__getitem__), max(brokerage, key=brokerage.__getitem__)
    ends = {"low": number(brokerage[low], 3), "high": number(brokerage[high], 3)}
    said = [word("figure.boundary.twin", name=name, low_boundary=flat[low], high_boundary=flat[high], **ends)]
    if bets:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": list(bets.values()),
                "y": list(bets),
                "name": word("figure.bet"),
                "marker": {"symbol": "diamond", "size": 13, "color": VERMILLION, "line": {"color": INK, "width": 1.5}},
                "hoverinfo": "text",
                "hovertext": [number(bet, 3) for bet in bets.values()],
            }
        )
        said += [
            word(
                "figure.boundary.twin_bet",
                boundary=flat[boundary],
                bet=number(bet, 3),
                value=number(brokerage[boundary], 3),
            )
            for boundary, bet in bets.items()
        ]
    return compose(
        traces,
        {
            "xaxis": {
                "title": {"text": word("figure.boundary.x", name=name)},
                "range": [0, 1.25 * max([*map(float, brokerage.values()), *bets.values(), 0.01])],
            },
            "yaxis": {"autorange": "reversed", "showgrid": False, "categoryarray": list(brokerage)},
        },
        " ".join(said),
        title=word("figure.boundary.title"),
        height=110 + 48 * len(brokerage),
    )


def components_ranked(uses: Mapping[str, int], *, total: int, islands: Collection[str] = ()) -> Picture:
    """Rank the components of definitions by how many definitions contain them.

    Parameters
    ----------
    uses : mapping of str to int
        Definitions that contain each component, by its name in ``definitions_two_mode.csv`` or any other.
    total : int
        How many definitions there are.
    islands : collection of str
        Components that hang together with no other.

    Returns
    -------
    Picture
        One bar for each component, the most used one on top; those on islands are hatched.

    Examples
    --------
    >>> print(components_ranked({"joint_action": 2, "common_goal": 2, "voluntary": 1}, total=3).twin)
    Tindakan bersama ada dalam 2 dari 3 definisi, tujuan bersama dalam 2; 1 komponen hanya ada dalam satu definisi.
    """
    ranked = sorted(uses, key=lambda component: -uses[component])
    names = {component: _component(component) for component in ranked}
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "y": [names[component] for component in some],
            "x": [uses[component] for component in some],
            "marker": look,
            "name": word(f"figure.components.{key}"),
            "showlegend": bool(islands),
            "text": [str(uses[component]) for component in some],
            "textposition": "outside",
            "cliponaxis": False,
            "hoverinfo": "text",
            "hovertext": [
                word("figure.components.hover", component=names[component], count=uses[component], total=total)
                for component in some
            ],
        }
        for key, look, some in (
            ("main", {"color": BLUE}, [component for component in ranked if component not in islands]),
            (
                "island",
                {"color": SKY, "pattern": {"shape": "/", "fgcolor": INK, "fillmode": "overlay"}},
                [component for component in ranked if component in islands],
            ),
        )
        if some
    ]
    most, second = ranked[:2]
    named = names[most][:1].upper() + names[most][1:]
    counts = {"most_count": uses[most], "second_count": uses[second], "total": total}
    rare = sum(count == 1 for count in uses.values())
    said = [word("figure.components.twin", most=named, second=names[second], rare=rare, **counts)]
    if islands:
        alone = ", ".join(names[component] for component in ranked if component in islands)
        said.append(word("figure.components.twin_island", names=alone[:1].upper() + alone[1:]))
    return compose(
        traces,
        {
            "barmode": "overlay",
            "xaxis": {"title": {"text": word("figure.components.x", total=total)}, "range": [0, 1.08 * total]},
            "yaxis": {
                "autorange": "reversed",
                "showgrid": False,
                "categoryarray": list(names.values()),
                "dtick": 1,
            },
        },
        " ".join(said),
        title=word("figure.components.title"),
        height=120 + 26 * len(ranked),
    )


def _country(country: str) -> str:
    """The name of a country in the reader's language, where it is one of the table's."""
    return words("figure.countries").get(country.lower().replace(" ", "_").replace("-", "_"), country)


def _component(component: str) -> str:
    """The name of a component in the reader's language, where it is one of the table's."""
    return words("figure.components.names").get(component, component)
