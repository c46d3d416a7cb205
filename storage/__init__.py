"""How files are kept: whole or not at all, and on the disk before it is said."""
