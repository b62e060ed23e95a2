"""`folkmoot schedule`: see folkmoot.schedule."""

from folkmoot.schedule import schedule as command

__all__ = ["command"]
