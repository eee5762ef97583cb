"""What is shipped: gcalc/, proofs/ as gcalc.proofs, docs/codes/ as gcalc.codes, pytest_gcalc.py. See pyproject.toml."""

from setuptools import find_namespace_packages, setup

NOT_PACKAGES = ["*__pycache__*"]

setup(
    packages=[
        *find_namespace_packages(include=["gcalc", "gcalc.*"], exclude=NOT_PACKAGES),
        "gcalc.codes",
        "gcalc.proofs",
        *(f"gcalc.proofs.{name}" for name in find_namespace_packages("proofs", exclude=NOT_PACKAGES)),
    ],
    py_modules=["pytest_gcalc"],
)
