"""A layered layout: which layer each node of a directed graph is in, in what order, and where across it.

Nodes are numbers from 0. Cycles are allowed: an edge that closes one counts as if it went the other way.
"""

from collections.abc import Sequence

_SWEEPS = 6

Edge = tuple[int, int]


def acyclic(count: int, edges: Sequence[Edge]) -> list[Edge]:
    """The edges with those that close a cycle turned round, without recursion."""
    after: list[list[int]] = [[] for _ in range(count)]
    for number, (tail, _) in enumerate(edges):
        after[tail].append(number)
    state, result = [0] * count, list(edges)  # 0 not seen, 1 on the path, 2 done
    for root in range(count):
        if state[root]:
            continue
        state[root] = 1
        path = [(root, iter(after[root]))]
        while path:
            node, rest = path[-1]
            number = next(rest, -1)
            if number < 0:
                state[node] = 2
                path.pop()
                continue
            head = edges[number][1]
            if state[head] == 1:
                result[number] = (head, node)
            elif state[head] == 0:
                state[head] = 1
                path.append((head, iter(after[head])))
    return result


def layers(count: int, edges: Sequence[Edge]) -> list[int]:
    """The longest way from a node without incoming edges; `edges` have no cycle."""
    waiting = [0] * count
    after: list[list[int]] = [[] for _ in range(count)]
    for tail, head in edges:
        after[tail].append(head)
        waiting[head] += 1
    layer = [0] * count
    ready = [node for node in range(count) if not waiting[node]]
    for node in ready:  # grows while it is walked
        for head in after[node]:
            layer[head] = max(layer[head], layer[node] + 1)
            waiting[head] -= 1
            if not waiting[head]:
                ready.append(head)
    return layer


def ordered(rows: list[list[int]], edges: Sequence[Edge]) -> list[list[int]]:
    """The rows sorted so that neighbours of neighbours stand near each other (barycentres, a few sweeps)."""
    near = _neighbours(rows, edges)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for at in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
            place = {node: order for order, node in enumerate(rows[at - 1 if down else at + 1])}
            rows[at] = _sorted(rows[at], [near[node][0 if down else 1] for node in rows[at]], place)
    return rows


def _neighbours(rows: list[list[int]], edges: Sequence[Edge]) -> dict[int, tuple[list[int], list[int]]]:
    near: dict[int, tuple[list[int], list[int]]] = {node: ([], []) for row in rows for node in row}
    for tail, head in edges:
        near[head][0].append(tail)
        near[tail][1].append(head)
    return near


def _sorted(row: list[int], neighbours: list[list[int]], place: dict[int, int]) -> list[int]:
    """Nodes without neighbours keep their place as their weight."""
    weights = {
        node: sum(place[other] for other in others) / len(others) if others else float(order)
        for order, (node, others) in enumerate(zip(row, neighbours, strict=True))
    }
    return sorted(row, key=lambda node: weights[node])


def placed(rows: list[list[int]], edges: Sequence[Edge], sizes: dict[int, float], gap: float) -> dict[int, float]:
    """The centre of every node across its row: near its neighbours, in order, never nearer than `gap`."""
    near = _neighbours(rows, edges)
    centre: dict[int, float] = {}
    for row in rows:
        centre |= _spread(row, [0.0] * len(row), sizes, gap)
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = []
            for node in row:
                others = [*near[node][0], *near[node][1]] if sweep >= _SWEEPS - 2 else near[node][sweep % 2]
                wanted.append(sum(centre[other] for other in others) / len(others) if others else centre[node])
            centre |= _spread(row, wanted, sizes, gap)
    return centre


def _spread(row: list[int], wanted: Sequence[float], sizes: dict[int, float], gap: float) -> dict[int, float]:
    """The centres nearest to the wanted ones (least squares) that keep order and distance: pooling of neighbours."""
    offsets, total = [], 0.0
    for at, node in enumerate(row):
        total += (sizes[row[at - 1]] + sizes[node]) / 2 + gap if at else 0.0
        offsets.append(total)
    pools: list[tuple[float, int]] = []  # mean of (wanted - offset), how many
    for want, offset in zip(wanted, offsets, strict=True):
        pool = (want - offset, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, number = pools.pop()
            pool = ((mean * number + pool[0] * pool[1]) / (number + pool[1]), number + pool[1])
        pools.append(pool)
    means = [mean for mean, number in pools for _ in range(number)]
    return {node: mean + offset for node, mean, offset in zip(row, means, offsets, strict=True)}
