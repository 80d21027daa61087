"""Profiles that tests of pages share: someone with a goal and holdings, and someone who means harm."""

from __future__ import annotations

GOAL_AND_HOLDINGS = """\
region: us
education: {level: bachelor}
roles: [{role: project-coordinator, from: 2025-06-01}]
certifications:
  - {id: capm, earned: 2025-03-01}
  - {id: csm, earned: 2023-05-02, renewed: [2025-04-20]}
  - {id: cissp, earned: 2023-02-01}
units:
  - {on: 2026-02-11, hours: 2.5, category: education/power-skills, title: Negotiation, for: [capm]}
goal: {role: senior-project-manager}
"""

# Markup, a formula, text from right to left, and a word without end; all of it comes from a file.
NASTY_TITLES = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "مرحبا בעולם",
    "W" * 600,
    "=1+1",
    "javascript:alert(3)",
)
NASTY_CATALOG = {
    "roles/evil.yaml": """\
id: evil
name: "</text><script>alert(4)</script> ]]> {{ 7*7 }}"
summary: "<img src=x onerror=alert(5)> {% for x in y %}"
grants: [project-work]
rank: 35
""",
    "ladders/evil.yaml": """\
id: evil
name: "<b>Ladder</b> & 'sons' \\" ۞"
summary: x
standing: judgement
because: "<i>because</i>"
moves:
  - {from: newcomer, to: evil, rules: {because: "--></style><script>alert(6)</script>"}}
""",
}


def nasty_profile() -> str:
    """A profile whose activities have the nasty titles."""
    import json

    counted = "hours: 1, category: education/power-skills, for: [pmp]"
    units = "\n".join(
        f"  - {{on: 2026-02-{n:02}, {counted}, title: {json.dumps(title)}}}" for n, title in enumerate(NASTY_TITLES, 1)
    )
    return f"certifications: [{{id: pmp, earned: 2024-06-15}}]\nunits:\n{units}\ngoal: {{role: evil}}\n"
