"""Aircraft tables that users keep, row by row: tar1090-db, Mictronics, plane-alert-db, OpenSky, our own."""
