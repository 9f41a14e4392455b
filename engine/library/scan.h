// From folders to the store: walk -> unchanged? -> probe, decode, fingerprint -> store.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/audio/read_track.h"
#include "engine/library/walk.h"
#include "index/model/record.h"
#include "index/store/store.h"

namespace echofold {

enum class FileStatus : std::uint8_t {
  fingerprinted,
  unchanged,
  moved,
  failed,
  too_short,
  silent,
  would_read  ///< of preview_scan alone: new or changed
};
std::string_view name_of(FileStatus status) noexcept;

/// One file of a scan: `echofold.file/1`. Told when its record is in the store for good: a line that was printed is
/// a promise, whatever happens next.
struct FileReport {
  std::string path;
  FileStatus status = FileStatus::fingerprinted;
  double duration_s = 0;
  std::string error;   ///< empty unless failed
  bool known = false;  ///< it failed before, for this reason, and has not changed since: the user was told
};

struct ScanProgress {
  std::uint64_t files_total = 0, files_done = 0;
  std::uint64_t bytes_total = 0, bytes_done = 0;  ///< of the files that have to be read
  double audio_seconds = 0;                       ///< decoded so far
  std::string current;                            ///< a file in hand
};

struct ScanSettings {
  WalkSettings walk;
  TrackReader reader = read_track;
  std::chrono::seconds length{0};  ///< as ReadSettings::limit
  bool remeasure = false;       ///< read unchanged files again whose tracks an older version measured less of
  bool allow_vanished = false;  ///< go on though a root is empty or more than half of its tracks are gone
  /// The paths are parts of roots that are known: none of them becomes a root.
  bool parts_of_roots = false;
  /// New and changed files that are left to a later scan, since they are still being written. Empty: none.
  std::function<bool(const FoundFile&)> leave;
  std::uint32_t batch_tracks = 1000;  ///< at least 1
  std::chrono::milliseconds batch_time{
      2000};  ///< commit at least so often, so that an interruption costs little and reports come soon
};

/// Called from one thread at a time.
struct ScanEvents {
  std::function<void(const FileReport&)> file;
  std::function<void(const ScanProgress&)> progress;
};

/// What a walk saw and did not look at, as in WalkResult.
struct PassedOver {
  std::vector<std::string> trash_folders, links;
  std::map<std::string, std::uint64_t> unlisted;
  std::uint64_t trash_tracks =
      0;  ///< of `missing`: known from an earlier scan, and in trash that is left out now
};

struct ScanSummary {
  std::uint64_t fingerprinted = 0, unchanged = 0, moved = 0, too_short = 0, silent = 0;
  std::uint64_t failed = 0;        ///< for the first time, or for the first time since they changed
  std::uint64_t known_failed = 0;  ///< failed before: FileReport::known
  std::uint64_t missing = 0;       ///< known before, not found now: marked missing, fingerprint kept
  std::uint64_t recognised = 0;    ///< among all of these: known by their payload, and not decoded
  double audio_seconds = 0;
  bool interrupted = false;  ///< stopped by request; what was done is kept
  PassedOver passed_over;
};

/// What a scan would do.
struct ScanPreview {
  std::uint64_t to_read = 0, bytes_to_read = 0, unchanged = 0, moved = 0, missing = 0;
  std::uint64_t failed = 0;        ///< could not be looked at
  std::uint64_t known_failed = 0;  ///< as in ScanSummary
};

/// Looks as scan() does and changes nothing: no file is opened, nothing is stored. Each file is told with the status
/// that is known without reading it.
/// @param store  nothing where there is no library yet
/// @throws Error as scan() before it changes anything; Fault::interrupted
ScanPreview preview_scan(const Store* store, const std::vector<std::string>& paths,
                         const ScanSettings& settings, const std::function<void(const FileReport&)>& on_file,
                         const std::stop_token& stop = {});

/// How much audio of each file the fingerprints of this library hold, as ReadSettings::limit.
std::chrono::seconds fingerprint_length(const Snapshot& snapshot);

/// Brings the store up to date with the files under `paths`.
///
/// - A file whose stamp is known is not opened. Only the device may differ: its number changes with
/// every mount.
/// - A file whose content is at fault becomes a report and a `failed` record; while its stamp stays the
///   same it is reported as `known` with the stored reason, and tried again when it changes. A file that could not
///   be opened or read, or that changed meanwhile, is tried again by every scan; `known` while it fails the same way.
/// - A known stamp under a new path is `moved`: the record gets the new path and keeps its fingerprint. If
///   the known path still names the same file, the new one is added to its hard links and is `unchanged`.
/// - Of a file whose stamp is not known the payload's hash is compared before it is decoded (engine/library/known_audio).
/// If a track has it, items and measurements are that track's, and only the tags are read: `unchanged` at the
/// track's own path, `moved` when the track's file has left its path, else a new track (`fingerprinted`).
/// - A missing or set-aside track whose file is at its path again is present again.
/// - Present tracks under the given folders that are gone become missing; not those behind a folder that
///   could not be read, nor those that are only left out by the walk's settings.
/// - Present tracks in trash and snapshot folders that the walk leaves out become missing, too, and come back with
///   WalkSettings::include_trash.
/// - A folder that was given becomes a root. Of a file given by itself, the folder it lies in does, unless
///   it lies in a root already: `apply` needs a place for its set-aside folder. Such a root has
///   `scanned_at_s` 0.
/// - All fingerprints of a library have one `length`, kept in its meta data.
///
/// A requested stop ends the scan soon: what is done is kept, nothing is marked missing.
/// Uses the threads of the calling task arena; ids and results do not depend on their number.
/// @throws Error  Fault::guard (nothing was changed) when a root that had tracks shows no file, has lost more
///                than half of at least 10 tracks, or has lost any and another file system is mounted there;
///                Fault::usage when the library was made with another `length`;
///                Fault::full, Fault::io, Fault::damaged from the store
ScanSummary scan(Store& store, const std::vector<std::string>& paths, const ScanSettings& settings,
                 const ScanEvents& events = {}, const std::stop_token& stop = {});

}  // namespace echofold
