"""What `greenlight doctor` says of who signs films."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server.startup import check_settings
from server.vitals.doctor import check_signer
from state.errors import SettingInvalid
from tests.signing_identities import MAKES, chain_for, pem_of
from tools.provenance.keys import open_signer_now
from tools.provenance.self_made import KEPT_FILE
from tools.settings import Settings

NOW = datetime.now(UTC)


def signed_for(folder: Path, days: int) -> Settings:
    key = MAKES["es256"]()
    chain = chain_for(key, days=(-1, days))
    return Settings(data_dir=folder, provenance_key=pem_of(key), provenance_certificates=chain)


def test_before_the_first_film_there_is_no_key_and_none_is_made(tmp_path: Path) -> None:
    check = check_signer(Settings(data_dir=tmp_path), now=NOW)
    assert (check.status, check.message) == ("ok", "a key of this machine's own is made for the first film")
    assert not (tmp_path / KEPT_FILE).exists()


def test_a_key_of_ones_own_is_named_with_its_end(tmp_path: Path) -> None:
    signer = open_signer_now(Settings(data_dir=tmp_path))
    check = check_signer(Settings(data_dir=tmp_path), now=NOW)
    assert check.status == "ok"
    assert check.message == (
        f"Greenlight, until {signer.until.date()}, by a key made here, whose issuer no reader knows"
    )


@pytest.mark.parametrize(("days", "status"), [(31, "ok"), (29, "warning")])
def test_thirty_days_before_the_end_it_warns(tmp_path: Path, days: int, status: str) -> None:
    check = check_signer(signed_for(tmp_path, days), now=NOW)
    assert (check.status, bool(check.remedy)) == (status, status == "warning")
    assert check.message.startswith("a studio, until ")


def test_what_cannot_sign_is_told_by_the_doctor_and_stops_a_start(tmp_path: Path) -> None:
    chosen = signed_for(tmp_path, 0)
    check = check_signer(chosen, now=NOW + timedelta(days=1))
    assert check.status == "failed"
    assert "has expired" in check.message
    with pytest.raises(SettingInvalid, match="has expired"):
        check_settings(chosen)
