"""From a tower to code: the printed script, and the live model that it makes."""
