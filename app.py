"""The front door: `streamlit run app.py`."""

import sys

import streamlit as st

from training.settings import Settings, SettingsError
from ui.front import MIDDLEWARE, ROUTES, lifespan

try:
    Settings.from_environment()
except SettingsError as error:
    sys.exit(str(error))

app = st.App("ui/page.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
