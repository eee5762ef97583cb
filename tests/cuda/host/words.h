// CUDA's words for a compiler of C++20: the sources of gcalc/fast/cuda follow this text, unchanged.

#pragma once
#include <utility>

#define __global__
#define __device__
#ifdef REAL_THREADS
#define __shared__ static  // one block runs at a time, each of its threads a thread of the system
#else
#define __shared__ static thread_local  // a block runs on one thread of the system, its threads are fibres
#endif

struct Index {
    unsigned x;
};

extern thread_local Index blockIdx, threadIdx;
extern Index blockDim, gridDim;
void __syncthreads();

// What std::atomic_ref does; its header takes longer to compile than all the kernels.
template <class T>
T atomicAdd(T* place, T value) {
    T old, sum;
    __atomic_load(place, &old, __ATOMIC_RELAXED);
    do {
        sum = old + value;
    } while (!__atomic_compare_exchange(place, &old, &sum, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED));
    return old;
}

inline float __uint_as_float(unsigned bits) { return __builtin_bit_cast(float, bits); }
inline unsigned __float_as_uint(float value) { return __builtin_bit_cast(unsigned, value); }
inline float from_half(unsigned short bits) { return __builtin_bit_cast(_Float16, bits); }
inline unsigned short to_half(float value) { return __builtin_bit_cast(unsigned short, static_cast<_Float16>(value)); }

// A kernel called with pointers to its arguments, as CUDA's driver calls it.
template <auto kernel>
struct Call;

template <class... P, void (*kernel)(P...)>
struct Call<kernel> {
    static void with(void** arguments) { with(arguments, std::index_sequence_for<P...>{}); }

    template <std::size_t... i>
    static void with(void** arguments, std::index_sequence<i...>) {
        kernel(*static_cast<P*>(arguments[i])...);
    }
};

// What the kernels of a library are called; a generated text defines the list after the sources.
struct Named {
    const char* name;
    void (*with)(void**);
};

extern const Named kernels[];
extern const int kernels_count;
