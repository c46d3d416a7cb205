"""What the forkserver imports, so that the processes it forks need not.

Only imported: to run an operation, or to look for a GPU, before forking would break the
forked processes.
"""

import os

from training.worker import life

life.die_with_trainer()  # at once: the imports take seconds

import h5py  # noqa: F401, E402 - Keras writes models with it
import keras  # noqa: E402
from PIL import Image, ImageOps  # noqa: F401, E402 - scripts on own pictures do

if os.environ.get("KERAS_BACKEND", "tensorflow") == "tensorflow":
    import tensorflow  # noqa: F401

import training.worker.augmented  # noqa: E402
import training.worker.kept_open  # noqa: E402
import training.worker.train  # noqa: E402
import training.worker.warm  # noqa: E402, F401

keras.config.disable_interactive_logging()
