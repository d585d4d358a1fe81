"""Which entities are one: judgements by people, what follows from them, and candidates for the next ones.

    judgement    one verdict on two entities; never deleted, only revoked
    clusters     what the standing judgements come to: a pure function of them
    history      what they came to on each day: a pure function of all that were ever given
    same_as      the SAME_AS relationships, in line with judgements and entities whenever either changes
    decide       give, revoke and read judgements
    exchange     judgements as JSON lines, in the form of nomenklatura's resolver
    names, likeness, candidates, known    pairs that are worth a person's look
"""
