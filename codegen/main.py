"""The script's `main`: train, keep the best model by what people look at, test it."""

from __future__ import annotations

from bricks.training.measures import rises
from codegen.fit import Fit


def main(fit: Fit) -> list[str]:
    """The lines of `main`."""
    return (_of_head(fit) if fit.split else _plain(fit)).splitlines()


def _plain(fit: Fit) -> str:
    measure = fit.measure
    mode = "" if measure != "mae" else ', mode="min"'
    return f'''\
def main():
    """Train, keep the best model in model.keras, and test it."""
    keras.utils.set_random_seed(SEED)
    data = load_data()
    model = build_model()
    model.summary()
    best = keras.callbacks.ModelCheckpoint(
        "model.keras", monitor="val_{measure}"{mode}, save_best_only=True
    )
    train(model, data, callbacks=[best])
    model = keras.models.load_model("model.keras")
{_tested(fit)}'''


def _of_head(fit: Fit) -> str:
    """Where a head is fitted, the callbacks hear of the head alone."""
    return f'''\
def main():
    """Train, save the whole model with its best weights in model.keras, and test it."""
    keras.utils.set_random_seed(SEED)
    data = load_data()
    model = build_model()
    model.summary()
    best = Best(model)
    train(model, data, callbacks=[best])
    model.set_weights(best.weights)
    compile_model(model, LEARNING_RATE)
    model.save("model.keras")
{_tested(fit)}'''


def best(fit: Fit) -> list[str]:
    """The class that remembers the best weights of the whole model."""
    if not fit.split:
        return []
    better = ">" if rises(fit.measure) else "<"
    return _BEST.format(measure=fit.measure, better=better).splitlines()


_BEST = '''\
class Best(keras.callbacks.Callback):
    """Remembers the weights of the whole model after its best epoch."""

    def __init__(self, model):
        super().__init__()
        self.whole, self.reached, self.weights = model, None, None

    def on_epoch_end(self, epoch, logs=None):
        reached = logs["val_{measure}"]
        if self.weights is None or reached {better} self.reached:
            self.reached, self.weights = reached, self.whole.get_weights()


'''


def _tested(fit: Fit) -> str:
    """The end of `main`, which says how the test went."""
    feeding, label = fit.loading.feeding, fit.label
    given = "Batches(*data[2])" if feeding else "*data[2]"
    if fit.extra:
        given = "x, x" if label.itself and not feeding else given
        taken = "    x, _ = data[2]\n" if given == "x, x" else ""
        return f"""\
{taken}    figures = model.evaluate({given}, verbose=0, return_dict=True)
    print(", ".join(f"test {{name}} {{n:.4f}}" for name, n in figures.items()))"""
    if label.metrics:
        name = label.metrics[0]
        return f"""\
    loss, {name} = model.evaluate({given}, verbose=0)
    print(f"test {name} {{{name}:.4f}}, test loss {{loss:.4f}}")"""
    if feeding:
        return f"""\
    print(f"test loss {{model.evaluate({given}, verbose=0):.4f}}")"""
    return """\
    x, _ = data[2]
    print(f"test loss {model.evaluate(x, x, verbose=0):.4f}")"""
