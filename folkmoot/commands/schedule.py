"""`folkmoot schedule`: the pipeline at regular times."""

from folkmoot.schedule import schedule as command

__all__ = ["command"]
