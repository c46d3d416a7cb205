"""A run on one page: what is told of it, as a page for the browser and as a PDF."""
