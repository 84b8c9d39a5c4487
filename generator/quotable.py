"""What a page gives a reader to copy: citations, and the code that shows a claim on another page."""

from __future__ import annotations

from markupsafe import Markup

from . import markup
from .outputs import Site, bibtex, csl
from .outputs.citation import sentence, title
from .views.citing import CitedClaim, Work

_FRAME = Markup(
    '<iframe src="{}" title="{}" width="100%" height="320" style="border:0" loading="lazy" '
    'sandbox="allow-popups allow-top-navigation-by-user-activation"></iframe>'
)
"""Where a card is shown. It needs no script, so the page around it need not grant it any."""


class Quotable:
    """Says things as they are to be copied, on a given site."""

    def __init__(self, site: Site) -> None:
        """Take where the site stands."""
        self._site = site

    def citation(self, work: Work) -> str:
        """A citation as a sentence."""
        return sentence(work, self._site)

    def bibtex(self, work: Work) -> str:
        """The same as BibTeX."""
        return bibtex.entry(work, self._site).rstrip("\n")

    def csl(self, work: Work) -> str:
        """The same as CSL-JSON, on one line."""
        return csl.document([work], self._site, indent=None)

    def embed_code(self, cited: CitedClaim, pinned: bool = False) -> str:
        """What shows a claim's card on another page."""
        card = cited.pinned if pinned and cited.pinned else cited.card
        return str(_FRAME.format(self._site.page(card), title(cited.work)))


def verbatim(text: str) -> Markup:
    """Text to be copied, for an element that keeps its spaces: nothing in it is HTML or Markdown."""
    return Markup(markup.escape_verbatim(text))
