"""Lines that no loader should accept, so that the reject ledger is seen working."""

from collections import defaultdict

# too few fields, a bad integer, a bad id: each the kind of damage that real dumps have shown
KINDS = (
    ("title.akas", "tt99999{number:02d}\t1\tThe Line That Ends Early\tXWW\ten\n"),
    (
        "title.basics",
        "tt99999{number:02d}\tmovie\tThe Year of O\tThe Year of O\t0\t2O14\t\\N\t90\tDrama\n",
    ),
    ("name.basics", "nm99999x{number:02d}\tNobody Inparticular\t\\N\t\\N\tactor\t\\N\n"),
)


def by_file(count: int) -> dict[str, list[bytes]]:
    """Returns `count` bad lines by the file they belong to, kinds taking turns."""
    lines = defaultdict(list)
    for number in range(count):
        file, line = KINDS[number % len(KINDS)]
        lines[file].append(line.format(number=number).encode())
    return lines


def spread(text: bytes, lines: list[bytes]) -> bytes:
    """Puts lines between those of a text that ends in a line feed, at even distances."""
    pieces = []
    written = 0
    for number, line in enumerate(lines, start=1):
        here = text.find(b"\n", max(written, len(text) * number // (len(lines) + 1)) - 1) + 1
        pieces += [text[written:here], line]
        written = here
    return b"".join([*pieces, text[written:]])
