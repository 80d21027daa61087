"""The kinds of ids. Every id is kebab-case; a reader records each one it meets, so that dangling ids are found."""

from __future__ import annotations

from typing import NewType

RoleId = NewType("RoleId", str)
CertificationId = NewType("CertificationId", str)
IssuerId = NewType("IssuerId", str)
LadderId = NewType("LadderId", str)
SourceId = NewType("SourceId", str)
MembershipId = NewType("MembershipId", str)
ExperienceKindId = NewType("ExperienceKindId", str)
SkillId = NewType("SkillId", str)
NicheId = NewType("NicheId", str)
MethodId = NewType("MethodId", str)
RegionId = NewType("RegionId", str)
PayBandId = NewType("PayBandId", str)
AssumptionId = NewType("AssumptionId", str)
RuleId = NewType("RuleId", str)
EditionId = NewType("EditionId", str)

# Names that live inside one file and are not looked up across the catalog.
CategoryId = NewType("CategoryId", str)
TopicId = NewType("TopicId", str)
GroupId = NewType("GroupId", str)
TrackId = NewType("TrackId", str)
