"""How the Train view asks for a training, and shows the run that comes of it."""
