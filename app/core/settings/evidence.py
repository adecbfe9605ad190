"""How much evidence is kept."""

from pydantic import Field

from app.core.settings.kinds import Group


class Evidence(Group):
    evidence_file_bytes: int = Field(
        10_000_000, ge=1_000, le=50_000_000, description="Largest file of evidence; reading one takes 15 times its size"
    )
    evidence_space_bytes: int = Field(1_000_000_000, ge=0, description="What all evidence of one space may take")
    evidence_space_files: int = Field(
        1_000, ge=0, le=100_000, description="How many files of evidence a space may have"
    )
