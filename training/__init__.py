"""Runs: what to train, whose turn it is, how far it is, what came of it."""
