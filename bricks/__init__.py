"""The vocabulary: bricks, their settings, towers, and the walk through a tower."""
