"""Who is said to have moved, got, used, made, held or asked for weapons, who says so, and who denies it."""
