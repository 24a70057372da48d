"""Process settings: the only reader of the environment."""

from decimal import Decimal
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from state.errors import SettingInvalid
from tools.media_place import Bucket, MediaPlace, read_place

BANNED_NOVELA_MODELS = ("gpt-4", "gpt-4o", "gpt-4.1")

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """What the environment, or a file `.env` in the working folder, may set. Empty counts as unset."""

    model_config = SettingsConfigDict(
        env_prefix="GREENLIGHT_", env_ignore_empty=True, frozen=True, extra="ignore", populate_by_name=True,
        env_file=".env", env_file_encoding="utf-8",
        hide_input_in_errors=True,
    )  # fmt: skip

    database_url: SecretStr | None = None
    """A Postgres URL. Without it an embedded server runs under the data folder."""
    data_dir: Path = Path("data")
    media: str | None = None
    """Where media lie: a folder, which several machines may mount, or `s3://BUCKET/PREFIX`; `media` in the
    data folder when unset."""
    media_clips: str | None = None
    """Another bucket, `s3://BUCKET/PREFIX`, in which clips lie where all other media lie in a bucket, too."""
    media_cache_gb: float = Field(default=10.0, ge=0.1, le=100_000)
    """How much of a bucket's media each process keeps on its own disk, in gigabytes."""
    host: str = "127.0.0.1"
    port: int = Field(default=8321, ge=1, le=65535)
    auth_mode: Literal["none", "token"] = "none"
    public_url: str | None = None
    """Where people reach this server; links in mails lead there, and `https` demands it from browsers."""
    auth_secret: SecretStr | None = Field(default=None, min_length=32)
    """Signs access tokens and links in mails; made and kept in the data folder when unset."""
    auth_secret_before: SecretStr | None = Field(default=None, min_length=32)
    """The one before, still accepted while what it signed runs out."""
    master_key: SecretStr | None = None
    """Seals users' own keys of providers: 32 bytes in base64 or hex; older ones behind it, between commas."""
    master_key_file: Path | None = None
    """A file with the same, a line each."""
    registration: Literal["open", "closed"] = "open"
    """Whether anybody may open an account, or only who an administrator lets in."""
    smtp_host: str | None = None
    """Sends the links for new passwords; unset means that no mail is sent."""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: str | None = None
    """The address that mails come from."""
    cors_origins: str = "local"
    """Pages of other origins that may call LangGraph's routes, between commas: `https://host`,
    `local` (any port of this machine), `studio` (LangSmith's), `none`, `*` (with accounts only)."""
    workers: int = Field(default=8, ge=1, le=64)
    """Worker slots: productions that run at the same time in one process."""
    render_processes: int = Field(default=0, ge=0, le=64)
    """Processes that draw and encode; 0 means one per core."""
    lease_ttl_s: float = Field(default=6.0, ge=0.5, le=600)
    """How long a production stays with a worker that gives no sign of life."""
    sweep_every_s: float = Field(default=5.0, ge=0.2, le=600)
    """The slow safety net: how often productions without a worker are looked for."""
    drain_s: float = Field(default=20.0, ge=0, le=3600)
    """How long a step may take to end when the process is asked to stop; then it is stopped and run again."""
    queue_patience_s: float = Field(default=600.0, ge=1, le=86400)
    """Whoever has waited longer for a slot counts as one class of priority higher."""
    state_limit_mb: float = Field(default=16.0, ge=0.01, le=200)
    """The most that the state of a production, a step's result, an event or an input may be, in MiB."""
    state_warn_mb: float = Field(default=4.0, ge=0.01, le=200)
    """From here on the log says which field of a state grows."""
    quote_hours: float = Field(default=336.0, ge=0.01, le=8760)
    """How long a quote may be approved; later it is made again at the prices of the day."""
    submit_timeout_s: float = Field(default=30.0, ge=0.1, le=600)
    """How long a request to a provider may take to leave and be answered; a successor of a dead
    process may wait as long before it may say that nothing was sent."""
    link_secret: SecretStr | None = None
    """Signs expiring media links; made and kept in the data folder when unset."""
    link_secret_before: SecretStr | None = None
    """The one before, still accepted while the links that it signed run out."""
    provenance_key: SecretStr | None = None
    """Signs what is delivered (C2PA): a private key in PEM form, or its base64 on one line. Unset, a key and
    a certificate are made and kept in the data folder."""
    provenance_key_file: Path | None = None
    """A file with the same."""
    provenance_certificates: str | None = None
    """The certificates of that key in PEM form, its own first, then who issued it."""
    provenance_certificates_file: Path | None = None
    """A file with the same."""
    provenance_training: Literal["unsaid", "allowed", "notAllowed"] = "unsaid"
    """What the manifest says about training models with a film and mining its data."""
    previz_url: str | None = None
    """A previz farm to draw on; unset means this process draws."""
    fault: str = ""
    """Named fault point at which this process is killed, frozen, cut or delayed; for the fault tests only."""
    strict_orders: bool = False
    """Make a changed request under the same key an error instead of using the frozen one."""
    rate_limit_enabled: bool | None = None
    """Whether requests and productions of a user are limited; unset, they are where people sign in."""
    limit_upload: int = Field(default=20, ge=1, le=1000)
    """Uploads a user may send within 60 seconds; the window slides."""
    limit_generate: int = Field(default=10, ge=1, le=1000)
    """Starts within 60 seconds."""
    limit_refine: int = Field(default=30, ge=1, le=1000)
    """Answers with notes or edits within 60 seconds."""
    limit_production: int = Field(default=5, ge=1, le=1000)
    """Answers that approve a price within 60 seconds."""
    limit_general: int = Field(default=100, ge=1, le=1000)
    """All other requests within 60 seconds, by user, or by address where nobody signs in."""
    generations_per_hour: int = Field(default=10, ge=1, le=1000)
    """Productions a user may start within an hour that slides."""
    concurrent_productions: int = Field(default=10, ge=1, le=1000)
    """Productions of a user that may be queued or running at the same time."""
    trusted_proxies: str = ""
    """Addresses or networks, with commas between, whose `X-Forwarded-For` says who is asking."""
    webhook_networks: str = ""
    """Networks, with commas between, that webhooks may reach though they are not public, also by http."""
    enable_imagen3: bool = False
    """Whether previews of Flux at fal are drawn by Imagen 3 Fast there."""
    day_budget_usd: Decimal | None = Field(default=None, ge=0, le=1_000_000)
    """What a user may spend in a day (UTC) who has no limit of their own, in dollars; unset is no limit."""
    text_alert_usd: Decimal = Field(default=Decimal("10.00"), ge=0, le=1_000_000)
    """Whose language models cost more within 24 hours is told so once, in dollars."""
    keep_productions_days: int | None = Field(default=None, ge=1, le=36_500)
    """Productions that ended so long ago are cleared; unset keeps them. What was bought stays as books."""
    keep_deleted_days: int | None = Field(default=None, ge=1, le=36_500)
    """The same for those that their owners deleted, counted from then."""
    keep_checkpoints_days: int | None = Field(default=None, ge=1, le=36_500)
    """Of productions that ended so long ago only the newest states are kept."""
    keep_events_days: int | None = Field(default=None, ge=1, le=36_500)
    """Of their logs what nobody needs any more is cleared."""
    keep_logins_days: int | None = Field(default=None, ge=1, le=36_500)
    """Logins and links for passwords are cleared so long after they ended."""
    keep_audit_days: int | None = Field(default=None, ge=1, le=36_500)
    """Rows of the audit trail are cleared after that."""
    keep_series: bool = True
    """Whether productions stay from which their series may go on."""
    clear_media: bool = False
    """Whether files are removed that nothing names."""
    media_grace_hours: float = Field(default=24.0, ge=1, le=8760)
    """Files that were stored since then stay, because what will name them may not be written yet."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    tracing: bool = False
    """Whether every step of every run is sent to LangSmith, as the LANGSMITH_ variables say; they alone
    send nothing."""

    otel: bool = False
    """Whether spans of every run go to an OpenTelemetry collector; the OTEL_ variables alone send nothing."""
    otel_ratio: float = Field(default=1.0, ge=0, le=1)
    """The share of productions that are traced, the same ones in every process."""
    otlp_endpoint: str = Field(
        default="http://127.0.0.1:4318", validation_alias=AliasChoices("OTEL_EXPORTER_OTLP_ENDPOINT")
    )
    """The collector's address for OTLP over HTTP; spans go to `/v1/traces` below it."""
    otlp_headers: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("OTEL_EXPORTER_OTLP_HEADERS")
    )
    """What the collector wants to see, as `name=value` between commas."""
    otel_service_name: str = Field(default="greenlight", validation_alias=AliasChoices("OTEL_SERVICE_NAME"))
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = Field(default=None, ge=1, le=65535)
    """Where this process shows its figures and how it is, without a login, besides the service itself."""

    openai_api_key: SecretStr | None = Field(default=None, validation_alias=AliasChoices("OPENAI_API_KEY"))
    openai_model: str = Field(default="gpt-5", validation_alias=AliasChoices("OPENAI_MODEL"))
    openai_base_url: str | None = Field(default=None, validation_alias=AliasChoices("OPENAI_BASE_URL"))
    """The vendor's own host when unset."""
    google_api_key: SecretStr | None = Field(default=None, validation_alias=AliasChoices("GOOGLE_API_KEY"))
    google_base_url: str | None = Field(default=None, validation_alias=AliasChoices("GOOGLE_GEMINI_BASE_URL"))
    deepseek_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("DEEPSEEK_API_KEY")
    )
    deepseek_base_url: str | None = Field(default=None, validation_alias=AliasChoices("DEEPSEEK_BASE_URL"))
    model_server_url: str | None = None
    """An OpenAI-compatible server of one's own, `http://127.0.0.1:11434/v1`; its models are `own/NAME`."""
    model_server_key: SecretStr | None = None
    """What that server wants to see; many want nothing."""
    https_proxy: SecretStr | None = None
    """The proxy that leads to the vendors of language models, `http://user:password@proxy:3128`. One's own
    server, and what is on this machine, is asked without it. HTTPS_PROXY and the like are not read."""
    replicate_api_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("REPLICATE_API_TOKEN")
    )
    replicate_base_url: str | None = Field(default=None, validation_alias=AliasChoices("REPLICATE_BASE_URL"))
    fal_key: SecretStr | None = Field(default=None, validation_alias=AliasChoices("FAL_KEY"))
    fal_base_url: str | None = Field(default=None, validation_alias=AliasChoices("FAL_BASE_URL"))
    """One host for fal's queue, storage and files; its own four when unset."""

    # Unset ones are looked for where AWS's own programs look: a profile, the machine's role.
    aws_access_key_id: str | None = Field(default=None, validation_alias=AliasChoices("AWS_ACCESS_KEY_ID"))
    aws_secret_access_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("AWS_SECRET_ACCESS_KEY")
    )
    aws_session_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("AWS_SESSION_TOKEN")
    )
    aws_region: str | None = Field(
        default=None, validation_alias=AliasChoices("AWS_REGION", "AWS_DEFAULT_REGION")
    )
    aws_endpoint_url_s3: str | None = Field(
        default=None, validation_alias=AliasChoices("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
    )
    """Another server than Amazon's that speaks S3."""
    s3_ca_file: Path | None = None
    """The CA of that server, in PEM form, when it is none that everybody trusts; for the bucket alone."""

    @field_validator(
        "previz_url",
        "openai_base_url",
        "google_base_url",
        "deepseek_base_url",
        "model_server_url",
        "replicate_base_url",
        "fal_base_url",
    )
    @classmethod
    def _https_or_loopback(cls, url: str | None) -> str | None:
        parts = urlsplit(url or "https://unset")
        if parts.scheme != "https" and (parts.scheme, parts.hostname in LOOPBACK) != ("http", True):
            raise ValueError("must be https; plain http is for loopback only")
        return url

    @field_validator("https_proxy")
    @classmethod
    def _a_proxy(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not _is_proxy(url.get_secret_value()):
            raise ValueError(
                "must be the address of a proxy, such as http://user:password@proxy.example:3128"
            )
        return url

    @field_validator("aws_endpoint_url_s3")
    @classmethod
    def _web_address(cls, url: str | None) -> str | None:
        parts = urlsplit(url or "https://unset")
        nearby = parts.scheme == "http" and parts.hostname in LOOPBACK
        if not (parts.scheme == "https" or nearby) or not parts.hostname:
            raise ValueError("must be the https address of an S3 server; plain http is for loopback only")
        return url

    @field_validator("otlp_endpoint")
    @classmethod
    def _a_collector(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an http or https address, such as http://127.0.0.1:4318")
        return url

    @field_validator("media")
    @classmethod
    def _a_place(cls, media: str | None) -> str | None:
        return None if media is None else str(read_place(media))

    @field_validator("media_clips")
    @classmethod
    def _another_bucket(cls, clips: str | None, others: ValidationInfo) -> str | None:
        if clips is None:
            return None
        place, beside = read_place(clips), others.data.get("media")
        if not isinstance(place, Bucket):
            raise ValueError("must be s3://BUCKET or s3://BUCKET/PREFIX")
        if beside is None or not isinstance(read_place(beside), Bucket) or str(place) == beside:
            raise ValueError("is another bucket than that of GREENLIGHT_MEDIA, which must be one, too")
        return str(place)

    @field_validator("trusted_proxies", "webhook_networks")
    @classmethod
    def _addresses(cls, listed: str) -> str:
        for one in filter(None, (part.strip() for part in listed.split(","))):
            ip_network(one)
        return listed

    @property
    def limits_requests(self) -> bool:
        """Whether limits and quotas hold."""
        return self.auth_mode == "token" if self.rate_limit_enabled is None else self.rate_limit_enabled

    @property
    def media_place(self) -> MediaPlace:
        """The folder or bucket in which media lie."""
        return self.data_dir / "media" if self.media is None else read_place(self.media)

    @property
    def clip_bucket(self) -> Bucket | None:
        """The bucket for clips alone, where there is one."""
        place = None if self.media_clips is None else read_place(self.media_clips)
        return place if isinstance(place, Bucket) else None

    @property
    def buckets(self) -> list[Bucket]:
        """All buckets in which media lie; none where they lie in a folder."""
        return [one for one in (self.media_place, self.clip_bucket) if isinstance(one, Bucket)]

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, folder: Path) -> Path:
        return folder.expanduser().resolve()


def _is_proxy(url: str) -> bool:
    """A host that speaks http or https, with nothing behind it."""
    try:
        parts = urlsplit(url)
        port = parts.port  # fails where it is no number
    except ValueError:
        return False
    behind = f"{parts.path.removeprefix('/')}{parts.query}{parts.fragment}"
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0 and not behind


def read_settings() -> Settings:
    """Read the environment now.

    Raises:
        SettingInvalid: names the variable and says what is wrong with it.
    """
    try:
        return Settings()
    except ValidationError as exc:
        first = exc.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        ours = name in Settings.model_fields  # otherwise it is the name that a vendor gave its variable
        variable = f"GREENLIGHT_{name.upper()}" if ours else name.upper()
        raise SettingInvalid(
            f"{variable}: {first['msg'].removeprefix('Value error, ')}", details={"setting": variable}
        ) from exc


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings()
