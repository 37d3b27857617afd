"""One module a page: which questions it asks, and how it lays out the answers.

Not `pages`: Streamlit takes a folder of that name for pages of its own making.
"""
