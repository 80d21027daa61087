"""The tones in which statuses of holdings are shown, wherever they are."""

from __future__ import annotations

from collections.abc import Mapping

from pmcareer.renewals.status import Status
from pmcareer.views.report import Tone

TONES: Mapping[Status, Tone] = {
    Status.LIFETIME: "good",
    Status.ACTIVE: "good",
    Status.DUE: "warn",
    Status.GRACE: "bad",
    Status.SUSPENDED: "bad",
    Status.EXPIRED: "bad",
    Status.NOTED: "warn",
    Status.RETIRED: "dim",
    Status.NON_PRACTISING: "dim",
    Status.UNKNOWN: "warn",
}
