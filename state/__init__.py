"""What a production is: plain data that imports nothing of ours."""
