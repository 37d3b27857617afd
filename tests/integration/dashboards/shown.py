"""What AppTest shows of a page."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

# The fixture `opened`.
Opened = Callable[..., AppTest]


def words(app: AppTest) -> str:
    """All the HTML of the page, on which nothing may have failed."""
    assert not app.exception
    return "\n".join(str(element.proto.body) for element in app.get("html"))
