"""What can go wrong, by name; every message names the file or item and what to do next."""

__all__ = ["AnswerError", "BankError", "JejaringError", "NotebookError"]


class JejaringError(Exception):
    """Anything that Jejaring refuses, with a message a person can act on."""


class BankError(JejaringError):
    """An exercise, or a word of the interface, is missing or badly written."""


class AnswerError(JejaringError):
    """An answer has the wrong shape, names an unknown option, or is far too large."""


class NotebookError(JejaringError):
    """A notebook file can't be read as one."""
