// The types in which arrays are stored, and those in which their values are summed.
//
//     stored T   float   double   half16   bfloat16   int        long long
//     summed A   float   double   float    float      unsigned   unsigned long long
//
// Integers are summed modulo 2^32 or 2^64: in any order, and exactly where the sum itself fits. No header of the CUDA
// toolkit is needed. A compiler other than CUDA's has to bring its own from_half and to_half.

#pragma once

struct half16 {
    unsigned short bits;
};

struct bfloat16 {
    unsigned short bits;
};

#ifdef __CUDACC__
__device__ inline float from_half(unsigned short bits) {
    float value;
    asm("cvt.f32.f16 %0, %1;" : "=f"(value) : "h"(bits));
    return value;
}

__device__ inline unsigned short to_half(float value) {
    unsigned short bits;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(bits) : "f"(value));
    return bits;
}
#endif

template <class A, class T>
__device__ inline A widened(T value) {
    return static_cast<A>(value);
}

template <class A>
__device__ inline A widened(half16 value) {
    return from_half(value.bits);
}

template <class A>
__device__ inline A widened(bfloat16 value) {
    return __uint_as_float(static_cast<unsigned>(value.bits) << 16);
}

template <class T>
struct Narrowed {
    template <class A>
    __device__ static T of(A sum) {
        return static_cast<T>(sum);
    }
};

template <>
struct Narrowed<half16> {
    __device__ static half16 of(float sum) { return {to_half(sum)}; }
};

// To the nearest, and to the even one of two: half of the last bit kept is added, less one if that bit is 0.
template <>
struct Narrowed<bfloat16> {
    __device__ static bfloat16 of(float sum) {
        const unsigned bits = __float_as_uint(sum);
        const bool is_nan = (bits & 0x7fffffffu) > 0x7f800000u;
        const unsigned rounded = is_nan ? bits | 0x400000u : bits + 0x7fffu + (bits >> 16 & 1u);
        return {static_cast<unsigned short>(rounded >> 16)};
    }
};
