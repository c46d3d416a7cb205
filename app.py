"""The front door: `streamlit run app.py`."""

import streamlit as st

from ui.front import MIDDLEWARE, ROUTES, lifespan

app = st.App("ui/page.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
