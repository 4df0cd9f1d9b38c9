"""A customer file is taken as a whole, or every bad row is told and nothing is taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer
from ivr.errors import ContentError
from ivr.money import Money
from ivr.sources.csv_file import read_customers

HEADER = (
    "customer_id,name,phone,language,time_zone,region,account_id,kind,status,currency,balance,amount_due,"
    "due_on,card_ending,card_token,phone_2"
)
MARIA = (
    "C1,Maria Lopez,+12125550123,en,America/New_York,US-NY,A1,card,open,USD,100.00,42.50,"
    "2025-01-07,4242,tok_1,+1 (212) 555-0124"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "customers.csv"


def problems_of(file: Path, *rows: str, header: str = HEADER) -> list[str]:
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_customers(file)
    return [str(problem).removeprefix(f"{file}:") for problem in caught.value.problems]


def test_a_row_is_a_customer_with_an_account_phones_and_a_card(file: Path) -> None:
    file.write_text(f"{HEADER}\n{MARIA}\n", encoding="utf-8")
    (record,) = read_customers(file).records
    assert record.customer == Customer("C1", "Maria Lopez", "en", "America/New_York", "US-NY")
    assert record.accounts == (
        Account("A1", "C1", "card", "open", Money(10_000, "USD"), Money(4_250, "USD"), date(2025, 1, 7)),
    )
    assert record.contact_points == (
        ContactPoint("C1:voice:+12125550123", "C1", Medium.VOICE, "+12125550123", 1),
        ContactPoint("C1:voice:+12125550124", "C1", Medium.VOICE, "+12125550124", 2),
    )
    (card,) = record.payment_methods
    assert (card.kind, card.ending, card.token) == ("card", "4242", "tok_1")


def test_a_segment_is_taken(file: Path) -> None:
    file.write_text(f"{HEADER},segment\n{MARIA},gold\n", encoding="utf-8")
    (record,) = read_customers(file).records
    assert record.customer.segment == "gold"


def test_what_a_customer_can_be_asked_for_is_taken(file: Path) -> None:
    header, row = f"{HEADER},birth_date,postcode,account_ending", f"{MARIA},1985-07-31,20001-1234,7812"
    file.write_text(f"{header}\n{row}\n", encoding="utf-8")
    (record,) = read_customers(file).records
    assert (record.customer.birth_date, record.customer.postcode) == (date(1985, 7, 31), "20001-1234")
    assert record.accounts[0].ending == "7812"


def test_what_a_customer_can_be_asked_for_is_in_no_repr(file: Path) -> None:
    header, row = f"{HEADER},birth_date,postcode,account_ending", f"{MARIA},1985-07-31,20001-1234,7812"
    file.write_text(f"{header}\n{row}\n", encoding="utf-8")
    shown = repr(read_customers(file))
    assert not [secret for secret in ("1985", "20001", "7812") if secret in shown]


@pytest.mark.parametrize(
    ("column", "cell", "complaint"),
    [
        ("birth_date", "07/31/1985", "it is no date; write it like 1985-07-31."),
        ("birth_date", "0085-07-31", "nobody alive was born before 1900; check the year."),
        (
            "segment",
            "gold mostly",
            "'gold mostly' is no segment; use letters, digits, - and _, at most 40: gold.",
        ),
        ("postcode", "see below!", "'see below!' is no postcode; write it as in the address: 20001."),
        (
            "account_ending",
            "4000123412341234",
            "it is not the end of an account number; write its last 4 to 8 digits and never more.",
        ),
        (
            "account_ending",
            "123",
            "it is not the end of an account number; write its last 4 to 8 digits and never more.",
        ),
    ],
)
def test_a_wrong_one_is_complained_of(file: Path, column: str, cell: str, complaint: str) -> None:
    found = problems_of(file, f"{MARIA},{cell}", header=f"{HEADER},{column}")
    assert found == [f"2: {column}: {complaint}"]


WITH_MINIMUM = f"{HEADER},minimum_due"


@pytest.mark.parametrize(
    ("written", "minimum"),
    [("5.00", Money(500, "USD")), ("42.50", Money(4250, "USD")), ("0.00", Money(0, "USD")), ("", None)],
)
def test_a_minimum_that_is_met_or_all_that_is_due_is_kept_apart_from_none(
    file: Path, written: str, minimum: Money | None
) -> None:
    file.write_text(f"{WITH_MINIMUM}\n{MARIA},{written}\n", encoding="utf-8")
    (record,) = read_customers(file).records
    assert record.accounts[0].minimum_due == minimum


@pytest.mark.parametrize("written", ["42.51", "-1"])
def test_a_minimum_that_is_none_is_told(file: Path, written: str) -> None:
    (problem,) = problems_of(file, f"{MARIA},{written}", header=WITH_MINIMUM)
    assert problem.startswith("2: minimum_due:")
    assert "is not between nothing and the amount due; write at most the amount due" in problem


def test_a_number_may_be_written_as_people_of_the_region_do(file: Path) -> None:
    file.write_text(f"{HEADER}\n{MARIA.replace('+1 (212)', '(212)')}\n", encoding="utf-8")
    (record,) = read_customers(file).records
    assert record.contact_points[1].address == "+12125550124"


def test_what_is_left_empty_or_out_has_its_default(file: Path) -> None:
    file.write_text(
        "amount_due,customer_id,name,phone,account_id,kind,currency\n5,C1,Li Wei,+12125550123,A1,loan,JPY\n"
    )
    (record,) = read_customers(file).records
    assert record.customer == Customer("C1", "Li Wei", "en", None, None)
    assert record.accounts == (Account("A1", "C1", "loan", "open", Money(5, "JPY"), Money(5, "JPY"), None),)
    assert record.payment_methods == ()


def test_spreadsheets_write_marks_and_line_ends_of_their_own(file: Path) -> None:
    quoted = MARIA.replace("Maria Lopez", '"Lopez, María"')
    file.write_bytes(b"\xef\xbb\xbf" + f"{HEADER}\r\n{quoted}\r\n\r\n".encode())
    (record,) = read_customers(file).records
    assert record.customer.name == "Lopez, María"


def test_rows_of_one_customer_are_joined(file: Path) -> None:
    file.write_text("\n".join([HEADER, MARIA, MARIA.replace("A1,card", "A2,loan")]))
    (record,) = read_customers(file).records
    assert [account.id for account in record.accounts] == ["A1", "A2"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Maria Lopez", "", "2: name: it is empty; every row needs one."),
        (
            "Maria Lopez",
            "Maria\x07",
            "2: name: it is too long or has odd characters; use at most 200 printable ones.",
        ),
        (
            "+12125550123",
            "555",
            "2: phone: '555' can't be a number of its country; check the number of digits.",
        ),
        ("+12125550123", "PJSIP/x", "2: phone: 'PJSIP/x' is no telephone number; write it in full."),
        (
            "+1 (212) 555-0124",
            "212-555-0123",
            "2: phone_2: it is the number of phone again; leave one of them empty.",
        ),
        (
            ",en,",
            ",english,",
            "2: language: 'english' is no language; write its two letters, as in en or es.",
        ),
        (
            "America/New_York",
            "EST5",
            "2: time_zone: 'EST5' is no time zone; write one like America/New_York, or leave it empty.",
        ),
        (
            "US-NY",
            "US-ny",
            "2: region: 'US-ny' is no region; write a country like US, or a state like US-FL.",
        ),
        ("USD", "usd", "2: currency: 'usd' is no currency; write its three capital letters, as in USD."),
        ("42.50", "$42.50", "2: amount_due: '$42.50' is no amount; write an amount like 19.99."),
        (
            "42.50",
            "42.505",
            "2: amount_due: '42.505' has more decimals than USD has (2); write an amount like 19.99.",
        ),
        ("100.00", "1e30", "2: balance: '1e30' is beyond any account; write a smaller amount."),
        ("2025-01-07", "07/01/2025", "2: due_on: '07/01/2025' is no date; write it like 2025-01-31."),
        ("2025-01-07", "2025-02-30", "2: due_on: '2025-02-30' is no date; write it like 2025-01-31."),
        ("tok_1", "", "2: card_token: it is empty beside a card_ending; give both, or neither."),
        (
            MARIA,
            MARIA + ",x",
            (
                "2: the row has 17 cells, and the first line names 16 columns; "
                "add or remove commas, or put quotes around one."
            ),
        ),
    ],
)
def test_a_wrong_cell_is_told_with_its_line_and_what_would_be_right(
    file: Path, old: str, new: str, said: str
) -> None:
    assert problems_of(file, MARIA.replace(old, new)) == [said]


def test_every_bad_row_is_told_at_once(file: Path) -> None:
    rows = [
        MARIA.replace("+12125550123", "nobody").replace("42.50", "much"),
        MARIA.replace("C1", "C2").replace("A1", "A2"),
        MARIA.replace("C1", "C3").replace("A1", "A3").replace("USD", ""),
    ]
    told = problems_of(file, *rows)
    assert [problem.split(":")[:2] for problem in told] == [
        ["2", " amount_due"],
        ["2", " phone"],
        ["4", " currency"],
    ]


def test_an_account_given_twice_and_a_customer_given_differently_are_told(file: Path) -> None:
    other_name = MARIA.replace("Maria Lopez", "Mario Lopez").replace("A1", "A2")
    assert problems_of(file, MARIA, MARIA, other_name) == [
        "3: account_id: 'A1' is in line 2 already; give it once.",
        (
            "4: customer_id: 'C1' is described otherwise in line 2; "
            "make all but the columns of the account the same."
        ),
    ]


def test_the_line_is_that_where_the_row_begins(file: Path) -> None:
    two_lines = MARIA.replace("Maria Lopez", '"Maria\nLopez"')
    told = problems_of(file, two_lines, MARIA.replace("42.50", "x").replace("A1", "A2"))
    assert [problem.split(":")[0] for problem in told] == ["2", "4"]


def test_a_quote_that_is_never_closed_is_told_where_it_was_opened_and_hides_nothing(file: Path) -> None:
    told = problems_of(
        file,
        MARIA,
        MARIA.replace("Maria Lopez", '"Maria Lopez').replace("A1", "A2"),
        MARIA.replace("42.50", "much").replace("A1", "A3"),
        MARIA.replace("Maria Lopez", '"Maria Lopez"').replace("A1", "A4").replace("USD", "usd"),
        MARIA.replace("Maria Lopez", '"Maria').replace("A1", "A5"),
    )
    assert [problem.partition("(")[0] for problem in told] == [
        "3: this is no CSV ",
        "4: amount_due: 'much' is no amount; write an amount like 19.99.",
        "5: currency: 'usd' is no currency; write its three capital letters, as in USD.",
        "6: this is no CSV ",
    ]


def test_a_first_line_whose_quotes_do_not_close_is_told_alone(file: Path) -> None:
    told = problems_of(file, MARIA, header=HEADER.replace("name", '"name'))
    assert [problem.partition("(")[0] for problem in told] == ["1: this is no CSV "]


def test_every_cell_that_is_not_utf8_is_told_with_its_line_and_hides_nothing(file: Path) -> None:
    rows = [HEADER, MARIA.replace("Maria", "María"), MARIA.replace("42.50", "much").replace("A1", "A2")]
    file.write_bytes("\n".join(rows).encode("latin-1"))
    with pytest.raises(ContentError) as caught:
        read_customers(file)
    assert [(problem.line, problem.field) for problem in caught.value.problems] == [
        (2, "name"),
        (3, "amount_due"),
    ]


def test_an_account_of_two_rows_is_told_although_one_has_another_mistake(file: Path) -> None:
    told = problems_of(file, MARIA.replace("42.50", "much"), MARIA)
    assert [problem.split(":")[:2] for problem in told] == [["2", " amount_due"], ["3", " account_id"]]


def test_a_card_number_is_refused_and_never_repeated(file: Path) -> None:
    number = "4242424242424242"
    told = problems_of(file, MARIA.replace("4242,tok_1", f"{number},{number}"))
    assert [problem.split(":")[1] for problem in told] == [" card_ending", " card_token"]
    assert number not in "".join(told)


def test_columns_are_told_by_name(file: Path) -> None:
    told = problems_of(file, MARIA, header=HEADER.replace("phone,", "fone,", 1).replace("region", "name"))
    assert told[0].startswith("1: fone: no column of this name is known; use some of customer_id, ")
    assert told[1:] == [
        "1: name: the column is there twice; keep one of the two.",
        "1: phone: the column is missing; name it in the first line.",
    ]


def test_an_empty_file_misses_its_columns(file: Path) -> None:
    file.write_bytes(b"")
    with pytest.raises(ContentError, match="1: account_id: the column is missing"):
        read_customers(file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "1: it is not UTF-8; save the file as UTF-8"),
        (f"{HEADER}\n".encode() + b'C1,"Maria', "this is no CSV"),
    ],
)
def test_what_is_no_csv_is_told(file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    with pytest.raises(ContentError, match=said):
        read_customers(file)


def test_a_file_that_is_not_there_is_told(file: Path) -> None:
    with pytest.raises(ContentError, match=r"customers\.csv: it can't be read .*; name a CSV file"):
        read_customers(file)


def test_progress_rises_to_the_end(file: Path) -> None:
    rows = [MARIA.replace("C1", f"C{n}").replace("A1", f"A{n}") for n in range(2_500)]
    file.write_text("\n".join([HEADER, *rows]))
    seen: list[tuple[int, int]] = []
    assert len(read_customers(file, lambda done, total: seen.append((done, total))).records) == 2_500
    size = file.stat().st_size
    assert len(seen) == 3
    assert seen == sorted(seen)
    assert seen[-1] == (size, size)
