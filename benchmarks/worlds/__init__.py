"""Made worlds of aid news: claims whose pledge, value and every error are known."""
