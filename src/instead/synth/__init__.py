"""A seeded synthetic city: people, arrests, court extracts, laboratory and treatment, with the noise of real files."""

from instead.synth.city import CityReport, write_city

__all__ = ["CityReport", "write_city"]
