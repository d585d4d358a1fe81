"""Weapons among the names of the lexicon, joined with their nouns; figures of speech left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tailgraph.graph import keys
from tailgraph.graph.model import Kind, WeaponClass
from tailgraph.nlp import weapon_models, weapon_words
from tailgraph.nlp.candidates import Candidate, View
from tailgraph.nlp.cargo import is_cargo

# These are weapons only beside others that certainly are.
_DEPENDENT = frozenset(("round", "bullet", "cannon", "fighter", "bomber", "interceptor"))

# What people say of fares, sales and speeches as well.
_FIGURES = frozenset(("weapon", "arms", "bomb", "rocket", "missile", "ammunition", "torpedo", "mortar"))

_WAR = re.compile(
    r"\b(?:arm(?:y|ies)|troops|soldiers?|military|rebels?|militias?|sanction(?:s|ed)|embargo|war|ceasefire"
    r"|insurgents?|smuggl\w+|"
    r"defen[cs]e minist\w+|air force|armed forces|security council|paramilitar\w+|navy|air ?strikes?|junta"
    r"|warlords?|combat|"
    r"terrorists?|battlefield|front line|front-line|guerrillas?|separatists?|air-defen[cs]e|warplanes?"
    r"|airlift|"
    r"weapons|ammunition|munitions|warhead|intelligence|pentagon|drones|air base|nuclear"
    r"|kremlin)\b",
    re.IGNORECASE,
)

_PLAY = re.compile(
    r"\b(?:innings?|pitch(?:er|ing)|shortstop|coach|goals?|league|season|fans|stadium|quarterback|striker"
    r"|goalkeeper|tournament|championship|"
    r"umpire|referee|half-time|scor(?:ed|eless|er)|playoffs?|pennant|midfielder|teammates?|home run"
    r"|touchdown|basketball|football|baseball|"
    r"oven|recipe|butter|tablespoons?|flour|simmer|dough|novel|film|album|guitar|video game"
    r"|players?)\b",
    re.IGNORECASE,
)

_NAMED_OTHERWISE = (Kind.COUNTRY, Kind.PLACE, Kind.ORGANIZATION, Kind.OPERATOR, Kind.AIRPORT)


def find(view: View, known: Sequence[Candidate]) -> list[Candidate]:
    """The weapons among the lexicon's hits, joined with their nouns, and models that no lexicon holds."""
    hits = sorted((c for c in known if c.kind is Kind.WEAPON), key=lambda c: (c.start, -c.length))
    if not hits:
        return list(ships(view))
    taken = frozenset(
        token.i for c in known if c.kind in _NAMED_OTHERWISE for token in view.span(c.start, c.end)
    )
    starts = [h.start for h in hits]
    warlike = _warlike(view, hits, known)
    models = [
        h
        for h in hits
        if h.role.startswith("model")
        and (warlike or not h.role.endswith("?"))
        and not weapon_models.in_a_name(view, h)
    ]
    generic = [
        h
        for h in hits
        if h.role.startswith("generic") and warlike and not weapon_words.is_component(view, h, starts)
    ]
    beside = frozenset(
        h.key
        for h in (*models, *generic)
        if h.key
        and (
            h.role.startswith("model")
            or (h.name.lower() not in _DEPENDENT and weapon_words.meant(view, h, frozenset()))
        )
    )
    meant = [h for h in generic if weapon_words.meant(view, h, beside)]
    nouns = {h.end: str(h.key) for h in generic}
    found = [weapon_models.with_head(view, h, nouns) for h in models]
    named = taken | {token.i for h in models for token in view.span(h.start, h.end)}
    found += [weapon_models.modelled(view, h, named) or weapon_words.with_calibre(view, h) for h in meant]
    return [*found, *ships(view)]


_SHIP = re.compile(
    r"\b(?:HMS|HMAS|HMCS|HMNZS|USS|INS|TCG|BRP|ARA|PNS|FGS|HNLMS|ROKS|KRI) "
    r"[A-ZÀ-Þ][\wà-ÿ'-]+(?: (?:[A-Z]\. )?[A-ZÀ-Þ][\wà-ÿ'-]+){0,2}"
)


def ships(view: View) -> Iterator[Candidate]:
    """ "HMS Cornwall", "USS John S. McCain": ships of a navy by the letters before their names."""
    for match in _SHIP.finditer(view.content):
        written = match.group().removesuffix("'s")
        name = keys.clean_name(written)
        yield Candidate(
            match.start(),
            match.start() + len(written),
            Kind.WEAPON,
            f"{WeaponClass.WARSHIP}/{name}",
            WeaponClass.WARSHIP,
            name,
            "shape",
            0.8,
            rank=weapon_models.RANK,
            role="model",
        )


def _warlike(view: View, hits: Sequence[Candidate], known: Sequence[Candidate]) -> bool:
    """Does the report deal with war or arms at all? In sports and cookery "bombs" and "shells" are none.

    Two signs are enough: a model, words of war, plain names of weapons, a state, aircraft, a calibre, arms
    that are handed over.
    """
    models = sum(1 for h in hits if h.role == "model" and not weapon_models.in_a_name(view, h))
    plain = {h.name for h in hits if h.role == "generic" and h.name.lower() not in _FIGURES}
    words = {match.group().lower() for match in _WAR.finditer(view.content)}
    if len({match.group().lower() for match in _PLAY.finditer(view.content)}) >= 3:
        return models > 1
    signs = 2 * models + len(words) + len(plain)
    signs += any(h.key in ("chemical", "nuclear") and h.name in plain for h in hits)
    if signs < 2:
        signs += any(c.kind is Kind.COUNTRY or c.role == "capital" for c in known)
        signs += any(c.kind in (Kind.AIRCRAFT_TYPE, Kind.OPERATOR) for c in known)
    if signs < 2:
        generic = [h for h in hits if h.role.startswith("generic")]
        signs += any(
            weapon_words.CALIBRE.search(view.content[max(h.start - 20, 0) : h.start])
            or is_cargo(view.span(h.start, h.end).root)
            for h in generic
        )
    return signs >= 2
