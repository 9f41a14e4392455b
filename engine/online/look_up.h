// Many lookups at once; their answers in the order in which they were asked for.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/online/acoustid_client.h"

namespace echofold {

struct LookupRequest {
  std::string fingerprint;  ///< the compressed text of the first 120 s
  std::uint64_t duration_s = 0;
};

/// An answer, why there is none for this one, or neither when it was not asked for.
struct LookupOutcome {
  std::optional<AcoustidAnswer> answer;
  std::string failure;
};

struct Lookups {
  std::vector<LookupOutcome> outcomes;  ///< one a request
  std::string given_up;  ///< why the rest was not asked for: the service can't be reached; empty: all were
  bool interrupted = false;
};

/// @param on_done  told how many are done; by one thread at a time
/// @throws Error Fault::usage: key or address are wrong
Lookups look_up(AcoustidClient& client, std::span<const LookupRequest> requests,
                const std::function<void(std::size_t done)>& on_done, const std::stop_token& stop);

}  // namespace echofold
