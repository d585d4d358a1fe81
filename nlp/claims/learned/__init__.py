"""What rules miss of claims: linear models over words, trees, lexicon classes and what rules made of them,
trained on annotated texts.

`cases` gathers the weapons that a claim tells of, and those of each sentence that no claim tells of, with the
parties around; `features` says what holds of the words, `readings` what rules made of them, `model` weighs
it, and `reader` adds what is likely enough. `bench/train_claims.py` trains the tables; docs/learned.md says
how well they do.
"""
