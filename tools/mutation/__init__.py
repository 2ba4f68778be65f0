"""Mutation testing on a fixed sample: faults planted one at a time, and whether a test notices each.

    make mutate                      # the whole sample; the table goes to standard output
    make mutate ARGS="--module kb/lookup/find.py"

Cosmic Ray knows the faults and where they can be planted; what is here draws a sample of them that stays the same while
a module does, asks coverage which tests run each line, and runs those in a copy of the tree.
"""
