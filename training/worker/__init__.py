"""Where training meets Keras: a process that runs train.py, reports and resumes."""
