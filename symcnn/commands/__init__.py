"""The commands of the shell, one file each: ``run(arguments)`` prints and returns the exit code.

They hold no mathematics and decide nothing; everything heavy is imported inside ``run``.
"""
