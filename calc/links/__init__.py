"""Claims to pledges: which claims speak of one pledge, and which pledges may overlap."""
