"""The other program: loads a file with its own runtime and answers examples.

Run by its path as `python -I proof.py KIND FILE EXAMPLES ANSWERS`, so that nothing of
Brickyard is there to help. It prints the runtime's name, and ends when its input does.
"""

import os
import sys
import tempfile
import threading
import zipfile
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"  # what trains on the card has it for itself
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np

BATCH = 16


def keras(path):
    """Its name, and the function from examples to answers."""
    import keras

    model = keras.models.load_model(path, compile=False)
    return f"Keras {keras.version()}", lambda x: np.asarray(model(x, training=False))


def onnx(path):
    import onnxruntime

    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (given,) = session.get_inputs()
    name = f"ONNX Runtime {onnxruntime.__version__}"
    return name, lambda x: session.run(None, {given.name: x})[0]


def litert(path):
    """LiteRT's own interpreter; TensorFlow's, where that is not built for a machine."""
    try:
        import ai_edge_litert
        from ai_edge_litert import interpreter

        name = f"LiteRT {ai_edge_litert.__version__}"
    except ImportError:
        import tensorflow as tf

        interpreter, name = tf.lite, f"TensorFlow Lite {tf.__version__}"
    reader = interpreter.Interpreter(path)
    (given,), (made,) = reader.get_input_details(), reader.get_output_details()

    def answer(x):
        if given["shape_signature"][0] == 1 and len(x) > 1:  # it takes one at a time
            return np.concatenate([answer(one[None]) for one in x])
        reader.resize_tensor_input(given["index"], x.shape)
        reader.allocate_tensors()
        reader.set_tensor(given["index"], x)
        reader.invoke()
        return reader.get_tensor(made["index"])

    return name, answer


def savedmodel(path):
    import tensorflow as tf

    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(path).extractall(folder)
        (found,) = Path(folder).iterdir()
        model = tf.saved_model.load(found)
    return f"TensorFlow {tf.__version__}", lambda x: model.serve(x).numpy()


def main(kind, path, examples, answers):
    name, answer = {
        "keras": keras,
        "onnx": onnx,
        "litert": litert,
        "savedmodel": savedmodel,
    }[kind](path)
    x = np.load(examples)
    parts = [answer(x[begin : begin + BATCH]) for begin in range(0, len(x), BATCH)]
    np.save(answers, np.concatenate(parts))
    print(name)


def end_with_input():
    """Whoever asked is gone: nobody wants to know any more."""
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=end_with_input, daemon=True).start()
    main(*sys.argv[1:])
    sys.stdout.flush()
    os._exit(0)  # at once: nothing of TensorFlow needs to be put away
