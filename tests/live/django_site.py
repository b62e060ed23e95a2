"""A forum made with Django, told what to do: `python SITE.py FOLDER fill|change|truth|serve [PORT]`.

Runs in the environment that the forum is installed in, where nothing of ours is.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path


def main(folder: Path, configure: Callable[[], None], *tasks: Callable[[], None]) -> None:
    """Sets the forum up in its folder and does the one thing that the command line names."""
    os.chdir(folder)
    configure()
    {task.__name__: task for task in (*tasks, serve)}[sys.argv[2]]()


def serve() -> None:
    from django.core.management import call_command

    call_command("runserver", f"127.0.0.1:{sys.argv[3]}", "--noreload", "--insecure", verbosity=0)
