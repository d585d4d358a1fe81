// title: Allegations by status, with denials
// question: What is alleged, suspected or asserted, by whom against whom, and who denies it?
// param status (text = none): alleged, suspected or asserted; all where left out.
// param denied (text = none): "yes" for denied allegations only.
// param newest (bound = 200): The newest this many.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column published: When the report came out.
// column status: alleged, suspected or asserted.
// column accusers: Who says so.
// column action: What is said to have been done.
// column accused: Whom or what they accuse.
// column weapons: What it is about.
// column denied_by: Who denies it.
// column sentence: The sentences.
// column publisher: Who published it.
// column reliability: Of the publisher, as people grade it: A (reliable) to F (cannot be judged).
// column credibility: Of the claim, as the extractor sees it: 1 (confirmed) to 6 (cannot be judged).
// column graded: Of the claim, as the last person who graded it does, and who that is; empty where nobody has.
// column repeats: Id of the earlier allegation that this one repeats; empty where it is told here first.
// column claim: Id of the allegation.
CALL () {
  MATCH (a:Allegation) WHERE a.published IS NOT NULL RETURN a ORDER BY a.published DESC, a.id
  UNION ALL
  MATCH (a:Allegation) WHERE a.published IS NULL RETURN a ORDER BY a.id
}
WITH a WHERE ($status IS NULL OR a.status = $status) AND ($denied IS NULL OR EXISTS { (a)-[:DENIED_BY]->() })
  AND ($as_of IS NULL OR coalesce(a.event_from, a.published, $as_of) <= $as_of)
  AND ($known_at IS NULL OR EXISTS { (a)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at })
WITH a LIMIT $newest + 1
WITH collect(a) AS found
UNWIND found[..$newest] AS a
MATCH (a)<-[:HAS_CLAIM]-(d:Document)
RETURN a.published AS published, a.status AS status,
  COLLECT { MATCH (a)-[:MADE_BY]->(e)
            RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name } AS accusers, a.action AS action,
  COLLECT { MATCH (a)-[:ACCUSES]->(e)
            RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name } AS accused,
  COLLECT { MATCH (a)-[:CONCERNS]->(e)
            RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name } AS weapons,
  COLLECT { MATCH (a)-[:DENIED_BY]->(e)
            RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name } AS denied_by,
  a.sentence AS sentence, d.publisher AS publisher,
  coalesce(COLLECT { MATCH (d)<-[:PUBLISHED]-(p:Publisher) MATCH (g:Grade {about: p.id}) WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
    RETURN g.value ORDER BY g.at DESC LIMIT 1 }[0], 'F') AS reliability,
  a.credibility AS credibility,
  COLLECT { MATCH (g:Grade {about: a.reading}) WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
    RETURN g.value + ', ' + g.by ORDER BY g.at DESC LIMIT 1 }[0] AS graded,
  head([(a)-[:REPEATS]->(other)
    WHERE $known_at IS NULL OR EXISTS { (other)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at } | other.id]) AS repeats, a.id AS claim, size(found) > $newest AS is_cut
ORDER BY published IS NULL, published DESC, claim
