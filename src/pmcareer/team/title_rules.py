"""What words beside a role's name make of it: levels, technology, other trades; judgement, in one place.

The catalog's names and aliases say what roles are called; these tables say when the same words mean another
occupation (a treasury's portfolio manager), and which words only tell a level, a place or a technology.
"""

from __future__ import annotations

from collections.abc import Mapping

from pmcareer.team.title_words import word_set

IT_WORDS = word_set(
    "it technology infrastructure network networks web website internet cybersecurity cloud database data erp sap crm "
    "salesforce oracle workday servicenow digital software application systems computer e-business online mobile ai "
    "platform devops security datacenter telecom telecommunications iot saas dynamics sharepoint integration "
    "migration cutover information programming interactive multimedia data-warehouse"
)
NEUTRAL = word_set(
    "agile global regional enterprise corporate business strategic senior international group technical change "
    "transformation special implementation delivery client customer service certified pmp mba interim contract "
    "contractor freelance acting"
)
# Surroundings in which the same words mean another occupation.
MONEY = word_set(
    "investment investments fund funds treasury equity equities asset assets wealth credit bond bonds securities fixed "
    "income loan loans mortgage property properties estate pension hedge debt trading insurance bank banking finance"
)
SOCIAL = word_set(
    "youth school schools after afterschool nutrition family families children child childcare community events event "
    "cultural arts art radio television tv music library health wellness outreach volunteer volunteers education "
    "educational academic camp sports sport athletic recreation recreational residential housing social counseling "
    "rehabilitation ministry church religious prevention shelter museum theater theatre student students disability "
    "nursing clinical medical patient aging foster parks grant grants"
)
GOODS = word_set(
    "mail food parcel parcels freight courier newspaper goods route pizza grocery logistics store retail truck fuel "
    "home service press pharmacy bakery warehouse warehousing inventory"
)
# Products on shelves; product managers of the catalog answer for digital ones.
SHELVES = word_set(
    "grocery groceries retail store stores food foods beverage beverages apparel footwear fashion cosmetics beauty "
    "furniture toys dairy meat produce bakery wine"
)
# Fields in which projects are led by those who know the trade: a project manager all the same, hardly of ours.
OTHER_FIELDS = word_set(
    "construction building buildings housing roofing hvac plumbing landscape highway bridge railway drilling oil gas "
    "clinical medical nursing pharmaceutical pharma laboratory"
)
TRADES = word_set("civil mechanical electrical chemical structural audio sound nuclear marine mining hotel")
# Engineering that is not of software: who runs its projects and programs is an engineering manager of that trade.
PLANT = word_set("civil mechanical electrical chemical structural architectural nuclear")
# What somebody was, is not, or is not yet.
NOT_NOW = word_set("former formerly ex retired previously previous erstwhile aspiring prospective not never")
NO_POST = word_set("intern interns internship student apprentice apprenticeship secretary receptionist")
CODE = word_set(
    "software web java javascript python .net net c++ c# c php ruby golang go scala kotlin swift react angular node.js "
    "nodejs frontend front-end backend back-end full-stack fullstack mobile android ios application sql database etl "
    "game games embedded api cloud abap sap salesforce sharepoint devops blockchain systems wordpress drupal firmware "
    "computer it plsql oracle"
)
CODE_OF_ENGINEERS = word_set("full-stack fullstack frontend front-end backend back-end java python android ios")
NOT_CODE = word_set("cnc nc radio music event events television tool tv film")

EXCLUDING: Mapping[str, frozenset[str]] = {
    "delivery-manager": GOODS,
    "head-of-delivery": GOODS,
    "release-manager": GOODS,
    "engineering-director": TRADES,
    "software-developer": NOT_CODE,
    "product-manager": SHELVES,
    "consultant": MONEY | SOCIAL,
    "it-manager": word_set("account sales assistant"),
    "it-director": word_set("sales art"),
    "project-coordinator": SOCIAL,
}
# Words that make it ours in spite of those; for others only IT, named as such.
RETAINING: Mapping[str, frozenset[str]] = {"product-manager": IT_WORDS, "release-manager": IT_WORDS}
# Posts of which the deputy or assistant is another post.
HIGH = word_set(
    "project-director program-director pmo-director it-director engineering-director vp-it cio cto coo it-manager "
    "pmo-manager head-of-delivery"
)
BELOW = word_set("assistant associate deputy")
PROJECT_LEVELS: tuple[tuple[frozenset[str], str], ...] = (
    (word_set("volunteer"), "volunteer-project-lead"),
    (word_set("freelance contract contractor interim fractional independent"), "freelance-project-manager"),
    (BELOW, "assistant-project-manager"),
    (word_set("junior trainee i graduate entry"), "junior-project-manager"),
    (word_set("senior iii iv experienced"), "senior-project-manager"),
    (word_set("lead principal staff chief head"), "lead-project-manager"),
)
# As a whole title, levels aside, what may mean several things or is seldom ours.
ACRONYMS: Mapping[str, tuple[str, ...]] = {
    "tpm": ("technical-program-manager", "technical-project-manager"),
    "pmo": ("pmo-analyst", "pmo-manager"),
    "pl": ("project-manager", "product-manager"),
    "dm": ("delivery-manager",),
    "po": ("product-owner",),
    "sm": ("scrum-master",),
}
# Names of the catalog that do not say, standing alone in a title, of what somebody is that.
UNSAID: Mapping[tuple[str, ...], tuple[str, ...]] = {("executive", "vp"): ("vp-it",)}
# A project officer coordinates; a chief project officer is an executive, and may be one of these.
CHIEF_OFFICERS: tuple[str, ...] = ("pmo-director", "portfolio-manager", "program-director")
# Two occupations in one title, in any order: neither is meant alone.
TWO_IN_ONE: Mapping[frozenset[str], tuple[str, ...]] = {
    word_set("programmer analyst"): ("software-developer", "business-analyst"),
}
LOOKALIKES: Mapping[str, tuple[str, ...]] = {"pm": ("product-manager", "program-manager")}
# What the catalog's aliases leave to common sense, and what project leaders are called in other languages.
COMMON: Mapping[str, str] = {
    "project lead": "project-manager",
    "project team lead": "project-manager",
    "program lead": "program-manager",
    "program leader": "program-manager",
    "pmo specialist": "pmo-analyst",
    "pmo coordinator": "pmo-analyst",
    "pmo administrator": "pmo-analyst",
    "pmo consultant": "pmo-analyst",
    "pmo supervisor": "pmo-manager",
    "pmo head": "pmo-manager",
    "pmo lead": "pmo-manager",
    "project officer": "project-coordinator",
    "project management technician": "project-coordinator",
    "project controls analyst": "pmo-analyst",
    "project controls specialist": "pmo-analyst",
    "implementation manager": "project-manager",
    "implementation management specialist": "project-manager",
    "application manager": "it-manager",
    "application development manager": "it-manager",
    "systems development manager": "it-manager",
    "computer systems manager": "it-manager",
    "application development director": "engineering-director",
    "systems development director": "engineering-director",
    "systems analyst": "business-analyst",
    "it analyst": "business-analyst",
    "it specialist project management": "it-project-manager",
    "programming development project manager": "it-project-manager",
    "software programmer": "software-developer",
    "it head": "it-director",
    "agile delivery lead": "delivery-manager",
    "agile lead": "agile-coach",
    "lean agile coach": "agile-coach",
    "software engineering vp": "vp-it",
    "technology vp": "vp-it",
    "software development vp": "vp-it",
    "technology director": "it-director",
    "technology manager": "it-manager",
    "chief it officer": "cio",
    "project office manager": "pmo-manager",
    "project office director": "pmo-director",
    "projektleiter": "project-manager",
    "projektmanager": "project-manager",
    "projectmanager": "project-manager",
    "projectleider": "project-manager",
    "projektledare": "project-manager",
    "projektleder": "project-manager",
    "prosjektleder": "project-manager",
    "chef de projet": "project-manager",
    "jefe de proyecto": "project-manager",
    "gerente de proyecto": "project-manager",
    "gerente de projeto": "project-manager",
    "capo progetto": "project-manager",
    "chef de projet informatique": "it-project-manager",
    "projektkoordinator": "project-coordinator",
    "programmleiter": "program-manager",
    "softwareentwickler": "software-developer",
}
# Words that are worth recognising with one letter wrong; none of them is near another word of titles.
OFTEN_MISSPELT = word_set(
    "project manager program programme coordinator technical technology information senior assistant associate "
    "portfolio developer software consultant management scheduler principal deputy"
)
