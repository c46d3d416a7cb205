"""Sentences as data: an English template and its values, told later in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


def N_(template: str) -> str:
    """Mark a template for the translators; it comes back as it is."""
    return template


def size(shape: tuple[int, ...] | None) -> str:
    """A shape as people write it.

    >>> size((28, 28, 1)), size((10,)), size(None)
    ('28×28×1', '10', '?')
    """
    return "×".join(str(n) for n in shape) if shape is not None else "?"


@dataclass(frozen=True)
class Text:
    """One sentence: `template` in English with `{names}`, `values` for the names.

    >>> str(Text("needs {count} units", {"count": 10}))
    'needs 10 units'
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.told(str)

    def told(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language of `translate`, a gettext function."""
        values = {
            name: value.told(translate) if isinstance(value, Text) else value
            for name, value in self.values.items()
        }
        return translate(self.template).format(**values)

    def to_json(self) -> dict[str, Any]:
        """As plain data that `from_json` takes back."""
        values = {
            name: value.to_json() if isinstance(value, Text) else value
            for name, value in self.values.items()
        }
        return {"text": self.template, "values": values}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Text:
        """The sentence that `to_json` wrote."""
        values = {
            name: cls.from_json(value) if isinstance(value, dict) else value
            for name, value in data["values"].items()
        }
        return cls(data["text"], values)
