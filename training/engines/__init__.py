"""Where runs run: each engine brings their messages home and knows no store."""
