"""A run's model in other programs' formats, each file proved before it is offered."""
