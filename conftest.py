"""Tells the kernel of an assignment under nbval which file it runs: its answers are marked, as a student's will be."""

from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """Set what the kernel inherits; nbval starts it within this hook."""
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("JPY_SESSION_NAME", raising=False)
        if item.path.suffix == ".ipynb" and "source" in item.path.parts:
            environment.setenv("JEJARING_NOTEBOOK", str(item.path))
        return (yield)
