"""What a section is for, and the titles by which it is known. The one table of synonyms; no parsing here."""

import re
from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    """What the parser looks for inside a section."""

    security = "security"
    performance = "performance"
    deployment = "deployment"
    operations = "operations"
    overview = "overview"
    principles = "principles"
    architecture = "architecture"
    components = "components"
    externals = "externals"
    layers = "layers"
    flows = "flows"
    schema = "schema"
    indexes = "indexes"
    migrations = "migrations"
    authentication = "authentication"
    authorization = "authorization"
    errors = "errors"
    error_format = "error-format"
    caching = "caching"
    optimization = "optimization"
    targets = "targets"
    tests = "tests"
    test_pyramid = "test-pyramid"
    coverage = "coverage"
    properties = "properties"
    environments = "environments"
    pipeline = "pipeline"
    metrics = "metrics"
    logging = "logging"
    decisions = "decisions"
    confirmation = "confirmation"
    alternatives = "alternatives"
    risks = "risks"
    questions = "questions"
    # What no element is read from, but what a reader (and a rule) knows by its name.
    motivation = "motivation"
    goals = "goals"
    non_goals = "non-goals"
    requirements = "requirements"
    proposal = "proposal"
    details = "details"
    interfaces = "interfaces"
    consequences = "consequences"
    compatibility = "compatibility"
    prior_art = "prior-art"
    future = "future"
    glossary = "glossary"
    history = "history"
    references = "references"

    @property
    def label(self) -> str:
        return self.value.replace("-", " ")


SYNONYMS: dict[Role, str] = {
    Role.security: "security design; security; security considerations; security model",
    Role.performance: "performance considerations; performance; scalability",
    Role.deployment: "deployment design; deployment; deployment setup; deployment view",
    Role.operations: "monitoring and logging; logging and monitoring; observability; operations; "
    "monitoring and observability",
    Role.overview: "overview; architecture overview; summary; introduction; abstract; context; "
    "executive summary; context and problem statement; background; high level summary; project overview; "
    "introduction and goals; context and scope; system scope and context; "
    "system context; system overview; context and background",
    Role.principles: "design principles; principles; tenets; guiding principles",
    Role.architecture: "system architecture; architecture; high level design; architecture and design; "
    "high level architecture; system design; system diagram; architecture diagram; "
    "solution strategy; architectural design; architectural overview",
    Role.components: "core components; components; component design; components and interfaces; building blocks; "
    "building block view; services; key components; main components; system components; "
    "component details; component overview; components overview; component list; whitebox overall system; "
    "white box overall system; contained building blocks",
    Role.externals: "external systems; external services; external dependencies; external components",
    Role.layers: "layers; layering; architecture layers",
    Role.flows: "data flow; data flows; request flow; request flows; flows; sequence; sequences; runtime view; "
    "workflow; workflows; sequence diagram; sequence diagrams; sequenece diagrams; control flow; user flows; "
    "key flows; key workflows; process flow; message flow",
    Role.schema: "schema design; schema; schemas; data model; data models; tables; database design; database schema; "
    "database; entities; er diagram; entity relationship diagram; database schema design; data design; "
    "data model overview; entity definitions; data structures",
    Role.indexes: "indexing strategy; indexes; indices; indexing",
    Role.migrations: "migration strategy; migrations; migration; upgrade downgrade strategy; upgrade strategy; "
    "data migration; migration plan",
    Role.authentication: "authentication; authn",
    Role.authorization: "authorization; authorisation; permissions; access control; authz",
    Role.errors: "error categories; errors; error catalogue; error catalog; error codes; error handling; "
    "error handling strategy",
    Role.error_format: "error response format; error format; error response; response conventions",
    Role.caching: "caching strategy; caching; cache strategy; cache",
    Role.optimization: "optimization; optimizations; optimisation; performance optimization",
    Role.targets: "targets; performance targets; service level objectives; slos; non functional requirements; "
    "performance requirements; non functional requirements nfr; slo; service level objectives slos",
    Role.tests: "testing strategy; test plan; testing; tests; test strategy; testing plan; test cases",
    Role.test_pyramid: "test pyramid; testing pyramid",
    Role.coverage: "test coverage goals; coverage; test coverage; coverage goals; code coverage",
    Role.properties: "correctness properties; invariants; properties",
    Role.environments: "environment strategy; environments",
    Role.pipeline: "ci cd pipeline; pipeline; rollout; ci cd; deployment pipeline; rollout plan; build pipeline; "
    "delivery pipeline; ci and cd",
    Role.metrics: "metrics; monitoring; key metrics; monitoring and metrics",
    Role.logging: "logging strategy; logging; logs",
    Role.decisions: "decision; decisions; decision outcome; design decisions; key decisions; "
    "architecture decisions; architectural decisions; key architectural decisions; architectural design decisions",
    Role.confirmation: "confirmation; validation",
    Role.alternatives: "alternatives; alternatives considered; considered options; rationale and alternatives; "
    "considered alternatives; pros and cons of the options",
    Role.risks: "risks; risks and mitigations; drawbacks; risks and mitigation; risks and trade offs; "
    "risks and technical debt; risks and technical debts; design risks",
    Role.questions: "open questions; unresolved questions; questions; open issues; "
    "unresolved questions and future work",
    Role.motivation: "motivation; rationale; problem; problem statement; why; decision drivers; motivation and scope",
    Role.goals: "goals; goal; objectives; success criteria; success metrics; aims",
    Role.non_goals: "non goals; non goal; out of scope; not in scope; goals non goals",
    Role.requirements: "requirements; functional requirements; user stories; use cases; constraints; "
    "architecture constraints; technical constraints; assumptions; constraints and assumptions; quality requirements",
    Role.proposal: "proposal; proposed solution; proposed design; guide level explanation; solution; proposed change",
    Role.details: "detailed design; design details; reference level explanation; implementation details; "
    "implementation; implementation plan; technical design; low level design",
    Role.interfaces: "api design; api changes; interface design; endpoints; endpoint overview; api endpoints; "
    "rest api; http api; api reference; user interface design; external system interfaces",
    Role.consequences: "consequences; positive consequences; negative consequences; implications; impact; results",
    Role.compatibility: "compatibility; backward compatibility; backwards compatibility; source compatibility; "
    "effect on abi stability; effect on api resilience; version skew strategy; compatibility considerations",
    Role.prior_art: "prior art; related work; existing solutions",
    Role.future: "future possibilities; future directions; future work; future improvements; future considerations",
    Role.glossary: "glossary; terminology; definitions; terms",
    Role.history: "implementation history; revision history; version history; change history; "
    "release history; changelog",
    Role.references: "references; links; further reading; more information; related issues; related proposals; "
    "appendix; reference documents",
}
# These words also name things: within the components they are a component's name or a part of its description.
NARRATIVE = frozenset(list(Role)[list(Role).index(Role.motivation) :])
_ROLES = {title.strip(): role for role, titles in SYNONYMS.items() for title in titles.split(";")}
_NUMBER = re.compile(r"^(?:(?:\d+|[A-Za-z])(?:\.\d+)+\.?|\d+[.):]?|[IVXLC]+[.):]|[A-Z][.)])\s+")
_REMARK = re.compile(r"[(\[][^()\[\]]{0,40}[)\]]\s*$")
_NOT_A_WORD = re.compile(r"[\W_]+")


def bare_title(title: str) -> str:
    """The title without its leading number (`2.3`, `1.`, `IV.`)."""
    return _NUMBER.sub("", title).strip()


def normal_title(title: str) -> str:
    """Lower case, words only, without number and without a closing remark such as `(optional)`."""
    bare = _REMARK.sub("", bare_title(title)) or title
    return _NOT_A_WORD.sub(" ", bare.replace("&", " and ").lower()).strip()


@lru_cache(maxsize=4096)
def role_of(title: str) -> Role | None:
    return _ROLES.get(normal_title(title))
