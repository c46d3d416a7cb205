"""How the Train view asks for a training."""
