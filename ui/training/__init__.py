"""Training: the yellow frame, the lesson, the practice scanner and the practice printer."""
