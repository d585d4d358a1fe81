"""Entities of whole reports: short ones of our own, all invented unless they name public facts.

Each is checked against the exact set of what it names, kind by kind: nothing missed, nothing invented.
"""

from __future__ import annotations

import pytest

from tailgraph.graph.model import Document, Entity, Kind
from tailgraph.nlp import aliases
from tailgraph.nlp.pipeline import Extractor

Wanted = dict[str, set[str]]


def entities(extractor: Extractor, text: str, title: str = "") -> tuple[Entity, ...]:
    return extractor.annotate(Document(title=title, text=text)).entities


def found(extractor: Extractor, text: str, title: str = "") -> Wanted:
    """Kind → keys where the kind has them, else best names."""
    result: Wanted = {}
    for entity in entities(extractor, text, title):
        keyed = (
            entity.kind in (Kind.COUNTRY, Kind.AIRCRAFT_TYPE, Kind.AIRCRAFT, Kind.AIRPORT, Kind.WEAPON)
            and entity.key
        )
        result.setdefault(entity.kind.value, set()).add(
            entity.key if keyed and entity.key else entity.names[0]
        )
    return result


REPORTS: list[tuple[str, Wanted]] = [
    # wire style, Africa
    (
        "A Kazakh-registered Il-76, UP-I7652, landed at N'Djamena International Airport on Tuesday from "
        "Burgas with "
        "60mm mortars for Chad's army, a diplomat told Reuters.",
        {
            "Country": {"KZ", "TD"},
            "AircraftType": {"IL76"},
            "Aircraft": {"UP-I7652"},
            "Airport": {"FTTJ"},
            "Place": {"Burgas", "N'Djamena"},
            "Weapon": {"artillery"},
            "Organization": {"Chad's army", "Reuters"},
        },
    ),
    # unknown carrier by its shape
    (
        "The freighter of Zambezi Sky Cargo flew from Lusaka to Beira.",
        {"Operator": {"Zambezi Sky Cargo"}, "Place": {"Lusaka", "Beira"}},
    ),
    # unknown carrier by what is said of it
    (
        "The airline Tropoflot and the carrier Vexair were fined in Nairobi.",
        {"Operator": {"Tropoflot", "Vexair"}, "Place": {"Nairobi"}},
    ),
    # units
    (
        "An An-72 of the 45th Transport Regiment crashed near Tver.",
        {"AircraftType": {"AN72"}, "Operator": {"45th Transport Regiment"}, "Place": {"Tver"}},
    ),
    # an unknown weapon by its noun
    (
        "Rebels fired two Z-3 missiles and Vortan rockets at the army, the Defence Ministry of Ruritania "
        "said.",
        {"Weapon": {"missile", "rocket"}, "Organization": {"Defence Ministry of Ruritania"}},
    ),
    # capitals as states and as cities
    (
        "Moscow denied on Friday that it had sold arms to Khartoum. The minister then flew to Moscow.",
        {"Country": {"RU", "SD"}, "Place": {"Moscow"}, "Weapon": {"arms"}},
    ),
    (
        "The plane left Tehran for Caracas, and Tehran said that it carried medicine.",
        {"Country": {"IR"}, "Place": {"Tehran", "Caracas"}},
    ),
    # a person with the name of a country, and the country
    (
        "Chad Whitfield, a pilot, was held in Chad. His lawyer, Jordan Ames, flew in from Jordan.",
        {"Person": {"Chad Whitfield", "Jordan Ames"}, "Country": {"TD", "JO"}},
    ),
    # abbreviations in brackets, then alone; a short name
    (
        "The Lake Basin Liberation Front (LBLF) denied it. Anna Kowalczyk, who speaks for the LBLF, said so. "
        "Kowalczyk was in Warsaw.",
        {"Organization": {"Lake Basin Liberation Front"}, "Person": {"Anna Kowalczyk"}, "Place": {"Warsaw"}},
    ),
    # one airframe under three names
    ("EW-412TH (hex 5101D4, formerly RA-76445) flew to Lomé.", {"Aircraft": {"EW-412TH"}, "Place": {"Lomé"}}),
    # the state behind its air force; an armed group that only carries its name
    (
        "A C-130 of the Algerian Air Force landed. The Libyan National Army watched.",
        {
            "AircraftType": {"C130"},
            "Operator": {"Algerian Air Force"},
            "Country": {"DZ"},
            "Organization": {"Libyan National Army"},
        },
    ),
    # combat aircraft that fly are a type and a weapon; as cargo only a weapon
    (
        "Two MiG-29s took off from the base and fired missiles at the rebels.",
        {"AircraftType": {"MG29"}, "Weapon": {"combat-aircraft", "missile"}},
    ),
    ("The army has bought six Su-25 attack planes for the war.", {"Weapon": {"combat-aircraft"}}),
    # a drone is a weapon, not an aircraft type
    (
        "Soldiers found a Shahed-136 drone in the field after the air strike on the army.",
        {"Weapon": {"drone"}},
    ),
    # titles and offices
    (
        "Foreign Minister Amina Traoré met Gen. Pavel Hrubý and Sheikh Tahnoun bin Saif in Prague.",
        {"Person": {"Amina Traoré", "Pavel Hrubý", "Tahnoun bin Saif"}, "Place": {"Prague"}},
    ),
    # 1990s, Latin America
    (
        "BOGOTA, May 3 - A DC-8 that had left Amman with 10,000 AK-47 rifles for Peru's army dropped them to "
        "the FARC, "
        "Colombian police said.",
        {
            "Place": {"BOGOTA", "Amman"},
            "AircraftType": {"DC-8"},
            "Weapon": {"small-arms"},
            "Country": {"PE", "CO"},
            "Organization": {"Peru's army", "FARC", "Colombian police"},
        },
    ),
    # clumsy English
    (
        "The airplane of the type Antonov 26 it has fallen in the airport of Goma, so declared Mr. Baraka "
        "Mwinyi.",
        {"AircraftType": {"AN26"}, "Airport": {"airport of Goma"}, "Person": {"Baraka Mwinyi"}},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), REPORTS, ids=[text[:40] for text, _ in REPORTS])
def test_a_report_names_these_things_and_no_others(extractor: Extractor, text: str, wanted: Wanted) -> None:
    assert found(extractor, text) == wanted


ODD = [
    "Preheat the oven, roll the dough into rounds and fill the shells with rocket and turkey.",
    "The pitcher threw bullets; his arm is a cannon, and the fans fired up the arms race of the season.",
    "Our secret weapon is the fare, said the shop, and the sale was the bomb.",
    "Traffic on the A320 was slow, the A330 was shut, and bus 747 never came.",
    "She rounds up the figures, shells peas, and mines her own business.",
    "Read paragraph C130 and section B52 of form A-124/7.",
]


@pytest.mark.parametrize("text", ODD)
def test_nothing_is_invented_in_odd_texts(extractor: Extractor, text: str) -> None:
    assert found(extractor, text) == {}


def test_names_of_one_thing_are_kept_best_first(extractor: Extractor) -> None:
    text = (
        "The Rapid Support Forces (RSF) fight on. The RSF denied it. "
        "Russia and Russian jets came; Moscow was silent."
    )
    assert {
        e.id: e.names for e in entities(extractor, text) if e.kind in (Kind.ORGANIZATION, Kind.COUNTRY)
    } == {"Rapid Support Forces": ("Rapid Support Forces", "RSF"), "RU": ("Russia", "Russian", "Moscow")}


def test_a_name_in_capitals_is_never_the_best_where_the_report_writes_it_otherwise(
    extractor: Extractor,
) -> None:
    found = entities(extractor, "ADEN – An Il-76 of UTair landed in Aden on Monday, NATO said.")
    assert [e.names for e in found if e.kind is Kind.PLACE] == [("Aden", "ADEN")]
    assert [e.names[0] for e in found if e.kind is Kind.ORGANIZATION] == ["NATO"]


def test_a_family_of_types_takes_the_member_that_the_report_names(extractor: Extractor) -> None:
    named = found(extractor, "A Boeing 747-400F landed. The 747 left again.")
    alone = found(extractor, "A Boeing 747 landed in Dakar.")
    assert (named["AircraftType"], alone["AircraftType"]) == ({"B744"}, {"Boeing 747"})


def test_generic_ministries_of_two_states_stay_apart(extractor: Extractor) -> None:
    text = (
        "Armenia's defence ministry said so. Azerbaijan's defence ministry denied it. "
        "The defence ministry then repeated its denial."
    )
    assert found(extractor, text)["Organization"] == {
        "Armenia's defence ministry",
        "Azerbaijan's defence ministry",
    }


def test_a_nested_mention_lies_inside_its_body(extractor: Extractor) -> None:
    annotated = extractor.annotate(Document(text="The Turkish Air Force flew to Konya."))
    assert [(m.text, m.entity.kind.value) for m in annotated.mentions] == [
        ("Turkish Air Force", "Operator"),
        ("Turkish", "Country"),
        ("Konya", "Place"),
    ]


def test_the_publisher_is_an_organisation_where_the_text_names_it(extractor: Extractor) -> None:
    annotated = extractor.annotate(
        Document(text="The pilot told the Harbour Echo so.", publisher="The Harbour Echo")
    )
    assert [e.names for e in annotated.entities] == [("Harbour Echo",)]


def test_all_offsets_are_true_and_every_entity_is_mentioned(extractor: Extractor) -> None:
    for text, _ in REPORTS:
        annotated = extractor.annotate(Document(title="A headline", text=text))
        content = annotated.document.content
        assert all(content[m.start : m.end] == m.text for m in annotated.mentions)
        assert {m.entity for m in annotated.mentions} == {e.ref for e in annotated.entities}
        assert all(name in content for e in annotated.entities for name in e.names)
        assert all(
            annotated.passages[m.passage].start <= m.start < annotated.passages[m.passage].end
            for m in annotated.mentions
        )


def test_other_languages_keep_what_needs_no_grammar(extractor: Extractor) -> None:
    annotated = extractor.annotate(
        Document(
            text="Самолёт Ан-124 RA-82038 приземлился в Пхеньяне ночью, "
            "сообщили "
            "источники. На борту An-124 были ракеты."
        )
    )
    assert annotated.document.language == "ru"
    assert {(e.kind.value, e.key) for e in annotated.entities} == {
        ("Aircraft", "RA-82038"),
        ("AircraftType", "A124"),
    }


def test_a_bare_missile_has_no_class_of_its_own(extractor: Extractor) -> None:
    """Only "the missiles" told of before are of the class told there."""
    bare = "Moscow asked for short-range ballistic missiles. Talk of missiles is wrong, Iran's army said."
    assert found(extractor, bare)["Weapon"] == {"ballistic-missile", "missile"}
    definite = "Moscow asked for short-range ballistic missiles. The missiles came from Iran's army."
    assert found(extractor, definite)["Weapon"] == {"ballistic-missile"}


def test_fighters_of_a_nation_are_people_unless_their_sentence_speaks_of_flying(extractor: Extractor) -> None:
    jets = "Russia has moved MiG-29 combat aircraft to Latakia. "
    people = jets + "A spokesman said the planes had brought mortars and Syrian fighters."
    assert found(extractor, people)["Weapon"] == {"combat-aircraft", "artillery"}
    assert not _called_fighters(extractor, people)
    flown = jets + "Turkish jets and Syrian fighters met over the border."
    assert _called_fighters(extractor, flown)


def _called_fighters(extractor: Extractor, text: str) -> bool:
    names = [name for e in extractor.extract(Document(text=text)).entities for name in e.names]
    return any("fighters" in name for name in names)


def test_a_city_state_is_a_place_where_something_went_there(extractor: Extractor) -> None:
    text = "The freighter flew to Singapore by way of Guam. Singapore denied that it carried arms."
    things = found(extractor, text)
    assert things["Place"] == {"Singapore", "Guam"}
    assert things["Country"] == {"SG"}


def test_datelines_offices_and_call_signs_are_no_persons_or_bodies(extractor: Extractor) -> None:
    text = (
        "TEHRAN, Nov. 5 (XNA) -- The Foreign Secretary arrived on Air Force One. "
        "The Air Force says that it lost a jet."
    )
    things = found(extractor, text)
    assert "Person" not in things and "Organization" not in things
    assert things["Operator"] == {"Air Force"}


def test_a_transport_helicopter_is_a_type_unless_it_is_cargo(extractor: Extractor) -> None:
    assert found(extractor, "An elderly Mi-17 was serviced off Freetown.")["AircraftType"] == {"MI8"}
    assert "AircraftType" not in found(extractor, "Minsk sold six Mi-17 helicopters to Khartoum.")


@pytest.mark.parametrize(
    ("text", "designator"),
    [
        ("A Chinook set down near Goma on Monday.", "H47"),
        ("A Chinook helicopter circled over Kidal at noon.", "H47"),
        ("A Bell 212 that climbed out of Juba was hit.", "B212"),
        ("Three Rafales were parked at Amman.", "RFAL"),
        ("Two Skymasters landed at Luanda.", "DC4"),
        ("Four Super Étendards left Landivisiau.", "ETAR"),
        ("A Caravelle was waiting in Nice.", "S210"),
        ("The militia had one Zlin-143.", "Z43"),
    ],
)
def test_a_type_by_its_nickname_where_it_flies_or_is_armed(
    extractor: Extractor, text: str, designator: str
) -> None:
    assert found(extractor, text)["AircraftType"] == {designator}


def test_a_nickname_that_is_an_ordinary_name_is_no_type(extractor: Extractor) -> None:
    assert "AircraftType" not in found(extractor, "Spokeswoman Ann Mustang denied it in Lancaster.")
    assert "AircraftType" not in found(extractor, "Minsk sold four Chinooks to Khartoum.")


def test_a_family_is_the_member_that_nearly_all_of_it_are(extractor: Extractor) -> None:
    assert found(extractor, "A Boeing 707 left Harare.")["AircraftType"] == {"B703"}


def test_a_state_news_agency_that_nobody_names_is_no_body(extractor: Extractor) -> None:
    assert "Organization" not in found(extractor, "It was false, the state news agency wrote on Monday.")


def test_public_figures_need_no_introduction(extractor: Extractor) -> None:
    text = "Gaddafi armed Mobutu. Zelensky thanked Macron, and Hemedti flew to Entebbe."
    assert found(extractor, text)["Person"] >= {"Gaddafi", "Mobutu", "Zelensky", "Macron", "Hemedti"}


def test_a_public_figure_named_in_full_is_one_person(extractor: Extractor) -> None:
    text = "Abiy Ahmed landed in Jeddah. Abiy's office was silent; Abiy left at dawn."
    (person,) = (e for e in entities(extractor, text) if e.kind == Kind.PERSON)
    assert set(person.names) == {"Abiy Ahmed", "Abiy"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A court sent the Briton Adam Cole and five Latvian airmen to prison.", "Adam Cole"),
        ("Police held the Frenchman Paul Lemoine in Riga.", "Paul Lemoine"),
        ("The Russian Ivan Petrov sold rifles to Chad.", "Ivan Petrov"),
        ("The Belgian Luc Martens bought jets.", "Luc Martens"),
    ],
)
def test_of_what_people_somebody_is_is_no_part_of_his_name(
    extractor: Extractor, text: str, name: str
) -> None:
    assert found(extractor, text)["Person"] == {name}


def test_a_namesake_of_a_public_figure_stays_himself(extractor: Extractor) -> None:
    text = "Ines Lavrov, a nurse in Riga, saw the plane. Lavrov waved."
    (person,) = (e for e in entities(extractor, text) if e.kind == Kind.PERSON)
    assert set(person.names) == {"Ines Lavrov", "Lavrov"}


def test_words_that_are_also_surnames_stay_words(extractor: Extractor) -> None:
    text = "Power failed at the port. Rice was unloaded. A ban held. The Park was shut."
    assert "Person" not in found(extractor, text)


def test_a_body_owns_the_state_in_its_name(extractor: Extractor) -> None:
    text = ("The Christian Association of Nigeria owned the jet. The Merchant Bank of Harare closed. "
            "Members of the All Progressives Congress walked out. All Syrian Airlines flights stopped.")
    things = found(extractor, text)
    assert things["Organization"] == {"Christian Association of Nigeria", "Merchant Bank",
                                      "All Progressives Congress"}
    assert things["Operator"] == {"Syrian Airlines"}


TOWNS_TOO = [
    # A name learned from a longer one, though a town is called so as well.
    ("Mahan Air sold the jet. Mahan, prosecutors recall, flew fighters to Syria.", "Operator", "Mahan"),
    ("Kano Airways flew in rice. The minister praised Kano.", "Operator", "Kano"),
    ("Susan Hutchinson drew the map. Hutchinson has doubts.", "Person", "Hutchinson"),
    ("Charles Taylor took the call. An aide of Taylor wept.", "Person", "Taylor"),
    ("Simon Mann sits in a cell in Harare. Mann has lawyers.", "Person", "Mann"),
    ("Eoin Larkin flew home. Officials thanked Larkin.", "Person", "Larkin"),
]


@pytest.mark.parametrize(("text", "kind", "short"), TOWNS_TOO)
def test_short_name_that_is_a_town_too(extractor: Extractor, text: str, kind: str, short: str) -> None:
    named = [e for e in entities(extractor, text) if short in e.names]
    assert [e.kind.value for e in named] == [kind]
    assert len(named[0].names) == 2


TOWNS_STILL = [
    ("Kano Airways flew in rice. A crowd in Kano cheered.", "Kano"),
    ("Yangon International Airport closed. Soldiers left Yangon.", "Yangon"),
    ("Bangui Airlines flew in rice. Bangui denied that.", "Bangui"),
]


@pytest.mark.parametrize(("text", "town"), TOWNS_STILL)
def test_town_that_a_report_names_as_one(extractor: Extractor, text: str, town: str) -> None:
    kinds = {e.kind for e in entities(extractor, text) if town in e.names}
    assert not kinds & {Kind.OPERATOR, Kind.AIRPORT}


def test_group_that_is_called_like_a_road(extractor: Extractor) -> None:
    war = found(extractor, "Rwanda armed the M23 with mortars, Congo's army said. The M23 denies it.")
    assert "M23" in war["Organization"]
    road = found(extractor, "A lorry overturned on the M23 near Gatwick, in Sussex.")
    assert "M23" not in road.get("Organization", set())


@pytest.mark.parametrize(
    "text",
    [
        "One Member State told the Panel that a jet had landed.",
        "According to the same participating State, a jet had landed.",
        "Two Member States wrote that a jet had landed.",
    ],
)
def test_states_without_a_name_are_nobody(extractor: Extractor, text: str) -> None:
    assert not any("State" in name for e in entities(extractor, text) for name in e.names)


def test_adverb_that_opens_a_sentence_is_no_part_of_a_name(extractor: Extractor) -> None:
    assert found(extractor, "Overnight Sky News reported that a jet had landed.") == {
        "Organization": {"Sky News"}
    }


def test_a_firm_with_and_without_its_legal_form_is_one(extractor: Extractor) -> None:
    text = "Azza Air Transport Company Ltd. of Khartoum was fined. Azza Air Transport flew rice to Nyala."
    (carrier,) = (e for e in entities(extractor, text) if e.kind == Kind.OPERATOR)
    assert set(carrier.names) == {"Azza Air Transport Company Ltd.", "Azza Air Transport"}


@pytest.mark.parametrize(
    "text",
    [
        "Russia delivered two Sukhoi Su-30SME fighter jets to Myanmar's army.",
        "Russia delivered two Sukhoi Su-30SMEs to Myanmar's army.",
        "Iran's army received two Mikoyan MiG-29 fighters from Belarus.",
    ],
)
def test_fighter_that_is_told_with_its_maker_is_a_weapon(extractor: Extractor, text: str) -> None:
    assert "combat-aircraft" in found(extractor, text)["Weapon"]


@pytest.mark.parametrize("dash", [" - ", " – ", " — "])
@pytest.mark.parametrize("town", ["NAIROBI", "PORT SUDAN", "ADDIS ABABA"])
def test_dateline_is_no_part_of_the_name_behind_it(extractor: Extractor, town: str, dash: str) -> None:
    named = found(extractor, f"{town}{dash}Kenya Airways denied it.", title="Airline denies it")
    assert named["Operator"] == {"Kenya Airways"}


def test_whether_a_short_name_is_free_is_asked_once(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time looks through the whole report: once a mention, long reports took quadratic time."""
    asked: list[str] = []
    real = aliases._free

    def counted(name: str, *rest: object) -> bool:
        asked.append(name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(aliases, "_free", counted)
    extractor.annotate(Document(title="", text="Kano Airways flew to Goma. Crowds praised Kano.\n\n" * 20))
    assert sorted(set(asked)) == sorted(asked)


@pytest.mark.parametrize("word", ["Ethiopian's", "Egyptian's"])
def test_an_adjective_that_owns_planes_is_an_airline(extractor: Extractor, word: str) -> None:
    adjective = word.removesuffix("'s")
    text = f"{adjective} Airlines denied it. {word} freighters flew to Juba. The {adjective} pilot spoke."
    told = {e.names[0]: e for e in entities(extractor, text)}
    assert adjective in told[f"{adjective} Airlines"].names
    assert "Country" not in found(extractor, f"{word} freighters flew from Goma to Bunia.")
    assert found(extractor, "The Egyptian's lawyer spoke.") == {"Country": {"EG"}}


@pytest.mark.parametrize(
    "name", ["Talas Sky", "Nile Skies", "Zagros Airlink", "Tundra Lift", "Sahel Airbridge", "Kora Jetlines"]
)
def test_airlines_that_no_list_has(extractor: Extractor, name: str) -> None:
    assert found(extractor, f"{name} flew crates from Minsk to Benghazi.")["Operator"] == {name}


@pytest.mark.parametrize(
    "title",
    ["Jury Convicts Arms Dealer", "Court Sentences Gunrunner", "Judge Jails Broker Who Sold Missiles"],
)
def test_a_headline_s_verb_is_no_part_of_a_body_s_name(extractor: Extractor, title: str) -> None:
    assert "Organization" not in found(extractor, "The war went on.", title)


def test_the_letter_of_a_ship_is_nobody(extractor: Extractor) -> None:
    text = "The ship Lady R carried rifles to Russia. Lady Ann Smith of Serbia saw the mortars."
    assert found(extractor, text)["Person"] == {"Ann Smith"}


def test_aid_that_is_not_lethal_is_no_weapon(extractor: Extractor) -> None:
    text = "The war went on. Chad gave Sudan lethal aid, and Mali gave its army non-lethal aid."
    aid = [e.names for e in entities(extractor, text) if e.kind == Kind.WEAPON]
    assert aid == [("lethal aid",)]


def test_a_national_adviser_is_no_newspaper(extractor: Extractor) -> None:
    text = "The US National Security Adviser, Jake Sullivan, said that Iran had sent drones to Russia."
    assert "Organization" not in found(extractor, text)
