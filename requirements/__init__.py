"""What Brickyard needs, and how start.py gets it; standard library only."""


class Trouble(Exception):
    """One plain sentence for a person: what is wrong and what to do."""


def say(line: str) -> None:
    """Tell at once what is being done, also where the output is piped."""
    print(line, flush=True)
