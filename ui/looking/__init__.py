"""Looking into trained models: the route that asks the viewer, and what it paints."""
