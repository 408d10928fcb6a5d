"""Why an answer is wrong: named mistakes, as mutations of the key.

``mistake`` and ``context`` say what a mistake is and what it may ask; each family of mistakes is a
file; ``mutants`` applies them, ``table`` keeps the results by value, ``diagnoser`` looks up and has
the prover confirm. Nothing here decides whether an answer is right.
"""

from symcnn.diagnosis.diagnoser import Diagnoser as Diagnoser
from symcnn.diagnosis.mistake import Mistake as Mistake
from symcnn.diagnosis.mistake import Slip as Slip
from symcnn.diagnosis.mistakes import KINDS as KINDS
from symcnn.diagnosis.mistakes import MISTAKES as MISTAKES
from symcnn.diagnosis.mistakes import sentence as sentence
