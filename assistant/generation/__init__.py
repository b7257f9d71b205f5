"""Generators: they write a draft; the checks decide what reaches a reader."""
