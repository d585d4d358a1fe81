"""English is told from other languages; short and odd texts count as English."""

from __future__ import annotations

import pytest

from tailgraph.graph.model import Document, Kind
from tailgraph.nlp import language
from tailgraph.nlp.pipeline import Extractor


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("en", "The plane was seen at the airport on Monday and it left for Dakar, officials said."),
        ("en", "Il-76 RA-76842 at Bangui."),
        ("en", "KARVAN AIR CARGO, Tehran, Iran. Designated for hauling rockets to the group."),
        (
            "fr",
            "L'avion a été vu à l'aéroport de Bamako dans la nuit de lundi à mardi, selon une source qui "
            "est sur place.",
        ),
        (
            "es",
            "El avión salió de La Habana con una carga de la empresa estatal y no fue visto en el radar "
            "según la agencia.",
        ),
        (
            "de",
            "Das Flugzeug ist in der Nacht auf dem Flughafen gelandet und wurde nicht von der Polizei "
            "durchsucht.",
        ),
        (
            "tr",
            "Uçak gece Misrata havalimanına indi ve yük daha sonra bir kamyon ile taşındı, bu olarak "
            "bildirildi.",
        ),
        ("ru", "Самолёт Ил-76 приземлился в Пхеньяне ночью, сообщили источники."),
        ("uk", "Літак Іл-76 приземлився у Пхеньяні вночі, повідомили джерела в уряді її країни."),
        ("ar", "هبطت الطائرة في مطار صنعاء ليلا وكانت تحمل أسلحة"),
        ("fa", "هواپیمای باری در فرودگاه پیام نشست و گزارش شد که چهار جعبه داشت"),
        ("ko", "러시아 수송기가 밤에 평양에 착륙했다고 소식통이 전했다"),
        ("zh", "一架俄罗斯运输机夜间降落在平壤"),
        ("he", "המטוס נחת בלילה בשדה התעופה של דמשק"),
    ],
)
def test_language(code: str, content: str) -> None:
    assert language.of(content) == code


@pytest.mark.parametrize(
    "text",
    [
        "Die russische Luftwaffe flog mit einer An-124 (RA-82035) von Wladiwostok nach Nordkorea und wieder "
        "zurück, wie das Ministerium in Kiew mitteilte.",
        "L’armée de l’air algérienne a reçu un Il-76 (7T-WIV) chargé de missiles, selon les sources de la "
        "presse dans la capitale.",
    ],
)
def test_a_word_for_any_air_force_is_no_name_in_its_own_language(text: str) -> None:
    extraction = Extractor.load().extract(Document(title="", text=text))
    assert extraction.document.language in ("de", "fr")
    kinds = {entity.kind for entity in extraction.entities}
    assert Kind.AIRCRAFT in kinds and Kind.OPERATOR not in kinds


def test_in_an_english_report_it_is_one() -> None:
    text = "The Luftwaffe said that it had flown an A400M to Niamey and back on Monday, and denied any cargo."
    named = {entity.id for entity in Extractor.load().extract(Document(title="", text=text)).entities}
    assert "German Air Force" in named
