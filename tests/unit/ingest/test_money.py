"""Money as pages write it: what is read, and what nobody can know."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest import money, reference
from ingest.money import Money, MoneyError


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$8,000,000", "8000000", "USD"),
        ("€18,000,000", "18000000", "EUR"),
        ("£8,000,000", "8000000", "GBP"),
        ("JPY 2,400,000,000", "2400000000", "JPY"),
        ("¥2,400,000,000", "2400000000", "JPY"),
        ("￥2,400", "2400", "JPY"),
        ("CN¥2,400", "2400", "CNY"),
        ("KRW\xa012,215,500,000", "12215500000", "KRW"),
        ("₩12,215,500,000", "12215500000", "KRW"),
        ("NZD 250,000", "250000", "NZD"),
        ("NZ$250,000", "250000", "NZD"),
        ("A$250,000", "250000", "AUD"),
        ("CA$250,000", "250000", "CAD"),
        ("CAD 12,000,000", "12000000", "CAD"),
        ("DEM 3,000,000", "3000000", "DEM"),
        ("FRF3,000,000", "3000000", "FRF"),
        ("₹150,000,000", "150000000", "INR"),
        ("₹1,50,00,000", "15000000", "INR"),
        ("₹15 crore", "150000000", "INR"),
        ("18.000.000 €", "18000000", "EUR"),
        ("€1.234.567,89", "1234567.89", "EUR"),
        ("1 234 567,89 €", "1234567.89", "EUR"),
        ("CHF 1'000'000", "1000000", "CHF"),
        ("$1.2 million", "1200000", "USD"),
        ("$1.234 million", "1234000", "USD"),
        ("£8m", "8000000", "GBP"),
        ("USD 5bn", "5000000000", "USD"),
        ("$5 USD", "5", "USD"),
        ("$1,000.50", "1000.50", "USD"),
        ("$0", "0", "USD"),
        ("-$12", "-12", "USD"),
        ("$-12", "-12", "USD"),
        ("\u2212$12", "-12", "USD"),
        ("F CFA 5,000", "5000", "XOF"),
    ],
)
def test_amounts_that_say_their_currency_are_read(text: str, amount: str, currency: str) -> None:
    assert money.parse(text) == Money(Decimal(amount), currency, is_estimated=False)


@pytest.mark.parametrize(
    "text", ["$5,000 (estimated)", "$5,000 (est.)", "$5,000 estimated", "Estimated $5,000"]
)
def test_an_estimate_is_told_from_a_fact(text: str) -> None:
    assert money.parse(text) == Money(Decimal(5000), "USD", is_estimated=True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no number"),
        ("$", "no number"),
        ("8,000,000", "no currency"),
        ("8 million", "no currency"),
        ("kr 8,000,000", "'kr' is in no list, or means several"),
        ("Rs 8,000,000", "'Rs' is in no list, or means several"),
        ("8 million dollars", "'dollars' is in no list, or means several"),
        ("usd 8,000", "'usd' is in no list, or means several"),
        ("XXX 8,000", "'XXX' is in no list, or means several"),
        ("$8,000 EUR", "two currencies: EUR and USD"),
        ("$8-9 million", "not one amount"),
        ("$8,000,000 (USA)", "not one amount"),
        ("27 of 31 people", "not one amount"),
        ("$80,00", "not one amount"),
        ("$1,2345,678", "not one amount"),
        ("$1.234", "its point may part thousands or cents"),
        ("$1,000.505", "parts of a cent"),
        ("$10,000,000,000,000,000", "more than sixteen digits"),
        ("$" + "1" * 100, "longer than 100 characters"),
        ("$٣٠٠", "no number"),
    ],
)
def test_what_nobody_can_know_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(MoneyError) as refusal:
        money.parse(text)
    assert reason in str(refusal.value)


CODES = st.sampled_from(sorted(reference.currency_codes()))
CENTS = st.integers(min_value=-(10**17), max_value=10**17)


@given(code=CODES, cents=CENTS, is_estimated=st.booleans())
def test_what_is_written_plainly_is_read_back(code: str, cents: int, is_estimated: bool) -> None:
    amount = Decimal(cents) / 100
    text = f"{code} {amount:,.2f}{' (estimated)' if is_estimated else ''}"
    assert money.parse(text) == Money(amount, code, is_estimated)


@given(symbol=st.sampled_from(sorted(reference.currency_symbols())), whole=st.integers(0, 10**12))
def test_a_symbol_may_stand_on_either_side(symbol: str, whole: int) -> None:
    code = reference.currency_symbols()[symbol]
    assert money.parse(f"{symbol}{whole:,}") == Money(Decimal(whole), code)
    assert money.parse(f"{whole:,} {symbol}") == Money(Decimal(whole), code)


@given(st.text(alphabet=st.sampled_from("$€¥kr0123456789,.' -()million estCAD"), max_size=60))
@example("1" * 60)
@example("." * 60 + "1")
def test_any_text_is_read_or_refused(text: str) -> None:
    read = None
    with suppress(MoneyError):
        read = money.parse(text)
    if read is not None:
        assert read.currency_code in reference.currency_codes()
        assert abs(read.amount) < money.MAX_AMOUNT
