"""The page of a reconciliation: one file to read offline, to print and to pass on."""
