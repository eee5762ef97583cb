// Sums of parts that several blocks have made.

#include "storage.cuh"

// sums[i] = sum_p parts[p, i], in the order of the parts and then in the type that is stored.
template <class T, class A>
__global__ void sum_parts(const A* parts, T* sums, long long count, long long many) {
    const long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i >= count) return;
    A sum = 0;
    for (long long p = 0; p < many; ++p) sum += parts[p * count + i];
    sums[i] = Narrowed<T>::of(sum);
}
