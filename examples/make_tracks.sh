#!/bin/sh
# Writes examples/tracks anew from the scenarios. The same scenarios always give the same files.
set -eu
cd "$(dirname "$0")"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
tailgraph simulate scenarios/night-flights.json --out "$out/night" --format traces
tailgraph simulate scenarios/other-traffic.json --out "$out/other" --format csv
rm -rf tracks/simulated
mkdir -p tracks/simulated
cp -r "$out/night/traces/." tracks/simulated/
cp "$out/other/positions.csv" tracks/simulated/other-traffic.csv
