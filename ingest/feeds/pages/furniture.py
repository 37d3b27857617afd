"""Lines that stand on every page of a layout and say nothing of its title."""

import re

from ingest.feeds.pages.lines import Line, wordings

_LINES = wordings(
    """
edit | add image | add an image | add image add an image | learn more | learn more. | see more
see all | see full cast | see full summary | do you have any images for this title?
your rating: | your rating | rate | rate this | imdb rating | x | ... | 0 next | next | prev
« prev | add to watchlist | watchlist | in watchlist | watch options | error
please try again! | error please try again! | add a plot | be the first to review | review
be the first to review this title | featured review | featured reviews | add full plot
add synopsis | add keyword | add content advisory | see all certifications | all cast & crew
view content advisory | show more | read more | read all | more | submit | cancel | ok | close
see all external reviews | yes no | yes | no | report this | permalink | sponsored
advertisement | view rank on imdbpro | metacritic reviews | from metacritic.com
powered by zergnet | play trailer | trailer | sign in
it looks like we don't have any plot summaries for this title yet.
parents guide: | parents guide | see detailed box office info on imdbpro
see production, box office & company info | see more at imdbpro
see more company credits at imdbpro | production, box office & more at imdbpro
contact the filmmakers on imdbpro | movie | add a plot in your language | add a tagline
metascore | seasons: | years: | … | suggest an edit or add missing content | plot summary
plot synopsis | synopsis | top-rated | see rank | n/a | -/10
"""
)
_FORMS = re.compile(
    r"\||(?:\u25c4 )?(?:Prev|Previous) \d+ Next \d+(?: \u25ba)?"
    r"|Plot (?:Summary|Synopsis) \| .{1,40}|Add (?:Full Plot|Synopsis)(?: \| .{1,40})?"
    r"|(?:1 2 3 4 5 6 7 8 9 10 )?-/10 X"
    r"|(?:Up|Down|Up/Down) [\d,]+ this week|\(?no change\)?"
    r"|Play trailer ?[\d:]*|[\d,.]+K?\+? (?:Videos?|Photos?|photos?|videos?|news articles?)"
    r"(?: \| .{1,80})?"
    r"|See all \d.{0,60}|See all my reviews|Review this title.{0,120}|See all .{0,40}reviews"
    r"|Getting Started \| Contributor Zone|[\d,]+ more credits?|\d+ more"
    r"|(?:See|Show) .{0,80}IMDbPro|See full technical specs|See full cast (?:and|&) crew"
    r"|See .{0,60}\u00bb|Was this review helpful to you\?.{0,40}"
    r"|See all .{0,40}|Reviews?|Need to know.{0,80}|Be the first to (?:contribute|review).{0,150}"
)


def holds(line: Line) -> bool:
    """Whether the line is furniture."""
    if line.level == 1:
        return False
    if not line.said or len(line.said) > 200:
        return not line.said and len(line.text) < 200
    return line.said.lower() in _LINES or _FORMS.fullmatch(line.said) is not None
