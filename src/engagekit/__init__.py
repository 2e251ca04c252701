"""engagekit: a training and assessment kit for engaging people on probation or in custody."""

__version__ = "0.1.0"
