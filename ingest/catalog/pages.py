"""Title pages: captures of IMDb's title pages as text, HTML or web-crawl records."""

from ingest.catalog.entry import Feed, Source, Table, columns

# Every table but `captures` names its capture; a capture is one page at one instant.
PAGES = Feed(
    name="pages",
    location="",
    cron="0 3 * * *",
    cadence="whenever a person saves pages or a crawl is published",
    patterns=("*.txt", "*.html", "*.htm", "*.warc", "*.wet"),
    # An archive of the web holds everything: what is no title page is rejected, and no fault.
    reject_budget=1.0,
    tables=(
        # capture_id: negative, from a hash of the document's bytes and its URL; also the title's
        # key if no IMDb dump knows the title. title_type: IMDb's code, as in tvMiniSeries.
        # countries: ISO 3166 codes; languages: ISO 639 codes, or the name where there is none.
        Table(
            name="captures",
            columns=columns(
                "capture_id:long! source_file:text! record_number:long! url:text "
                "captured_at:instant layout:text! imdb_title_id:title_id title:text "
                "original_title:text title_type:text series_imdb_title_id:title_id "
                "season_number:whole episode_number:whole release_year:year end_year:year "
                "runtime_minutes:whole certificate:text rating_average:rating vote_count:whole "
                "genres:texts countries:texts languages:texts "
                "line_count:whole! unparsed_lines:texts!"
            ),
            key=("capture_id",),
        ),
        # fact_kind: outline, storyline, storyline_author, tagline, awards, award_win_count,
        # award_nomination_count, filming_location, company, official_site, sound_mix, color,
        # aspect_ratio, metascore, popularity, trivia, goof, quote, soundtrack, connection, faq …
        Table(
            name="facts",
            columns=columns("capture_id:long! fact_kind:text! fact_order:whole! fact_text:text!"),
            key=("capture_id", "fact_kind", "fact_order"),
        ),
        # category: as IMDb's dumps have it (actor, actress, self, director, writer …); actor where
        # a page names a player without saying more. person_key: a negative number from a hash
        # of the capture and the name. is_star: named among the stars at the page's head.
        Table(
            name="credits",
            columns=columns(
                "capture_id:long! credit_order:whole! person_name:text imdb_person_id:person_id "
                "person_key:long category:text! job:text characters:texts is_star:flag! "
                "episode_count:whole first_year:year last_year:year"
            ),
            key=("capture_id", "credit_order"),
        ),
        Table(
            name="names",
            columns=columns(
                "capture_id:long! name_order:whole! title_name:text! region:text note:text"
            ),
            key=("capture_id", "name_order"),
        ),
        # date_precision: day, month or year; release_date is the first day of it.
        Table(
            name="releases",
            columns=columns(
                "capture_id:long! release_order:whole! country_code:text country_name:text "
                "release_date:date! date_precision:text! note:text"
            ),
            key=("capture_id", "release_order"),
        ),
        Table(
            name="keywords",
            columns=columns("capture_id:long! keyword_order:whole! keyword:text!"),
            key=("capture_id", "keyword_order"),
        ),
        # As in the feed budgets; amount_kind may also be opening_weekend.
        Table(
            name="amounts",
            columns=columns(
                "capture_id:long! amount_kind:text! area:text! amount:amount! "
                "currency_code:text! is_estimated:flag! as_of_date:date"
            ),
            key=("capture_id", "amount_kind", "area"),
        ),
        # liked_text: the block's lines as they stand. title is NULL where the heading was lost.
        Table(
            name="also_liked",
            columns=columns(
                "capture_id:long! liked_order:whole! imdb_title_id:title_id title:text "
                "title_type:text release_year:year genres:texts rating_average:rating "
                "outline:text directors:texts stars:texts liked_text:text!"
            ),
            key=("capture_id", "liked_order"),
        ),
        # As in the feed reviews.
        Table(
            name="reviews",
            columns=columns(
                "capture_id:long! review_order:whole! source_review_id:text content_hash:long! "
                "record_hash:long! reviewer:text reviewer_location:text rating_10:whole "
                "headline:text body:text! review_date:date is_spoiler:flag "
                "helpful_count:whole vote_count:whole"
            ),
            key=("capture_id", "review_order"),
        ),
    ),
    sources=(
        Source(
            name="page",
            publisher="IMDb, as a person or a crawl saved its pages",
            url="https://www.imdb.com/conditions",
            licence="IMDb conditions of use: what you saved is for yourself, no republishing; "
            "reviews belong to their authors",
            attribution=(
                "Information courtesy of IMDb (https://www.imdb.com). Used with permission."
            ),
            may_redistribute=False,
        ),
    ),
)
