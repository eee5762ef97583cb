// The correlation on any finite G-set by the table of its action, and both gradients, each as a gather.
//
// f is (B, J, X), psi (K, J, Y), d and y (B, K, G). X, Y and G are the numbers of points, of points where filters live,
// and of group elements.

#include "product.cuh"

// y[b, k, g] = sum_j sum_y f[b, j, gy] psi[k, j, y], with images[y, g] = gy.
template <class T, class A, int R>
__global__ void table_correlate(const T* f, const T* psi, const int* images, T* result, long long B, long long K,
                                long long J, long long G, long long X, long long Y) {
    product<A, R>(
        blockIdx.x, B * G, K, 0, J, Y,
        [=](long long bg) {
            const T* f_b = f + bg / G * J * X;
            const int* gy = images + bg % G;
            return [=](long long j) {
                const T* f_bj = f_b + j * X;
                return [=](long long y) { return widened<A>(f_bj[gy[y * G]]); };
            };
        },
        [=](long long k) {
            return [=](long long j) {
                const T* psi_kj = psi + (k * J + j) * Y;
                return [=](long long y) { return widened<A>(psi_kj[y]); };
            };
        },
        [=](long long bg, long long k, A sum) { result[(bg / G * K + k) * G + bg % G] = Narrowed<T>::of(sum); });
}

// parts[p, m, j, y] = sum_n sum_g c[n, m, order[g]] a[n, j, table[g, y]], part p of the n, with table[g, y] = gy.
//
// With n = b, m = k, c = d and order[g] = g the sum of the parts is the gradient in psi. With n = k, m = b, c = d,
// a = psi and order[g] = g⁻¹ it is the gradient in f, as sum_h sum_k d_k(h⁻¹) psi_j^k(hx).
template <class T, class A, int R>
__global__ void table_adjoint(const T* c, const T* a, const int* order, const int* table, A* parts, long long many,
                              long long M, long long N, long long J, long long G, long long X, long long Y,
                              long long c_m, long long c_n) {
    const long long each = tiles<R>(J * Y, M), p = blockIdx.x / each;
    if (p >= many) return;
    product<A, R>(
        blockIdx.x % each, J * Y, M, N * p / many, N * (p + 1) / many, G,
        [=](long long jy) {
            const T* a_j = a + jy / Y * X;
            const int* gy = table + jy % Y;
            return [=](long long n) {
                const T* a_nj = a_j + n * J * X;
                return [=](long long g) { return widened<A>(a_nj[gy[g * Y]]); };
            };
        },
        [=](long long m) {
            const T* c_m0 = c + m * c_m;
            return [=](long long n) {
                const T* c_nm = c_m0 + n * c_n;
                return [=](long long g) { return widened<A>(c_nm[order[g]]); };
            };
        },
        [=](long long jy, long long m, A sum) { parts[(p * M + m) * J * Y + jy] = sum; });
}

// gradient[b, j, x] = sum_k sum_i d[b, k, h(x, i)] psi[k, j, y(x, i)], over the pairs with hy = x, i-th of `width`;
// h(x, i) is G where there are fewer pairs.
template <class T, class A, int R>
__global__ void table_input_gradient(const T* d, const T* psi, const int* elements, const int* points, T* gradient,
                                     long long B, long long K, long long J, long long G, long long X, long long Y,
                                     long long width) {
    const long long each = tiles<R>(B, J), x = blockIdx.x / each;
    if (x >= X) return;
    const int* h = elements + x * width;
    const int* y = points + x * width;
    product<A, R>(
        blockIdx.x % each, B, J, 0, K, width,
        [=](long long b) {
            return [=](long long k) {
                const T* d_bk = d + (b * K + k) * G;
                return [=](long long i) { return h[i] < G ? widened<A>(d_bk[h[i]]) : A(0); };
            };
        },
        [=](long long j) {
            return [=](long long k) {
                const T* psi_kj = psi + (k * J + j) * Y;
                return [=](long long i) { return widened<A>(psi_kj[y[i]]); };
            };
        },
        [=](long long b, long long j, A sum) { gradient[(b * J + j) * X + x] = Narrowed<T>::of(sum); });
}
