"""The engines Instead is compared with, one a module. None of them is a dependency of the product."""
