"""The fault table: printed after a run, and written to `docs/reliability.md`.

python -m tests.faults.table    writes the document from the rows kept by `make faults`
"""

from collections.abc import Mapping

from tests.faults.trials import PROJECT, Trials, rows

DOCUMENT = PROJECT / "docs" / "reliability.md"
BEGIN, END = "<!-- the table: make faults RECORD=1 -->", "<!-- end of the table -->"
_HEADS = ("fault", "what", "tries", "survived", "lost", "slowest s")


def plain(kept: Mapping[str, Trials]) -> str:
    """Aligned text, a line a fault."""
    cells = [_HEADS, *((one.fault, one.what, *_figures(one)) for one in kept.values())]
    widths = [max(len(row[i]) for row in cells) for i in range(len(_HEADS))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if i < 2 else text.rjust(width)
            for i, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    )


def markdown(quick: Mapping[str, Trials], full: Mapping[str, Trials]) -> str:
    """The table of the document: every fault, its quick and full figures, its control."""
    head = (
        "| fault | what goes wrong | quick: tries | survived | lost | slowest s "
        "| full: tries | survived | lost | slowest s | seen red by |"
    )
    lines = [head, "|---|---|" + "--:|" * 8 + "---|"]
    for name in sorted({*quick, *full}):
        row = full.get(name) or quick[name]
        figures = [*_known(quick.get(name)), *_known(full.get(name))]
        controls = "; ".join(row.controls).replace("|", "\\|")
        lines.append(f"| {name} | {row.what} | {' | '.join(figures)} | {controls} |")
    return "\n".join(lines)


def _known(row: Trials | None) -> tuple[str, ...]:
    return _figures(row) if row else ("", "", "", "")


def _figures(row: Trials) -> tuple[str, ...]:
    lost = row.tries - row.survived
    return f"{row.tries:,}", f"{row.survived:,}", f"{lost:,}", f"{row.slowest:.2f}"


def main() -> None:
    """Write the kept rows into the document."""
    text = DOCUMENT.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    made = markdown(rows(is_full=False), rows(is_full=True))
    DOCUMENT.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
