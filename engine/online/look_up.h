// Many lookups at once; their answers in the order in which they were asked for.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/online/acoustid_client.h"
#include "index/base/error.h"

namespace echofold {

struct LookupRequest {
  std::string fingerprint;  ///< the compressed text of the first 120 s
  std::uint64_t duration_s = 0;
};

/// An answer, or why there is none. Neither: no request was made, or it was interrupted.
struct LookupOutcome {
  std::optional<AcoustidAnswer> answer;
  std::optional<Error> failure;  ///< Fault::unsupported: of this request alone; Fault::io: as `given_up`
};

struct Lookups {
  std::vector<LookupOutcome> outcomes;  ///< one a request
  std::optional<Error> given_up;  ///< why the other requests were not made: the service can't be reached
  bool interrupted = false;
};

/// @param on_done  told how many are done; by one thread at a time
/// @throws Error Fault::usage: key or address are wrong
Lookups look_up(AcoustidClient& client, std::span<const LookupRequest> requests,
                const std::function<void(std::size_t done)>& on_done, const std::stop_token& stop);

}  // namespace echofold
