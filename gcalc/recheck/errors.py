"""The one exception of this package."""


class RecheckError(Exception):
    """Two lines could not be shown equal, or the data make no sense; the message says which and why."""


def demand(condition: object, message: str) -> None:
    """Raise RecheckError unless the condition holds."""
    if not condition:
        raise RecheckError(message)
