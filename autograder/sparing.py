"""Imported first by a command and by the server of its workers: garbage is collected rarely from then on.

Most of what a command makes is modules, which stay; looking through them again and again takes a fifth of its start.
"""

import gc

__all__: list[str] = []

gc.set_threshold(100_000, 50, 100)
