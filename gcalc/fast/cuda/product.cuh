// A matrix product whose factors are functions: the one loop of every correlation and gradient.

#pragma once
#include "storage.cuh"

constexpr int THREADS = 256;
constexpr int DEPTH = 8;

// The number of tiles of 16 R rows and columns.
template <int R>
__device__ long long tiles(long long rows, long long columns) {
    constexpr long long SIDE = 16 * R;
    return ((rows + SIDE - 1) / SIDE) * ((columns + SIDE - 1) / SIDE);
}

// put(m, n, sum over o in [first, last) and i in [0, inner) of left(m)(o)(i) · right(n)(o)(i)) for the m and n of a tile.
//
// A block of 256 threads makes a tile of 16 R rows and columns, R × R products a thread. DEPTH terms of both factors at a
// time go through shared memory, where each thread has put those of one row and one column. One thread sums a product,
// o by o and i by i, so R changes no bit. All threads of a block stay to the end: there are barriers.
template <class A, int R, class Left, class Right, class Put>
__device__ void product(long long tile, long long rows, long long columns, long long first, long long last,
                        long long inner, const Left& left, const Right& right, const Put& put) {
    constexpr int SIDE = 16 * R;
    __shared__ A l[DEPTH][SIDE];
    __shared__ A r[DEPTH][SIDE];
    const long long across = (columns + SIDE - 1) / SIDE;
    const long long m0 = tile / across * SIDE, n0 = tile % across * SIDE;
    const int thread = threadIdx.x, place = thread % SIDE;
    const bool has_row = m0 + place < rows, has_column = n0 + place < columns;
    const auto row = left(has_row ? m0 + place : 0);
    const auto column = right(has_column ? n0 + place : 0);
    const int m = thread % 16 * R, n = thread / 16 * R;
    A sum[R][R] = {};
    for (long long o = first; o < last; ++o) {
        const auto a = row(o);
        const auto b = column(o);
        for (long long i = 0; i < inner; i += DEPTH) {
            for (int e = thread / SIDE; e < DEPTH; e += THREADS / SIDE) {
                l[e][place] = has_row && i + e < inner ? a(i + e) : A(0);
                r[e][place] = has_column && i + e < inner ? b(i + e) : A(0);
            }
            __syncthreads();
#pragma unroll
            for (int e = 0; e < DEPTH; ++e) {
#pragma unroll
                for (int x = 0; x < R; ++x) {
#pragma unroll
                    for (int y = 0; y < R; ++y) sum[x][y] += l[e][m + x] * r[e][n + y];
                }
            }
            __syncthreads();
        }
    }
#pragma unroll
    for (int x = 0; x < R; ++x) {
#pragma unroll
        for (int y = 0; y < R; ++y) {
            if (m0 + m + x < rows && n0 + n + y < columns) put(m0 + m + x, n0 + n + y, sum[x][y]);
        }
    }
}
