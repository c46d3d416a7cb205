"""What the forkserver imports, so that the processes it forks need not.

Only imported: to run an operation, or to look for a GPU, before forking would break the
forked processes.
"""

import os

import h5py  # noqa: F401 - Keras writes models with it
import keras

if os.environ.get("KERAS_BACKEND", "tensorflow") == "tensorflow":
    import tensorflow  # noqa: F401

import training.worker.augmented
import training.worker.train
import training.worker.warm  # noqa: F401

keras.config.disable_interactive_logging()
