"""A resume as JSON Resume has it (schema 1.0.0); what that has no place for stands under ``pmcareer``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from pmcareer.api.person.resumes import Certificate, Post, Resume
from pmcareer.views.report import Plain, Report

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
_Fields: TypeAlias = "dict[str, Plain]"
_DEGREES = {
    "secondary": "Secondary school",
    "associate": "Associate",
    "bachelor": "Bachelor",
    "master": "Master",
    "doctorate": "Doctorate",
}


def json_resume_report(resume: Resume) -> Report:
    """The resume; parts that would be empty are absent."""
    parts: _Fields = {
        "$schema": SCHEMA,
        "basics": _said(
            {"name": resume.name, "label": resume.label, "location": _said({"countryCode": resume.country})}
        ),
        "work": [_work(post) for post in resume.posts],
        "education": _education(resume),
        "certificates": [_certificate(one) for one in resume.certificates],
        "skills": [{"name": name, "level": level} for name, level in resume.skills],
        "meta": {"version": "v1.0.0", "lastModified": f"{resume.as_of}T00:00:00"},
    }
    missing = "How to reach you is" if resume.name else "Your name (`name:`) and how to reach you are"
    notes = (f"{missing} not in the profile: write it into `basics`.",)
    return Report("", (), _said(parts), notes=notes)


def _said(fields: Mapping[str, Plain]) -> _Fields:
    return {key: value for key, value in fields.items() if value}


def _work(post: Post) -> _Fields:
    return _said(
        {
            "name": post.employer,
            "position": post.title,
            "startDate": post.since,
            "endDate": post.until,
            "pmcareer": _said({"role": post.role}),
        }
    )


def _education(resume: Resume) -> list[Plain]:
    held: list[Plain] = []
    if resume.education in _DEGREES:
        fields = {"institution": resume.school, "studyType": _DEGREES[resume.education]}
        held.append(_said({**fields, "pmcareer": {"level": resume.education}}))
    for school in resume.schools:
        fields = {"institution": school.employer, "studyType": school.title}
        held.append(_said({**fields, "startDate": school.since, "endDate": school.until}))
    return held


def _certificate(one: Certificate) -> _Fields:
    return _said(
        {
            "name": one.name,
            "date": one.earned,
            "url": one.url,
            "issuer": one.issuer,
            "pmcareer": _said({"id": one.id, "expires": one.expires}),
        }
    )
