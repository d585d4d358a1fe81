"""How reports tell of flights: words of movement, the places and aircraft beside them, and the story they
make.
"""
