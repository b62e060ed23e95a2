"""The reply graph as GEXF 1.2: for Gephi and networkx."""

from pathlib import Path
from typing import Any

from warehouse.reply_graph import EDGE_FIELDS, NODE_FIELDS, edges, nodes, xml
from warehouse.store import Warehouse

_NODE_FIELDS = {name: kind for name, kind in NODE_FIELDS.items() if name != "label"}

MARK = None


def export(db: Warehouse, out: Path) -> None:
    with out.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
        file.write('<graph defaultedgetype="directed" mode="static">\n')
        file.write(_attributes("node", _NODE_FIELDS) + _attributes("edge", EDGE_FIELDS))
        file.write("<nodes>\n")
        for row in nodes(db):
            name = f'id="{xml(row["id"])}" label="{xml(row["label"])}"'
            file.write(f"<node {name}>{_values(row, _NODE_FIELDS)}</node>\n")
        file.write("</nodes>\n<edges>\n")
        for number, row in enumerate(edges(db)):
            ends = f'id="{number}" source="{xml(row["source"])}" target="{xml(row["target"])}"'
            file.write(f'<edge {ends} weight="{row["confidence"]}">{_values(row, EDGE_FIELDS)}</edge>\n')
        file.write("</edges>\n</graph>\n</gexf>\n")


def _attributes(what: str, fields: dict[str, str]) -> str:
    each = "".join(
        f'<attribute id="{name}" title="{name}" type="{kind}"/>\n' for name, kind in fields.items()
    )
    return f'<attributes class="{what}">\n{each}</attributes>\n'


def _values(row: dict[str, Any], fields: dict[str, str]) -> str:
    each = "".join(
        f'<attvalue for="{name}" value="{xml(row[name])}"/>' for name in fields if row[name] is not None
    )
    return f"<attvalues>{each}</attvalues>"
