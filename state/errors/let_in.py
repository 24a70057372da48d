"""Who is let in, whose keys are sealed, and where we go."""

from state.errors.base import GreenlightError


class AuthError(GreenlightError):
    """Nobody knows who is asking."""

    code = "auth"
    default_action = "Log in, or send an API token of yours."


class SignInNeeded(AuthError):
    """You are not logged in."""

    code = "sign_in_needed"


class TokenInvalid(AuthError):
    """This token is not valid, or no longer."""

    code = "token_invalid"
    default_action = "Refresh it, log in again, or make a new API token."


class PasswordWrong(AuthError):
    """The e-mail address or the password is wrong."""

    code = "password_wrong"
    default_action = "Check both. After ten wrong ones wait 15 minutes, or ask for a new password by mail."


class NotAllowed(AuthError):
    """This account may not do that."""

    code = "not_allowed"
    default_action = "Ask an administrator of this server."


class AccountDisabled(NotAllowed):
    """This account is disabled."""

    code = "account_disabled"


class LinkSpent(NotAllowed):
    """This link was used already, is too old, or was not made here."""

    code = "link_spent"
    default_action = "Ask for a new link."


class AccountsOff(GreenlightError):
    """This server has no accounts: whoever reaches it is its one user."""

    code = "accounts_off"
    default_action = "Start it with GREENLIGHT_AUTH_MODE=token to have accounts."


class VaultError(GreenlightError):
    """A key of a provider cannot be kept or used."""

    code = "vault"
    ways = ("another_model", "own_key")


class KeyRefused(VaultError):
    """This is no key that can be kept."""

    code = "key_refused"
    default_action = "Correct the named field and send it again."


class VaultClosed(VaultError):
    """This server has no master key, so it can keep no keys of providers."""

    code = "vault_closed"
    default_action = "Who runs it has to set GREENLIGHT_MASTER_KEY or GREENLIGHT_MASTER_KEY_FILE."


class MasterKeyAbsent(VaultError):
    """This key was sealed with a master key that is not here."""

    code = "master_key_absent"
    default_action = "Add the older master key behind the current one in GREENLIGHT_MASTER_KEY."


class KeyDamaged(VaultError):
    """This key cannot be opened: it was changed, or it belongs to somebody else."""

    code = "key_damaged"
    default_action = "Replace it with the key as the provider shows it."


class AddressRefused(GreenlightError):
    """Nothing is sent to this address from here."""

    code = "address_refused"
    default_action = "Use an https address that anybody on the internet can reach."


class HostUnknown(AddressRefused):
    """No address is known for this host."""

    code = "host_unknown"
