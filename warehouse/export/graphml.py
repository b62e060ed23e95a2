"""The reply graph as GraphML: for networkx, igraph, yEd, Gephi."""

from pathlib import Path
from typing import Any

from warehouse.reply_graph import EDGE_FIELDS, NODE_FIELDS, edges, nodes, xml
from warehouse.store import Warehouse

_TYPES = {"string": "string", "boolean": "boolean", "integer": "int", "double": "double"}

MARK = None


def export(db: Warehouse, out: Path) -> None:
    with out.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        file.writelines(_key("node", name, kind) for name, kind in NODE_FIELDS.items())
        file.writelines(_key("edge", name, kind) for name, kind in EDGE_FIELDS.items())
        file.write('<graph id="replies" edgedefault="directed">\n')
        for row in nodes(db):
            file.write(f'<node id="{xml(row["id"])}">{_data("node", row, NODE_FIELDS)}</node>\n')
        for row in edges(db):
            ends = f'source="{xml(row["source"])}" target="{xml(row["target"])}"'
            file.write(f"<edge {ends}>{_data('edge', row, EDGE_FIELDS)}</edge>\n")
        file.write("</graph>\n</graphml>\n")


def _key(what: str, name: str, kind: str) -> str:
    return f'<key id="{what}_{name}" for="{what}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>\n'


def _data(what: str, row: dict[str, Any], fields: dict[str, str]) -> str:
    return "".join(
        f'<data key="{what}_{name}">{xml(row[name])}</data>' for name in fields if row[name] is not None
    )
