"""The CUDA sources on the host: compiled by g++ and run by workers, behind those functions of CuPy that gcalc uses."""
