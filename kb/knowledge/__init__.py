"""What is known of documents beside what texts say: registers, and what holds of a document, since when."""
