"""The suite. It mirrors gcalc/, a folder a subpackage; each folder's docstring states its purpose."""
