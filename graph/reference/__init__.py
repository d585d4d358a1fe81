"""What Tailgraph knows beforehand: tables of countries, types, operators, airports and airframes, with their sources."""
