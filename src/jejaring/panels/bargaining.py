"""Two who bargain: over a price, or by taking turns."""

from jejaring.bargaining import nash_price, rubinstein_shares
from jejaring.figures.bargaining import agreement_zone, patience_curve
from jejaring.figures.picture import number
from jejaring.language import word
from jejaring.widgets.panel import Choice, Control, Panel, Scene, Slider

__all__ = ["alternating_offers", "market"]

_FIXED_PRICE = 85  # above the buyer's limit at the start: the fixed price loses a trade that haggling finds
_DEAREST = 150


def market() -> Panel:
    """Haggle between a seller and a buyer, or put up a fixed price.

    Returns
    -------
    Panel
        Four controls: both reservation prices, the seller's bargaining power, haggling or a fixed price.

    References
    ----------
    Nash, J. F. (1950). The bargaining problem. *Econometrica* 18, 155-162.

    Examples
    --------
    >>> panel = market()
    >>> panel.set(seller=60, buyer=90)
    >>> print(panel.twin)
    Penjual mau mulai 60, pembeli mau sampai 90: ada ruang 30 ribu rupiah untuk ditawar.
    Pada harga 75 penjual untung 15 dan pembeli 15.
    """
    unit, assumed = word("panel.market.unit"), word("panel.assumed")
    modes = {
        "haggle": word("panel.market.haggle"),
        "fixed": word("panel.market.fixed", price=number(_FIXED_PRICE)),
    }
    meaning, power_source = word("panel.market.power_meaning"), word("panel.market.power_source")
    controls: dict[str, Control] = {
        "seller": Slider(word("panel.market.seller"), 50, low=0, high=_DEAREST, step=1, unit=unit, source=assumed),
        "buyer": Slider(word("panel.market.buyer"), 80, low=0, high=_DEAREST, step=1, unit=unit, source=assumed),
        "power": Slider(
            word("panel.market.power"), 0.5, low=0, high=1, step=0.05, meaning=meaning, source=power_source
        ),
        "mode": Choice(word("panel.market.mode"), modes, "haggle"),
    }

    def draw(seller: float, buyer: float, power: float, mode: str) -> Scene:
        fixed = mode == "fixed"
        agreed = nash_price(seller, buyer, power)
        price = float(_FIXED_PRICE) if fixed else None if agreed is None else float(agreed)
        return Scene(agreement_zone(seller, buyer, price=price, unit=unit, fixed=fixed, limits=(0, _DEAREST)))

    return Panel(draw, controls, title=word("panel.market.title"))


def alternating_offers() -> Panel:
    """Let two take turns to offer, when waiting costs each of them something.

    Returns
    -------
    Panel
        Three controls: the patience of each, and who offers first.

    References
    ----------
    Rubinstein, A. (1982). Perfect equilibrium in a bargaining model. *Econometrica* 50, 97-109.

    Examples
    --------
    >>> panel = alternating_offers()
    >>> panel.set(first=0.9, second=0.8)
    >>> print(panel.twin)
    Dengan kesabaran 0,9 melawan 0,8, Rina mendapat 0,714 dan Budi 0,286, pada tawaran pertama.
    """
    names = word("panel.offers.first"), word("panel.offers.second")
    meaning, source = word("panel.offers.patience_meaning"), word("panel.offers.source")

    def slider(name: str) -> Slider:
        label = word("panel.offers.patience", name=name)
        return Slider(label, 0.9, low=0, high=0.99, step=0.01, meaning=meaning, source=source)

    opens = Choice(word("panel.offers.opens"), dict(zip(("first", "second"), names, strict=True)), "first")
    controls: dict[str, Control] = {"first": slider(names[0]), "second": slider(names[1]), "opens": opens}

    def draw(first: float, second: float, opens: str) -> Scene:
        def share(patience: float) -> float:
            if opens == "first":
                return float(rubinstein_shares(patience, second)[0])
            return float(rubinstein_shares(second, patience)[1])

        curve = [(step / 100, share(step / 100)) for step in range(100)]
        return Scene(patience_curve(curve, (first, share(first)), names=names, other_patience=second))

    return Panel(draw, controls, title=word("panel.offers.title"))
