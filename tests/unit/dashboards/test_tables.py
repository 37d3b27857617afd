"""The data dictionary's picture and order."""

from dashboards.reader import Row
from dashboards.views.tables import grouped, lineage


def neighbour(layer: str, name: str) -> Row:
    return {"layer": layer, "table_name": name}


def test_a_feed_is_one_box_with_its_tables() -> None:
    above = [neighbour("imdb", "title_basics"), neighbour("imdb", "title_ratings")]
    drawn = lineage.diagram("dim_titles", above, [neighbour("marts", "rpt_top_titles")])
    assert '["imdb:<br/>title_basics<br/>title_ratings"] --> this' in drawn
    assert 'this --> to0["marts:<br/>rpt_top_titles"]' in drawn


def test_a_table_of_no_known_kind_is_listed_all_the_same() -> None:
    names = ("dim_titles", "odd_one", "fct_credits")
    tables: list[Row] = [{"schema_name": "marts", "table_name": name} for name in names]
    (_, kinds), _ = grouped(tables)
    listed = [row["table_name"] for _, rows in kinds for row in rows]
    assert listed == ["dim_titles", "fct_credits", "odd_one"]
