"""The labelled library: real music, copies, edits, versions and negatives, each with its label."""
