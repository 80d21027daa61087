"""Career paths, certifications and renewal deadlines for (IT) project managers."""

__version__ = "0.1.0"
