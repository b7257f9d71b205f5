"""The steps of an answer, one file each; `assistant.composition` puts them in order."""
