"""What systems of others call the columns of a roster: for proposals, and to tell a header from a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pmcareer.model.names import plain

# Words by which systems call each column, in the plain form of names.
CALLED: Mapping[str, str] = {
    "person": "employee-id employee-number employee-no emp-id empid personnel-number personnel-no pernr staff-id "
    "staff-number worker-id worker associate-id id employee user-id userid login email e-mail work-email name "
    "full-name employee-name",
    "role": "career-role",
    "title": "job-title position-title position jobtitle business-title designation function job job-name",
    "department": "org-unit organisation-unit organization-unit organisation organization division team dept "
    "department-name business-unit unit cost-center cost-centre org",
    "location": "office site city work-location country location-name office-location",
    "manager": "supervisor manager-id supervisor-id reports-to line-manager manager-email manager-name "
    "manager-employee-id",
    "role_since": "in-role-since position-start-date time-in-position-since job-start-date title-since",
    "education": "highest-degree degree education-level highest-education qualification-level",
    "hired": "hire-date start-date date-of-hire date-hired original-hire-date entry-date joining-date joined "
    "date-of-joining date-joined employment-start-date",
    "certifications": "certs certificates certification-list credentials qualifications licenses certs-held",
    "certification": "certificate credential certification-name certificate-name credential-name license "
    "qualification course course-name",
    "earned": "date-earned issue-date issued issued-on date-issued award-date awarded completion-date date-achieved "
    "certified-on certification-date date-obtained",
    "renewed": "renewal-date renewed-on last-renewed date-renewed recertified",
    "issuer_says_expires": "expiry-date expiration-date expires expiry expires-on valid-until valid-to expiration",
}


def is_header(cells: Iterable[str], canonical: Iterable[str]) -> bool:
    """Whether any of the cells is a column's name, *canonical* or another system's; else it may be somebody's data."""
    known = {name.replace("_", "-") for name in canonical}.union(*(words.split() for words in CALLED.values()))
    return any(plain(cell) in known for cell in cells)
