"""The API of a Plumbline server for programs written in Python: `Client`, and what can go wrong.

What goes in and comes out are the schemas that the server itself answers with.
"""

from app.client.client import Client as Client
from app.client.client import Text as Text
from app.client.failures import Absent as Absent
from app.client.failures import Contradicts as Contradicts
from app.client.failures import Failure as Failure
from app.client.failures import Refused as Refused
from app.client.failures import SecondStepNeeded as SecondStepNeeded
from app.client.failures import Stale as Stale
from app.client.failures import Unknown as Unknown
from app.client.failures import Unreachable as Unreachable
