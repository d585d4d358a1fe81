// title: Where a claim stands
// question: From which words of which report was this claim read, and by what?
// param claim (text): Its id, as claims-about gives it. `tailgraph explain` shows the same, marked in the text.
// column role: The slot: MADE_BY, ACCUSES, TO …; EVIDENCED_BY for the sentence.
// column what: What fills it.
// column start: First character, in the report's content.
// column end: One past the last character.
// column words: The words there.
// column is_open: Whether the text leaves open which of several is meant.
// column rule: The pattern that read the claim.
// column confidence: 0 to 1: how sure that pattern is.
// column extractor: Name and version of what read the report.
// column report: Title of the report.
// column publisher: Who published it.
// column reliability: Of the publisher, as people grade it: A (reliable) to F (cannot be judged).
// column credibility: Of the claim, as the extractor sees it: 1 (confirmed) to 6 (cannot be judged).
// column graded: Of the claim, as the last person who graded it does, and who that is; empty where nobody has.
// column url: Where it was found.
MATCH (claim:Claim {id: $claim})<-[:HAS_CLAIM]-(report:Document)
MATCH (claim)-[slot]->(target) WHERE target:Entity OR target:Passage
WITH claim, report, slot, target, CASE WHEN report.title = '' THEN report.text
  ELSE report.title + '\n\n' + report.text END AS content,
  CASE WHEN target:Passage THEN target.start ELSE slot.start END AS start,
  CASE WHEN target:Passage THEN target.end ELSE slot.end END AS end
RETURN type(slot) AS role, CASE WHEN target:Passage THEN 'sentence ' + target.index ELSE target.name END AS what,
  start, end, substring(content, start, end - start) AS words, coalesce(slot.ambiguous, false) AS is_open,
  claim.rule AS rule, claim.confidence AS confidence, report.extractor AS extractor, report.title AS report,
  report.publisher AS publisher,
  coalesce(COLLECT { MATCH (report)<-[:PUBLISHED]-(p:Publisher) MATCH (g:Grade {about: p.id}) WHERE g.revoked_at IS NULL
    RETURN g.value ORDER BY g.at DESC LIMIT 1 }[0], 'F') AS reliability,
  claim.credibility AS credibility,
  COLLECT { MATCH (g:Grade {about: claim.reading}) WHERE g.revoked_at IS NULL
    RETURN g.value + ', ' + g.by ORDER BY g.at DESC LIMIT 1 }[0] AS graded,
  report.url AS url
ORDER BY start, end, role, what
