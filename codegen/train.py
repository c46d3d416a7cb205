"""The script's `train` in its three forms: plain, on features, in two steps."""

from __future__ import annotations

from codegen.features import features
from codegen.fit import Fit

_TEMPORARY = "tempfile.TemporaryDirectory(ignore_cleanup_errors=True)"
_FROZEN = "min(EPOCHS, FROZEN_EPOCHS)"


def train(fit: Fit) -> list[str]:
    """The functions that train the model, `train` last."""
    if fit.two:
        return _two_steps(fit)
    if fit.split:
        return [
            *features(fit),
            *_compile_model(fit),
            "def train(model, data, callbacks=(), initial_epoch=0):",
            '    """Fit the head to features worked out once; returns a History."""',
            *_on_features(fit, "EPOCHS", fit.listening, fit.scheduled),
        ]
    return [
        "def train(model, data, callbacks=(), initial_epoch=0):",
        '    """Compile the model and fit it; returns Keras\' History."""',
        f"    {_pairs(fit)}",
        *fit.counted,
        "    model.compile(",
        *fit.compiled(fit.scheduled or "LEARNING_RATE", _go(fit)),
        "    )",
        *_fitted(fit, "return model", *_fed(fit), "EPOCHS", fit.listening),
    ]


def _two_steps(fit: Fit) -> list[str]:
    return [
        *(features(fit) if fit.split else _SHUT_BASES),
        *_compile_model(fit),
        "def train_head(model, data, callbacks, initial_epoch):",
        '    """Step 1: the base stays shut, and what stands on it learns."""',
        *(
            _on_features(fit, _FROZEN, "list(callbacks)", None)
            if fit.split
            else _on_shut_bases(fit)
        ),
        "",
        "",
        "def fine_tune(model, data, callbacks, initial_epoch):",
        '    """Step 2: what the padlock leaves open learns with it."""',
        f"    {_pairs(fit)}",
        *fit.counted,
        f"    {_compiling(fit, 'model', fit.scheduled or 'FINE_TUNING_RATE', False)}",
        *_fitted(fit, "return model", *_fed(fit), "EPOCHS", fit.listening),
        "",
        "",
        *_TRAIN,
    ]


_TRAIN = '''\
def train(model, data, callbacks=(), initial_epoch=0):
    """First the head, then the base with it, in small steps; returns Keras' History."""
    first = None
    if initial_epoch < FROZEN_EPOCHS:
        first = train_head(model, data, callbacks, initial_epoch)
        initial_epoch = FROZEN_EPOCHS
    if EPOCHS <= FROZEN_EPOCHS:
        return first
    history = fine_tune(model, data, callbacks, initial_epoch)
    if first:
        history.epoch = first.epoch + history.epoch
        for name, figures in history.history.items():
            figures[:0] = first.history.get(name, [])
    return history'''.splitlines()

_SHUT_BASES = '''\
def shut_bases(model):
    """Freeze the pretrained bases; gives the weights in them that were open."""
    bases = [part.layers[-1] for part in model.layers if isinstance(part, keras.Model)]
    opened = [weight for base in bases for weight in base.trainable_weights]
    for weight in opened:
        weight.trainable = False
    return opened


'''.splitlines()


def _compile_model(fit: Fit) -> list[str]:
    go = ", batches=1" if fit.several else ""
    return [
        f"def compile_model(model, learning_rate{go}):",
        '    """Tell the model what to make small and how far a step goes."""',
        "    model.compile(",
        *fit.compiled("learning_rate", "batches" if go else None),
        "    )",
        "",
        "",
    ]


def _compiling(fit: Fit, model: str, rate: str, head: bool) -> str:
    """The call of `compile_model`; many batches in one go are for the small head, or
    for both where they were chosen."""
    go = fit.several and (head or fit.training.steps)
    return f"compile_model({model}, {rate}{', STEPS_PER_EXECUTION' if go else ''})"


def _on_features(
    fit: Fit, epochs: str, listening: str, schedule: str | None
) -> list[str]:
    """The body of what fits the head."""
    fed, against = ["x,", "y,", _batched(fit)], "(x_val, y_val)"
    if fit.loading.feeding:
        own = ", shuffle=True" if fit.training.shuffle else ""
        fed, against = [f"Features(x, y{own}),"], "Features(x_val, y_val)"
    fitted = _fitted(fit, "return head", fed, against, epochs, listening)
    return [
        "    (x, y), (x_val, y_val), _ = data",
        *(fit.counted if schedule else []),
        "    base, head = split(model)",
        f"    {_compiling(fit, 'head', schedule or 'LEARNING_RATE', True)}",
        f"    with {_TEMPORARY} as temporary:",
        '        folder = Path(os.environ.get("BRICKYARD_FEATURES", temporary))',
        '        x = extract_features(base, x, folder / "train.npy")',
        '        x_val = extract_features(base, x_val, folder / "validation.npy")',
        *(f"    {line}" for line in fitted),
    ]


def _on_shut_bases(fit: Fit) -> list[str]:
    """The body of what fits the model while its bases are shut."""
    fitted = _fitted(fit, "history = model", *_fed(fit), _FROZEN, "list(callbacks)")
    return [
        f"    {_pairs(fit)}",
        "    opened = shut_bases(model)",
        f"    {_compiling(fit, 'model', 'LEARNING_RATE', False)}",
        *fitted,
        "    for weight in opened:",
        "        weight.trainable = True",
        "    return history",
    ]


def _fitted(
    fit: Fit, what: str, fed: list[str], against: str, epochs: str, listening: str
) -> list[str]:
    """The call of `fit`."""
    return [
        f"    {what}.fit(",
        *(f"        {example}" for example in fed),
        f"        epochs={epochs},",
        "        initial_epoch=initial_epoch,",
        f"        validation_data={against},",
        *(["        class_weight=class_weights(y),"] if fit.weighted else []),
        *([] if fit.training.shuffle else ["        shuffle=False,"]),
        f"        callbacks={listening},",
        "    )",
    ]


def _go(fit: Fit) -> str | None:
    return "STEPS_PER_EXECUTION" if fit.several else None


def _batched(fit: Fit) -> str:
    if fit.training.whole:
        return "batch_size=len(x),  # all at once: gradient descent proper"
    return "batch_size=BATCH_SIZE,"


def _pairs(fit: Fit) -> str:
    """How the data come apart."""
    if fit.label.itself and not fit.loading.feeding:
        return "(x, _), (x_val, _), _ = data"
    return "(x, y), validation, _ = data"


def _fed(fit: Fit) -> tuple[list[str], str]:
    """The lines of what is fitted, and what validates."""
    if fit.loading.feeding:
        own = ", shuffle=True" if fit.training.shuffle else ""
        return [f"Batches(x, y{own}),"], "Batches(*validation)"
    if fit.label.itself:
        return ["x,", "x,", _batched(fit)], "(x_val, x_val)"
    return ["x,", "y,", _batched(fit)], "validation"
