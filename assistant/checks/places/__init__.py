"""Which of the places in a conversation the answer is for."""
