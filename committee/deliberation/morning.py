"""How full is the morning? Plain minutes, no database."""

from typing import NamedTuple


class Morning(NamedTuple):
    """Presentations, rows with their ``minutes``, that follow one another in the
    ``available`` minutes, with ``changeover`` minutes to change between two of them."""

    talks: list
    changeover: int
    available: int

    @property
    def used(self):
        return sum(talk["minutes"] for talk in self.talks) + self.changing

    @property
    def changing(self):
        """Minutes spent between presentations."""
        return self.changeover * max(len(self.talks) - 1, 0)

    @property
    def free(self):
        """Minutes that are left; below zero, how many are too much."""
        return self.available - self.used

    @property
    def excess(self):
        """By how many minutes the morning overflows; zero if it does not."""
        return max(-self.free, 0)

    @property
    def room(self):
        """Minutes that one more presentation may last, once the change before it is
        counted; zero or below, there is no room."""
        return self.free - (self.changeover if self.talks else 0)

    def excess_with(self, minutes):
        """By how many minutes it would overflow with one more presentation."""
        return max(minutes - self.room, 0)

    @property
    def blocks(self):
        """Triples of a talk, the minute when it begins, and whether it ends too late."""
        found, start = [], 0
        for talk in self.talks:
            found.append((talk, start, start + talk["minutes"] > self.available))
            start += talk["minutes"] + self.changeover
        return found

    @property
    def width(self):
        """Minutes that the bar stands for."""
        return max(self.available, self.used, 1)
