// Many lookups at once. The answers are in the order of the requests.
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

/// @param on_done  gets how many are done; called by one thread at a time
/// @throws Error Fault::usage if key or address are wrong
Lookups look_up(AcoustidClient& client, std::span<const LookupRequest> requests,
                const std::function<void(std::size_t done)>& on_done, const std::stop_token& stop);

}  // namespace echofold
