"""An answer laid out for a person, at the width of the terminal.

The quote that a row stands on is printed under it, over the whole width; rows that stand on the same passage share it.
IRIs are left out where there is something to read. Not for: programs.
"""

from __future__ import annotations

from itertools import groupby, takewhile, zip_longest
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from hpkg.messages import text
from hpkg.questions.formats.reading import MARK, NUMERIC, about, heading, remarks, said, visible
from hpkg.questions.quotation import quotations_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hpkg.questions.answer import Answer

__all__ = ["around", "column_widths", "print_answer", "print_pairs", "print_wrapped"]

_GAP: Final = 2
_INDENT: Final = 4
_NARROWEST: Final = 8
_LONG: Final = 240
_CONTEXT: Final = 80


def print_answer(answer: Answer, console: Console | None = None) -> None:
    """Print `answer` on stdout, plainly when nobody watches."""
    out = console or _console()
    if answer.title:
        out.print(Text(answer.title, style="bold"))
    if answer.rows:
        _print_rows(answer, out)
    if answer.note:
        print_wrapped(Text(answer.note), out)
    for remark in remarks(answer):
        print_wrapped(Text(remark, style="yellow"), out)
    for omission in answer.omissions:
        announced = text("answer.omission", answer.language, label=omission.label)
        out.print()
        print_wrapped(Text(announced, style="yellow"), out)
        _print_quote(omission.quote, omission.section, omission.passage, out)


def column_widths(natural: Sequence[int], longest_words: Sequence[int], width: int) -> list[int]:
    """Return the widths of columns that fit in `width`, gaps included; the widest columns give way first.

    No column is made narrower than its longest word as long as there is room.

    >>> column_widths([5, 40, 100], [5, 8, 10], 80)
    [5, 35, 36]
    >>> column_widths([5, 10], [5, 5], 80)
    [5, 10]
    """
    room = max(width - _GAP * (len(natural) - 1), len(natural))
    least = [min(wish, max(word, _NARROWEST)) for wish, word in zip(natural, longest_words, strict=True)]
    widths = list(natural)
    for floor in (least, [1] * len(widths)):
        while sum(widths) > room and any(width > low for width, low in zip(widths, floor, strict=True)):
            open_to = [place for place, low in enumerate(floor) if widths[place] > low]
            widths[max(open_to, key=widths.__getitem__)] -= 1
    return widths


def print_wrapped(words: Text, out: Console, indent: int = 0) -> None:
    """Print `words` in lines that fit, each after `indent` spaces and with none at its end."""
    for line in words.wrap(out, out.width - indent):
        line.rstrip()
        out.print(Text(" " * indent) + line)


def print_pairs(pairs: Iterable[tuple[Text, Text]], out: Console) -> None:
    """Print what stands in two columns, the first no wider than it must and than a third, with no space at the end."""
    told = list(pairs)
    width = min(max((head.cell_len for head, _ in told), default=0), out.width // 3)
    for head, rest in told:
        left = head.wrap(out, width, overflow="fold")
        right = rest.wrap(out, out.width - width - _GAP, overflow="fold")
        for before, after in zip_longest(left, right, fillvalue=Text()):
            before.rstrip()
            line = before + Text(" " * (width - before.cell_len + _GAP)) + after
            line.rstrip()
            out.print(line)


def _print_rows(answer: Answer, out: Console) -> None:
    shown = visible(answer)
    cells = [[said(row[place], answer.language) for place in shown] for row in answer.rows]
    heads = [heading(answer, answer.columns[place]) for place in shown]
    right = [answer.columns[place].type in NUMERIC for place in shown]
    if answer.inferred:
        for place, row in enumerate(cells):
            row.append(MARK if place in answer.inferred else "")
        heads.append(MARK)
        right.append(False)
    columns = list(zip(heads, *cells, strict=True))
    widths = column_widths(
        [max(map(cell_len, column)) for column in columns],
        [max(cell_len(word) for cell in column for word in cell.split() or [""]) for column in columns],
        out.width,
    )
    out.print(_line(heads, widths, right, out, "bold"))
    out.print(Text("─" * min(out.width, sum(widths) + _GAP * (len(widths) - 1)), style="dim"))
    records = answer.to_records()
    passages = [column.name for column in answer.columns if column.name.endswith("passage")]

    def standing(index: int) -> object:
        """Return what a row stands on; a row without passages stands alone."""
        return [records[index][name] for name in passages] if passages else index

    for _, indexes in groupby(range(len(cells)), key=standing):
        last = 0
        for last in indexes:
            out.print(_line(_news(cells[last], cells[last - 1] if last else []), widths, right, out))
        _print_evidence(answer, last, cells[last], out)


def _news(cells: Sequence[str], above: Sequence[str]) -> list[str]:
    """Return the cells of a row without the first ones that the row above already says."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(cells, above, strict=False)))
    return [""] * same + list(cells[same:]) if same < len(cells) else list(cells)


def _print_evidence(answer: Answer, row: int, cells: Sequence[str], out: Console) -> None:
    """Print the quote of a row, and the further quotes it has (`from_quote`), each under its heading."""
    found = quotations_of(answer.columns, answer[row])
    for evidence in found:
        quote = evidence.quote
        if not quote:
            continue
        if evidence.sentence and not any(_same(evidence.sentence, cell) for cell in cells):
            quote = around(quote, evidence.sentence)
        elif any(_same(quote, cell) for cell in cells):
            quote = ""
        _print_quote(quote, evidence.section, evidence.passage, out, about(answer, evidence))
    if found:
        out.print()


def around(quote: str, sentence: str) -> str:
    """Return `sentence`, or of a long one the words around `quote`.

    >>> around("cầu Dinh", "Khởi công một số dự án: cầu Rào 1; cầu Dinh và cầu Quang Thanh.")
    'Khởi công một số dự án: cầu Rào 1; cầu Dinh và cầu Quang Thanh.'
    >>> around("hai", "một " * 90 + "hai" + " ba" * 90)[:12]
    '… một một mộ'
    """
    at = sentence.find(quote)
    if len(sentence) <= _LONG or at < 0:
        return sentence if at >= 0 else quote
    start = max(0, at - _CONTEXT)
    end = min(len(sentence), at + len(quote) + _CONTEXT)
    before = sentence[start:at].partition(" ")[2] if start else sentence[:at]
    after = sentence[at + len(quote) : end].rpartition(" ")[0] if end < len(sentence) else sentence[at + len(quote) :]
    return f"{'… ' if start else ''}{before}{quote}{after}{' …' if end < len(sentence) else ''}"


def _same(quote: str, cell: str) -> bool:
    """Tell whether a cell already says what the quote says, but for its last stop."""
    return quote.strip(" .;,…") == cell.strip(" .;,…")


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool], out: Console, style: str = "") -> Text:
    """Return one row of a table, as many lines as its longest cell needs."""
    wrapped = [
        Text(cell).wrap(out, width, overflow="fold", no_wrap=False) for cell, width in zip(cells, widths, strict=True)
    ]
    lines = []
    for pieces in zip_longest(*(tuple(piece.plain.strip() for piece in cell) for cell in wrapped), fillvalue=""):
        padded = (
            " " * (width - cell_len(piece)) + piece if numeric else piece + " " * (width - cell_len(piece))
            for piece, width, numeric in zip(pieces, widths, right, strict=True)
        )
        lines.append((" " * _GAP).join(padded).rstrip())
    return Text("\n".join(lines), style=style)


def _print_quote(quote: str, section: str, passage: str, out: Console, heading: str = "") -> None:
    said = Text(f"{heading}: " if heading else "", style="dim")
    if quote:
        said.append(f"“{quote}”  ", style="not dim italic")
    where = " ".join(part for part in (section, passage.partition("#")[2].replace("char=", "@")) if part)
    if where:
        said.append(f"[{where}]", style="dim")
    print_wrapped(said, out, _INDENT)


def _console() -> Console:
    return Console(highlight=False, markup=False, emoji=False)
