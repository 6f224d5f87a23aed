"""Many cases, many policies: screening, comparing and counting."""
