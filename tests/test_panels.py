"""Long runs of panels: they let the page in between, stop when asked, and the newest setting wins."""

import asyncio
from collections.abc import Iterator

import pytest

from jejaring.figures.diffusion import threshold_cascade
from jejaring.widgets.panel import Panel, Scene, Slider

STEPS = 200


def slow(houses: float) -> Iterator[Scene]:
    """Count up, one house after the other."""
    for step in range(1, STEPS + 1):
        counts = list(range(1, step + 1))
        yield Scene(threshold_cascade({f"{houses:g}": counts[-3:]}, crowd=STEPS), done=step / STEPS)


@pytest.fixture
def panel() -> Panel:
    return Panel(slow, {"houses": Slider("Rumah", 4, low=1, high=40, step=1)}, title="Ronda")


def test_it_starts_and_is_set_with_the_whole_run(panel: Panel) -> None:
    assert panel.done == 1
    assert "berhenti di 200" in panel.twin
    panel.set(houses=7)
    assert panel.twin.startswith("7: ")
    assert "berhenti di 200" in panel.twin


def test_a_run_from_the_page_goes_on_while_others_speak(panel: Panel) -> None:
    async def scene() -> list[float]:
        panel.start_run({"houses": 9})
        seen = [panel.done]
        while panel.done < 1:
            await asyncio.sleep(0)
            seen.append(panel.done)
        return seen

    seen = asyncio.run(scene())
    assert seen[0] == 1 / STEPS
    assert seen == sorted(seen)
    assert panel.twin.startswith("9: ")
    assert "berhenti di 200" in panel.twin


def test_a_run_stops_and_keeps_what_it_drew(panel: Panel) -> None:
    async def scene() -> None:
        panel.start_run({"houses": 9})
        await asyncio.sleep(0)
        panel._handle_custom_msg({"stop": True}, [])
        await asyncio.sleep(0.05)

    asyncio.run(scene())
    assert panel.done == 1
    assert panel.twin.startswith("9: ")
    assert "berhenti di 200" not in panel.twin


def test_the_newest_setting_wins(panel: Panel) -> None:
    async def scene() -> None:
        for houses in (9, 12, 15):
            panel.start_run({"houses": houses})
            await asyncio.sleep(0)
        assert panel._run is not None
        await panel._run

    asyncio.run(scene())
    assert panel.values == {"houses": 15}
    assert panel.twin.startswith("15: ")


def test_an_error_in_a_run_is_not_lost(panel: Panel) -> None:
    async def scene() -> None:
        panel._draw = lambda houses: iter([Scene(threshold_cascade({"A": [1]}, crowd=2), done=0.5), None])
        panel.start_run({})
        assert panel._run is not None
        with pytest.raises(AttributeError):
            await panel._run

    asyncio.run(scene())
    assert panel.done == 1, "the page must not wait for ever"
