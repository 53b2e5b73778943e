"""What a participant meets: welcome, answer (who, question, form, thanks), my contribution."""
