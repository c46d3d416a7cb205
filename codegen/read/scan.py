"""A cheap look at code before Python's own parser sees it: is it nested too deep?

CPython's parser may crash on hostile nesting (its documentation says so), so what goes
beyond all sane code is refused before. Nothing here is recursive.
"""

from __future__ import annotations

import re

MOST_NESTED = 25  # brackets in brackets; lectures stay below 12
MOST_CHAINED = 200  # operators in one expression, elif in one if

_TOKEN = re.compile(
    r"""(?P<string>[A-Za-z]{0,2}(?:\"{3}(?:\\.|[^\\])*?(?:\"{3}|\Z)
                                 |'{3}(?:\\.|[^\\])*?(?:'{3}|\Z)
                                 |"(?:\\.|[^\\"\n])*(?:"|$)
                                 |'(?:\\.|[^\\'\n])*(?:'|$)))
      | (?P<comment>\#[^\n]*)
      | (?P<word>\w+)
      | (?P<open>[(\[{])
      | (?P<close>[)\]}])
      | (?P<joined>\\\r?\n)
      | (?P<line>\n[ \t\f]*)
      | (?P<comma>[,;])
      | (?P<operator>[^\w\s])
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_WORDS = frozenset(
    [
        "not",
        "and",
        "or",
        "if",
        "else",
        "lambda",
        "await",
        "in",
        "is",
        "for",
        "elif",
        "async",
    ]
)


def too_nested(code: str) -> int | None:
    """The line where the code is nested too deep, or None."""
    chained = [0]  # of each open bracket: operators since its last comma
    branches, line = 0, 1
    for match in _TOKEN.finditer(code):
        token, kind = match.group(), match.lastgroup
        if kind == "open":
            chained[-1] += 1
            chained.append(0)
        elif kind == "close" and len(chained) > 1:
            chained.pop()
        elif kind == "comma":
            chained[-1] = 0
        elif kind == "operator" or token in _WORDS:
            chained[-1] += 1
            branches = branches + 1 if token == "elif" else branches
        elif kind == "line" and len(chained) == 1:
            chained[-1] = 0
            branches = branches if _goes_on(code, match.end()) else 0
        elif kind == "string" and _may_hide(token):
            return line
        if _too_much(chained, branches):
            return line
        line += token.count("\n")
    return None


def _too_much(chained: list[int], branches: int) -> bool:
    return len(chained) > MOST_NESTED or max(chained[-1], branches) > MOST_CHAINED


def _goes_on(code: str, at: int) -> bool:
    """Whether the line that begins here may still belong to a chain of elif."""
    return code.startswith(("elif", " ", "\t", "\n", "#"), at) or code[at - 1] in " \t"


def _may_hide(token: str) -> bool:
    """Whether a string may be an f-string with more code inside than any sane one.

    Python 3.12 takes quotes in the code of an f-string, so that its end can't be told
    from that of another string: every one on a single line is looked at.
    """
    prefix = token[:2].lower()
    if token.endswith(('"""', "'''")) and "f" not in prefix.strip("'\""):
        return False
    inside = sum(token.count(sign) for sign in "([{-~+*<>=.")
    return inside > MOST_CHAINED or token.count("lambda") > MOST_NESTED
