"""Kinds of side work, one file each: `KIND` and `deliver(job)`, which may run more than once for one job."""
