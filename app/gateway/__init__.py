"""What every request and every interface event passes: identity, limits, errors, headers, logs, metrics.

No business rule lives here; a refusal comes from a service and is only translated here.
"""
