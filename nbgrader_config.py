"""Settings of nbgrader for this course: with them its plain commands work in this folder, without flags.

``JEJARING_LANG`` (default ``id``) says which edition of an assignment is released and stands in the gradebook; both
editions have the same grade ids, so one gradebook grades both.
"""

import os
from pathlib import Path

from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.preprocessors import AssignLatePenalties, Execute
from nbgrader.server_extensions import formgrader

from autograder.execution import RunCells, without_links
from autograder.intake import Collector
from autograder.late import LatePolicy
from autograder.preprocessors import (
    HarvestAnswers,
    KeepOwnCells,
    MendCells,
    NameWaiting,
    StripAnswers,
    StripHiddenTests,
)
from autograder.report import TEMPLATES, CsvExport
from autograder.rubric import ShowRubric

language = os.environ.get("JEJARING_LANG", "id")

c = get_config()  # noqa: F821  # put here by the loader

c.CourseDirectory.course_id = "jejaring"
c.CourseDirectory.source_directory = f"source/{language}"
c.CourseDirectory.release_directory = f"release/{language}"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "collected.json"]

# One stub in every language: nbgrader gives a blank essay its 0 only if it still is the gradebook's stub. An ellipsis
# is also valid Python, so that "Run All" doesn't stop at a function nobody wrote yet.
c.ClearSolutions.text_stub = "…"
c.ClearSolutions.code_stub = {"python": "..."}

c.GenerateAssignment.preprocessors = [StripAnswers, *GenerateAssignment.preprocessors.default()]
c.Autograde.sanitize_preprocessors = [HarvestAnswers, MendCells, *Autograde.sanitize_preprocessors.default()]
autograde = Autograde.autograde_preprocessors.default()
c.Autograde.autograde_preprocessors = [
    *(part for step in autograde for part in ((KeepOwnCells, RunCells) if step is Execute else (step,))),
    ShowRubric,
]
c.Autograde.pre_convert_hook = without_links
c.GenerateFeedback.preprocessors = [
    StripHiddenTests,
    AssignLatePenalties,  # once more, now that essays have points too
    *GenerateFeedback.preprocessors.default(),
    NameWaiting,
]
c.ExportApp.plugin_class = CsvExport

# Coming late: each day begun costs 10 % of the points earned, 15 minutes are free, and after 5 days nothing counts.
# Change a number in one line, such as `c.LatePolicy.percent_per_day = 5`. For no penalty at all put this for the next:
# `c.AssignLatePenalties.plugin_class = "nbgrader.plugins.LateSubmissionPlugin"`
c.AssignLatePenalties.plugin_class = LatePolicy

# What `python -m autograder marks` counts, in percent of the course; assignments: the best 8 of ps01 to ps09.
c.CourseMarks.completion = 15
c.CourseMarks.assignments = 45
c.CourseMarks.portfolio = 10
c.CourseMarks.capstone = 30
c.CourseMarks.best = 8

# `nbgrader zip_collect ps03` takes what Moodle or Canvas made, from downloaded/ps03/archive/.
c.ZipCollectApp.extractor_plugin = Collector
c.FileNameCollectorPlugin.named_regexp = r".*[/\\](?P<student_id>[^/\\]+)[/\\](?P<file_id>[^/\\]+)$"
c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".json", ".txt"]

# nbgrader's page of feedback, without the script that it would load from the network
c.HTMLExporter.extra_template_basedirs = [TEMPLATES, str(Path(formgrader.__file__).parent / "templates")]

c.Execute.extra_arguments = [
    "--HistoryManager.hist_file=:memory:",
    "--InteractiveShellApp.ignore_cwd=True",  # a file handed in beside the notebook is not imported as the course's own
    "--log-level=ERROR",
]
c.Execute.store_widget_state = False
c.Execute.shutdown_kernel = "immediate"
c.Execute.timeout = 60
