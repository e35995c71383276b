"""A server for each test, or one for the tests of a module that leave nothing behind which others would see."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from signaling import desk
from tests.signaling.clock import Clock
from tests.signaling.recorder import RECORDS, recording_settings
from tests.signaling.server import Page, Site, prepare, serving, settings


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder to be copied."""
    data = tmp_path_factory.mktemp("prepared")
    prepare(data)
    return data


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A data folder in which Bob and Cleo may sign in."""
    return Path(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def site(data: Path) -> Iterator[Site]:
    """A server on that folder."""
    with serving(settings(data)) as running:
        yield running


@pytest.fixture(scope="module")
def common(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One for the whole module."""
    data = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("common") / "data"))
    with serving(settings(data)) as running:
        yield running


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The clock of every server in this process."""
    clock = Clock()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("signaling.clock.time", clock)
        yield clock
    desk._CLOCK.settle()


@pytest.fixture
def records(data: Path) -> Iterator[Site]:
    """A server whose site records."""
    with serving(recording_settings(data), site=RECORDS) as running:
        yield running


@pytest.fixture
def console(records: Site) -> Page:
    """Bob's."""
    return records.console(records.cookie("Bob"))[0]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for another host than this one, which nobody else trusts, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "support.example.com")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    chain, own = tmp_path / "chain.pem", tmp_path / "key.pem"
    chain.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    own.write_bytes(key.private_bytes(*form))
    return chain, own
