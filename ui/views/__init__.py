"""The views of the page, in working order; each has `show(desk, lang)`."""
