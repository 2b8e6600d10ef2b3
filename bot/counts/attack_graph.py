"""Which hidden figures of a quarter can be worked out exactly: a question about flows.

Hidden figures of one total and its splits, week by week and summed over the quarter, are flows in a network:
from the areas through the weeks to the languages. A flow that can be diverted is not known; one that cannot is.
(D. Gusfield, "A graph theoretic approach to statistical data security", SIAM Journal on Computing, 1988.)
"""

from collections.abc import Hashable
from dataclasses import dataclass, field

Node = Hashable
Edge = tuple[Node, Node]


class ContradictionError(ValueError):
    """Published figures were found that cannot belong together."""


@dataclass(slots=True)
class Network:
    """Flows that are known, and flows of which only bounds are known. At most one edge between two nodes."""

    free: dict[Edge, tuple[int, int | None]] = field(default_factory=dict)
    known: dict[Edge, int] = field(default_factory=dict)
    #: What comes into a node from outside.
    supply: dict[Node, int] = field(default_factory=dict)

    def unknown(self, source: Node, target: Node, *, least: int, most: int | None = None) -> Edge:
        """Add a flow of which only bounds are known; return its edge.

        Raises ValueError for one that runs against another: of such pairs `pinned` would call too little known.
        """
        if (target, source) in self.free:
            raise ValueError(f"flows both ways between {source} and {target}")
        self.free[source, target] = (least, most)
        return source, target

    def fixed(self, source: Node, target: Node, amount: int) -> None:
        """Add a flow that is known."""
        self.known[source, target] = amount

    def into(self, node: Node, amount: int) -> None:
        """Add what comes into a node from outside; out of it when negative."""
        self.supply[node] = self.supply.get(node, 0) + amount

    def pinned(self) -> frozenset[Edge]:
        """Return the flows that can have one value only. Raises ContradictionError when none fits."""
        import networkx as nx

        diverted: nx.DiGraph[Node] = nx.DiGraph()
        for (source, target), above in self._some_flow().items():
            least, most = self.free[source, target]
            if most is None or least + above < most:
                diverted.add_edge(source, target)
            if above:
                diverted.add_edge(target, source)
        movable: set[Edge] = set()
        for component in nx.strongly_connected_components(diverted):
            inside = diverted.subgraph(component)
            # An edge that may go both ways is diverted only over a way round that does not use itself.
            bridges = {frozenset(edge) for edge in nx.bridges(nx.Graph(inside.edges))}
            movable |= {
                edge
                for edge in self.free
                if component.issuperset(edge)
                and (inside.has_edge(*edge) or inside.has_edge(*reversed(edge)))
                and frozenset(edge) not in bridges
            }
        return frozenset(self.free) - movable

    def _some_flow(self) -> dict[Edge, int]:
        """Return one flow that fits everything known, each edge as what it is above its least."""
        import networkx as nx

        graph: nx.DiGraph[Node] = nx.DiGraph()
        wanted: dict[Node, int] = {node: -amount for node, amount in self.supply.items()}
        for (source, target), amount in self._at_least().items():
            wanted[source] = wanted.get(source, 0) + amount
            wanted[target] = wanted.get(target, 0) - amount
        for node, amount in wanted.items():
            graph.add_node(node, demand=amount)
        for (source, target), (least, most) in self.free.items():
            bound = {} if most is None else {"capacity": most - least}
            graph.add_edge(source, target, weight=0, **bound)
        try:
            _, flow = nx.network_simplex(graph)
        except (nx.NetworkXUnfeasible, nx.NetworkXError) as error:
            raise ContradictionError("published figures do not fit together") from error
        return {(source, target): flow[source][target] for source, target in self.free}

    def _at_least(self) -> dict[Edge, int]:
        return {**{edge: least for edge, (least, _) in self.free.items()}, **self.known}
