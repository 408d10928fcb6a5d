"""Text -> Formula: plain text and LaTeX, Unicode and Persian; never eval, never a library's parser.

`read` takes one formula, `read_lines` a derivation, `read_given` domains and relations.
"""

from symcnn.errors import ParseError as ParseError
from symcnn.reading.given import USUAL as USUAL
from symcnn.reading.given import read_given as read_given
from symcnn.reading.lines import Line as Line
from symcnn.reading.lines import read_lines as read_lines
from symcnn.reading.messages import explain as explain
from symcnn.reading.reading import Reading as Reading
from symcnn.reading.reading import read as read
