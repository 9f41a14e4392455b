// Asks AcoustID what a fingerprint is: within its rate limit, again if that may help, and without ever showing the key.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>

#include "engine/online/acoustid_answer.h"
#include "engine/online/http.h"
#include "engine/online/rate_limit.h"

namespace echofold {

inline constexpr const char* acoustid_address = "https://api.acoustid.org/v2/lookup";

struct AcoustidSettings {
  HttpSettings http{.url = acoustid_address};
  std::string key;   ///< of the user's application; appears in requests and nowhere else
  int attempts = 5;  ///< for one fingerprint, the first one included
  /// Before the second attempt. It doubles before each further one, and varies by up to half at random.
  std::chrono::milliseconds first_wait{1000};
};

/// At most 3 requests a second for the whole process: the rule of the service.
RateLimit& acoustid_rate_limit();

/// Thread-safe; threads share connections and the limit.
class AcoustidClient {
 public:
  /// @param limit  must outlive this
  /// @throws Error Fault::usage for a missing or impossible key, or an address that is not allowed
  explicit AcoustidClient(AcoustidSettings settings, RateLimit& limit = acoustid_rate_limit());
  ~AcoustidClient();
  AcoustidClient(const AcoustidClient&) = delete;
  AcoustidClient& operator=(const AcoustidClient&) = delete;

  /// Tries again if the service is busy, down, unreachable or sends nonsense.
  /// @param fingerprint  the compressed text of the first 120 s
  /// @param duration_s   of the whole file
  /// @throws Error  Fault::unsupported: this fingerprint is refused, others may not be. Fault::usage (the key or the
  ///                address is wrong) and Fault::io (the service can't be reached): any other would fail, too.
  ///                Fault::interrupted at once when `stop` is requested
  AcoustidAnswer lookup(const std::string& fingerprint, std::uint64_t duration_s,
                        const std::stop_token& stop);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace echofold
