// A grid of CUDA on the host: several workers take its cells, or its blocks, in an order that a seed permutes.

#include "words.h"

#include <atomic>
#include <cstring>
#include <memory>
#include <numeric>
#include <thread>
#include <vector>

#ifdef REAL_THREADS
#include <pthread.h>
#else
#include <ucontext.h>
#endif

thread_local Index blockIdx, threadIdx;
Index blockDim, gridDim;

namespace {

using Count = unsigned long long;

// A permutation of 0, …, n - 1: q -> a q + b modulo n, a prime to n.
struct Order {
    Count n, a, b;

    Order(Count n, unsigned seed) : n(n), a(1), b(0) {
        if (seed == 0 || n < 2) return;
        a = (2654435761ull * seed) % n;
        while (std::gcd(a, n) != 1) a = (a + 1) % n;
        b = 40503ull * seed % n;
    }

    Count operator()(Count q) const { return static_cast<Count>((static_cast<unsigned __int128>(a) * q + b) % n); }
};

struct Job {
    void (*with)(void**);
    void** arguments;
    unsigned seed;
};

#ifdef REAL_THREADS

pthread_barrier_t barrier;

bool run_block(const Job& job, unsigned block) {
    pthread_barrier_init(&barrier, nullptr, blockDim.x);
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < blockDim.x; ++t) {
        threads.emplace_back([&job, block, t] {
            blockIdx.x = block, threadIdx.x = t;
            job.with(job.arguments);
        });
    }
    for (auto& thread : threads) thread.join();
    pthread_barrier_destroy(&barrier);
    return true;
}

#else

// The threads of a block as fibres: each runs to the next barrier before any goes on from it.
struct Fibres {
    static constexpr std::size_t STACK = 1 << 14;
    ucontext_t scheduler;
    std::vector<ucontext_t> contexts;
    std::unique_ptr<char[]> stacks;
    std::vector<char> done;
    unsigned current = 0;
    const Job* job = nullptr;
};

thread_local Fibres fibres;

void begin() {
    fibres.job->with(fibres.job->arguments);
    fibres.done[fibres.current] = 1;
    swapcontext(&fibres.contexts[fibres.current], &fibres.scheduler);
}

// False where some threads have ended while others wait at a barrier.
bool run_block(const Job& job, unsigned block) {
    const unsigned n = blockDim.x;
    fibres.job = &job;
    fibres.contexts.resize(n);
    if (!fibres.stacks) fibres.stacks.reset(new char[n * Fibres::STACK]);
    fibres.done.assign(n, 0);
    for (unsigned t = 0; t < n; ++t) {
        getcontext(&fibres.contexts[t]);
        fibres.contexts[t].uc_stack.ss_sp = fibres.stacks.get() + t * Fibres::STACK;
        fibres.contexts[t].uc_stack.ss_size = Fibres::STACK;
        makecontext(&fibres.contexts[t], begin, 0);
    }
    const Order order(n, job.seed);
    for (unsigned ended = 0; ended < n;) {
        for (unsigned q = 0; q < n; ++q) {
            fibres.current = static_cast<unsigned>(order(q));
            blockIdx.x = block, threadIdx.x = fibres.current;
            swapcontext(&fibres.scheduler, &fibres.contexts[fibres.current]);
        }
        ended = std::accumulate(fibres.done.begin(), fibres.done.end(), 0u);
        if (ended != 0 && ended != n) return false;
    }
    return true;
}

#endif

}  // namespace

void __syncthreads() {
#ifdef REAL_THREADS
    pthread_barrier_wait(&barrier);
#else
    swapcontext(&fibres.contexts[fibres.current], &fibres.scheduler);
#endif
}

// Run the blocks first, …, first + count - 1 of a grid. 0: done; 1: no such kernel; 2: threads of a block ended at
// different barriers.
extern "C" __attribute__((visibility("default"))) int run(const char* name, void** arguments, unsigned grid,
                                                          unsigned block, unsigned first, unsigned count,
                                                          int has_barriers, int workers, unsigned seed) {
    Job job{nullptr, arguments, seed};
    for (int i = 0; i < kernels_count; ++i) {
        if (std::strcmp(kernels[i].name, name) == 0) job.with = kernels[i].with;
    }
    if (job.with == nullptr) return 1;
    gridDim.x = grid, blockDim.x = block;
#ifdef REAL_THREADS
    if (has_barriers) workers = 1;  // the threads of one block are many enough
#endif
    const Order order(has_barriers ? count : static_cast<Count>(count) * block, seed);
    std::atomic<bool> whole = true;
    const auto work = [&](int worker) {
        for (Count q = worker; q < order.n; q += workers) {
            const Count cell = order(q);
            if (has_barriers) {
                if (!run_block(job, first + static_cast<unsigned>(cell))) whole = false;
            } else {
                blockIdx.x = first + static_cast<unsigned>(cell / block);
                threadIdx.x = static_cast<unsigned>(cell % block);
                job.with(arguments);
            }
        }
    };
    std::vector<std::thread> threads;
    for (int worker = 1; worker < workers; ++worker) threads.emplace_back(work, worker);
    work(0);
    for (auto& thread : threads) thread.join();
    return whole ? 0 : 2;
}
