"""Is a layer equivariant, to exactly which group, and if not, where and why."""
