"""Claims that no rule reads: linear models over words, trees and lexicon classes, trained on annotated texts.

`groups` gathers the weapons that no standing claim speaks of, `features` says what holds of them and of the
parties around, `model` weighs it, `acts` makes acts of what is likely enough. `bench/train_claims.py` trains
the tables; docs/learned.md says how well they do.
"""
