"""Days that hold for what is told behind them: a date that heads a line, the one told last in a paragraph."""

from __future__ import annotations

from datetime import date

from tailgraph.nlp.dates import DateMention
from tailgraph.nlp.flights_told.bounds import told_on
from tailgraph.nlp.flights_told.chaining import is_stamp
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.telling import Telling

Dates = tuple[DateMention, ...]


class RunningDates:
    """The dates of the paragraph that is being read."""

    def __init__(self) -> None:
        self._told: Dates = ()
        self._told_in = -1
        self._stamp: Dates = ()
        self._stamp_of = -1
        self._asked: Dates = ()
        self._asked_at = -2
        self._day: Dates = ()

    def read(self, scene: Scene) -> bool:
        """Take in a sentence; whether it is only a date that heads what follows."""
        if is_stamp(scene):
            self._stamp, self._stamp_of = scene.dates, scene.paragraph
            return True
        if self._asked and scene.index == self._asked_at + 1:
            # "What happened on 3 May? The jet left …"
            self._stamp, self._stamp_of = self._asked, scene.paragraph
        asks = scene.sentence.text.strip().endswith("?")
        self._asked, self._asked_at = (scene.dates if asks else ()), scene.index
        published = scene.annotated.document.published
        days = [d for d in scene.dates if _is_news(d, published) and not told_on(scene, d)]
        self._day = tuple(days[-1:]) or self._day
        if any(d.interval for d in scene.dates) or self._told_in != scene.paragraph:
            told = tuple(d for d in scene.dates if not told_on(scene, d))
            self._told, self._told_in = (told, scene.paragraph) if told else ((), -1)
        return False

    def of_line(self, scene: Scene) -> Dates:
        """The date that opens the line, where the parser cut it off ("Dec. 10: …")."""
        return self._told if self._told_in == scene.paragraph else self.stamp(scene.paragraph)

    def stamp(self, paragraph: int) -> Dates:
        """The date that heads a paragraph."""
        return self._stamp if self._stamp_of == paragraph else ()

    def day_of(self, telling: Telling) -> Dates:
        """The day of which the news is, for what tells only a time of day: "shortly before 4 p.m."."""
        timed = any(d.interval is None and d.night is not None for d in telling.dates)
        return self._day if timed else ()

    def nearest(self, telling: Telling) -> Dates:
        """The date told last before the word of movement in its paragraph, else the first behind it."""
        if self._told_in != telling.paragraph:
            return ()
        dated = [d for d in self._told if d.interval]
        before = [d for d in dated if d.start < telling.cue.token.idx]
        return tuple(before[-1:] or dated[:1])


def _is_news(when: DateMention, published: date | None) -> bool:
    """Whether it names the day of publication or the day before."""
    days = when.interval
    if days is None or days.earliest is None or days.earliest != days.latest or published is None:
        return False
    return 0 <= (published - days.earliest).days <= 1
