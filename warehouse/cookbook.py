"""Questions that researchers ask, with the SQL that answers them: `warehouse/queries/NN_*.sql`."""

from dataclasses import dataclass

from warehouse.migrate import sql_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    name: str
    """The file's name without its number: "most_quoted"."""
    question: str
    """The first line of its front comment."""
    explanation: str
    """The rest of it: what is counted, and how."""
    sql: str


def recipes() -> list[Recipe]:
    """All of them, in the order of the cookbook."""
    return [_recipe(name, text) for name, text in sql_files("queries") if name[:2].isdigit()]


def _recipe(name: str, text: str) -> Recipe:
    lines = text.splitlines()
    front = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    question, *rest = (line.removeprefix("--").strip() for line in lines[:front])
    return Recipe(
        name=name[3:], question=question, explanation=" ".join(rest), sql="\n".join(lines[front:]).strip()
    )
