"""Imported first by a command and by the server of its workers: they start sooner."""

import gc
import sys

# Most of what a command makes is modules, which stay; looking through them again and again takes a fifth of its start.
gc.set_threshold(100_000, 50, 100)

# jsonschema imports it where it is installed. That takes longer than all other imports, and is there to check addresses
# of a kind that no notebook has.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None is how an import is forbidden
