"""What is said of a result: explanations, open questions, a summary."""
