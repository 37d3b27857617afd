"""Settings: the environment (`ARTHOUSE_*`) over `arthouse.toml` over the defaults, read once."""

import os
import tomllib
from functools import cache
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

_FILE = "arthouse.toml"


class UnusableSettingsError(Exception):
    """A setting is not what it must be. No message repeats a value: it may hold a password."""


class Settings(BaseSettings):
    """What a person may set. `docs/settings.md` has the same list."""

    model_config = SettingsConfigDict(
        env_prefix="ARTHOUSE_",
        toml_file=_FILE,
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    home: Path = Field(Path("data"), description="Everything arthouse keeps, on one volume.")
    feeds: dict[str, str] = Field(
        default_factory=dict,
        description='Locations that replace the catalogue\'s, by feed: {"imdb": "/dumps"}.',
    )
    memory_limit: str = Field("2500MB", description="DuckDB's memory in one process.")
    threads: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, description="DuckDB's threads."
    )
    keep_releases: int = Field(3, ge=1, description="Published versions kept, newest first.")
    keep_hours: float = Field(
        24.0, ge=0, description="Hours a version stays after readers could last have seen it."
    )
    keep_snapshots: int = Field(3, ge=1, description="Lake snapshots kept whole, per feed.")
    reject_budget: float = Field(
        0.001, ge=0, le=1, description="Share of a feed's lines that may be rejected, 0-1."
    )
    fetch_attempts: int = Field(5, ge=1, description="Tries for each file of a feed.")
    fetch_wait_seconds: float = Field(1.0, ge=0, description="First wait between two tries.")

    notify: tuple[SecretStr, ...] = Field(
        (), description="Whom to tell when a run fails: addresses as Apprise takes them."
    )

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        # Tasks and child processes start in other folders: a relative home would move with them.
        return home.expanduser().absolute()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


@cache
def current() -> Settings:
    """The settings of this process.

    Raises:
        UnusableSettingsError: one is not what it must be.
    """
    try:
        return Settings()
    except tomllib.TOMLDecodeError as error:
        raise UnusableSettingsError(f"{Path(_FILE).absolute()} is no TOML: {error}") from None
    except (SettingsError, ValidationError) as error:
        raise UnusableSettingsError(_told(error)) from None


def _told(error: SettingsError | ValidationError) -> str:
    """Which settings, and what they must be; `docs/settings.md` has them all."""
    if isinstance(error, SettingsError):
        reasons = [f"{error}: write it as JSON"]
    else:
        reasons = [
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
            for one in error.errors(include_url=False, include_input=False)
        ]
    places = f"the environment (ARTHOUSE_…) or {Path(_FILE).absolute()}"
    return "\n".join(f"{reason}. It is set in {places}: docs/settings.md" for reason in reasons)
