"""The words of the page: one gettext catalogue for each language but English."""
