"""What goes wrong at the front door; every room has a root error of its own."""


class FolkmootError(Exception):
    """Something a person can mend. The message is one line: what, where, what to do."""


class ConfigError(FolkmootError):
    """The configuration is unusable. The message names file and key."""
