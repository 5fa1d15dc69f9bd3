"""The files of a release as tables: what the databases among the peers load.

They load what the index of farr holds and nothing else: the files that farr leaves aside are not
loaded, so nobody is charged for more work than farr does. Of rows that only state a relation the
active ones are kept and their ids dropped, as farr does.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Table:
    """One table: how its file name begins, the columns kept, whether inactive rows are."""

    name: str
    file: str
    columns: tuple[str, ...]
    only_active: bool


REFSET = ("refsetId", "referencedComponentId")
MAP = REFSET + ("mapGroup", "mapPriority", "mapRule", "mapAdvice", "mapTarget", "correlationId")
TEXT = (
    "id effectiveTime active moduleId conceptId languageCode typeId term caseSignificanceId".split()
)
TABLES = (
    Table(
        "concept",
        "sct2_Concept_",
        ("id", "effectiveTime", "active", "moduleId", "definitionStatusId"),
        False,
    ),
    Table("description", "sct2_Description_", tuple(TEXT), False),
    Table("text_definition", "sct2_TextDefinition_", tuple(TEXT), False),
    Table(
        "relationship",
        "sct2_Relationship_",
        ("sourceId", "destinationId", "relationshipGroup", "typeId", "characteristicTypeId"),
        True,
    ),
    Table(
        "concrete",
        "sct2_RelationshipConcreteValues_",
        ("sourceId", "value", "relationshipGroup", "typeId", "characteristicTypeId"),
        True,
    ),
    Table("language", "der2_cRefset_Language", REFSET + ("acceptabilityId",), True),
    Table("simple", "der2_Refset_Simple", REFSET, True),
    Table("association", "der2_cRefset_Association", REFSET + ("targetComponentId",), True),
    Table("attribute_value", "der2_cRefset_AttributeValue", REFSET + ("valueId",), True),
    Table("extended_map", "der2_iisssccRefset_", MAP + ("mapCategoryId",), True),
    Table("uk_map", "der2_iisssciRefset_", MAP + ("mapBlock",), True),
)
IS_A = 116680003
INFERRED = 900000000000011006
WORDS = {"term", "languageCode", "value", "mapRule", "mapAdvice", "mapTarget"}


def held(release: Path, set_aside: list[str]) -> list[tuple[Table, Path]]:
    """The tables to load and their files."""
    aside = {Path(name).name for name in set_aside}
    found = []
    for file in sorted(release.rglob("*.txt")):
        for table in TABLES:
            if file.name.startswith(table.file) and file.name not in aside:
                found.append((table, file))
    return found
