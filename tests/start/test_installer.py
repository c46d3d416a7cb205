"""How the installers are led and understood."""

import sys
from pathlib import Path

import pytest

from requirements import chromium, installer
from requirements.installer import cause, index_settings

PIP_SETTINGS = """\
:env:.index-url='https://c.example/simple'
global.cert='/etc/ca.pem'
global.extra-index-url='https://a.example/simple\\nfile:///b/simple'
global.find-links='/one /two'
global.index-url='https://a.example/simple'
install.index-url='https://b.example/simple'
install.trusted-host='a.example'
list.format='columns'
"""


def test_uv_gets_the_index_that_pip_was_given(monkeypatch):
    monkeypatch.setattr(installer.os, "environ", {})
    assert index_settings(PIP_SETTINGS) == {
        "SSL_CERT_FILE": "/etc/ca.pem",
        "UV_DEFAULT_INDEX": "https://c.example/simple",
        "UV_FIND_LINKS": "/one,/two",
        "UV_INDEX": "https://a.example/simple file:///b/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_INSECURE_HOST": "a.example",
    }


def test_what_the_user_told_uv_itself_stands(monkeypatch):
    monkeypatch.setattr(installer.os, "environ", {"UV_DEFAULT_INDEX": "mine"})
    assert "UV_DEFAULT_INDEX" not in index_settings(PIP_SETTINGS)


def test_what_we_start_writes_byte_code():
    assert installer.quick({"PYTHONDONTWRITEBYTECODE": "1", "A": "b"}) == {"A": "b"}


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("error: dns error: failed to lookup address", "index can't be reached"),
        ("Failed to establish a new connection: [Errno 101]", "index can't be reached"),
        ("Hash mismatch for numpy==2.4.6", "not the one that the lock names"),
        ("a\nerror: this wheel is odd\n", "can't be installed: error: this wheel is"),
        ("", "no reason was given"),
    ],
)
def test_a_failed_install_is_told_by_its_cause(output, said):
    assert said in cause(output)


def test_a_chromium_named_by_the_setting_is_taken(monkeypatch, tmp_path):
    browser = tmp_path / "my chromium"
    browser.touch()
    monkeypatch.setenv(chromium.SETTING, str(browser))
    assert chromium.provide(Path(sys.executable)) == str(browser)


def test_a_setting_that_names_no_file_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv(chromium.SETTING, str(tmp_path / "gone"))
    with pytest.raises(chromium.Trouble, match="there is no such file"):
        chromium.provide(Path(sys.executable))


def test_a_chromium_on_path_is_found(monkeypatch, tmp_path):
    browser = tmp_path / "google-chrome"
    browser.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.find(tmp_path) == str(browser)
