"""CUDA sources, and what calls their kernels with the arguments of `gcalc.fast`.

The sources are read in this order: storage.cuh, filter_transformation.cu, product.cuh, tables.cu, planar.cu, parts.cu.
"""
