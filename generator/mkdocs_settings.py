"""What mkdocs.yml says of a site."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import yaml_load

from . import edtf
from .edtf import Edtf
from .pipeline import Project


class _Day(base.BaseConfigOption[Edtf | None]):
    """A day in the settings; none when it is empty."""

    def run_validation(self, value: object) -> Edtf | None:
        try:
            return edtf.parse(str(value)) if value else None
        except edtf.EdtfError as error:
            raise base.ValidationError(str(error)) from None


class Options(base.Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook untyped
    """The settings of our plugin."""

    templates_dir = config_options.Dir(exists=True, default="site_templates")
    """The folder with `pages/`, from mkdocs.yml."""
    ids_under = config_options.Optional(config_options.URL())
    """What the ids in feeds begin with, for ever: the first address of a site that has moved. By default site_url."""
    review_day = _Day()
    """By which day reviews are judged to be due, such as 2018-01-31; without one, none is."""
    cards = config_options.Choice(("all", "live", "none"), default="all")
    """Which cards of claims there are for other pages: as claims stand and as they stood, as they stand alone, or none."""
    cache_dir = config_options.Type(str, default=".cache/briefbook")
    """The folder in which builds remember what they made, from mkdocs.yml. It may be deleted at any time."""


def configured_site_url(config: MkDocsConfig) -> str | None:
    """Where the site will be, as mkdocs.yml says: a preview puts its own address in the place of it."""
    with Path(config.config_file_path).open("rb") as stream:
        url = yaml_load(stream).get("site_url")
    return f"{url.rstrip('/')}/" if url else None


def cache_of(config: MkDocsConfig) -> Path:
    """The folder in which builds remember what they made."""
    return Path(config.config_file_path).parent / str(config.plugins["briefbook"].config.cache_dir)


def project_of(config: MkDocsConfig) -> Project:
    """Where the site comes from, as mkdocs.yml says."""
    options = config.plugins["briefbook"].config
    return Project(
        content_dir=Path(config.docs_dir),
        templates_dir=Path(options.templates_dir),
        site_name=str(config.site_name),
        site_url=config.site_url or "",
        site_description=config.site_description or "",
        terms=config.copyright or "",
        ids_under=options.ids_under or "",
        review_day=options.review_day,
        cards=options.cards,
    )
