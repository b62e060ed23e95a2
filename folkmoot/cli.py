"""The command line: a table of commands, each loaded when it is called."""

import importlib
import io
import signal
import sys
import warnings
from importlib.metadata import version
from typing import NoReturn

import click

_INTERRUPTED = "Query interrupted"
"""What DuckDB makes of Ctrl-C that comes while it works: the error of a program, not Python's own."""

COMMANDS = {
    # name: (module, one line for `folkmoot --help`)
    "demo": ("demo", "Run the whole pipeline on the bundled demo community."),
    "init": ("init", "Write a commented folkmoot.toml and the default codebook."),
    "run": ("run", "Crawl, parse, analyze, publish and report every site of a configuration."),
    "crawl": ("crawl", "Fetch forum pages into WARC files."),
    "parse": ("parse", "Read saved pages into a warehouse."),
    "analyze": ("analyze", "Tag proposals, stances and moderation in what is new."),
    "report": ("report", "Write the HTML report."),
    "query": ("query", "Ask the warehouse in SQL."),
    "search": ("search", "Search the words of posts."),
    "status": ("status", "Say what is there and what is stale."),
    "export": ("export", "Hand the data to other tools."),
    "import": ("import_", "Read a Parquet export back."),
    "tag": ("tag", "Tag loose texts: JSON lines in, JSON lines out."),
    "codebook": ("codebook", "Check a codebook; promote a discovered proposal."),
    "sample": ("sample", "Draw a sample for hand coding."),
    "codings": ("codings", "Code by hand in a browser; read codings back."),
    "agreement": ("agreement", "Compare the machine and the coders."),
    "train": ("train", "Fit a model on your team's codings."),
    "forget": ("forget", "Remove a person, a post or a page everywhere."),
    "schedule": ("schedule", "Run the pipeline regularly."),
}


class LazyGroup(click.Group):
    """Lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"folkmoot.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: folkmoot demo",
)
@click.version_option(version("folkmoot"), prog_name="folkmoot")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def folkmoot(debug: bool) -> None:
    """Read what a community argues about.

    Folkmoot crawls forum threads, untangles who answered whom, tags what people propose, support and
    oppose and what moderators did, keeps it all in one DuckDB file, and writes an HTML report.
    """


def main(arguments: list[str] | None = None) -> None:
    """The console script. Every error becomes one line on stderr; `--debug` shows where it came from."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    # A service manager's stop ends a command as Ctrl-C does: else the processes that read pages outlive it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):  # what people write is UTF-8, whatever the locale says
            stream.reconfigure(encoding="utf-8")
    warnings.formatwarning = lambda message, *_: f"warning: {message}\n"
    debug = "--debug" in words
    if debug:
        words.remove("--debug")
    try:
        folkmoot.main(args=words, prog_name="folkmoot", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _stopped()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if str(error) == _INTERRUPTED:
            _stopped()
        if debug:
            raise
        _say(_line(error))
        sys.exit(1)


def _stopped() -> NoReturn:
    _say("stopped; what was finished is kept, the same command goes on from there")
    sys.exit(130)


def _line(error: Exception) -> str:
    """Our own errors speak for themselves; any other is named, since it is a bug or the machine's."""
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    text = " ".join(str(error).split()) or type(error).__name__
    if _is_ours(error) or isinstance(error, OSError):
        return text
    return f"unexpected {type(error).__name__}: {text} (folkmoot --debug shows where)"


def _is_ours(error: Exception) -> bool:
    rooms = ("folkmoot", "crawler", "parse", "analyze", "warehouse", "reports")
    return type(error).__module__.split(".")[0] in rooms


def _say(text: str) -> None:
    click.echo(f"folkmoot: {text}", err=True)


if __name__ == "__main__":
    main()
