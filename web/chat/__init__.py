"""The pages that people read: the conversation and the regelingen."""
