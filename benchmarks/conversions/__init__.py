"""Made conversions with a known cause, to see what the test of stated conversions says of them."""
