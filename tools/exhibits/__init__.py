"""One module for each module of `jejaring.figures`, one function without arguments for each of its figures."""
