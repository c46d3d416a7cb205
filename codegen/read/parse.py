"""Code as a syntax tree, with lines that are no Python left out; nothing is run."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings

from bricks.errors import ProjectError
from bricks.words import N_, Text
from codegen.read.notes import Notes
from codegen.read.scan import too_nested

MOST_BYTES = 100_000  # Python needs seconds for a megabyte
MOST_BAD_LINES = 12
# What a word processor or a Korean keyboard makes of Python's own signs.
_TYPED = str.maketrans(
    {c: chr(ord(c) - 0xFEE0) for c in "（）［］｛｝，：；＝＋－＊／．＂＇"}
    | {"“": '"', "”": '"', "‘": "'", "’": "'", "、": ",", "。": "."}
    | dict.fromkeys("\u00a0\u2002\u2003\u2009\u3000", " ")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", "")
)
_SHELL = re.compile(r"^([ \t]*)[%!].*$", re.MULTILINE)  # a notebook's own commands
_PROMPT = re.compile(r"^(?:>>> ?|\.\.\. ?|In \[\d*\]: ?)", re.MULTILINE)


def parsed(code: bytes | str, notes: Notes) -> ast.Module:
    """The syntax tree; ProjectError says in one sentence why there is none."""
    text = _text(code)
    line = too_nested(text)
    if line is not None:
        said = N_("This code is nested too deep to be read (line {line}).")
        raise ProjectError(Text(said, {"line": line}))
    return _mended(text, notes)


def _text(code: bytes | str) -> str:
    if len(code) > MOST_BYTES:
        raise _too_large(len(code))
    try:
        text = code.decode("utf-8-sig") if isinstance(code, bytes) else code
        size = len(text.encode("utf-8"))
    except UnicodeError as error:
        raise ProjectError(Text(N_("This is not Python code: not UTF-8."))) from error
    if size > MOST_BYTES:
        raise _too_large(size)
    if "\0" in text:
        raise ProjectError(Text(N_("This is not Python code: it holds a zero byte.")))
    # Only what Python, too, counts as the end of a line.
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _too_large(size: int) -> ProjectError:
    said = N_("This code is too large to be read: {size} KB, at most {most} KB.")
    values = {"size": -(-size // 1000), "most": MOST_BYTES // 1000}
    return ProjectError(Text(said, values))


def _mended(text: str, notes: Notes) -> ast.Module:
    """The tree of the code, or of as much of it as is Python."""
    fault: SyntaxError | None = None
    for change in (_same, _typed):
        changed = change(text)
        tree, fault = _tree(changed)
        if tree:
            return tree
    return _without_bad_lines(changed, fault, notes)


def _same(text: str) -> str:
    return text


def _typed(text: str) -> str:
    """The code with plain signs, without prompts, shell commands, tabs and margins."""
    text = _PROMPT.sub("", _SHELL.sub(r"\1pass", text.translate(_TYPED)))
    return textwrap.dedent(text.expandtabs(4))


def _without_bad_lines(
    text: str, fault: SyntaxError | None, notes: Notes
) -> ast.Module:
    lines = text.split("\n")
    for _ in range(MOST_BAD_LINES):
        at = (fault.lineno or 0) - 1 if fault else -1
        if not (0 <= at < len(lines)) or _emptied(lines[at]) == lines[at]:
            break
        notes.say(at + 1, N_("This line is not Python and was left out."))
        lines[at] = _emptied(lines[at])
        tree, fault = _tree("\n".join(lines))
        if tree:
            return _with_something(tree)
    at = fault.lineno or 1 if fault else 1
    said = Text(N_("This is not Python code (line {line})."), {"line": at})
    raise ProjectError(said)


def _emptied(line: str) -> str:
    """The line without its words; what follows it stays in its place."""
    margin = line[: len(line) - len(line.lstrip())]
    opens = line.rstrip().endswith(":") and not line.lstrip().startswith("pass")
    return f"{margin}if 1:" if opens and line.strip() != "if 1:" else f"{margin}pass"


def _with_something(tree: ast.Module) -> ast.Module:
    """The tree, unless nothing but `pass` is left of it."""
    if all(isinstance(node, ast.Pass | ast.Expr) for node in tree.body) and not any(
        isinstance(node, ast.Call) for node in ast.walk(tree)
    ):
        raise ProjectError(Text(N_("This is not Python code.")))
    return tree


def _tree(text: str) -> tuple[ast.Module | None, SyntaxError | None]:
    """The tree, or the fault that Python finds; the code is parsed and never run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of "\d" in a student's string
            return ast.parse(text), None
    except SyntaxError as error:
        return None, error
    except (RecursionError, MemoryError, ValueError) as error:
        said = N_("This code is nested too deep to be read (line {line}).")
        raise ProjectError(Text(said, {"line": 1})) from error
