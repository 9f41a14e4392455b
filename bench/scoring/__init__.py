"""What bench/accuracy is made of: labels in, programs run, numbers out as text, JSON and a page."""
