"""Makers of real objects through the product's own verbs, with something sensible for the rest."""
