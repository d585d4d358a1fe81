"""Dates and times of day, resolved against publication on Thursday 28 March 2024 unless a case says
otherwise.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from tailgraph.nlp import dates
from tailgraph.nlp.dates import Anchor, DateMention, Precision
from tests.nlp import told

THURSDAY = date(2024, 3, 28)


def parse(text: str) -> Doc:
    return told.language()(text)


def found(text: str, published: date | None = THURSDAY) -> list[DateMention]:
    return list(dates.find(parse(text), published))


def days(text: str, published: date | None = THURSDAY) -> str:
    """The first dated mention as "first..last", one day where both are the same."""
    interval = next(m.interval for m in found(text, published) if m.interval)
    assert interval
    first, last = interval.earliest, interval.latest
    return str(first) if first == last else f"{first or ''}..{last or ''}"


WEEKDAYS = [
    ("It landed on Thursday.", "2024-03-28"),
    ("It landed on Tuesday.", "2024-03-26"),
    ("It landed on Friday.", "2024-03-22"),
    ("The plane came in on Sunday evening.", "2024-03-24"),
    ("They met last Thursday.", "2024-03-21"),
    ("They met last Monday.", "2024-03-25"),
    ("Talks open next Tuesday.", "2024-04-02"),
    ("The freighter will fly on Saturday.", "2024-03-30"),
    ("The freighter is due back on Monday.", "2024-04-01"),
    ("On Tuesday of last week it left.", "2024-03-19"),
    ("It left on Wednesday last week.", "2024-03-20"),
    ("Friday's landing was the third.", "2024-03-22"),
    ("Mon 02:14 – lights out.", "2024-03-25"),
    ("MONDAY", "2024-03-25"),
]
CALENDAR = [
    ("It left on 12 March.", "2024-03-12"),
    ("It left on March 21.", "2024-03-21"),
    ("It left on 29 March.", "2023-03-29"),
    ("It left on Sept. 29.", "2023-09-29"),
    ("It left on the 3rd of May 2019.", "2019-05-03"),
    ("It left on Tuesday, March 12, 2024.", "2024-03-12"),
    ("It left on 12 March, 2021.", "2021-03-12"),
    ("It left on 31 June.", ""),
    ("The deal was signed on May 10.", "2023-05-10"),
    ("From December 1 the carrier will fly daily.", "2024-12-01.."),
    ("A hop was planned for 30 March.", "2023-03-30"),
    ("In June it flew.", "2023-06-01..2023-06-30"),
    ("In March it flew.", "2024-03-01..2024-03-31"),
    ("In March 1997 it flew.", "1997-03-01..1997-03-31"),
    ("In August last year it flew.", "2023-08-01..2023-08-31"),
    ("In June this year it will fly.", "2024-06-01..2024-06-30"),
    ("It flew last June.", "2023-06-01..2023-06-30"),
    ("It came in late November.", "2023-11-21..2023-11-30"),
    ("It came in early February.", "2024-02-01..2024-02-10"),
    ("It came in mid-July 2001.", "2001-07-11..2001-07-20"),
    ("It came at the end of May 2022.", "2022-05-21..2022-05-31"),
    ("It came at the beginning of March.", "2024-03-01..2024-03-10"),
    ("In the first week of June 2018 it came.", "2018-06-01..2018-06-07"),
    ("On Christmas Eve it came.", "2023-12-24"),
    ("On New Year's Day 2015 it came.", "2015-01-01"),
]
PARTS = [
    ("It came in the second half of January.", "2024-01-16..2024-01-31"),
    ("It came in the first half of June 2018.", "2018-06-01..2018-06-15"),
    ("It came in the last quarter of 2022.", "2022-10-01..2022-12-31"),
    ("It came on Wednesday the 20th.", "2024-03-20"),
    ("It has flown since the autumn.", "2023-09-01..2024-03-28"),
    ("Eighty have flown since war broke out in April last year.", "2023-04-01..2024-03-28"),
]
NUMERIC = [
    ("Date: 2024-03-12", "2024-03-12"),
    ("Date: 2024/3/2", "2024-03-02"),
    ("Logged 2024-03-12T21:30Z.", "2024-03-12"),
    ("Date: 12.03.2024", "2024-03-12"),
    ("Date: 13/12/2023", "2023-12-13"),
    ("Date: 12/13/2023", "2023-12-13"),
    ("Date: 03/12/2023", "2023-03-12..2023-12-03"),
    ("Date: 05/05/23", "2023-05-05"),
    ("DTG 121530Z MAR 24", "2024-03-12"),
    ("DTG 010005ZFEB99", "1999-02-01"),
    ("ETD 12MAR24", "2024-03-12"),
    ("ETD 12-Mar-2021", "2021-03-12"),
]
RANGES = [
    ("Between 3 and 5 June it flew.", "2023-06-03..2023-06-05"),
    ("It flew from 3 June to 5 July 2023.", "2023-06-03..2023-07-05"),
    ("It flew 3–5 June 2021.", "2021-06-03..2021-06-05"),
    ("It flew June 3-5, 2021.", "2021-06-03..2021-06-05"),
    ("It flew 17 March–3 April 2019.", "2019-03-17..2019-04-03"),
    ("It flew March 31 – April 2.", "2023-03-31..2023-04-02"),
    ("It flew between March and June 1999.", "1999-03-01..1999-06-30"),
    ("Two trips, in February and May 2022.", "2022-02-01..2022-05-31"),
    ("It flew on 29 and 30 September 2020.", "2020-09-29..2020-09-30"),
    ("It flew on 3, 5 and 9 March.", "2024-03-03..2024-03-09"),
    ("It flew on March 3, 5 and 9.", "2024-03-03..2024-03-09"),
    ("It flew between Sunday and Tuesday.", "2024-03-24..2024-03-26"),
    ("It flew between Friday and Sunday.", "2024-03-22..2024-03-24"),
    ("It flew between December and February.", "2023-12-01..2024-02-29"),
    ("It flew from November 2022 to January 2023.", "2022-11-01..2023-01-31"),
    ("It flew in 2019 and 2021.", "2019-01-01..2021-12-31"),
    ("On the night of 17/18 May it flew.", "2023-05-17..2023-05-18"),
    ("It flew between 1998 and 2003.", "1998-01-01..2003-12-31"),
]
PERIODS = [
    ("It flew last week.", "2024-03-18..2024-03-24"),
    ("It flies next week.", "2024-04-01..2024-04-07"),
    ("It flew this week.", "2024-03-25..2024-03-28"),
    ("It flew this month.", "2024-03-01..2024-03-28"),
    ("It flew last month.", "2024-02-01..2024-02-29"),
    ("It flew early last month.", "2024-02-01..2024-02-10"),
    ("It flew last year.", "2023-01-01..2023-12-31"),
    ("It flew last fall.", "2023-09-01..2023-11-30"),
    ("It flew last autumn.", "2023-09-01..2023-11-30"),
    ("It flew last winter.", "2023-12-01..2024-02-29"),
    ("It flew last spring.", "2023-03-01..2023-05-31"),
    ("It flew the previous fall.", "2023-09-01..2023-11-30"),
    ("It flew in the summer of 2014.", "2014-06-01..2014-08-31"),
    ("It flew in winter 2009.", "2009-12-01..2010-02-28"),
    ("It flew over the weekend.", "2024-03-23..2024-03-24"),
    ("It flew yesterday.", "2024-03-27"),
    ("It flies tomorrow.", "2024-03-29"),
    ("It left the day before yesterday.", "2024-03-26"),
    ("It flew in 2019.", "2019-01-01..2019-12-31"),
    ("It flew in late 2022.", "2022-09-01..2022-12-31"),
    ("It flew in the 1990s.", "1990-01-01..1999-12-31"),
    ("It flew in the late 1980s.", "1987-01-01..1989-12-31"),
    ("It flew in the first half of 2023.", "2023-01-01..2023-06-30"),
    ("It flew in the third quarter of 2021.", "2021-07-01..2021-09-30"),
    ("It flew in Q1 2020.", "2020-01-01..2020-03-31"),
    ("It flew in the past two months.", "2024-01-28..2024-03-28"),
    ("It flew over the last ten days.", "2024-03-18..2024-03-28"),
    ("It flew two days ago.", "2024-03-26"),
    ("It flew three weeks ago.", "2024-03-04..2024-03-10"),
    ("It flew two months ago.", "2024-01-01..2024-01-31"),
]
OPEN = [
    ("It has flown since last fall.", "2023-09-01..2024-03-28"),
    ("It has flown since 2016.", "2016-01-01..2024-03-28"),
    ("It has flown since January 12.", "2024-01-12..2024-03-28"),
    ("It flew before 12 December 2009.", "..2009-12-11"),
    ("It flew until 2023.", "..2023-12-31"),
    ("It had left by 12 December 2009.", "..2009-12-12"),
    ("After March 2022 it flew.", "2022-04-01..2024-03-28"),
    ("From 5 May 2021 it flew daily.", "2021-05-05..2024-03-28"),
]
TOLD = [
    ("On 3 May 2020 it left. Two days later it returned.", "2020-05-05"),
    ("On 3 May 2020 it left. It landed the next day.", "2020-05-04"),
    ("On 3 May 2020 it left. It had come the day before.", "2020-05-02"),
    ("On 3 May 2020 it left. That night it was back.", "2020-05-03"),
    ("On 3 May 2020 it left. Three hours later it was back.", "2020-05-03"),
    ("In August 1998 it flew. It set out on the 12th at 21:30.", "1998-08-12"),
    ("On 3 May 2020 it left. A week earlier it had come.", "2020-04-26"),
    ("The war began on 4 June 2019. A day after 6 June 2019 it left.", "2019-06-07"),
    ("2015. On 1 March of that year it flew.", "2015-03-01"),
    ("2015. On 1 March it flew.", "2015-03-01"),
    ("On 3 May 2009 it left. On 12 May it was back.", "2009-05-12"),
    ("On 13 March 2023 it left. On 15 March it was back.", "2023-03-15"),
    ("On 3 November 2023 it left. On 12 March it was back.", "2024-03-12"),
    ("It was founded in 2018. In the same year, on October 16, it left.", "2018-10-16"),
]


@pytest.mark.parametrize(
    ("text", "expected"), WEEKDAYS + CALENDAR + PARTS + NUMERIC + RANGES + PERIODS + OPEN
)
def test_resolves_against_publication(text: str, expected: str) -> None:
    if expected:
        assert days(text) == expected
    else:
        assert [m for m in found(text) if m.interval] == []


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_counts_from_the_date_told_before(text: str, expected: str) -> None:
    interval = [m.interval for m in found(text) if m.interval][-1]
    assert interval
    assert (interval.earliest, interval.latest) == (date.fromisoformat(expected),) * 2


@pytest.mark.parametrize(
    "text",
    [
        "The plane may land.",
        "They march on.",
        "June Smith told us.",
        "Resolution 1718 and Resolution 2231 apply.",
        "The An-124 and the Il-76 flew at 30,000 feet.",
        "It weighs 2019 tonnes.",
        "They flew every Tuesday.",
        "The N1 road and route A320.",
        "He won 5–0.",
        "Part 12/4 of the form.",
        "The sun set.",
        "In the second place, no.",
        "A 122mm rocket.",
    ],
)
def test_other_words_and_numbers_are_no_dates(text: str) -> None:
    assert [m.interval for m in found(text) if m.interval] == []


@pytest.mark.parametrize(
    ("text", "night"),
    [
        ("at 23:18 local on Tuesday", True),
        ("at 02:14", True),
        ("at 1.40am", True),
        ("at 12:30", False),
        ("at 9 a.m. on Monday", False),
        ("at 10:15 p.m.", True),
        ("at 0340Z", True),
        ("at noon on September 30", False),
        ("on Sunday evening", True),
        ("on Monday night", True),
        ("before dawn on Saturday", True),
        ("in the early hours of 3 June", True),
        ("after nightfall on 6 March", True),
        ("late on Tuesday", True),
        ("on Friday morning", False),
        ("on Tuesday afternoon", False),
        ("in broad daylight", False),
        ("at dead of night", True),
        ("before daybreak the following morning", True),
        ("just after midnight", True),
        ("on the night of April 9", True),
        ("before noon", False),
        ("under the cover of darkness", True),
        ("at 18:30", None),
        ("at 05:30", None),
        ("on Monday at dusk", None),
    ],
)
def test_tells_night_from_day(text: str, night: bool | None) -> None:
    assert [m.night for m in found(f"It landed {text}.")][:1] == [night]


def test_a_clock_time_keeps_its_zone() -> None:
    mentions = found("It left at 21:40Z on 12 March and landed at 10:15 a.m. local time.")
    assert [(m.clock.hour, m.clock.minute, m.clock.zone) for m in mentions if m.clock] == [
        (21, 40, "UTC"),
        (10, 15, "local"),
    ]


def test_a_word_for_day_or_night_wins_over_a_clock_in_utc() -> None:
    assert [m.night for m in found("Down on Saturday at 03:02Z, mid-afternoon over there.")] == [False]


def test_a_time_joins_its_day_but_not_a_month() -> None:
    assert [(m.precision, m.night) for m in found("In May 2022, at night, it flew.")] == [
        (Precision.MONTH, None),
        (Precision.TIME, True),
    ]


def test_overnight_is_the_night_before_publication_or_the_day_told() -> None:
    assert days("RA-78830 landed overnight.") == "2024-03-27..2024-03-28"
    assert [m.interval for m in found("An overnight journey.")] == [None]


def test_anchors() -> None:
    mentions = found("On 3 May 2020 it left; two days later it was back. Last week it left again.")
    assert [m.anchored for m in mentions] == [Anchor.WRITTEN, Anchor.NARRATIVE, Anchor.PUBLICATION]


def test_without_publication_only_full_dates_are_resolved() -> None:
    text = "It left on Tuesday, on 12 May, last week, and on 3 June 2020; two days later it was back."
    assert [str(m.interval.earliest) for m in found(text, None) if m.interval] == ["2020-06-03", "2020-06-05"]


CONTEXT = [
    # a year or part of one, told beside with "when"
    ("It began in early 2022, when two jets landed on 3 January.", ["2022-01-01..2022-04-30", "2022-01-03"]),
    ("In 2021, when the first came in on 9 May, nobody looked.", ["2021-01-01..2021-12-31", "2021-05-09"]),
    ("It ended in 2019 when a jet crashed on June 7.", ["2019-01-01..2019-12-31", "2019-06-07"]),
    ("The airline began in late 2022, when it flew on 3 March.", ["2022-09-01..2022-12-31", "2024-03-03"]),
    ("Founded in early 2022, it flew on 3 January.", ["2022-01-01..2022-04-30", "2024-01-03"]),
    # near a full date of a year gone by
    ("On 12 May 2022 it left Minsk.\n\nIt had landed there on 10 May.", ["2022-05-12", "2022-05-10"]),
    ("It came on 2 July 2021.\n\nOn 20 July another followed.", ["2021-07-02", "2021-07-20"]),
    ("It came on 2 July 2021.\n\nOn 20 September another followed.", ["2021-07-02", "2023-09-20"]),
    ("It came on 2 March 2021.\n\nOn 20 March the minister spoke.", ["2021-03-02", "2024-03-20"]),
    ("It came on 2 July 2021.\n\nIn late July it flew on.", ["2021-07-02", "2021-07-21..2021-07-31"]),
    (
        "It came on 2 July 2021.\n\nNobody saw it in August. In September it left.",
        ["2021-07-02", "2021-08-01..2021-08-31", "2021-09-01..2021-09-30"],
    ),
    ("It came on 2 July 2021.\n\nIt rained.\n\nIt left in August.", ["2021-07-02", "2023-08-01..2023-08-31"]),
    ("It came on 2 July 2021.\n\nThe Panel will report in August.", ["2021-07-02", "2024-08-01..2024-08-31"]),
    # what lasts since a day says when something happened on it
    ("It has stood there since 6 March, when it arrived from Minsk.", ["2024-03-06"]),
    ("It was grounded until May 5 when it left for Baku.", ["2023-05-05"]),
    ("It has stood there since 6 March.", ["2024-03-06..2024-03-28"]),
    # months behind words that open a sentence
    ("Between March and July 2022, six jets came.", ["2022-03-01..2022-07-31"]),
    ("During May it flew twice.", ["2023-05-01..2023-05-31"]),
    ("From March it flew daily.", ["2024-03-01..2024-03-28"]),
    ("Before May nobody had seen it.", ["..2023-04-30"]),
    ("March the men did, all night.", []),
    # of the year told before, for both
    (
        "It flew in 2021. On 26 April and 12 May that year it landed.",
        ["2021-01-01..2021-12-31", "2021-04-26..2021-05-12"],
    ),
    # the day told before
    ("It left on 3 March. Earlier in the day another had landed.", ["2024-03-03", "2024-03-03"]),
    ("On Monday one left; later in the day two came.", ["2024-03-25", "2024-03-25"]),
    (
        "It went to Goma in May and to Bunia the month after as well.",
        ["2023-05-01..2023-05-31", "2023-06-01..2023-06-30"],
    ),
    ("It left on 3 May 2023. A visit on the 23rd did not take place.", ["2023-05-03", "2023-05-23"]),
    ("It has an office on the 23rd floor.", []),
    # what would be, as somebody said
    ("The minister said that a jet would leave on Friday.", ["2024-03-29"]),
    ("They announced that it would fly to Minsk on Sunday.", ["2024-03-31"]),
    ("They said that it would have left on Friday.", ["2024-03-22"]),
]


@pytest.mark.parametrize(("text", "expected"), CONTEXT)
def test_dates_take_what_they_lack_from_those_beside_them(text: str, expected: list[str]) -> None:
    told = [m.interval for m in found(text) if m.interval]
    assert [
        str(i.earliest) if i.earliest == i.latest else f"{i.earliest or ''}..{i.latest or ''}" for i in told
    ] == expected


def test_no_mention_ends_in_a_blank() -> None:
    text = "Late on came the jet. It left late on."
    assert [text[m.start : m.end] for m in found(text)] == ["Late", "late"]


def test_offsets_are_those_of_the_text() -> None:
    text = "Early on, late on Tuesday (March 26), the jet left; between 3 and 5 June it had rested."
    assert [text[m.start : m.end] for m in found(text)] == ["late on Tuesday", "March 26", "3 and 5 June"]


WORDS = st.sampled_from(
    (
        "on in at by since until from to between and the night of early late mid last next this that two "
        "three days weeks months later earlier ago before after Monday Tuesday Sunday May March june 12 "
        "3rd 31 2019 1999 2024-03-12 99/99/9999 0340Z 23:59 24:00 1.40am noon dawn fall winter week "
        "weekend month year decade 1990s Q4 12MAR24 – - , . ( ) \n\n overnight Christmas Feb 29 30 9999 "
        "0000 5000 fortnight hours"
    ).split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join), st.none() | st.dates())
def test_any_text_yields_true_offsets_and_ordered_intervals(text: str, published: date | None) -> None:
    previous = 0
    for mention in dates.find(parse(text), published):
        assert previous <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        previous = mention.start
        if mention.interval and mention.interval.earliest and mention.interval.latest:
            assert mention.interval.earliest <= mention.interval.latest


PAST = st.sampled_from(
    (
        "on Monday|on Sunday night|last Friday|last week|last month|last year|last fall|last spring|yesterday"
        "|two days ago|three weeks ago|on 3 May|on March 21|in late November|in early March|in December"
        "|on 29 February|over the weekend|this week|this month|in the past ten days|since June|in the summer"
        "|in the second half of January|on the 12th|overnight"
    ).split("|")
)


@settings(max_examples=150, deadline=None)
@given(PAST, st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_what_has_happened_began_no_later_than_publication(when: str, published: date) -> None:
    for mention in found(f"The plane landed {when}.", published):
        if mention.interval and mention.interval.earliest:
            assert mention.interval.earliest <= published


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120), st.dates())
def test_never_raises(text: str, published: date) -> None:
    for mention in dates.find(parse(text), published):
        assert mention.interval or mention.night is not None or mention.clock


@settings(max_examples=100, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_full_dates_need_no_publication(day: date, published: date) -> None:
    written = [
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
        day.isoformat(),
        f"{day:%d.%m.%Y}",
    ]
    assert {days(f"It left on {text}.", published) for text in written} == {day.isoformat()}


@pytest.mark.parametrize(("text", "expected"), [
    # A year that opens the sentence is that of the months named in it, and of no later sentence.
    ("In 2021 shells left in March.", ["2021-01-01..2021-12-31", "2021-03-01..2021-03-31"]),
    ("In 2021 it flew between March and June.", ["2021-01-01..2021-12-31", "2021-03-01..2021-06-30"]),
    ("In 2021 it was sold. It flew in March.", ["2021-01-01..2021-12-31", "2024-03-01..2024-03-31"]),
    ("The firm, founded in 2021, flew in March.", ["2021-01-01..2021-12-31", "2024-03-01..2024-03-31"]),
    # Since a day on which something is told.
    ("It has stood there since 6 March.", ["2024-03-06..2024-03-28"]),
    # The day on which a night ended, and the night itself.
    ("It left on the night of 7 to 8 March. It came back the same day.",
     ["2024-03-07..2024-03-08", "2024-03-08"]),
    ("It left on the night of 3 to 4 November 2015. Overnight, two came.",
     ["2015-11-03..2015-11-04", "2015-11-03..2015-11-04"])])
def test_days_told_in_a_sentence_before_or_beside(text: str, expected: list[str]) -> None:
    def shown(when: DateMention) -> str:
        assert when.interval
        first, last = when.interval.earliest, when.interval.latest
        return str(first) if first == last else f"{first or ''}..{last or ''}"

    assert [shown(when) for when in found(text) if when.interval] == expected


HISTORY = [
    # A report on what was years ago: months without a year are those nearest to what was told before.
    (
        "Forty years on. Late in November 1983 planes were seen. By January, 90 had passed. In July the army "
        "had marched in. The last left in May.",
        ["1983-11-21..1983-11-30", "..1984-01-31", "1983-07-01..1983-07-31", "1983-05-01..1983-05-31"],
    ),
    (
        "Twenty years ago today it took off. In the summer of 2003 it had hauled rifles. The one on 3 August "
        "did not arrive.",
        ["2004-03-28", "2003-06-01..2003-08-31", "2003-08-03"],
    ),
    (
        "It began forty years ago this month. It ended in June.",
        ["1984-03-01..1984-03-31", "1984-06-01..1984-06-30"],
    ),
    ("In 1995 it was built, in 1997 sold, in 1999 lost. It fell in May.", ["1999-05-01..1999-05-31"]),
    # One that tells news, or names but one old date, is none.
    (
        "In 1995 it was built, in 1997 sold, in 1999 lost. On Tuesday it was found. It fell in May.",
        ["2023-05-01..2023-05-31"],
    ),
    ("The airline was founded on 2 May 2011.\n\nIts jet left on 28 February.", ["2011-05-02", "2024-02-28"]),
    ("It left on 2 March. In 1995 it was built, in 1997 sold. It fell on 4 March.", ["2024-03-04"]),
    # Since then, next morning.
    (
        "It was listed in October 2011. Since then it has flown.",
        ["2011-10-01..2011-10-31", "2011-10-01..2024-03-28"],
    ),
    ("It came on 17 December 2015. Next morning it left.", ["2015-12-17", "2015-12-18"]),
    ("It came on 17 December 2015, and next day it left.", ["2015-12-17", "2015-12-18"]),
    ("It will come next week.", ["2024-04-01..2024-04-07"]),
]


@pytest.mark.parametrize(("text", "expected"), HISTORY)
def test_days_of_what_was_years_ago(text: str, expected: list[str]) -> None:
    bounds = [(w.interval.earliest or "", w.interval.latest or "") for w in found(text) if w.interval]
    shown = [str(first) if first == last else f"{first}..{last}" for first, last in bounds]
    assert shown[-len(expected) :] == expected


@pytest.mark.parametrize("text", [
    "The batch was sold in 2019. Both planes left again the same night.",
    "It has flown since June 2023. It came back the same day.",
])  # fmt: skip
def test_the_same_day_after_a_month_or_a_year_is_no_day_that_is_told(text: str) -> None:
    last = found(text)[-1]
    assert last.interval is None or last.interval.earliest != last.interval.latest
