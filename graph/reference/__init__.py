"""What Tailgraph knows beforehand: countries, aircraft types, operators, airports, airframes and towns."""
