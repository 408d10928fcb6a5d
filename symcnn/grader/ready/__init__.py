"""Ready to use where others run the grader: a compiled assignment, Gradescope, notebooks."""
