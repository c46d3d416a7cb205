"""The user's own pictures and tables: unpacked, checked, named, made ready to train."""
