// See decoding.h.
#include "tools/stages/decoding.h"

#include <spdlog/spdlog.h>

#include <optional>

#include "engine/jail/jail.h"

namespace echofold {
namespace {

std::optional<Jail>& jail() {
  static std::optional<Jail> jail;
  return jail;
}

void warn_weaker(const std::string& missing) {
  spdlog::warn(
      "this system does not offer {}: files are still decoded in processes of their own with limits, but "
      "with "
      "one protection less",
      missing);
}

}  // namespace

void start_jail() { jail().emplace(Jail::Settings{.limits = {}, .on_missing_protection = warn_weaker}); }

const TrackReader& jailed_reader() {
  static const TrackReader reader = [](int fd, std::string_view extension, const ReadSettings& settings,
                                       const std::stop_token& stop) {
    return jail().value().read(fd, extension, settings, stop);
  };
  return reader;
}

Heard listen_in_jail(const ListenFile& a, const ListenFile& b, const ListenSettings& settings,
                     const std::stop_token& stop) {
  return jail().value().listen(a.fd, a.extension, b.fd, b.extension, settings, stop);
}

Media media_in_jail(int fd, std::string_view extension, const MediaRequest& request,
                    const std::stop_token& stop) {
  return jail().value().media(fd, extension, request, stop);
}

}  // namespace echofold
