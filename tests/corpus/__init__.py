"""Formulas about CNNs, each with right spellings and with wrong partners that students write."""
