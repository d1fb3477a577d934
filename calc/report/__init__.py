"""Results for people and programs: tables, JSON lines, CSV, Markdown, HTML."""
