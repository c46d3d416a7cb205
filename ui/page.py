"""The page: which project, which view, in which language."""

import streamlit as st

from ui.shell import show

st.set_page_config(
    page_title="Brickyard", page_icon=":material/deployed_code:", layout="wide"
)
show()
