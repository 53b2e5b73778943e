"""What keeps the consultations: which there are, their workshops, where they are kept."""
