"""The page's half of training, and the trainer itself, do without Keras."""

import subprocess
import sys

import pytest

PAGE = "store settings runs launch datasets queue tables rows changes messages asks own"
TRAINER = (
    "serve trainer ledger answers engines.local worker.process worker.answering "
    "terminal brought __main__"
)


@pytest.mark.parametrize("modules", [PAGE, TRAINER], ids=["page", "trainer"])
def test_keras_is_not_imported(modules):
    names = ", ".join(f"training.{name}" for name in modules.split())
    heavy = "{'keras', 'tensorflow', 'h5py', 'streamlit'}"
    code = f"import sys; import {names}; print({heavy} & set(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "set()"
