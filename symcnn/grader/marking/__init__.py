"""Marking: an answer's text in, a mark with remarks out. It invents no mathematics.

`Marker` holds an assignment with its keys made ready; `graded` marks one student.
"""

from symcnn.grader.marking.marker import Marker as Marker
from symcnn.grader.marking.student import graded as graded
