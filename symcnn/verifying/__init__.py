"""How one formula, or a derivation, is verified: keys, judging, levels of feedback, what is shown.

`symcnn.verify` is the entry; `Checker` and `verify_steps` are the other two public names.
"""
