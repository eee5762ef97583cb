"""The list of packages: all folders of gcalc/, and proofs/ as gcalc.proofs. The rest is in pyproject.toml."""

from setuptools import find_namespace_packages, setup

NOT_PACKAGES = ["*__pycache__*"]

setup(
    packages=[
        *find_namespace_packages(include=["gcalc", "gcalc.*"], exclude=NOT_PACKAGES),
        "gcalc.proofs",
        *(f"gcalc.proofs.{name}" for name in find_namespace_packages("proofs", exclude=NOT_PACKAGES)),
    ]
)
