"""The values of the field: frozen, slotted data that knows neither files nor how it is displayed.

The dataclasses here are the one description of the catalog's and the profile's formats: the reader, the JSON
Schemas and the reference pages are all derived from their annotations. Conventions: ``None`` in a ``Figure`` means
*unknown*; an absent optional figure means that nothing is said; spans of dates include both ends.
"""
