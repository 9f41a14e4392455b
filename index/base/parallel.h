// The one door to oneTBB: loops, a pipeline, and what each thread has for itself.
//
// Under ThreadSanitizer the same runs on plain threads: Debian builds oneTBB without it, and of what that hands from
// thread to thread it would see the half and call it a race.
#pragma once

#include <cstddef>

#include "index/base/sanitizer.h"

namespace echofold {

/// body(i) for each i below `count`, in no order, on the threads of the calling arena. Returns when all have ended;
/// throws what one of them threw, and begins no further ones then.
template <class Body>
void parallel_for(std::size_t count, const Body& body);

/// body(begin, end) for ranges that cover [0, count) once; those of at most `grain` numbers (at least 1) are not parted
/// further. Else as parallel_for.
template <class Body>
void parallel_for_ranges(std::size_t count, std::size_t grain, const Body& body);

/// Both at once, where there are two threads. Returns when both have ended.
template <class One, class Other>
void parallel_invoke(const One& one, const Other& other);

/// take() gives one thing after the other, as std::optional, and nothing at the end; work() makes something of each,
/// many at a time; write() gets what was made, one at a time and in the order in which take() gave them. At most
/// `under_way` (at least 1) things are between take() and the end of write().
/// Throws what one of the three threw; nothing is taken or written after that.
template <class Take, class Work, class Write>
void parallel_pipeline(std::size_t under_way, const Take& take, const Work& work, const Write& write);

/// A value for each thread that asks, made when it first does: by default, or as the constructor's `make` gives it, which
/// may be called by several threads at once. Behind the loop begin() and end() show all that were made, in no order.
template <class Value>
class PerThread;

/// As many threads as loops have here, at least 1.
std::size_t parallelism();

/// While it lives, loops have at most so many threads. Made by the thread that calls them.
class ThreadLimit;

}  // namespace echofold

#if ECHOFOLD_THREAD_SANITIZER
#include "index/base/parallel_threads.h"
#else
#include "index/base/parallel_tbb.h"
#endif
