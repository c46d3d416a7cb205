"""The page: which project, which view, in which language."""

from pathlib import Path

import streamlit as st

from ui.shell import show

ABOUT = "Brickyard: neural networks as towers of bricks."

st.set_page_config(
    page_title="Brickyard",
    page_icon=Path(__file__).with_name("icon.png"),
    layout="wide",
    menu_items={"About": ABOUT},
)
show()
