"""A description laid out for a person: what the thing is, what reports say of it in time order, what it is linked with.

Not for: finding any of it (`hpkg.questions.description`).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

from hpkg.cli.table import around, print_pairs, print_wrapped
from hpkg.messages import Language, text
from hpkg.namespaces import short
from hpkg.questions.term import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.questions.description import Description, Evidence, Fact, Link, Standing, Statement
    from hpkg.questions.term import Term

__all__ = ["print_description"]

_LISTED: Final = 12
_INDENT: Final = 4


def print_description(description: Description, console: Console | None = None) -> None:
    """Print `description` on stdout, in its language."""
    out = console or Console(highlight=False, markup=False, emoji=False)
    language = description.language
    print_wrapped(Text(str(description.label), style="bold"), out)
    if description.kinds:
        print_wrapped(Text(", ".join(map(str, description.kinds))), out)
    out.print(Text(description.iri, style="cyan"), soft_wrap=True)
    if description.read_from or not description.timeline:
        for quote in description.evidence[:_LISTED]:
            _print_quote(quote, out)
    _print_rest(description.quoted if not description.timeline else 0, language, out)
    print_pairs(_facts(description.facts, language), out)
    _print_statements("cli.read-from", description.read_from, len(description.read_from), out, description)
    _print_statements("cli.in-time-order", description.timeline, description.told, out, description)
    links = _links(description.incoming.links, language)
    if links:
        out.print(Text(f"\n{text('cli.mentioned-by', language)}", style="bold"))
        print_pairs(links, out)
        _print_rest(description.incoming.total - len(description.incoming.links) + _LISTED, language, out)
    if description.reports:
        out.print(Text(f"\n{text('cli.in-reports', language)}", style="bold"))
        print_pairs([(Text(str(count)), _named(report)) for report, count in description.reports], out)


def _facts(facts: Sequence[Fact], language: Language) -> list[tuple[Text, Text]]:
    return _by_property([(fact.property.text, fact.value, fact.standing) for fact in facts], language)


def _links(links: Sequence[Link], language: Language) -> list[tuple[Text, Text]]:
    return _by_property([(link.property.text, link.source, link.standing) for link in links], language)


def _by_property(told: Sequence[tuple[str, Term, Standing]], language: Language) -> list[tuple[Text, Text]]:
    """Return what is told as lines: of each property the first few things, then how many more there are."""
    rows: list[tuple[Text, Text]] = []
    for label, group in groupby(told, key=lambda one: one[0]):
        same = list(group)
        for place, (_, thing, standing) in enumerate(same[:_LISTED]):
            rows.append((Text("" if place else label), _named(thing, standing, language)))
        rows += _rest(len(same), language)
    return rows


def _rest(count: int, language: Language) -> list[tuple[Text, Text]]:
    more = text("cli.more", language, count=count - _LISTED)
    return [(Text(), Text(more, style="dim"))] if count > _LISTED else []


def _named(term: Term, standing: str = "", language: Language = "en") -> Text:
    said = Text(shortened(str(term)))
    if term.iri and short(term.iri) != term.text:
        said.append(f"  {short(term.iri)}", style="dim")
    if standing in {"entailed", "derived"}:
        said.append(f"  ({text(f'page.standing-{standing}', language)})", style="dim italic")
    return said


def _print_statements(
    heading: str, statements: Sequence[Statement], total: int, out: Console, description: Description
) -> None:
    if not statements:
        return
    out.print(Text(f"\n{text(heading, description.language)}", style="bold"))
    above = {quote.sentence for quote in description.evidence}  # for a part of a text: printed at the top
    for said in statements[:_LISTED]:
        line = Text(f"{said.period}  " if said.period else "", style="bold")
        line.append(shortened(str(said.name)), style="not bold")
        about = [str(term) for term in (said.kind, said.modality) if term]
        line.append(f"  ({', '.join(about)})" if about else "", style="not bold dim")
        print_wrapped(line, out)
        for quote in said.evidence:
            _print_quote(quote, out, said.name.text, whole=heading != "cli.read-from" or quote.sentence not in above)
    _print_rest(total, description.language, out)


def _print_rest(total: int, language: Language, out: Console) -> None:
    if total > _LISTED:
        out.print(Text(text("cli.more", language, count=total - _LISTED), style="dim"))


def _print_quote(quote: Evidence, out: Console, known: str = "", *, whole: bool = True) -> None:
    """Print the sentence around a quote, unless the line above says the same words, and where it stands."""
    words = around(quote.quote, quote.sentence) if whole else quote.quote
    said = Text("" if words.rstrip(" .;,") == known.rstrip(" .;,") else f"“{words}”  ", style="italic")
    where = f"{quote.section} " if quote.section else ""
    said.append(f"[{where}@{quote.start},{quote.end}]", style="not italic dim")
    at = said.plain.find(quote.quote) if words != quote.quote else -1
    if at >= 0:
        said.stylize("bold", at, at + len(quote.quote))
    print_wrapped(said, out, _INDENT)
