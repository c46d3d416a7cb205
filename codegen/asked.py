"""The script of a tower that nothing is trained on: it answers to pictures."""

from __future__ import annotations

from codegen.bases import FIND_WEIGHTS

CLASS_INDEX = "imagenet_class_index.json"
"""Keras' file with the names of ImageNet's classes."""
TOP = 5

_MAIN = f'''\
def main():
    """Tell what the network sees in each picture; 1 where one can't be read."""
    parser = argparse.ArgumentParser(description="Ask the network about pictures.")
    parser.add_argument("pictures", nargs="+", type=Path, metavar="PICTURE")
    given = parser.parse_args()
    find_weights("{CLASS_INDEX}")
    model = build_model()
    failed = 0
    for path in given.pictures:
        try:
            picture = read_picture(path)
        except (OSError, ValueError, Image.DecompressionBombError) as error:
            print(f"{{path}}: it can't be read ({{error}})", file=sys.stderr)
            failed = 1
            continue
        x = picture[None].astype("float32") / np.float32(255)
        answers = model.predict(x, verbose=0)
        print(path)
        for _, name, share in decode_predictions(answers, top=TOP)[0]:
            print(f"{{share:8.2%}}  {{name}}")
    return failed
'''

IMPORT = "from keras.applications.imagenet_utils import decode_predictions"
CONSTANTS = (f"TOP = {TOP}",)
GUARD = ['if __name__ == "__main__":', "    sys.exit(main())"]


def main(body: list[str]) -> list[str]:
    """The script's `main`, and what it needs that the functions `body` have not."""
    found = [] if FIND_WEIGHTS[0] in body else FIND_WEIGHTS
    return [*found, *_MAIN.splitlines(), "", ""]
