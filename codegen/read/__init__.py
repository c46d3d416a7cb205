"""From Keras code, a `.keras` file or `to_json()` text to a tower; nothing is run.

Whatever is read was written by somebody else. The code is parsed into a syntax tree
and worked out by an evaluator of our own, with a budget of steps; Keras is never asked.
"""

from codegen.read.notes import Note
from codegen.read.reading import Reading, read_code, read_file, read_upload

__all__ = ["Note", "Reading", "read_code", "read_file", "read_upload"]
