"""What is shipped: the folders of gcalc/, proofs/ as gcalc.proofs, pytest_gcalc.py. The rest is in pyproject.toml."""

from setuptools import find_namespace_packages, setup

NOT_PACKAGES = ["*__pycache__*"]

setup(
    packages=[
        *find_namespace_packages(include=["gcalc", "gcalc.*"], exclude=NOT_PACKAGES),
        "gcalc.proofs",
        *(f"gcalc.proofs.{name}" for name in find_namespace_packages("proofs", exclude=NOT_PACKAGES)),
    ],
    py_modules=["pytest_gcalc"],
)
