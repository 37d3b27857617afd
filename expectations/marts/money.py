"""What a release promises of budgets and box office."""

from expectations.marts.promise import Promise

# An amount of the feed is in one mart or the other; of several pages only the newest one's is.
STATED = {
    "stated_count": "count(*) filter (where source <> 'page') "
    "+ (select count(*) from marts.fct_budgets where source <> 'page')"
}
# 0 and less are unknown, and null.
AMOUNT = {"amount": (0.01, None)}

PROMISES = {
    "fct_budgets": Promise(
        key=("source", "source_record_id", "amount_kind"),
        elements=("source", "currency_code", "fx_basis"),
        ranges=AMOUNT,
        never_empty="budgets",
    ),
    "fct_box_office": Promise(
        key=("source", "source_record_id", "amount_kind", "area"),
        elements=("source", "amount_kind", "currency_code", "fx_basis"),
        measures=STATED,
        holds={"stated_count": ("budgets.amounts",)},
        ranges=AMOUNT,
    ),
}
