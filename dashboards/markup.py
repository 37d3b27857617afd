"""Content as HTML: templates that escape every value, in an element that runs no script.

Scraped text reaches a page here, in a chart, or in a grid's cell; never in Markdown, where
`[…](…)`, `:name:` and bare addresses of a title would become links and pictures.
"""

from functools import cache
from pathlib import Path

import streamlit
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards import display, links, places

_TEMPLATES = Path(__file__).with_name("templates")
STYLE = Path(__file__).with_name("style.css")


def show(template: str, **values: object) -> None:
    """Put a filled template on the page; what fills to nothing takes no room."""
    if text := render(template, **values):
        streamlit.html(text)


def render(template: str, **values: object) -> str:
    """The template's HTML, without the blanks around it."""
    return _environment().get_template(template).render(**values).strip()


@cache
def _environment() -> Environment:
    made = Environment(
        autoescape=True,
        loader=FileSystemLoader(_TEMPLATES),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    named = {**vars(places), **vars(display)}
    filters = {name: f for name, f in named.items() if callable(f) and name.islower()}
    made.filters.update(filters)
    made.globals["links"] = links
    return made
