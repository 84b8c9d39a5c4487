"""Briefbook: YAML records of who said what, when, on what evidence, to pages of a static site."""
