"""What templates ask of assessments."""
