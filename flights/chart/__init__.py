"""Maps of flights: a plane picture of tracks, silences, night and airports, as SVG, PNG or one HTML page."""
