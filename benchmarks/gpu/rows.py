"""The table that check prints."""


class Rows:
    def __init__(self):
        self.rows, self.notes, self.seconds = [], [], []

    def add(self, what, seen, wanted="", good=None):
        """A row. `good` is true or false where something is wanted."""
        self.rows.append((what, seen, wanted, {None: "", True: "yes", False: "**NO**"}[good]))

    def at_most(self, what, number, most, unit=""):
        self.add(what, f"{number:.3g}{unit}", f"≤ {most:g}{unit}", number <= most)

    def note(self, text):
        """What stands below the table."""
        self.notes.append(text)

    def took(self, section, seconds):
        self.seconds.append(f"{section} {seconds:.0f} s")

    def all_good(self):
        return not any(good == "**NO**" for *_, good in self.rows)

    def table(self):
        lines = ["| what | seen | wanted | good |", "|---|---:|---:|---|"]
        lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in self.rows]
        return "\n".join([*lines, "", *self.notes, "", "took: " + ", ".join(self.seconds), ""])
