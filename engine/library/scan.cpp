// Defines the order of a scan in one place: walk, sort, guard, update known files, read the rest, mark missing
// tracks.
#include "engine/library/scan.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <optional>
#include <utility>

#include "engine/library/fingerprint_file.h"
#include "engine/library/known_audio.h"
#include "engine/library/known_tracks.h"
#include "engine/library/roots.h"
#include "engine/library/scan_tally.h"
#include "engine/library/track_batch.h"
#include "engine/library/triage.h"
#include "engine/library/update_known.h"
#include "index/base/error.h"
#include "index/base/fs/stamp.h"
#include "index/base/hash.h"
#include "index/base/parallel.h"

namespace echofold {
namespace {

constexpr std::string_view length_key = "fingerprint.length_s";
constexpr std::string_view speed_key = "fingerprint.speed_percent";

/// Everything that a scan knows before it changes anything.
struct ScanView {
  WalkResult walked;
  KnownTracks known;
  std::vector<Root> roots;
  std::optional<std::string> length_s;
  int stored_speed_percent = 0;  ///< as the library has it
  int speed_percent = 0;         ///< as this scan has it
};

/// The walk finishes before any file is read. Only then is the number of bytes known, from which the remaining time
/// is estimated; and only then can the guard stop the scan with nothing changed.
ScanView view_of(const Store* store, const std::vector<std::string>& paths, const ScanSettings& settings,
                 const std::stop_token& stop) {
  ScanView view;
  view.speed_percent = settings.speed_percent.value_or(0);
  const auto read_library = [&] {
    if (store == nullptr) return;
    // released before the first write, because the map can't grow while it exists
    const Snapshot snapshot = store->snapshot();
    view.stored_speed_percent = variants_percent(snapshot);
    if (!settings.speed_percent) view.speed_percent = view.stored_speed_percent;
    view.known = KnownTracks(snapshot, settings.remeasure, view.speed_percent);
    view.roots = snapshot.roots();
    view.length_s = snapshot.meta(length_key);
  };
  parallel_invoke([&] { view.walked = walk(paths, settings.walk, stop); }, read_library);
  return view;
}

/// Fingerprints of different lengths can't be compared, so a library has one length.
/// @return whether the length must be stored in the library
bool require_length(const ScanView& view, std::chrono::seconds length) {
  const std::string wanted = std::to_string(length.count());
  if (view.length_s == wanted) return false;
  bool any = false;
  for (KnownTracks::Number number = 0; number < view.known.size(); ++number)
    any = any || view.known[number].place != TrackPlace::imported;
  if (any && view.length_s)
    throw Error(Fault::usage, "this library was made with --length " + *view.length_s + ", not " + wanted +
                                  ": scan with --length " + *view.length_s +
                                  ", or use another library (--db)");
  return true;
}

void store_length(Store& store, const ScanView& view, std::chrono::seconds length) {
  if (!require_length(view, length)) return;
  store.write([&](Writer& writer) { writer.put_meta(length_key, std::to_string(length.count())); });
}

/// The variants of a library without a speed are of no use: they are removed.
void store_speed(Store& store, const ScanView& view) {
  if (view.speed_percent == view.stored_speed_percent) return;
  store.write([&](Writer& writer) {
    if (view.speed_percent == 0) writer.drop_variants();
    writer.put_meta(speed_key, std::to_string(view.speed_percent));
  });
}

void report_missing_variants(const ScanView& view, const std::vector<std::uint32_t>& unread,
                             const ScanEvents& events) {
  std::uint64_t files = 0;
  for (const std::uint32_t file : unread) {
    const auto number = view.known.find_path(view.walked.files[file].path);
    files += number && view.known[*number].lacks_variants &&
             is_unchanged(view.known[*number].stamp, view.walked.files[file].stamp);
  }
  if (files > 0 && events.missing_variants) events.missing_variants(files, view.speed_percent);
}

FileReport report_of(const FingerprintedFile& file) {
  static constexpr FileStatus statuses[] = {FileStatus::fingerprinted, FileStatus::too_short,
                                            FileStatus::silent, FileStatus::failed};
  const TrackRecord& record = file.record;
  if (file.origin == FingerprintedFile::Origin::moved)
    return {record.path, FileStatus::moved, record.properties.duration_s, {}};
  if (file.origin == FingerprintedFile::Origin::same_place)
    return {record.path, FileStatus::unchanged, record.properties.duration_s, {}};
  return {record.path, statuses[static_cast<std::size_t>(record.status)], record.properties.duration_s,
          record.failure.empty() ? std::nullopt : std::optional(record.failure), file.failed_before};
}

/// For a file that could not be opened or read: it has no stamp that would show a change.
bool has_failed_so_before(const KnownTracks& known, const TrackRecord& record) {
  if (record.status != TrackStatus::failed || record.stamp != Stamp{}) return false;
  const auto number = known.find_path(record.path);
  return number && known[*number].status == TrackStatus::failed && known[*number].stamp == Stamp{} &&
         known.failure(*number) == record.failure;
}

/// Differs between libraries, and is unknown to anyone who does not know the library's id.
std::uint64_t hash_seed_of(const Store& store) {
  StreamHash hash;
  hash.add(store.library_id().data(), store.library_id().size());
  return hash.digest().low;
}

/// A file in the pipeline: either complete, or only with a payload that some track also has.
struct Read {
  std::uint32_t file = 0;
  std::optional<FingerprintedFile> whole, partial;
};

/// If no track has the payload, the file is read again from its start: the first look is cheap compared with
/// decoding.
Read read_one(const FoundFile& found, std::uint32_t file, const KnownAudio& audio, const TrackReader& reader,
              const ReadSettings& settings, const std::stop_token& stop) {
  Read read;
  read.file = file;
  if (audio.should_read_payload(found)) {
    ReadSettings payload_only = settings;
    payload_only.payload_only = true;
    read.partial = fingerprint_file(found, reader, payload_only, stop);
    if (!read.partial || audio.is_known(read.partial->record.hashes)) return read;
    read.partial.reset();
  }
  read.whole = fingerprint_file(found, reader, settings, stop);
  return read;
}

/// Reads and fingerprints in parallel; takes files and writes results in the order of the paths, so that ids do not
/// depend on the number of threads. Many finished files may wait for their turn, since each costs no more memory than
/// its items.
void read_files(Store& store, const std::vector<FoundFile>& files, const std::vector<std::uint32_t>& unread,
                const KnownTracks& known, KnownAudio& audio, const ScanSettings& settings, int speed_percent,
                ScanTally& tally, const std::stop_token& stop) {
  constexpr std::size_t files_per_thread = 16;
  const ReadSettings how{
      .limit = settings.length, .hash_seed = hash_seed_of(store), .speed_percent = speed_percent};
  std::stop_source give_up;  // requested by the user, or when the store fails
  const std::stop_callback pass_on(stop, [&] { give_up.request_stop(); });
  TrackBatch batch(store, settings.batch_tracks, settings.batch_time, [&](const FingerprintedFile& file) {
    tally.count_stored(report_of(file), file.origin != FingerprintedFile::Origin::decoded);
  });
  std::size_t next = 0;

  const auto take = [&]() -> std::optional<std::uint32_t> {
    if (next == unread.size() || give_up.stop_requested()) return std::nullopt;
    return unread[next++];
  };
  const auto read = [&](std::uint32_t file) {
    tally.begin(files[file].path);
    return read_one(files[file], file, audio, settings.reader, how, give_up.get_token());
  };
  const auto write = [&](Read done) {
    try {
      if (done.partial) done.whole = audio.completed(*done.partial);
      if (done.partial && !done.whole)  // its track was removed during this scan
        done.whole = fingerprint_file(files[done.file], settings.reader, how, give_up.get_token());
      if (!done.whole) return;
      const TrackRecord& record = done.whole->record;
      done.whole->failed_before = has_failed_so_before(known, record);
      const bool was_decoded =
          record.status != TrackStatus::failed && done.whole->origin == FingerprintedFile::Origin::decoded;
      tally.read(files[done.file].stamp.size_bytes, was_decoded ? record.properties.duration_s : 0);
      batch.add(*std::move(done.whole));
    } catch (...) {
      give_up.request_stop();
      throw;
    }
  };
  parallel_pipeline(parallelism() * files_per_thread, take, read, write);
  batch.commit();
}

void put_roots(Store& store, const ScanView& view) {
  const std::vector<Root> roots = roots_after_scan(view.walked, view.roots, std::time(nullptr));
  if (roots.empty()) return;
  store.write([&](Writer& writer) {
    for (const Root& root : roots) writer.put_root(root);
  });
}

void report_failures(const WalkResult& walked, ScanTally& tally) {
  for (const WalkFailure& failure : walked.failures)
    tally.count_unread({failure.path, FileStatus::failed, 0, failure.error.what()});
}

void report_sizes(const ScanView& view, const Triage& sorted, ScanTally& tally) {
  std::uint64_t bytes = 0;
  for (const std::uint32_t file : sorted.unread) bytes += view.walked.files[file].stamp.size_bytes;
  tally.expect(view.walked.files.size() + view.walked.failures.size(), bytes);
}

/// Tracks in left-out trash no longer count as music, whether their files exist or not.
void report_passed_over(Store& store, ScanView& view, std::span<const KnownTracks::Number> in_trash,
                        std::size_t batch_tracks, ScanTally& tally) {
  PassedOver passed{std::move(view.walked.trash_folders), std::move(view.walked.links),
                    std::move(view.walked.unlisted), mark_missing(store, view.known, in_trash, batch_tracks)};
  tally.count_missing(passed.trash_tracks);
  tally.set_passed_over(std::move(passed));
}

/// Everything that is known before anything is read or changed.
struct ScanPlan {
  ScanView view;
  Triage sorted;
  std::vector<KnownTracks::Number> vanished, in_trash;
};

ScanPlan plan_scan(const Store* store, const std::vector<std::string>& paths, const ScanSettings& settings,
                   const std::stop_token& stop) {
  ScanPlan plan{view_of(store, paths, settings, stop), {}, {}, {}};
  ScanView& view = plan.view;
  plan.sorted = triage(view.walked.files, view.known);
  if (settings.postpone)
    std::erase_if(plan.sorted.unread,
                  [&](std::uint32_t file) { return settings.postpone(view.walked.files[file]); });
  plan.vanished = find_vanished(view.known, view.walked);
  if (!settings.walk.include_trash) plan.in_trash = find_left_in_trash(view.known, view.walked);
  if (!settings.allow_vanished) guard_roots(view.known, view.walked, plan.vanished, view.roots);
  return plan;
}

void run(Store& store, const std::vector<std::string>& paths, const ScanSettings& settings,
         const ScanEvents& events, ScanTally& tally, const std::stop_token& stop) {
  auto [view, sorted, vanished, in_trash] = plan_scan(&store, paths, settings, stop);
  store_length(store, view, settings.length);
  store_speed(store, view);

  report_missing_variants(view, sorted.unread, events);
  report_sizes(view, sorted, tally);
  report_failures(view.walked, tally);
  update_known(store, view.walked.files, view.known, sorted.known, settings.batch_tracks, tally, stop);
  KnownAudio audio(store, view.known, vanished, sorted.unread.size());
  read_files(store, view.walked.files, sorted.unread, view.known, audio, settings, view.speed_percent, tally,
             stop);
  if (stop.stop_requested()) return tally.interrupt();
  remove_replaced(store, view.known, sorted.replaced);
  tally.count_missing(mark_missing(store, view.known, vanished, settings.batch_tracks));
  report_passed_over(store, view, in_trash, settings.batch_tracks, tally);
  if (!settings.parts_of_roots) put_roots(store, view);
}

}  // namespace

ScanPreview preview_scan(const Store* store, const std::vector<std::string>& paths,
                         const ScanSettings& settings, const std::function<void(const FileReport&)>& on_file,
                         const std::stop_token& stop) {
  const auto [view, sorted, vanished, in_trash] = plan_scan(store, paths, settings, stop);
  require_length(view, settings.length);
  ScanPreview preview;
  const auto count_and_report = [&](const FileReport& report, std::uint64_t& count) {
    ++count;
    if (on_file) on_file(report);
  };
  for (const WalkFailure& failure : view.walked.failures)
    count_and_report({failure.path, FileStatus::failed, 0, failure.error.what()}, preview.failed);
  for (const KnownFile& one : sorted.known) {
    const bool moved = one.how == KnownFile::How::moved;
    const FileReport report = report_of_known(view.walked.files[one.file], view.known, one.track, moved);
    count_and_report(report, report.known ? preview.known_failed : moved ? preview.moved : preview.unchanged);
  }
  for (const std::uint32_t file : sorted.unread) {
    preview.bytes_to_read += view.walked.files[file].stamp.size_bytes;
    count_and_report({view.walked.files[file].path, FileStatus::would_read, 0, {}}, preview.to_read);
  }
  preview.missing = vanished.size() + in_trash.size();
  return preview;
}

std::chrono::seconds fingerprint_length(const Snapshot& snapshot) {
  const auto text = snapshot.meta(length_key);
  long seconds = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), seconds);
  return std::chrono::seconds(seconds);
}

int variants_percent(const Snapshot& snapshot) {
  const auto text = snapshot.meta(speed_key);
  int percent = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), percent);
  return std::clamp(percent, 0, most_speed_percent);
}

ScanSummary scan(Store& store, const std::vector<std::string>& paths, const ScanSettings& settings,
                 const ScanEvents& events, const std::stop_token& stop) {
  ScanTally tally(events);
  try {
    run(store, paths, settings, events, tally, stop);
  } catch (const Error& e) {
    if (e.fault() != Fault::interrupted) throw;
    tally.interrupt();
  }
  return tally.summary();
}

}  // namespace echofold
