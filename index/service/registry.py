"""What is in service, on disk: a service that was killed comes back with the same versions and leases."""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from realm.errors import UserError
from realm.storage import read_json, write_json

_FILE = "service.json"


@dataclass(frozen=True)
class Served:
    """A version in service.

    Attributes:
        directory: where it lies; an absolute path.
        disposable: whether its directory is removed when it goes out of service.
    """

    directory: str
    disposable: bool


@dataclass(frozen=True)
class Lease:
    """A holder's word that it may still ask a version.

    Attributes:
        version: fingerprint of the version.
        until: seconds since the epoch; a holder that died without a word is waited for no longer than this.
    """

    version: str
    until: float


@dataclass(frozen=True)
class Registry:
    """Which versions are in service, which of them is current, and who holds a lease on which.

    Attributes:
        current: fingerprint of the version that new leases are on; None before the first one.
        versions: by fingerprint.
        leases: by holder.
        retired: by fingerprint, what is out of service and about to be let go of.
    """

    current: str | None = None
    versions: Mapping[str, Served] = field(default_factory=dict)
    leases: Mapping[str, Lease] = field(default_factory=dict)
    retired: Mapping[str, Served] = field(default_factory=dict)

    @staticmethod
    def read(root: Path) -> "Registry":
        """What `write` left in `root`; an empty registry if nothing did.

        Raises:
            UserError: the file is damaged.
        """
        path = root / _FILE
        try:
            raw = read_json(path)
            return Registry(
                current=raw["current"],
                versions={name: Served(**one) for name, one in raw["versions"].items()},
                leases={holder: Lease(**one) for holder, one in raw["leases"].items()},
                retired={name: Served(**one) for name, one in raw["retired"].items()},
            )
        except FileNotFoundError:
            return Registry()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(
                f"{path} is damaged ({error}). Stop the service, remove the file and start again."
            ) from error

    def write(self, root: Path) -> None:
        """Writes atomically."""
        write_json(root / _FILE, asdict(self))

    def with_current(self, version: str, served: Served) -> "Registry":
        """The registry in which `version` is current."""
        return replace(self.without_retired(version), current=version, versions={**self.versions, version: served})

    def with_lease(self, holder: str, version: str, *, seconds: float) -> "Registry":
        """The registry in which `holder` may ask `version` for so many seconds from now."""
        return replace(self, leases={**self.leases, holder: Lease(version, time.time() + seconds)})

    def without_lease(self, holder: str) -> "Registry":
        """The registry in which `holder` has given its lease back."""
        return replace(self, leases={name: lease for name, lease in self.leases.items() if name != holder})

    def without_garbage(self) -> "Registry":
        """The registry in which what nobody needs is retired: versions that are neither current nor leased.

        Leases that ran out are forgotten.
        """
        now = time.time()
        leases = {holder: lease for holder, lease in self.leases.items() if lease.until > now}
        needed = {self.current, *(lease.version for lease in leases.values())}
        versions = {name: served for name, served in self.versions.items() if name in needed}
        retired = {name: served for name, served in self.versions.items() if name not in needed}
        return Registry(self.current, versions=versions, leases=leases, retired={**self.retired, **retired})

    def without_retired(self, version: str) -> "Registry":
        """The registry in which a retired version is forgotten."""
        return replace(self, retired={name: one for name, one in self.retired.items() if name != version})
