"""What people see. Streamlit is named here and in `app.py` only; Keras nowhere."""
