// The one place that uses oneTBB: parallel loops, a pipeline, and values of each thread.
//
// Under ThreadSanitizer the same functions run on plain threads. Debian builds oneTBB without it, so ThreadSanitizer
// sees only half of what oneTBB passes between threads, and would report races.
#pragma once

#include <cstddef>

#include "index/base/sanitizer.h"

namespace echofold {

/// Calls body(i) for each i below `count`, in no order, on the threads of the calling arena. Returns when all calls
/// have ended. When a call throws, no further calls begin, and its exception is thrown.
template <class Body>
void parallel_for(std::size_t count, const Body& body);

/// As parallel_for, but calls body(begin, end) for ranges that cover [0, count) once. Ranges of at most `grain` numbers
/// (at least 1) are not divided further.
template <class Body>
void parallel_for_ranges(std::size_t count, std::size_t grain, const Body& body);

/// Calls both, at the same time where there are two threads. Returns when both have ended.
template <class One, class Other>
void parallel_invoke(const One& one, const Other& other);

/// A pipeline of three stages. take() returns one input after the other as std::optional, and nothing at the end.
/// work() turns an input into an output, many at a time. write() gets one output at a time, in the order in which
/// take() returned their inputs. At most `under_way` (at least 1) are between take() and the end of write().
/// When a stage throws, nothing more is taken or written, and its exception is thrown.
template <class Take, class Work, class Write>
void parallel_pipeline(std::size_t under_way, const Take& take, const Work& work, const Write& write);

/// A value for each thread, made when the thread first calls local(): by default, or by the constructor's `make`, which
/// several threads may call at once. After the loop, begin() and end() give all values that were made, in no order.
template <class Value>
class PerThread;

/// The number of threads that loops have here, at least 1.
std::size_t parallelism();

/// As long as this lives, loops have at most so many threads. To be made by the thread that starts the loops.
class ThreadLimit;

}  // namespace echofold

#if ECHOFOLD_THREAD_SANITIZER
#include "index/base/parallel_threads.h"
#else
#include "index/base/parallel_tbb.h"
#endif
