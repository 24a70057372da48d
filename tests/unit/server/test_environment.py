"""S1-81: settings come from the environment, and a wrong one is named."""

from pathlib import Path

import pytest

from state.errors import SettingInvalid
from tools.media_place import Bucket
from tools.settings import read_settings

NAMES = {
    "GREENLIGHT_DATABASE_URL": ("database_url", "postgresql://u:p@h/d"),
    "GREENLIGHT_DATA_DIR": ("data_dir", "/tmp/greenlight-settings"),  # noqa: S108  # a name, nothing is written
    "GREENLIGHT_MEDIA": ("media", "s3://films/greenlight"),
    "GREENLIGHT_MEDIA_CACHE_GB": ("media_cache_gb", "2.5"),
    "GREENLIGHT_LINK_SECRET_BEFORE": ("link_secret_before", "the one before"),
    "AWS_ACCESS_KEY_ID": ("aws_access_key_id", "AKIA0"),
    "AWS_SECRET_ACCESS_KEY": ("aws_secret_access_key", "aws-secret"),
    "AWS_SESSION_TOKEN": ("aws_session_token", "aws-token"),
    "AWS_REGION": ("aws_region", "eu-central-1"),
    "AWS_ENDPOINT_URL_S3": ("aws_endpoint_url_s3", "http://127.0.0.1:9000"),
    "GREENLIGHT_S3_CA_FILE": ("s3_ca_file", "/certificates/ca.pem"),
    "GREENLIGHT_HOST": ("host", "::1"),
    "GREENLIGHT_PORT": ("port", "9000"),
    "GREENLIGHT_WORKERS": ("workers", "3"),
    "GREENLIGHT_DRAIN_S": ("drain_s", "45.0"),
    "GREENLIGHT_QUEUE_PATIENCE_S": ("queue_patience_s", "120.0"),
    "GREENLIGHT_STATE_LIMIT_MB": ("state_limit_mb", "32.0"),
    "GREENLIGHT_STATE_WARN_MB": ("state_warn_mb", "8.0"),
    "GREENLIGHT_DAY_BUDGET_USD": ("day_budget_usd", "12.50"),
    "GREENLIGHT_TEXT_ALERT_USD": ("text_alert_usd", "2.50"),
    "GREENLIGHT_KEEP_PRODUCTIONS_DAYS": ("keep_productions_days", "90"),
    "GREENLIGHT_KEEP_DELETED_DAYS": ("keep_deleted_days", "30"),
    "GREENLIGHT_KEEP_CHECKPOINTS_DAYS": ("keep_checkpoints_days", "60"),
    "GREENLIGHT_KEEP_EVENTS_DAYS": ("keep_events_days", "61"),
    "GREENLIGHT_KEEP_LOGINS_DAYS": ("keep_logins_days", "62"),
    "GREENLIGHT_KEEP_AUDIT_DAYS": ("keep_audit_days", "63"),
    "GREENLIGHT_KEEP_SERIES": ("keep_series", "False"),
    "GREENLIGHT_CLEAR_MEDIA": ("clear_media", "True"),
    "GREENLIGHT_MEDIA_GRACE_HOURS": ("media_grace_hours", "48.0"),
    "GREENLIGHT_PUBLIC_URL": ("public_url", "https://studio.example.org"),
    "GREENLIGHT_RATE_LIMIT_ENABLED": ("rate_limit_enabled", "True"),
    "GREENLIGHT_ENABLE_IMAGEN3": ("enable_imagen3", "True"),
    "GREENLIGHT_LIMIT_UPLOAD": ("limit_upload", "21"),
    "GREENLIGHT_LIMIT_GENERATE": ("limit_generate", "11"),
    "GREENLIGHT_LIMIT_REFINE": ("limit_refine", "31"),
    "GREENLIGHT_LIMIT_PRODUCTION": ("limit_production", "6"),
    "GREENLIGHT_LIMIT_GENERAL": ("limit_general", "101"),
    "GREENLIGHT_GENERATIONS_PER_HOUR": ("generations_per_hour", "12"),
    "GREENLIGHT_CONCURRENT_PRODUCTIONS": ("concurrent_productions", "13"),
    "GREENLIGHT_TRUSTED_PROXIES": ("trusted_proxies", "10.0.0.1,192.0.2.0/24"),
    "GREENLIGHT_METRICS_HOST": ("metrics_host", "10.0.0.1"),
    "GREENLIGHT_METRICS_PORT": ("metrics_port", "9464"),
    "GREENLIGHT_OTEL": ("otel", "True"),
    "GREENLIGHT_OTEL_RATIO": ("otel_ratio", "0.25"),
    "OTEL_EXPORTER_OTLP_ENDPOINT": ("otlp_endpoint", "https://otel.example.org:4318"),
    "OTEL_EXPORTER_OTLP_HEADERS": ("otlp_headers", "x-key=secret"),
    "OTEL_SERVICE_NAME": ("otel_service_name", "studio"),
    "GREENLIGHT_HTTPS_PROXY": ("https_proxy", "http://ana:secret@proxy.example.org:3128"),
    "GREENLIGHT_WEBHOOK_NETWORKS": ("webhook_networks", "10.1.2.0/24"),
    "OPENAI_API_KEY": ("openai_api_key", "sk-test"),
    "OPENAI_MODEL": ("openai_model", "gpt-5-mini"),
    "GOOGLE_API_KEY": ("google_api_key", "g"),
    "DEEPSEEK_API_KEY": ("deepseek_api_key", "d"),
    "REPLICATE_API_TOKEN": ("replicate_api_token", "r"),
    "FAL_KEY": ("fal_key", "f"),
}


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_every_variable_is_read_under_its_name(bare: pytest.MonkeyPatch) -> None:
    for name, (_, value) in NAMES.items():
        bare.setenv(name, value)
    found = read_settings()
    for field, value in NAMES.values():
        read = getattr(found, field)
        assert str(read.get_secret_value() if hasattr(read, "get_secret_value") else read) == value, field


def test_without_any_variable_there_are_defaults(bare: pytest.MonkeyPatch) -> None:
    found = read_settings()
    assert (found.host, found.port, found.auth_mode, found.openai_model) == (
        "127.0.0.1",
        8321,
        "none",
        "gpt-5",
    )
    assert found.data_dir == Path("data").resolve()
    assert found.openai_api_key is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("GREENLIGHT_PORT", "abc"), ("GREENLIGHT_PORT", "70000"), ("GREENLIGHT_WORKERS", "0"),
     ("GREENLIGHT_DRAIN_S", "-1"), ("GREENLIGHT_QUEUE_PATIENCE_S", "0"),
     ("GREENLIGHT_AUTH_MODE", "maybe"),
     ("GREENLIGHT_LIMIT_GENERATE", "0"), ("GREENLIGHT_LIMIT_GENERAL", "1001"),
     ("GREENLIGHT_TRUSTED_PROXIES", "everybody"), ("GREENLIGHT_TRUSTED_PROXIES", "*"),
     ("GREENLIGHT_LOG_LEVEL", "LOUD"), ("GREENLIGHT_MEDIA_CACHE_GB", "0"),
     ("GREENLIGHT_METRICS_PORT", "0"), ("GREENLIGHT_OTEL_RATIO", "2"),
     ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector"),
     ("AWS_ENDPOINT_URL_S3", "minio:9000"), ("AWS_ENDPOINT_URL_S3", "ftp://minio"),
     ("AWS_ENDPOINT_URL_S3", "http://minio:9000"),
     *(("GREENLIGHT_HTTPS_PROXY", f"{wrong}") for wrong in (
         "proxy:3128", "socks5://proxy:1080", "http://:3128", "http://proxy:x", "http://proxy:0",
         "http://proxy:70000", "http://proxy/path", "http://proxy?q=1", "http://proxy#f", "http://[::1"))],
)  # fmt: skip
def test_a_wrong_value_names_its_variable(bare: pytest.MonkeyPatch, name: str, value: str) -> None:
    bare.setenv(name, value)
    with pytest.raises(SettingInvalid, match=name):
        read_settings()


def test_secrets_do_not_show_when_settings_are_printed(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("OPENAI_API_KEY", "sk-canary0123456789")
    bare.setenv("GREENLIGHT_DATABASE_URL", "postgresql://u:pa55word@h/d")
    bare.setenv("GREENLIGHT_HTTPS_PROXY", "http://u:pa55word@h:3128")
    shown = repr(read_settings())
    assert "canary" not in shown
    assert "pa55word" not in shown
    bare.setenv("GREENLIGHT_HTTPS_PROXY", "http://u:pa55word@h:port")
    with pytest.raises(SettingInvalid) as wrong:
        read_settings()
    assert "pa55word" not in f"{wrong.value!r} {wrong.value.message} {wrong.value.details}"


@pytest.mark.parametrize(
    "place", ["gs://films", "https://films.s3.amazonaws.com", "s3://", "s3://A", "s3://a", "s3://a..b", "s3://b/../c",
              "s3://films//x", "s3://films/a b"],
)  # fmt: skip
def test_a_place_that_cannot_hold_media_is_one_sentence(bare: pytest.MonkeyPatch, place: str) -> None:
    bare.setenv("GREENLIGHT_MEDIA", place)
    with pytest.raises(SettingInvalid, match=r"^GREENLIGHT_MEDIA: (must|names|has)") as caught:
        read_settings()
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("said", "place"),
    [
        (None, Path("data/media").resolve()), ("/mnt/films", Path("/mnt/films")),
        ("films", Path("films").resolve()), ("s3://films", Bucket("films")), ("s3://films/", Bucket("films")),
        ("s3://films/a/b/", Bucket("films", "a/b")),
    ],
)  # fmt: skip
def test_media_lie_where_the_setting_says(
    bare: pytest.MonkeyPatch, said: str | None, place: Path | Bucket
) -> None:
    if said is not None:
        bare.setenv("GREENLIGHT_MEDIA", said)
    assert read_settings().media_place == place
