"""Boxes and arrows: where the lines between boxes run, and how large the whole is."""

from __future__ import annotations

from symcnn.claims.picture import Edge, Graph, Node
from symcnn.errors import AuthorError
from symcnn.sheet.drawing import Box, Drawing, Label, Line, colour

HEIGHT = 0.8
MARGIN = 0.3
BESIDE = 0.35  # from a line to the middle of its label

Place = tuple[float, float]


def lay_out_graph(graph: Graph) -> Drawing:
    """The drawing of a graph. Raises AuthorError for an edge to a node that there is not."""
    if not graph.nodes:
        raise AuthorError("a picture of boxes and arrows needs a box")
    boxes = {node.key: _box(node) for node in graph.nodes}
    if len(boxes) < len(graph.nodes):
        raise AuthorError("two boxes of a picture have one key")
    lines, labels = [], [Label(node.x, node.y, node.label) for node in graph.nodes]
    for edge in graph.edges:
        missing = [key for key in (edge.start, edge.end) if key not in boxes]
        if missing:
            raise AuthorError(f"an arrow of a picture names {missing[0]!r}, which is no box of it")
        points, place = _route(boxes[edge.start], boxes[edge.end], edge.bend)
        lines.append(Line(points, edge.dashed, edge.arrow))
        if edge.label:
            labels.append(_beside(place, edge))
    xs = [x for line in lines for x, _ in line.points] + [label.x for label in labels]
    ys = [y for line in lines for _, y in line.points] + [label.y for label in labels]
    for box in boxes.values():
        xs += [box.x - box.width / 2, box.x + box.width / 2]
        ys += [box.y - box.height / 2, box.y + box.height / 2]
    return Drawing(
        tuple(labels),
        left=min(xs) - MARGIN,
        top=min(ys) - MARGIN,
        right=max(xs) + MARGIN + (1.0 if any(edge.label for edge in graph.edges) else 0.0),
        bottom=max(ys) + MARGIN,
        boxes=tuple(boxes.values()),
        lines=tuple(lines),
    )


def _box(node: Node) -> Box:
    fill = None if node.colour is None else colour(node.colour)
    height = node.width if node.round else HEIGHT
    return Box(node.x, node.y, node.width, height, fill, node.round)


def _route(start: Box, end: Box, bend: float) -> tuple[tuple[Place, ...], tuple[Place, bool]]:
    """The points of the line, and where its label stands: at a place, beside an upright line."""
    upright = abs(end.y - start.y) >= abs(end.x - start.x)
    if not bend:
        first = _border(start, (end.x, end.y))
        last = _border(end, (start.x, start.y))
        middle = ((first[0] + last[0]) / 2, (first[1] + last[1]) / 2)
        return (first, last), (middle, upright)
    side = 1.0 if bend > 0 else -1.0
    if upright:
        far = max(start.x * side, end.x * side) * side + bend
        leave, arrive = start.x + side * start.width / 2, end.x + side * end.width / 2
        points = ((leave, start.y), (far, start.y), (far, end.y), (arrive, end.y))
        return points, ((far, (start.y + end.y) / 2), True)
    low = max(start.y * side, end.y * side) * side + bend
    leave, arrive = start.y + side * start.height / 2, end.y + side * end.height / 2
    points = ((start.x, leave), (start.x, low), (end.x, low), (end.x, arrive))
    return points, (((start.x + end.x) / 2, low), False)


def _border(box: Box, towards: Place) -> Place:
    """Where the line from the middle of the box to a place leaves the box."""
    across, down = towards[0] - box.x, towards[1] - box.y
    if not across and not down:
        return box.x, box.y
    if box.round:
        share = box.width / 2 / (across * across + down * down) ** 0.5
    else:
        ratios = (
            box.width / 2 / abs(across) if across else None,
            box.height / 2 / abs(down) if down else None,
        )
        share = min(each for each in ratios if each is not None)
    return box.x + across * share, box.y + down * share


def _beside(place: tuple[Place, bool], edge: Edge) -> Label:
    (x, y), upright = place
    if upright:
        return Label(x + BESIDE / 2, y, edge.label, "left")
    return Label(x, y - BESIDE, edge.label)
