"""Trees of kinds, and whether what lies in a branch has what the branches above it demand."""

from collections.abc import Collection, Mapping

__all__ = ["CASES", "TREES", "conditions", "drawers"]

TREES: Mapping[str, Mapping[str, tuple[str, str | None]]] = {
    "nested": {
        "spontaneous": ("spot", None),
        "directed": ("ordered", None),
        "traditional": ("custom", "directed"),
        "contractual": ("terms", "directed"),
    },
    "parallel": {
        "spontaneous": ("spot", None),
        "directed": ("ordered", None),
        "traditional": ("custom", None),
        "contractual": ("terms", None),
    },
}
"""Two trees of the ways in which cooperation starts: the condition of each drawer and the drawer above it."""

CASES: Mapping[str, tuple[str, ...]] = {
    "bridge": ("custom",),
    "soldiers": ("ordered",),
    "fans": ("spot",),
    "harvest": ("terms",),
    "minibus": ("spot",),
    "august": ("custom", "ordered"),
    "works": ("terms", "ordered"),
    "roads": (),
}
"""What is true of each case: begun on the spot, ordered, customary, on terms agreed first."""


def conditions(tree: Mapping[str, tuple[str, str | None]], drawer: str) -> tuple[str, ...]:
    """List what a case must have to lie in a drawer: its own condition, and those of all drawers above it.

    Parameters
    ----------
    tree : mapping of str to (str, str or None)
        Condition of each drawer and the drawer above it, None at the trunk. Not modified.
    drawer : str
        Which drawer.

    Returns
    -------
    tuple of str
        From the trunk downward.

    References
    ----------
    Nisbet, R. A. (1968). Cooperation. In *International Encyclopedia of the Social Sciences*, vol. 3. Macmillan.

    Examples
    --------
    >>> conditions(TREES["nested"], "traditional"), conditions(TREES["parallel"], "traditional")
    (('ordered', 'custom'), ('custom',))
    """
    own, above = tree[drawer]
    return (own,) if above is None else (*conditions(tree, above), own)


def drawers(tree: Mapping[str, tuple[str, str | None]], facts: Collection[str]) -> list[str]:
    """Name the drawers that take a case: the lowest of those whose every condition, inherited ones included, is true.

    Parameters
    ----------
    tree : mapping of str to (str, str or None)
        Condition of each drawer and the drawer above it. Not modified.
    facts : collection of str
        What is true of the case.

    Returns
    -------
    list of str
        In the order of the tree; none if the case has no home, several if its home is not unique.

    Examples
    --------
    >>> drawers(TREES["nested"], CASES["bridge"]), drawers(TREES["nested"], CASES["august"])
    ([], ['traditional'])
    >>> drawers(TREES["parallel"], CASES["august"])
    ['directed', 'traditional']
    """
    takes = [drawer for drawer in tree if set(conditions(tree, drawer)) <= set(facts)]
    above = {tree[drawer][1] for drawer in takes}
    return [drawer for drawer in takes if drawer not in above]
