"""`greenlight verify`: is this the film that was signed, by whom, and from what was it made?"""

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any

import typer
from cryptography import x509
from rich.console import Console

from state.errors import BriefRefused, MediaMissing
from tools.provenance.manifest import sources_in
from tools.provenance.sidecar import digests_in
from tools.provenance.verify import Verdict, verify_now

NAME = "verify"
BESIDE = "provenance.json"
LARGEST_TRUST = 1024 * 1024
EXIT_CHANGED, EXIT_NONE, EXIT_UNTRUSTED = 10, 11, 12


def command(
    file: Annotated[Path, typer.Argument(help="A film, a picture or a sound.")],
    sidecar: Annotated[
        Path | None,
        typer.Option(
            help=f"Hold the whole file against this {BESIDE}; one that lies beside the file is used unasked."
        ),
    ] = None,
    trust: Annotated[
        Path | None, typer.Option(help="Certificates in PEM form: who is signed by them is trusted.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Say whether a file is as it was signed; asks nobody on a network.

    Exit 0: not changed. 10: changed, expired or unreadable. 11: it carries no manifest, and no sidecar
    speaks for it. 12: not changed, but not signed by anybody of --trust.
    """
    anchors = _text(trust) if trust else ""
    try:
        verdict = verify_now(file, trust=anchors)
        whole = _whole(file, sidecar)
    except OSError as exc:
        raise MediaMissing(
            f"{file} cannot be read: {exc.strerror}", user_action="Name a file that there is."
        ) from exc
    code = _exit_code(verdict, whole, trusted_only=trust is not None)
    if as_json:
        typer.echo(json.dumps(_told(verdict, whole, code), ensure_ascii=False, indent=2))
    else:
        _print(verdict, whole)
    raise typer.Exit(code)


def _whole(file: Path, sidecar: Path | None) -> bool | None:
    """Whether the sidecar has this file's digest; None where no sidecar speaks of it."""
    named = sidecar or file.with_name(BESIDE)
    if sidecar is None and not named.is_file():
        return None
    try:
        said = digests_in(named)
    except ValueError:
        raise BriefRefused(f"{named} is no sidecar", user_action=f"Name a {BESIDE} of Greenlight.") from None
    if sidecar is None and file.name not in said:
        return None
    with file.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    # A file that was renamed is told by a sidecar that was named.
    return found in said.values() if sidecar else found == said[file.name]


def _exit_code(verdict: Verdict, whole: bool | None, *, trusted_only: bool) -> int:
    if whole is False or verdict.state in ("changed", "expired", "unreadable"):
        return EXIT_CHANGED
    if trusted_only and verdict.state != "trusted":
        return EXIT_NONE if verdict.state == "none" else EXIT_UNTRUSTED
    return EXIT_NONE if verdict.state == "none" and whole is None else 0


def _told(verdict: Verdict, whole: bool | None, code: int) -> dict[str, Any]:
    manifest = verdict.manifest
    return {
        "state": verdict.state, "says": verdict.says, "reasons": list(verdict.reasons), "exit_code": code,
        "sidecar_matches": whole, "manifest": verdict.label or None, "title": manifest.get("title"),
        "signature": manifest.get("signature_info"), "sources": list(sources_in(manifest)),
    }  # fmt: skip


def _print(verdict: Verdict, whole: bool | None) -> None:
    console = Console(highlight=False, markup=False)
    console.print(verdict.says, soft_wrap=True)
    if whole is not None:
        console.print(f"sidecar: {'the same file' if whole else 'another file'}", soft_wrap=True)
    by = verdict.manifest.get("signature_info") or {}
    if by:
        console.print(f"signed by {by.get('common_name')} of {by.get('issuer')}", soft_wrap=True)
    for source in sources_in(verdict.manifest):
        made = f"{source['model']} ({source['provider']})" if source["provider"] else source["origin"]
        console.print(f"  {source['role']:<8} {source['name']:<10} {made}", soft_wrap=True)


def _text(file: Path) -> str:
    try:
        with file.open("rb") as source:
            text = source.read(LARGEST_TRUST).decode("ascii")
        x509.load_pem_x509_certificates(text.encode())
    except (OSError, ValueError):  # text that is not ASCII is a ValueError, too
        raise BriefRefused(
            f"{file} holds no certificate", user_action="Give certificates in PEM form."
        ) from None
    return text
