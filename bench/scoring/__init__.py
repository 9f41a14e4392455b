"""The parts of bench/accuracy: read labels, run programs, output numbers as text, JSON and a page."""
