// The planar correlation with filters that are transformed as they are read, and its gradients.
//
// A plane of cells reads another: cell (r, c) of the target reads cell (r + u, c + v) of plane t of the source, and
// offsets[i] = (t, u, v) is the i-th place that it reads. sources[s, i] is the entry of psi that s moves to that place,
// or `entries` where there is none; images[s, e] is the place to which s moves entry e. No transformed filter is stored.

#include "product.cuh"

// The value at a cell of a plane; the plane goes on periodically, or with zeros.
template <class A, class T>
__device__ A value(const T* plane, long long row, long long col, long long rows, long long cols, bool periodic) {
    if (periodic) {
        row -= row < rows ? 0 : rows;
        col -= col < cols ? 0 : cols;
    } else if (row < 0 || row >= rows || col < 0 || col >= cols) {
        return A(0);
    }
    return widened<A>(plane[row * cols + col]);
}

// y[b, n, s, x] = sum_o sum_i f[b, o, t_i, x + (u, v)_i] psi[n, o, sources[s, i]], psi with strides psi_n and psi_o.
//
// It is the correlation with n = k and o = j. With n = j, o = k, the orientations of d for t and the offsets the other
// way it is the gradient in f.
template <class T, class A, int R>
__global__ void planar_correlate(const T* f, const T* psi, const int* offsets, const int* sources, T* result,
                                 long long B, long long N, long long O, long long orientations, long long fibre,
                                 long long places, long long entries, long long psi_n, long long psi_o, long long rows,
                                 long long cols, long long target_rows, long long target_cols, long long periodic) {
    const long long X = rows * cols, target = target_rows * target_cols;
    product<A, R>(
        blockIdx.x, B * target, N * orientations, 0, O, places,
        [=](long long bx) {
            const T* f_b = f + bx / target * O * fibre * X;
            const long long row = bx % target / target_cols, col = bx % target % target_cols;
            return [=](long long o) {
                const T* f_bo = f_b + o * fibre * X;
                return [=](long long i) {
                    const int* offset = offsets + 3 * i;
                    return value<A>(f_bo + offset[0] * X, row + offset[1], col + offset[2], rows, cols, periodic);
                };
            };
        },
        [=](long long ns) {
            const T* psi_s = psi + ns / orientations * psi_n;
            const int* source = sources + ns % orientations * places;
            return [=](long long o) {
                const T* psi_o_s = psi_s + o * psi_o;
                return [=](long long i) { return source[i] < entries ? widened<A>(psi_o_s[source[i]]) : A(0); };
            };
        },
        [=](long long bx, long long ns, A sum) {
            result[(bx / target * N * orientations + ns) * target + bx % target] = Narrowed<T>::of(sum);
        });
}

// parts[p, k, j, e] = sum_(b, s) sum_x d[b, k, s, x] f[b, j, t, x + (u, v)], with (t, u, v) of the place images[s, e]:
// part p of the pairs (b, s). The sum of the parts is the gradient in psi.
template <class T, class A, int R>
__global__ void planar_filter_gradient(const T* d, const T* f, const int* offsets, const int* images, A* parts,
                                       long long many, long long B, long long K, long long J, long long order,
                                       long long fibre, long long entries, long long rows, long long cols,
                                       long long target_rows, long long target_cols, long long periodic) {
    const long long each = tiles<R>(J * entries, K), p = blockIdx.x / each, pairs = B * order;
    if (p >= many) return;
    const long long X = rows * cols, target = target_rows * target_cols;
    product<A, R>(
        blockIdx.x % each, J * entries, K, pairs * p / many, pairs * (p + 1) / many, target,
        [=](long long je) {
            const T* f_j = f + je / entries * fibre * X;
            const int* image = images + je % entries;
            return [=](long long bs) {
                const int* offset = offsets + 3 * static_cast<long long>(image[bs % order * entries]);
                const T* plane = f_j + (bs / order * J * fibre + offset[0]) * X;
                const long long u = offset[1], v = offset[2];
                return [=](long long x) {
                    return value<A>(plane, x / target_cols + u, x % target_cols + v, rows, cols, periodic);
                };
            };
        },
        [=](long long k) {
            return [=](long long bs) {
                const T* d_bks = d + ((bs / order * K + k) * order + bs % order) * target;
                return [=](long long x) { return widened<A>(d_bks[x]); };
            };
        },
        [=](long long je, long long k, A sum) { parts[(p * K + k) * J * entries + je] = sum; });
}
