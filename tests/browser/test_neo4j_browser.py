"""A person opens Neo4j Browser by our address, logs in, runs the first query and reads the picture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

import neo4j
import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tailgraph.graph.server import browser, site
from tailgraph.graph.shape import NODES as NODES_OF_THE_GRAPH
from tailgraph.graph.shape import Label, Type
from tailgraph.settings import Connection, Settings

# Invented: one accusation of a type, one reported flight, one track that supports it, one bystander.
SCENE = """
CREATE (claim:Allegation:Claim {id: 'd#a0', action: 'transfer', status: 'alleged'})
CREATE (claim)-[:ACCUSES]->(type:AircraftType:Entity {id: 'A124', name: 'Antonov An-124'})
CREATE (claim)-[:CONCERNS]->(:Weapon:Entity {id: 'ballistic-missile', name: 'ballistic missile'})
CREATE (claim)-[:MADE_BY]->(:Country:Entity {id: 'US', name: 'United States'})
CREATE (claim)-[:DENIED_BY]->(:Country:Entity {id: 'RU', name: 'Russia'})
CREATE (said:ReportedFlight:Claim {id: 'd#f0', night: true, happened: true})-[:OF_TYPE]->(type)
CREATE (said)-[:TO]->(:Country:Entity {id: 'KP', name: 'North Korea'})
CREATE (flight:Flight {id: 'f', registration: 'RA-82030'})
CREATE (said)-[:TESTED_AGAINST {verdict: 'supported', rank: 1}]->(flight)
CREATE (flight)-[:BY_AIRCRAFT]->(:Aircraft:Entity {id: 'RA-82030', name: 'RA-82030'})
CREATE (flight)-[:VANISHED_TOWARD]->(:Airport:Entity {id: 'ZKPY', name: 'Pyongyang Sunan'})
CREATE (:Person:Entity {id: 'Bystander', name: 'Bystander'})
"""
# What stands in the circles, and their colours, by label.
NODES = {
    "alleged transfer": "Allegation", "said to have flown": "ReportedFlight", "flight of RA-82030": "Flight",
    "RA-82030": "Aircraft", "Antonov An-124": "AircraftType", "ballistic missile": "Weapon",
    "United States": "Country", "Russia": "Country", "North Korea": "Country", "Pyongyang Sunan": "Airport",
}
EDGES = {"ACCUSES", "CONCERNS", "MADE_BY", "DENIED_BY", "OF_TYPE", "TO", "supported", "BY_AIRCRAFT",
         "VANISHED_TOWARD"}
OUTSIDE = re.compile(r"https?://(?!127\.0\.0\.1|localhost)([^/' ]+)")


def until(chromium: Chrome, selector: str) -> list[WebElement]:
    """The elements that the CSS selector names, once there are any."""
    return WebDriverWait(chromium, 60).until(lambda page: page.find_elements(By.CSS_SELECTOR, selector))


def named(chromium: Chrome, test_id: str) -> WebElement:
    return until(chromium, f"[data-testid='{test_id}']")[0]


@pytest.fixture
def logged_in(chromium: Chrome, graph: neo4j.Driver, settings: Settings, connection: Connection) -> Chrome:
    graph.execute_query(SCENE)
    chromium.get(browser.address(settings, connection))
    assert named(chromium, "boltaddress").get_attribute("value") == connection.uri.removeprefix("bolt://")
    assert named(chromium, "database").get_attribute("value") == connection.database
    named(chromium, "username").send_keys(connection.username)
    named(chromium, "password").send_keys(connection.password)
    named(chromium, "connect").click()
    named(chromium, "guidesDrawer")
    return chromium


def picture(chromium: Chrome) -> dict[str, str]:
    """Caption and colour of each circle."""
    return {node.text.replace("\n", " "): str(node.find_element(By.CSS_SELECTOR, "circle.b-outline")
                                              .get_attribute("fill")) for node in until(chromium, "g.node")}


def test_the_first_query_gives_the_picture_in_our_colours(logged_in: Chrome) -> None:
    named(logged_in, "editor-Run").click()
    colours = {label: rules["color"] for label, rules in site.style().items()}
    assert picture(logged_in) == {caption: colours[f"node.{label}"] for caption, label in NODES.items()}
    # A short edge cuts its name.
    shown = [edge.text.rstrip("…") for edge in until(logged_in, "g.relationship")]
    assert len(shown) == len(EDGES)
    assert [text for text in shown if not any(name.startswith(text) for name in EDGES)] == []


def test_the_guide_puts_its_query_into_the_editor(logged_in: Chrome) -> None:
    assert "The question" in named(logged_in, "guidesDrawer").text
    until(logged_in, "[data-testid='guidesDrawer'] pre.runnable")[0].click()
    named(logged_in, "editor-Run").click()
    assert picture(logged_in).keys() == NODES.keys()


def test_nothing_outside_is_reached(logged_in: Chrome) -> None:
    named(logged_in, "editor-Run").click()
    until(logged_in, "g.node")
    messages = [entry["message"] for entry in logged_in.get_log("browser")]  # type: ignore[no-untyped-call]
    blocked = [message for message in messages if "The action has been blocked" in message]
    wanted = logged_in.execute_script("return performance.getEntriesByType('resource').map(one => one.name)")
    assert hosts(wanted) | hosts(messages) == hosts(blocked) != set()
    assert hosts(message for message in messages if "net::" in message) == set()


def hosts(texts: Iterable[str]) -> set[str]:
    """The hosts outside this machine that the texts name."""
    return {host for text in texts for host in OUTSIDE.findall(text)}


def test_every_query_of_the_guide_runs(graph: neo4j.Driver) -> None:
    graph.execute_query(SCENE)
    blocks = re.findall(r"<pre[^>]*runnable[^>]*>(.*?)</pre>", site.guide(), re.DOTALL)
    queries = [unescape(block) for block in blocks]
    assert len(queries) == 6
    assert queries[0] == browser.headline().strip()
    for query in queries:
        notes = graph.execute_query(query).summary.gql_status_objects
        assert {note.gql_status for note in notes} <= {"00000", "02000"}


def test_every_label_has_its_colour_and_names_what_is_there() -> None:
    style = site.style()
    drawn = set(NODES_OF_THE_GRAPH) - {Label.META}
    assert {name.partition(".")[2] for name in style if name.startswith("node.")} == drawn
    for label in drawn:
        known = {prop.name for prop in NODES_OF_THE_GRAPH[label].properties}
        assert set(re.findall(r"{(\w+)}", style[f"node.{label}"]["caption"])) <= known


def test_edges_with_a_style_are_edges() -> None:
    styled = {name.partition(".")[2] for name in site.style() if name.startswith("relationship.")}
    assert styled <= set(Type)


def test_the_first_query_survives_the_address() -> None:
    assert not set("&+%#") & set(browser.headline())  # Neo4j Browser takes an address apart twice
