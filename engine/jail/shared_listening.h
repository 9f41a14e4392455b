// Several files, each compared with one that is decoded once for all of them.
#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string_view>
#include <variant>

#include "engine/jail/confine.h"
#include "engine/jail/limits.h"
#include "engine/jail/zygote_connection.h"
#include "engine/listen/listen.h"
#include "index/base/error.h"

namespace echofold {

/// A file to be compared with the shared one.
struct ListenPartner {
  int fd = -1;
  std::string_view extension;
  ListenSettings settings;  ///< b is this file. Its speed is 1
};

/// What became of one pair.
struct PartnerHeard {
  std::variant<Heard, Error> result;
  bool of_shared = false;  ///< the error is that of decoding the shared file
};

struct SharedJob {
  int fd = -1;  ///< of the shared file, which is a
  std::string_view extension;
  std::span<const ListenPartner> partners;
  /// Called on the calling thread with the number of a partner, in any order, once for each.
  std::function<void(std::size_t, PartnerHeard)> on_heard;
  std::function<void(const Confinement&)> on_confinement;  ///< of each process
};

inline constexpr std::size_t most_partners = WorkerJob::most_shared;

/// Starts a process that decodes the shared file and writes its frames to a pipe for each partner, and for each partner
/// a process that reads from its pipe, decodes the partner and compares (Jail::listen_to_each() has the contract).
void listen_to_each(ZygoteConnection& zygote, const JailLimits& limits, const SharedJob& job,
                    const std::stop_token& stop);

}  // namespace echofold
