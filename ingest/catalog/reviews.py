"""Reviews: four dump formats that researchers have published."""

from ingest.catalog.entry import Feed, Source, Table, columns

REVIEWS = Feed(
    name="reviews",
    location="",
    cron="40 3 * * 0",
    cadence="published once, never updated",
    patterns=(
        "aclImdb*.tar",
        "part-*.json",
        "sample.json",
        "*ieee*.json",
        "IMDB_reviews.json",
        "IMDB Dataset*.csv",
    ),
    trees=("aclImdb",),
    reject_budget=0.01,
    tables=(
        Table(
            name="reviews",
            # content_hash: of the normalised body alone, the same whatever the format.
            # record_hash: of the record as its source states it. Both positive.
            # title_id: where the source states IMDb's id. title, release_year: where it does not.
            columns=columns(
                "source:text! source_review_id:text! content_hash:long! record_hash:long! "
                "title_id:title_id title:text release_year:year reviewer:text rating_10:whole "
                "sentiment_label:text headline:text body:text! review_date:date "
                "is_spoiler:flag helpful_count:whole vote_count:whole"
            ),
            key=("source", "source_review_id"),
        ),
    ),
    sources=(
        Source(
            name="stanford",
            publisher="Stanford AI Lab",
            url="https://ai.stanford.edu/~amaas/data/sentiment/",
            licence="Large Movie Review Dataset: research use with citation; "
            "the texts belong to their authors",
            attribution="Andrew L. Maas et al. 2011. Learning Word Vectors for Sentiment "
            "Analysis. ACL 2011",
            may_redistribute=False,
        ),
        Source(
            name="ieee",
            publisher="IEEE DataPort",
            url="https://ieee-dataport.org/open-access/imdb-movie-reviews-dataset",
            licence="IMDb review dataset: open access on IEEE DataPort, with attribution; "
            "the texts belong to their authors",
            attribution="Aditya Pal, Abhilash Barigidad, Abhijit Mustafi. 2020. IMDb Movie "
            "Reviews Dataset. IEEE DataPort. https://doi.org/10.21227/zm1y-b270",
            may_redistribute=False,
        ),
        Source(
            name="spoiler",
            publisher="R. Misra, on Kaggle",
            url="https://www.kaggle.com/datasets/rmisra/imdb-spoiler-dataset",
            licence="IMDB Spoiler Dataset: research use with citation; "
            "the texts belong to their authors",
            attribution="Misra, Rishabh. 2019. IMDB Spoiler Dataset",
            may_redistribute=False,
        ),
        Source(
            name="kaggle",
            publisher="L. N, on Kaggle",
            url="https://www.kaggle.com/datasets/lakshmi25npathi/imdb-dataset-of-50k-movie-reviews",
            licence="A copy of Stanford's labelled reviews, under the terms of Stanford's",
            attribution="Andrew L. Maas et al. 2011. Learning Word Vectors for Sentiment "
            "Analysis. ACL 2011",
            may_redistribute=False,
        ),
    ),
)
