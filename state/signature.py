"""What became of a file when it was signed: two signatures of one file differ, so the state keeps it."""

from pydantic import BaseModel

from state.media import MediaRef


class Signature(BaseModel, frozen=True):
    """A signed file, and what it was signed with."""

    of_sha256: str
    """SHA-256 of the file before it was signed."""
    claim_digest: str
    """Of all that is claimed of it."""
    media: MediaRef
    """The signed file."""
    manifest: str
    """The name of its manifest: `urn:c2pa:...`."""
    signer: str
    """The name in the certificate."""
    certificate_sha256: str
    algorithm: str
    valid_until: str
    """When the certificate ends, in UTC; without a time stamp nobody can check the file after that."""
    self_made: bool
    """Signed with a key that was made here: readers do not know the issuer."""

    def fits(self, sha256: str, claim_digest: str) -> bool:
        """Whether it is of this file with this claim."""
        return (self.of_sha256, self.claim_digest) == (sha256, claim_digest)
