// Opens the file without following links or blocking, reads it, and checks that it was the same file throughout.
#include "engine/library/fingerprint_file.h"

#include <exception>
#include <new>
#include <utility>

#include "engine/library/music_file.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/candidates/variant_keys.h"

namespace echofold {
namespace {

constexpr std::size_t items_end = std::size_t{1} << 24;  // the store's limit for one track

FingerprintedFile read_file(const FoundFile& file, const TrackReader& reader, const ReadSettings& settings,
                            const std::stop_token& stop) {
  const MusicFile open(file.path, file.stamp);
  AudioTrack track = reader(open.fd(), extension_of(file.path), settings, stop);
  open.check_unchanged();

  if (track.items.size() >= items_end) throw Error(Fault::unsupported, "is longer than 24 days");

  FingerprintedFile result;
  result.record.stamp = open.stamp();
  result.record.status = track.status;
  result.record.properties = std::move(track.properties);
  result.record.tags = std::move(track.tags);
  result.record.quality = std::move(track.quality);
  result.record.hashes = track.hashes;
  result.record.contents = track.contents;
  result.items = std::move(track.items);
  if (settings.speed_percent > 0 && track.status == TrackStatus::fingerprinted && !settings.payload_only)
    result.variants = speed_variants(settings.speed_percent, track.variants);
  return result;
}

FingerprintedFile failed(const std::string& why, const Stamp& stamp) {
  FingerprintedFile result;
  result.record.status = TrackStatus::failed;
  result.record.failure = why;
  result.record.stamp = stamp;
  return result;
}

/// Whether reading the same bytes again would fail again.
bool is_lasting(Fault fault) noexcept { return fault == Fault::unsupported || fault == Fault::damaged; }

}  // namespace

std::optional<FingerprintedFile> fingerprint_file(const FoundFile& file, const TrackReader& reader,
                                                  const ReadSettings& settings, const std::stop_token& stop) {
  FingerprintedFile result;
  try {
    result = read_file(file, reader, settings, stop);
  } catch (const Error& e) {
    if (e.fault() == Fault::interrupted) return std::nullopt;
    result = failed(e.what(), is_lasting(e.fault()) ? file.stamp : Stamp{});
  } catch (const std::bad_alloc&) {
    result = failed("there was not enough memory to read it", {});
  } catch (const std::exception& e) {
    result = failed(e.what(), file.stamp);
  }
  result.record.path = file.path;
  result.record.link_paths = file.link_paths;
  return result;
}

}  // namespace echofold
