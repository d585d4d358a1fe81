"""As of when: what was so on a day, and what this graph held at the end of a day.

One idiom in every statement that is asked so, with the parameters `as_of` and `known_at` (null: no limit):

    a claim c:      $as_of IS NULL OR coalesce(c.event_from, c.published, $as_of) <= $as_of
    its document d: $known_at IS NULL OR date(d.recorded_at) <= $known_at
    a flight f:     date(f.first_seen) <= $as_of, and no track file behind it recorded after $known_at
    a statement s:  s.from and s.to around $as_of, either end open; its aircraft table or track file recorded
                    by $known_at
    a grade g:      given by the end of $known_at, and not taken back by then
    who is one:     (e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL)
                     OR same.known_from <= $known_at < same.known_to]-{0,2}(member)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tailgraph.errors import UsageError


@dataclass(frozen=True, slots=True)
class When:
    """None: no limit. Days are those of UTC; `known_at` means the end of its day."""

    as_of: date | None = None
    known_at: date | None = None

    @property
    def parameters(self) -> dict[str, date | None]:
        return {"as_of": self.as_of, "known_at": self.known_at}

    @property
    def known_until(self) -> datetime | None:
        """The last instant of the day up to which things are known."""
        if self.known_at is None:
            return None
        return datetime.combine(self.known_at + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)


NOW = When()


def check_known(what: str, recorded_at: datetime | None, when: When) -> None:
    """Raises UsageError where it was stored here only after the day that is asked about."""
    if when.known_until and (recorded_at is None or recorded_at > when.known_until):
        raise UsageError(f"{what} was not in this graph at the end of {when.known_at}.",
                         remedy="Give a later day with --known-at, or none.")


def check_told(what: str, first_day: date | None, when: When) -> None:
    """Raises UsageError where it is said to be of a later day than the one that is asked about."""
    if when.as_of and first_day and first_day > when.as_of:
        raise UsageError(f"{what} is of {first_day}, after {when.as_of}.",
                         remedy="Give a later day with --as-of, or none.")
