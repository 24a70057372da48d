"""OpenAI's pictures and voices."""
