"""How full is the morning? Plain minutes, no database.

Presentations follow one another, with the time to change between two of them.
"""


def used(minutes, changeover):
    """Return how long presentations of ``minutes`` last together, in minutes.

    ``minutes`` is a list of whole minutes, one per presentation; ``changeover`` minutes
    pass between two of them, and none before the first or after the last.
    """
    return sum(minutes) + changeover * max(len(minutes) - 1, 0)


def free(minutes, changeover, available):
    """Return what is left of ``available`` minutes; below zero, how much is too much."""
    return available - used(minutes, changeover)


def excess(minutes, changeover, available):
    """Return by how many minutes the morning overflows; zero if it does not."""
    return max(-free(minutes, changeover, available), 0)


def room(minutes, changeover, available):
    """Return how long one more presentation may last; zero or below, there is no room.

    Presentations of ``minutes`` stand already, so that it needs a changeover too.
    """
    return free([*minutes, 0], changeover, available)


def starts(minutes, changeover):
    """Return when each presentation begins, in minutes from the beginning of the first."""
    return [
        used(minutes[:place], changeover) + changeover * (place > 0)
        for place in range(len(minutes))
    ]
