"""What can go wrong in this room, in words for the person who has to mend it."""


class WarehouseError(Exception):
    """The warehouse cannot be used as asked. The message says what was wrong, where, and what to do."""


class WarehouseBusyError(WarehouseError):
    """Another process is writing; the message names it."""


class NotAWarehouseError(WarehouseError):
    """The file is something else."""


class NewerWarehouseError(WarehouseError):
    """The file was written by a newer Folkmoot."""


class OlderWarehouseError(WarehouseError):
    """The file was written by an older version and lacks what is asked of it."""


class DiskFullError(WarehouseError):
    """There was no room left on the disk."""
