"""From a graph of layers to towers: what forks and meets again becomes a container."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bricks.errors import ProjectError
from bricks.project import MOST_BRICKS
from bricks.tower import MOST_DEEP, Placed
from bricks.words import N_, Text
from codegen.read.aliases import MERGES
from codegen.read.models import ancestors
from codegen.read.notes import Notes
from codegen.read.values import Inside, Made, Node

_SHORT = re.compile(r"short|skip|^resid|ident|^inp")
_SIDE = re.compile(r"(^|_)shortcut(_\d+)?$")
_BRANCH = re.compile(r"(^|_)branch_?\d+(_\d+)?$")


@dataclass
class Graph:
    """Turns what stands between two nodes into bricks.

    `place(layer)` gives the bricks of one layer. The graph of a tower is
    series-parallel: whatever forks meets again in one place. What does not is noted,
    and the longest way through it is kept.
    """

    place: Callable[[Made], list[Placed]]
    notes: Notes
    _used: set[Node] = field(default_factory=set)
    _layers: set[Made] = field(default_factory=set)
    _forks: dict[Node, Node | None] = field(default_factory=dict)

    def tower(self, floor: Node | None, top: Node, deep: int = 0) -> list[Placed]:
        """The bricks from the floor up to the top."""
        if len(ancestors(top)) > MOST_BRICKS:
            said = N_("This model has more than {most} layers.")
            raise ProjectError(Text(said, {"most": MOST_BRICKS}))
        self._forks |= forks(top)
        return self._between(floor, top, deep)

    def _between(self, floor: Node | None, top: Node, deep: int) -> list[Placed]:
        found: list[list[Placed]] = []
        node: Node | None = top
        while node is not None and node is not floor and node.layer is not None:
            self._use(node)
            below: Node | None
            if len(node.parents) > 1:
                below, bricks = self._merged(node, deep)
            else:
                below = node.parents[0] if node.parents else None
                bricks = self._one(node, deep)
            found.append(bricks)
            node = below
        return [placed for bricks in reversed(found) for placed in bricks]

    def _use(self, node: Node) -> None:
        """Note a layer that serves twice: bricks share no weights."""
        twice = node in self._used or node.layer in self._layers
        self._used.add(node)
        if isinstance(node.layer, Made):
            self._layers.add(node.layer)
            if twice:
                said = N_(
                    "{name} is used twice with the same weights; "
                    "as bricks these are two."
                )
                self.notes.say(node.line, said, name=node.layer.kind)

    def _one(self, node: Node, deep: int) -> list[Placed]:
        if isinstance(node.layer, Inside):
            return [self._block(node.layer, deep)]
        return self.place(node.layer)

    def _block(self, inside: Inside, deep: int) -> Placed:
        settings = {} if inside.repeat == 1 else {"repeat": inside.repeat}
        inner = Graph(self.place, self.notes)
        bricks = tuple(inner.tower(inside.floor, inside.top, deep + 1))
        return Placed(
            "Block",
            settings,
            inside.name,
            inner=(bricks,),
            parameters=dict(inside.parameters),
        )

    def _merged(self, node: Node, deep: int) -> tuple[Node | None, list[Placed]]:
        """Where the branches under a merging layer fork, and their container."""
        fork = self._forks.get(node)
        if fork is None or deep >= MOST_DEEP or self._tangled(fork, node):
            said = N_(
                "Bricks can't branch as the layers here do; "
                "the longest way through is kept."
            )
            self.notes.say(node.line, said)
            return max(node.parents, key=lambda p: len(ancestors(p))), []
        branches = [self._between(fork, parent, deep + 1) for parent in node.parents]
        return fork, self._container(node, branches)

    def _tangled(self, fork: Node, node: Node) -> bool:
        """Whether the branches share bricks between the fork and here."""
        seen: set[Node] = set()
        for parent in node.parents:
            own = _above(fork, parent)
            if not seen.isdisjoint(own):
                return True
            seen |= own
        return False

    def _container(self, node: Node, branches: list[list[Placed]]) -> list[Placed]:
        made = node.layer
        merge = MERGES.get(made.kind.lower(), "concatenate")
        self._check_axis(made)
        name = self._name(made)
        if merge == "add" and len(branches) == 2 and residual(node.hints):
            short = shortcut(node.hints, branches)
            both = (tuple(branches[1 - short]), tuple(branches[short]))
            return [Placed("Residual", {}, name, inner=both)]
        settings = {} if merge == "concatenate" else {"merge": merge}
        inner = tuple(map(tuple, branches))
        return [Placed("Parallel", settings, name, inner=inner)]

    def _name(self, made: Made) -> str | None:
        name = made.named.get("name")
        return name if isinstance(name, str) and name else None

    def _check_axis(self, made: Made) -> None:
        axis = made.named.get("axis", made.named.get("concat_axis", -1))
        if axis not in (-1, 3):
            said = N_("{name} joins along another axis; as a brick it joins channels.")
            self.notes.say(made.line, said, name=made.kind)


def residual(hints: Sequence[str]) -> bool:
    """Whether two things that are added are a body and its shortcut, by their names.

    >>> residual(["x", "shortcut"]), residual(["branch_1_shortcut", "branch_1"])
    (True, True)
    >>> residual(["branch_1", "x"]), residual(["shortcut_branch_1", "shortcut"])
    (False, False)
    """
    if len(hints) != 2 or _side(hints) is not None:
        return True
    one, other = hints
    if one == other and one:
        return False
    return not (_BRANCH.search(one) or _BRANCH.search(other))


def _side(hints: Sequence[str]) -> int | None:
    """Which of two names is a printed script's for a shortcut; None where none is."""
    for at in sorted((0, 1), key=lambda n: -len(hints[n])):
        body = hints[1 - at]
        if _SIDE.search(hints[at]) and not body.startswith(f"{hints[at]}_branch"):
            return at
    return None


def shortcut(hints: Sequence[str], branches: Sequence[Sequence[Placed]]) -> int:
    """Which of two branches is the shortcut: by its name, else the one with less."""
    side = _side(hints) if len(hints) == 2 else None
    if side is not None:
        return side
    named = [n for n, hint in enumerate(hints) if _SHORT.search(hint.lower())]
    if len(named) == 1:
        return named[0]
    return 0 if len(branches[0]) < len(branches[1]) else 1


def _above(fork: Node, top: Node) -> set[Node]:
    """The nodes above the fork, up to the top."""
    found: set[Node] = set()
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if node is not fork and node not in found:
            found.add(node)
            waiting += node.parents
    return found


def forks(top: Node) -> dict[Node, Node | None]:
    """For each node the nearest one that every way down from it goes through.

    Source: Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm"; one pass
    is enough, since nodes are numbered from the ground up.
    """
    found: dict[Node, Node | None] = {}
    for node in ancestors(top):
        below = list(node.parents)
        nearest: Node | None = below[0] if below else None
        for other in below[1:]:
            nearest = _meet(nearest, other, found)
        found[node] = nearest
    return found


def _meet(
    one: Node | None, other: Node | None, found: dict[Node, Node | None]
) -> Node | None:
    while one is not other:
        if one is None or other is None:
            return None
        if one.number > other.number:
            one = found[one]
        else:
            other = found[other]
    return one
