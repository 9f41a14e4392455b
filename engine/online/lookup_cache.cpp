// See lookup_cache.h.
#include "engine/online/lookup_cache.h"

#include <algorithm>
#include <cmath>

#include "engine/audio/fingerprinter.h"
#include "engine/online/acoustid_answer_json.h"
#include "engine/online/gzip.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::size_t most_bytes = std::size_t{4} << 20;  ///< of an answer

bool names_a_recording(const AcoustidAnswer& answer) {
  return std::any_of(answer.results.begin(), answer.results.end(), [](const AcoustidResult& result) {
    return std::any_of(result.recordings.begin(), result.recordings.end(),
                       [](const Recording& recording) { return !recording.title.empty(); });
  });
}

}  // namespace

LookupKey lookup_key_of(Items items, double duration_s) {
  const auto seconds = std::lround(std::clamp(duration_s, 0.0, 1e9));
  return {hash_items(items.first(std::min(items.size(), lookup_items))), static_cast<std::uint64_t>(seconds)};
}

std::optional<AcoustidAnswer> cached_answer(const Snapshot& snapshot, const LookupKey& key,
                                            std::int64_t now_s, const CacheSettings& settings) {
  const auto stored = snapshot.lookup(key);
  if (!stored) return std::nullopt;
  std::optional<AcoustidAnswer> answer;
  try {
    const auto json = gunzipped(stored->answer, most_bytes);
    if (!json) return std::nullopt;
    auto read = parse_acoustid_answer(*json);
    if (auto* good = std::get_if<AcoustidAnswer>(&read)) answer = std::move(*good);
  } catch (const Error&) {
  }
  if (!answer || settings.any_age) return answer;
  const auto max_age = names_a_recording(*answer) ? settings.max_age : settings.max_age_without_result;
  const auto age = std::chrono::seconds(now_s) - std::chrono::seconds(stored->asked_at_s);
  if (age < -std::chrono::days(1) || age > max_age) return std::nullopt;
  return answer;
}

void cache_answer(Writer& writer, const LookupKey& key, const AcoustidAnswer& answer, std::int64_t now_s) {
  writer.put_lookup(key, {now_s, gzipped(to_json(answer))});
}

}  // namespace echofold
