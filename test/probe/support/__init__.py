"""Helpers of the probe's tests."""
