"""What the forkserver imports, so that the processes it forks need not.

Only imported: to run an operation, or to look for a GPU, before forking would break the
forked processes.
"""

import os

import h5py  # noqa: F401 - Keras writes models with it
import keras
from PIL import Image, ImageOps  # noqa: F401 - scripts on own pictures do

if os.environ.get("KERAS_BACKEND", "tensorflow") == "tensorflow":
    import tensorflow  # noqa: F401

import training.worker.augmented
import training.worker.train
import training.worker.warm  # noqa: F401

keras.config.disable_interactive_logging()
