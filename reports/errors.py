"""What goes wrong in this room."""


class ReportError(Exception):
    """A report could not be built. The message says what was wrong, where, and what to do."""
