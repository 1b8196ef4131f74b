"""The grader's side: what runs nbgrader well, one job per module."""

import sys

# jsonschema imports it where it is installed. That takes longer than all other imports, and is there to check addresses
# of a kind that no notebook has.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
