"""What the bench of faults counts, as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Tally:
    """What the bench counts."""

    kills: Counter[str] = field(default_factory=Counter)
    done: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    lost_rows: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    histories: list[str] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    lost_epochs: list[float] = field(default_factory=list)
    noticed: list[float] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """Whatever may not be."""
        work = [f"{n:.2f} epochs lost at a kill" for n in self.lost_epochs if n > 1]
        return [
            *self.lost_rows,
            *self.orphans,
            *self.unreadable,
            *self.histories,
            *self.left_over,
            *work,
        ]


def show(tally: Tally) -> None:
    """The table."""
    rows = [(f"kills in {name}", n) for name, n in sorted(tally.kills.items())]
    rows += [
        ("kills", tally.kills.total()),
        ("runs that came to their end", tally.done),
        ("runs that were given up, and resumed", tally.failed.total()),
        ("acknowledged rows lost or changed", len(tally.lost_rows)),
        ("orphans after 10 s", len(tally.orphans)),
        ("unreadable checkpoints", len(tally.unreadable)),
        ("epochs double or missing in a history", len(tally.histories)),
        ("files left half written", len(tally.left_over)),
    ]
    for name, count in rows:
        print(f"{name:<42}{count:>6}")
    print(f"{'most epochs of work lost at one kill':<42}{max(tally.lost_epochs):>6.2f}")
    print(f"{'seconds till it is noticed, median':<42}{median(tally.noticed):>6.1f}")
    print(f"{'seconds till it is noticed, longest':<42}{max(tally.noticed):>6.1f}")
    for reason, count in tally.failed.items():
        print(f"given up {count} x: {reason}")
