"""The web app, as Streamlit runs it: `arthouse dashboards` says where the warehouse is."""

from functools import partial

import streamlit

from dashboards import frame, markup, navigation


def main() -> None:
    """Show the page that the address names."""
    streamlit.set_page_config(page_title="arthouse", page_icon="🎬", layout="wide")
    streamlit.html(markup.STYLE)
    pages = [
        streamlit.Page(
            partial(frame.show, page),
            title=page.title,
            url_path=page.url_path,
            default=page.url_path == "",
            visibility="visible" if page.is_listed else "hidden",
        )
        for page in navigation.PAGES
    ]
    streamlit.navigation(pages, position="top").run()


if __name__ == "__main__":
    main()
