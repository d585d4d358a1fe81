"""Who denies what: verbs and nouns of denying, another account of the cargo, and the claim they are about."""
