"""Odd inputs by the thousand: what is tried (``targets``), and how it is made (``mutations``)."""
