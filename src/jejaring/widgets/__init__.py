"""What lives in the page: exercises, figures and panels."""
