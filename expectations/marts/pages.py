"""What a release promises of what title pages say: what is unlike the last one is news.

Pages are what a person chose to save, and tomorrow's may be fewer.
"""

from expectations.marts.promise import Promise
from expectations.suite import Severity

PROMISES = {
    "fct_page_captures": Promise(
        key=("capture_id",),
        elements=("layout",),
        holds={"row_count": ("pages.captures",)},
        change=Severity.REPORT,
    ),
    "fct_releases": Promise(
        key=("title_id", "source", "release_order"),
        elements=("source", "date_precision"),
        change=Severity.REPORT,
    ),
    "dim_title_facts": Promise(
        key=("title_id", "fact_kind", "fact_order"), elements=("fact_kind",), change=Severity.REPORT
    ),
    "bridge_titles_keywords": Promise(key=("title_id", "keyword"), change=Severity.REPORT),
}
