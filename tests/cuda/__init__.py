"""The CUDA kernels: on the host under g++, compiled for devices, and on a device."""
