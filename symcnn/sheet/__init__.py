"""Report -> view model -> LaTeX, HTML, PDF. A sheet does not know how a verdict was reached."""

from symcnn.sheet.course import Course as Course
from symcnn.sheet.course import read_course as read_course
from symcnn.sheet.files import write_whole as write_whole
from symcnn.sheet.render import render as render
from symcnn.sheet.render import render_document as render_document
