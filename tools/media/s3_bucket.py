"""One bucket: the calls that the store needs, blocking, in our words and with our errors.

boto3 tries each call up to `TRIES` times itself (no connection, time-outs, throttling, 5xx), with
pauses that double; a put is harmless to repeat, because a key names its content. What breaks in the
middle of a download is taken up here, where it broke.
"""

import base64
import hashlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.httpsession import get_cert_path

from state.errors import MediaMissing, SettingInvalid, StoreUnreachable
from tools.media.s3_errors import ABSENT, BEING_WRITTEN, BEYOND, THERE_ALREADY, UNHEARD_OF, code_of, told
from tools.media.store import Stored
from tools.media.trust import trusted
from tools.media_place import Bucket
from tools.settings import Settings

TRIES = 4
CONNECT_S = 5
READ_S = 20
"""A call ends within `TRIES` times these and the pauses between, about a minute and a half."""
PART_BYTES = 5 * 1024 * 1024
"""Larger files go up in parts of this size, the smallest there is: 10,000 are allowed, which is 50 GB."""
READ_BYTES = 256 * 1024
YOUNG = timedelta(minutes=1)
"""An answer says its own time in whole seconds, and a long copy may carry the time of its beginning."""
PAGE_KEYS = 1000
"""Keys that one call may list, or delete."""


def s3_client(settings: Settings, *, connections: int, tries: int | None = None) -> Any:
    """A client with the settings' keys, or with those that this machine has.

    Raises:
        SettingInvalid: one half of a pair of keys is missing, or the CA's file cannot be used.
        FolderUnwritable: the data folder cannot be written to.
    """
    key_id, secret, token = (
        settings.aws_access_key_id, settings.aws_secret_access_key, settings.aws_session_token,
    )  # fmt: skip
    if (key_id is None) != (secret is None):
        missing = "AWS_ACCESS_KEY_ID" if key_id is None else "AWS_SECRET_ACCESS_KEY"
        raise SettingInvalid(f"{missing}: is missing beside the other one", details={"setting": missing})
    endpoint = settings.aws_endpoint_url_s3
    session = boto3.session.Session(
        aws_access_key_id=key_id,
        aws_secret_access_key=secret.get_secret_value() if secret else None,
        aws_session_token=token.get_secret_value() if token else None,
        region_name=settings.aws_region or ("us-east-1" if endpoint else None),
    )
    client = session.client(
        "s3",
        endpoint_url=endpoint,
        config=_config(endpoint, connections, tries or TRIES),
        verify=_verified_with(settings),
    )
    if endpoint:
        client.meta.events.register("before-call.s3", _stay)
    return client


def _stay(context: dict[str, Any], **_: object) -> None:
    """Tell boto3 that it was sent on already: at a redirect it would look for the bucket's region for ever.

    Regions are Amazon's; a server that is named here is the only one there is.
    """
    context.get("s3_redirect", {})["redirected"] = True


def _verified_with(settings: Settings) -> str | None:
    """The file of the CAs that a server's certificate may come from; None for those of boto3."""
    if settings.s3_ca_file is None:
        return None
    return str(trusted(settings.s3_ca_file, Path(get_cert_path(True)), settings.data_dir))


def _config(endpoint: str | None, connections: int, tries: int) -> Config:
    return Config(
        signature_version="s3v4",
        retries={"mode": "standard", "total_max_attempts": tries},
        connect_timeout=CONNECT_S,
        read_timeout=READ_S,
        max_pool_connections=connections,
        proxies={},  # where none are named, botocore takes those of the environment
        # Other servers than Amazon's seldom have a name per bucket, and do not know its newest checksums.
        s3={"addressing_style": "path" if endpoint else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


class S3Bucket:
    """Objects under the prefix of a bucket, by our keys."""

    def __init__(
        self, client: Any, bucket: Bucket, *, part_bytes: int = PART_BYTES, page_keys: int = PAGE_KEYS
    ) -> None:
        self.place = bucket
        self._client = client
        self._part_bytes = part_bytes
        self._page_keys = page_keys
        self._prefix = f"{bucket.prefix}/" if bucket.prefix else ""
        self._knows_conditions = True

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def make(self) -> bool:
        """Make the bucket itself unless it is there; whether it was made."""
        name = self.place.name
        with told(self.place, "s3:CreateBucket and s3:ListBucket"):
            try:
                self._client.head_bucket(Bucket=name)
                return False
            except ClientError as exc:
                if code_of(exc) not in ABSENT:
                    raise
            self._client.create_bucket(Bucket=name, **_lying_in(self._client.meta.region_name))
            return True

    def size(self, key: str) -> int:
        """The length of an object.

        Raises:
            MediaMissing: there is none.
        """
        with told(self.place, "s3:GetObject and s3:ListBucket"), _absent_is_missing():
            return int(self._client.head_object(**self._at(key))["ContentLength"])

    def read(self, key: str, start: int = 0, end: int | None = None) -> Generator[bytes]:
        """The bytes from `start` up to `end`; a connection that breaks is replaced where it broke.

        Raises:
            MediaMissing: there is no such object.
        """
        breaks = 0
        while end is None or start < end:
            body = self._open(key, start, end)
            try:
                with told(self.place, "s3:GetObject"), closing(body):
                    while chunk := body.read(READ_BYTES):
                        start, breaks = start + len(chunk), 0
                        yield chunk
                return
            except StoreUnreachable:
                breaks += 1
                if breaks == TRIES:
                    raise

    def _open(self, key: str, start: int, end: int | None) -> Any:
        wanted = f"bytes={start}-" + ("" if end is None else str(end - 1))
        with told(self.place, "s3:GetObject"), _absent_is_missing():
            try:
                return self._client.get_object(**self._at(key), Range=wanted)["Body"]
            except ClientError as exc:
                if code_of(exc) in BEYOND:
                    return BytesIO()
                raise

    def upload(self, key: str, file: Path, *, sha256: str, mime: str) -> None:
        """Put a whole file there, or nothing; the server compares what arrived with its digest."""
        if file.stat().st_size > self._part_bytes:
            if not self._has(key, file.stat().st_size) or not self._renewed(key, mime):
                self._upload_in_parts(key, file, mime)
            return
        digest = base64.b64encode(bytes.fromhex(sha256)).decode()
        what = {"ContentType": mime, "ChecksumAlgorithm": "SHA256", "ChecksumSHA256": digest}
        if not self._create(key, file, **what) and not self._renewed(key, mime):
            self._create(key, file, **what)

    def text(self, name: str, proposed: str) -> str:
        """A small text of the bucket's own: what lies there, or what is proposed if nothing does."""
        with suppress(MediaMissing):
            return b"".join(self.read(name)).decode(errors="replace")
        self._create(name, proposed.encode(), ContentType="text/plain")
        return b"".join(self.read(name)).decode(errors="replace")

    def delete(self, key: str) -> None:
        """Remove an object; what is gone is no error."""
        with told(self.place, "s3:DeleteObject"):
            self._client.delete_object(**self._at(key))

    def stored_at(self, key: str) -> datetime:
        """When an object was put, or renewed.

        Raises:
            MediaMissing: there is none.
        """
        with told(self.place, "s3:GetObject and s3:ListBucket"), _absent_is_missing():
            at: datetime = self._client.head_object(**self._at(key))["LastModified"]
            return at

    def renew(self, key: str, *, mime: str) -> None:
        """Copy an object onto itself, so that it is as young as one that is put now.

        Raises:
            MediaMissing: there is none.
        """
        place = self._at(key)
        with told(self.place, "s3:GetObject and s3:PutObject"), _absent_is_missing():
            answer = self._client.copy_object(
                **place, CopySource=place, MetadataDirective="REPLACE", ContentType=mime
            )
            if not _of_now(answer):
                self._in_parts(key, partial(self._copied_part, key), ContentType=mime)

    def objects(self, folder: str, *, put_before: datetime | None = None) -> Iterator[tuple[str, int]]:
        """All keys that begin with this folder, or the old ones of them, with their lengths, page by page."""
        for page in self.pages(folder):
            for found in page:
                if put_before is None or found.stored_at < put_before:
                    yield found.key, found.size_bytes

    def pages(self, folder: str) -> Iterator[list[Stored]]:
        """All objects whose keys begin with this folder, at most `page_keys` at a time."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self.place.name, Prefix=f"{self._prefix}{folder}",
            PaginationConfig={"PageSize": self._page_keys},
        )  # fmt: skip
        with told(self.place, "s3:ListBucket"):
            for page in pages:
                yield [self._stored(found) for found in page.get("Contents", ())]

    def _stored(self, found: dict[str, Any]) -> Stored:
        return Stored(found["Key"].removeprefix(self._prefix), int(found["Size"]), found["LastModified"])

    def delete_folder(self, folder: str) -> None:
        """Remove every object whose key begins with this folder.

        Raises:
            StoreRefused, StoreUnreachable: some of them could not be removed.
        """
        keys = [{"Key": f"{self._prefix}{key}"} for key, _ in self.objects(f"{folder}/")]
        for start in range(0, len(keys), self._page_keys):
            self._delete_all(keys[start : start + self._page_keys])

    def abort_uploads(self, begun_before: datetime) -> int:
        """End uploads in parts that were begun before then and never finished; how many there were."""
        count = 0
        with told(self.place, "s3:ListBucketMultipartUploads and s3:AbortMultipartUpload"):
            pages = self._client.get_paginator("list_multipart_uploads").paginate(
                Bucket=self.place.name, Prefix=self._prefix
            )
            for page in pages:
                for upload in page.get("Uploads", ()):
                    if upload["Initiated"] < begun_before:
                        self._abort(upload["Key"], upload["UploadId"])
                        count += 1
        return count

    def _renewed(self, key: str, mime: str) -> bool:
        """Make one that is there young again; False when it was removed in that moment."""
        with suppress(MediaMissing):
            self.renew(key, mime=mime)
            return True
        return False

    def _create(self, key: str, content: Path | bytes, **what: Any) -> bool:
        """Put an object unless there is one, as the same key has the same content; whether it was put."""
        with told(self.place, "s3:PutObject"):
            if self._knows_conditions:
                try:
                    self._put(key, content, **what, IfNoneMatch="*")
                    return True
                except ClientError as exc:
                    if code_of(exc) in THERE_ALREADY:
                        return False
                    if code_of(exc) not in UNHEARD_OF | BEING_WRITTEN:
                        raise
                    self._knows_conditions = code_of(exc) not in UNHEARD_OF
            self._put(key, content, **what)
            return True

    def _put(self, key: str, content: Path | bytes, **what: Any) -> None:
        with BytesIO(content) if isinstance(content, bytes) else content.open("rb") as body:
            self._client.put_object(**self._at(key), Body=body, **what)

    def _has(self, key: str, size: int) -> bool:
        with suppress(MediaMissing):
            return self.size(key) == size
        return False

    def _upload_in_parts(self, key: str, file: Path, mime: str) -> None:
        with told(self.place, "s3:PutObject"):
            send = partial(self._send_parts, key, file)
            self._in_parts(key, send, ContentType=mime, ChecksumAlgorithm="SHA256")

    def _in_parts(self, key: str, send: Callable[[str], Iterator[dict[str, Any]]], **what: Any) -> None:
        """Put an object of the parts that are sent; it is there when all of them are."""
        upload = self._client.create_multipart_upload(**self._at(key), **what)["UploadId"]
        try:
            parts = list(send(upload))
            self._client.complete_multipart_upload(
                **self._at(key), UploadId=upload, MultipartUpload={"Parts": parts}
            )
        except BaseException:
            # Should this fail too, the leftovers go after a day.
            with suppress(ClientError, BotoCoreError):
                self._abort(f"{self._prefix}{key}", upload)
            raise

    def _copied_part(self, key: str, upload: str) -> Iterator[dict[str, Any]]:
        """The object as it is, as the one part of a new one."""
        place = self._at(key)
        answer = self._client.upload_part_copy(**place, CopySource=place, UploadId=upload, PartNumber=1)
        yield {"PartNumber": 1, "ETag": answer["CopyPartResult"]["ETag"]}

    def _send_parts(self, key: str, file: Path, upload: str) -> Iterator[dict[str, Any]]:
        with file.open("rb") as source:
            number = 0
            while part := source.read(self._part_bytes):
                number += 1
                digest = base64.b64encode(hashlib.sha256(part).digest()).decode()
                answer = self._client.upload_part(
                    **self._at(key), UploadId=upload, PartNumber=number, Body=part, ChecksumSHA256=digest
                )
                yield {"PartNumber": number, "ETag": answer["ETag"], "ChecksumSHA256": digest}

    def _abort(self, full_key: str, upload: str) -> None:
        self._client.abort_multipart_upload(Bucket=self.place.name, Key=full_key, UploadId=upload)

    def _delete_all(self, keys: list[dict[str, str]]) -> None:
        with told(self.place, "s3:DeleteObject"):
            answer = self._client.delete_objects(
                Bucket=self.place.name, Delete={"Objects": keys, "Quiet": True}
            )
            if errors := answer.get("Errors"):
                raise ClientError({"Error": {"Code": errors[0].get("Code", "")}}, "DeleteObjects")

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self.place.name, "Key": f"{self._prefix}{key}"}


def _of_now(copied: dict[str, Any]) -> bool:
    """Whether the server gave what it copied the time of now, by its own clock.

    One that keeps objects as files may leave a file alone that is copied onto itself, and its time too.
    """
    stored = copied["CopyObjectResult"].get("LastModified")
    answered = copied["ResponseMetadata"]["HTTPHeaders"].get("date")
    if stored is None or answered is None:
        return False
    age: timedelta = parsedate_to_datetime(answered) - stored
    return age < YOUNG


def _lying_in(region: str) -> dict[str, Any]:
    """Its first region must not be named to Amazon, all others must."""
    return {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}


@contextmanager
def _absent_is_missing() -> Iterator[None]:
    try:
        yield
    except ClientError as exc:
        if code_of(exc) in ABSENT:
            raise MediaMissing from exc
        raise
