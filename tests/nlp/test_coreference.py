"""What descriptions and pronouns stand for; nothing where it cannot be told. All sentences are invented."""

from __future__ import annotations

import pytest

from tailgraph.graph.model import Document
from tailgraph.nlp.pipeline import Extractor


def referents(extractor: Extractor, text: str) -> list[tuple[str, tuple[str, ...]]]:
    annotated = extractor.annotate(Document(text=text))
    return [
        (annotated.doc[i].text, tuple(ref.id for ref in refs)) for i, refs in annotated.references.items()
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("An Antonov An-124 left Minsk. The cargo plane was empty.", [("plane", ("A124",))]),
        ("RA-82030 and RA-82042 left Minsk. Both jets came back.", [("jets", ("RA-82030", "RA-82042"))]),
        ("RA-82030 left before RA-82042 or EP-FAA. The former was empty.", [("former", ("RA-82042",))]),
        ("RA-82030 and EP-FAA left. The latter was empty.", [("latter", ("EP-FAA",))]),
        ("EP-FAA, a Boeing 747-200F, landed. The jet was empty.", [("jet", ("EP-FAA",))]),
        ("The 224th Flight Unit flew to Minsk. The unit was silent.", [("unit", ("224th Flight Unit",))]),
        ("Kafue Cargo was fined. The airline had no licence.", [("airline", ("Kafue Cargo",))]),
        ("Anna Kowalczyk spoke. She denied it.", [("She", ("Anna Kowalczyk",))]),
        (
            "Anna Kowalczyk met Jan Nowak. She sold him rifles. Later she dealt with Piotr Zych. She fled.",
            [("She", ("Anna Kowalczyk",)), ("him", ("Jan Nowak",)), ("she", ("Anna Kowalczyk",)),
             ("She", ("Anna Kowalczyk",))],
        ),
        (
            "Anna Kowalczyk was a broker. Her firm was small. The bank paid. She fled.",
            [("She", ("Anna Kowalczyk",))],
        ),
        (
            "Jan Nowak sat in a cell. According to Piotr Zych, he had flown to Minsk.",
            [("he", ("Jan Nowak",))],
        ),
        ("According to Piotr Zych, he had flown to Minsk.", [("he", ("Piotr Zych",))]),
        ("Anna Kowalczyk paid. Radiation came from a freighter, and Oslo feared that she was armed.", []),
        (
            "Anna Kowalczyk hired a freighter. Oslo feared that she was armed.",
            [("she", ("Anna Kowalczyk",))],
        ),
        ("He lived in Riga. He dealt with Piotr Zych. He fled.", []),
        ("They came to Benina International Airport. The base was shut.", [("base", ("HLLB",))]),
        ("An Il-76 took off from Minsk. It landed in Dakar.", [("It", ("IL76",))]),
        ("A plane left. It came back. The airline was silent. He was, too.", []),
        (
            "The UN Group of Experts met the Government of Mali. The Group was silent.",
            [("Group", ("UN Group of Experts",))],
        ),
        ("The UN Group of Experts met rebels. The group was silent.", []),
        ("Officials spoke of RA-82030. Iran's planes were grounded.", []),
    ],
)
def test_referents(extractor: Extractor, text: str, wanted: list[tuple[str, tuple[str, ...]]]) -> None:
    assert referents(extractor, text) == wanted
