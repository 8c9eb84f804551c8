"""What an answer says, in the words of the command line. Any thread."""

from trtstudio.vision.answer import Answer
from trtstudio.vision.answer_words import answer_words


def answer_text(answer: Answer) -> str:
    """The surest few of what was found, or that nothing was."""
    return answer_words(answer) or "nothing found"
