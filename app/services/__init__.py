"""Use cases: one module per noun, its verbs as functions, permission first. State and REST call nothing else."""
