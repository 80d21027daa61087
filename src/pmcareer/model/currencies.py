"""The currencies that there are: the codes of ISO 4217, by which a misspelt one is told from one that is rare.

Source: the list of current codes that SIX publishes for ISO (amendments up to 2026; funds, metals and testing codes
left out), compared with the Unicode CLDR's table of legal tender. Codes withdrawn since 2020 count too: prices of that
time may be on record.
"""

from __future__ import annotations

_CURRENT = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC
CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR
ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE
SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF
XPF YER ZAR ZMW ZWG
"""
_WITHDRAWN = "ANG BGN CUC HRK SLL ZWL"

CURRENCIES = frozenset(f"{_CURRENT} {_WITHDRAWN}".split())
"""Every code that an amount may be in."""
