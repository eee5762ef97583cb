// The filter transformation of section 2 and its gradient, scattered as printed or gathered.
//
// psi is (K, J, entries), a transformed filter (K, order, J, cells). sources (order, cells) says which entry s moves to
// a cell, or `entries` where there is none; images (order, entries) says to which cell s moves an entry. Cells and
// entries have one index each here, for (t, z) and (t, o).

#include "storage.cuh"

// psi[k, s, j, z] = psi_j^k(sources[s, z]): a thread for each cell.
template <class T>
__global__ void filter_transform(const T* __restrict__ psi, const int* __restrict__ sources, T* transformed,
                                 long long count, long long order, long long J, long long cells, long long entries) {
    const long long cell = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (cell >= count) return;
    const long long z = cell % cells, j = cell / cells % J, ks = cell / cells / J, s = ks % order, k = ks / order;
    const int source = sources[s * cells + z];
    transformed[cell] = source < entries ? psi[(k * J + j) * entries + source] : T{};
}

// gradient[k, j, sources[s, z]] += d[k, s, j, z], as printed: a thread for each cell adds atomically to the entry that
// the cell reads. The gradient is zero before.
template <class T, class A>
__global__ void filter_transform_scatter(const T* __restrict__ d, const int* __restrict__ sources, A* gradient,
                                         long long count, long long order, long long J, long long cells,
                                         long long entries) {
    const long long cell = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (cell >= count) return;
    const long long z = cell % cells, j = cell / cells % J, ks = cell / cells / J, s = ks % order, k = ks / order;
    const int source = sources[s * cells + z];
    if (source < entries) atomicAdd(gradient + (k * J + j) * entries + source, widened<A>(d[cell]));
}

// gradient[k, j, i] = sum_s d[k, s, j, images[s, i]]: a thread for each entry, which order cells have read.
template <class T, class A>
__global__ void filter_transform_gather(const T* __restrict__ d, const int* __restrict__ images, T* gradient,
                                        long long count, long long order, long long J, long long cells,
                                        long long entries) {
    const long long entry = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (entry >= count) return;
    const long long i = entry % entries, kj = entry / entries, j = kj % J, k = kj / J;
    A sum = 0;
#pragma unroll 4
    for (long long s = 0; s < order; ++s) {
        sum += widened<A>(d[((k * order + s) * J + j) * cells + images[s * entries + i]]);
    }
    gradient[entry] = Narrowed<T>::of(sum);
}
