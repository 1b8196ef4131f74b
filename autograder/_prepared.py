"""Imported once by the server from which the writers of feedback are forked: does what each would have to do first."""

import autograder._sparing  # noqa: F401, I001  # before all others
from nbconvert.filters import Highlight2HTML, markdown2html
from nbformat.validator import get_validator

from autograder import feedback  # noqa: F401  # what the writers run
from jejaring.language import word

word("grading.not_yet")
get_validator(4, 5)
markdown2html("# A\n\n*b* `c` [d](e) <i>f</i>\n\n| g | h |\n|---|---|\n| 1 | 2 |\n\n- $x$")
Highlight2HTML()("def a(b):\n    return f'{b}' + 1")  # type: ignore[no-untyped-call]  # untyped in nbconvert
