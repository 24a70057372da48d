"""Where and when every sentence plays: sets, the way through them, hours, weather and light."""
