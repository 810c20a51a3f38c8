"""What a report says of itself above its body: number, date, issuer, area, title, period."""

from hpkg.letterhead.letterhead import ASKED, complete, read_letterhead

__all__ = ["ASKED", "complete", "read_letterhead"]
