"""What is drawn at random is drawn on busy machines, too: no test fails for having to wait."""

from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
