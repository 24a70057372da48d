"""What S3 says, in our words: who has to do what."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
    ProfileNotFound,
    SSLError,
)
from urllib3.exceptions import HTTPError

from state.errors import MediaError, StoreFull, StoreRefused, StoreUnreachable
from tools.media_place import Bucket

ABSENT = frozenset({"NoSuchKey", "404", "NotFound"})
THERE_ALREADY = frozenset({"PreconditionFailed", "412"})
BEYOND = frozenset({"InvalidRange", "416"})
BEING_WRITTEN = frozenset({"ConditionalRequestConflict", "OperationAborted"})
UNHEARD_OF = frozenset({"NotImplemented", "501"})
FULL = frozenset({"QuotaExceeded", "XMinioStorageFull", "StorageFull", "InsufficientStorage", "507"})
ELSEWHERE = frozenset(
    {"PermanentRedirect", "301", "307", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"}
)
WRONG_KEYS = frozenset(
    {
        "InvalidAccessKeyId",
        "SignatureDoesNotMatch",
        "ExpiredToken",
        "InvalidToken",
        "UnrecognizedClientException",
    }
)
DENIED = frozenset({"AccessDenied", "AllAccessDisabled", "AccountProblem", "403", "Forbidden"})
MEND_KEYS = (
    "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give this machine a role that may use the bucket."
)
NOT_TRUSTED = ("CERTIFICATE_VERIFY_FAILED", "doesn't match")
"""Of an unknown CA or out of date; for another host."""
MEND_TRUST = (
    "Set GREENLIGHT_S3_CA_FILE to the file of the CA that signed it,"
    " or give the server one that is good for its host name and has not run out."
)


@contextmanager
def told(bucket: Bucket, right: str) -> Iterator[None]:
    """Let nothing of the vendor's out of the block; `right` is what the call needs, as AWS names it.

    Raises:
        StoreUnreachable: nobody answers, or the server has troubles of its own.
        StoreRefused: the bucket, its region, our keys or their rights are not right.
        StoreFull: no room left.
    """
    try:
        yield
    except ClientError as exc:
        raise _answered(exc, bucket, right) from exc
    except (NoCredentialsError, PartialCredentialsError, ProfileNotFound) as exc:
        raise StoreRefused(f"no keys for {bucket}: {_line(exc)}", user_action=MEND_KEYS) from exc
    except NoRegionError as exc:
        raise StoreRefused(
            f"no region is set for {bucket}", user_action="Set AWS_REGION to the region of the bucket."
        ) from exc
    except SSLError as exc:
        raise _not_trusted(exc, bucket) from exc
    except (BotoCoreError, HTTPError) as exc:
        raise StoreUnreachable(f"{bucket} cannot be reached: {_line(exc)}") from exc


def _not_trusted(error: SSLError, bucket: Bucket) -> StoreUnreachable:
    """What waits goes on by itself when the certificate is mended: nothing of ours is wrong."""
    if not any(sign in str(error) for sign in NOT_TRUSTED):
        return StoreUnreachable(f"{bucket} cannot be reached: {_line(error)}")
    return StoreUnreachable(
        f"the certificate of the server of {bucket} is not trusted: {_line(error)}", user_action=MEND_TRUST
    )


def code_of(error: ClientError) -> str:
    """The code of an answer; an answer without a body has its status."""
    return str(error.response.get("Error", {}).get("Code", ""))


def _answered(error: ClientError, bucket: Bucket, right: str) -> MediaError:
    code, status = code_of(error), error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code == "NoSuchBucket":
        return StoreRefused(
            f"there is no bucket {bucket.name}", user_action="Make it, or correct GREENLIGHT_MEDIA."
        )
    if code in FULL or status == 507:
        return StoreFull(f"{bucket} has no room left", user_action="Raise the quota of the bucket.")
    if code in ELSEWHERE:
        return _elsewhere(error, bucket)
    if code in WRONG_KEYS:
        return StoreRefused(f"{bucket} does not accept our keys ({code})", user_action=MEND_KEYS)
    if code in DENIED:
        return StoreRefused(
            f"our keys may not do this with {bucket}: {right}",
            user_action=f"Give them the right {right} on the bucket.",
        )
    if (
        status >= 500
        or status in (0, 408, 429)
        or code in ("SlowDown", "RequestTimeout", "RequestTimeTooSkewed")
    ):
        return StoreUnreachable(f"{bucket} does not answer as it should: {code}")
    return StoreRefused(f"{bucket} refused {right}: {code}")


def _elsewhere(error: ClientError, bucket: Bucket) -> StoreRefused:
    headers = error.response.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    region = error.response.get("Error", {}).get("Region") or headers.get("x-amz-bucket-region")
    where = f"the region {region}" if region else "another region"
    return StoreRefused(
        f"the bucket {bucket.name} lies in {where}",
        user_action=f"Set AWS_REGION to {region or 'the region of the bucket'}.",
    )


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0]
