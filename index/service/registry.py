"""What is in service, on disk: a service that was killed comes back with the same versions."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from realm.errors import UserError
from realm.storage import read_json, write_json

_FILE = "service.json"
_REMEMBERED = 256  # publications; Ray repeats a call within seconds


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
class Retired:
    """A directory that nothing is served from any more, and that is about to be let go of.

    Attributes:
        version: fingerprint of what was served from there; it may still be served from somewhere else.
        directory: an absolute path.
        disposable: whether it is removed.
    """

    version: str
    directory: str
    disposable: bool


@dataclass(frozen=True)
class Registry:
    """Which versions are in service, and which of them is current.

    Attributes:
        current: fingerprint of the version that new leases are on; None before the first one.
        versions: by fingerprint.
        retired: what is out of service and about to be let go of.
        published: the last publications, each with the fingerprint it led to.
    """

    current: str | None = None
    versions: Mapping[str, Served] = field(default_factory=dict)
    retired: tuple[Retired, ...] = ()
    published: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def read(root: Path) -> "Registry":
        """What `write` left in `root`; an empty registry if nothing did.

        Raises:
            UserError: the file is damaged.
        """
        path = root / _FILE
        try:
            raw = read_json(path)
            registry = Registry(
                current=raw["current"],
                versions={name: Served(**one) for name, one in raw["versions"].items()},
                retired=tuple(Retired(**one) for one in raw["retired"]),
                published=tuple((publication, version) for publication, version in raw["published"]),
            )
            if registry.current not in {None, *registry.versions}:
                raise ValueError(f"current version {registry.current} is not one of its versions")
            return registry
        except FileNotFoundError:
            return Registry()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(
                f"{path} is damaged ({error}). Stop the service, remove the file, start again and publish anew."
            ) from error

    def write(self, root: Path) -> None:
        """Writes atomically."""
        write_json(root / _FILE, asdict(self))

    def with_current(self, publication: str, version: str, served: Served) -> "Registry":
        """The registry in which `version` is current and served from there; where else it was is retired."""
        before = self.versions.get(version)
        moved = before is not None and before.directory != served.directory
        retired = (Retired(version, before.directory, before.disposable),) if before and moved else ()
        return replace(
            self,
            current=version,
            versions={**self.versions, version: served},
            retired=self.retired + retired,
            published=(*self.published, (publication, version))[-_REMEMBERED:],
        )

    def published_by(self, publication: str) -> str | None:
        """The fingerprint that a publication led to, if it is one of the last."""
        return dict(self.published).get(publication)

    def without_garbage(self, leased: Collection[str]) -> "Registry":
        """The registry in which what nobody needs is retired: versions that are neither current nor `leased`."""
        needed = {self.current, *leased}
        retired = tuple(
            Retired(name, one.directory, one.disposable) for name, one in self.versions.items() if name not in needed
        )
        versions = {name: one for name, one in self.versions.items() if name in needed}
        return replace(self, versions=versions, retired=self.retired + retired)

    def without_retired(self, one: Retired) -> "Registry":
        """The registry in which something retired is forgotten."""
        return replace(self, retired=tuple(other for other in self.retired if other != one))

    def serves_from(self, directory: str) -> bool:
        """Whether something in service lies in `directory` or below it."""
        return any(Path(one.directory).is_relative_to(directory) for one in self.versions.values())
