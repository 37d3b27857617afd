"""One error tree, split by what a person does next.

Every error carries its facts as arguments, so that it survives the trip from a child process
to its parent, and says where, why and what to do.
"""


class IngestError(Exception):
    """Root of everything `ingest` raises on purpose."""

    def __init__(self, location: str, reason: str, advice: str) -> None:
        super().__init__(location, reason, advice)
        self.location = location
        self.reason = reason
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.location}: {self.reason}. {self.advice}"


class SourceUnavailableError(IngestError):
    """The publisher did not answer, or not with everything: trying again later may work."""


class SourceDamagedError(IngestError):
    """The bytes are not what they claim to be: cut short, altered, or no dump at all."""


class SourceChangedError(IngestError):
    """The publisher's format differs from the catalogue: a person must look."""


class LakeConflictError(IngestError):
    """The lake is not in the state this run started from: another run was here."""


class RotError(IngestError):
    """What lies on our own disk is not what was written there."""
