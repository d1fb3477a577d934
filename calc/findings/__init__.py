"""Why numbers differ: what a person should look at."""
