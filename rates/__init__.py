"""What a unit of a currency was worth on a day. Knows nothing of pledges."""
