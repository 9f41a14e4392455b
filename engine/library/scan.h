// From folders to the store: walk, skip unchanged files, then probe, decode, fingerprint and store the rest.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
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
  would_read  ///< only in preview_scan: new or changed
};
std::string_view name_of(FileStatus status) noexcept;

/// One file of a scan: `echofold.file/1`. Reported only once its record is durable in the store, so that a printed
/// line stays true whatever happens next.
struct FileReport {
  std::string path;
  FileStatus status = FileStatus::fingerprinted;
  double duration_s = 0;
  /// Why it failed, as its record has it; nothing unless it did.
  std::optional<std::string> error = {};
  bool known = false;  ///< it failed before for the same reason and has not changed since: already reported
};

struct ScanProgress {
  std::uint64_t files_total = 0, files_done = 0;
  std::uint64_t bytes_total = 0, bytes_done = 0;  ///< of the files that must be read
  double audio_seconds = 0;                       ///< decoded so far
  std::string current;                            ///< a file that is being read
};

struct ScanSettings {
  WalkSettings walk;
  TrackReader reader = read_track;
  std::chrono::seconds length{0};  ///< as ReadSettings::limit
  /// Also store variants of each track at speeds up to so much lower and higher: 0 (none) to most_speed_percent. The
  /// library keeps it, for later scans too. Unchanged files whose variants are missing are read again. Nothing: as the
  /// library has it.
  std::optional<int> speed_percent;
  /// read unchanged files again if an older version measured less of their tracks
  bool remeasure = false;
  bool allow_vanished = false;  ///< continue even if a root is empty or more than half of its tracks are gone
  /// The paths are parts of known roots: none of them becomes a root.
  bool parts_of_roots = false;
  /// Selects new and changed files to postpone to a later scan, since they are still being written. Empty: none.
  std::function<bool(const FoundFile&)> postpone;
  std::uint32_t batch_tracks = 1000;  ///< at least 1
  /// maximum time between commits, so that an interruption loses little and reports come soon
  std::chrono::milliseconds batch_time{2000};
};

/// Called by one thread at a time.
struct ScanEvents {
  std::function<void(const FileReport&)> file;
  std::function<void(const ScanProgress&)> progress;
  /// Before any is read: so many unchanged files are read again because their variants are missing.
  std::function<void(std::uint64_t files, int speed_percent)> missing_variants = {};
};

/// What a walk saw and did not include, as in WalkResult.
struct PassedOver {
  std::vector<std::string> trash_folders, links;
  std::map<std::string, std::uint64_t> unlisted;
  /// of `missing`: known from an earlier scan, and in trash that is now left out
  std::uint64_t trash_tracks = 0;
};

struct ScanSummary {
  std::uint64_t fingerprinted = 0, unchanged = 0, moved = 0, too_short = 0, silent = 0;
  std::uint64_t failed = 0;        ///< for the first time, or since they last changed
  std::uint64_t known_failed = 0;  ///< failed before, see FileReport::known
  std::uint64_t missing = 0;       ///< known before but not found now: marked missing, fingerprint kept
  std::uint64_t recognised = 0;    ///< among all of these: recognised by their payload, so not decoded
  double audio_seconds = 0;
  bool interrupted = false;  ///< stopped by request; what was done is kept
  PassedOver passed_over;
};

/// What a scan would do.
struct ScanPreview {
  std::uint64_t to_read = 0, bytes_to_read = 0, unchanged = 0, moved = 0, missing = 0;
  std::uint64_t failed = 0;        ///< could not be examined
  std::uint64_t known_failed = 0;  ///< as in ScanSummary
};

/// Examines files as scan() does, but changes nothing: opens no file, stores nothing. Reports each file with the
/// status that is known without reading it.
/// @param store  null if there is no library yet
/// @throws Error as scan() before it changes anything; Fault::interrupted
ScanPreview preview_scan(const Store* store, const std::vector<std::string>& paths,
                         const ScanSettings& settings, const std::function<void(const FileReport&)>& on_file,
                         const std::stop_token& stop = {});

/// How much audio of each file the fingerprints of this library cover, as ReadSettings::limit.
std::chrono::seconds fingerprint_length(const Snapshot& snapshot);

/// Up to which difference of speed the library stores variants of its tracks, in percent. 0: it stores none.
int variants_percent(const Snapshot& snapshot);

/// Updates the store to match the files under `paths`.
///
/// - A file with a known stamp is not opened. Only the device may differ: its number changes with every mount.
/// - A file with faulty content becomes a report and a `failed` record. While its stamp stays the same, it is
///   reported as `known` with the stored reason; it is tried again when it changes. Every scan tries again a file
///   that could not be opened or read, or that changed meanwhile; it is `known` while it fails the same way.
/// - A known stamp under a new path is `moved`: the record gets the new path and keeps its fingerprint. If the known
///   path still names the same file, the new path is added to its hard links, and the file is `unchanged`.
/// - Before a file with an unknown stamp is decoded, its payload's hash is compared (engine/library/known_audio). If
///   a track has the same hash, items and measurements are copied from that track, and only the tags are read. The
///   file is `unchanged` if it is at the track's own path, `moved` if the track's file has left its path, and
///   otherwise a new track (`fingerprinted`).
/// - A missing or set-aside track becomes present again if its file is back at its path.
/// - Present tracks under the given folders that are gone become missing. Exceptions: tracks in a folder that could
///   not be read, and tracks that only the walk's settings leave out.
/// - Present tracks in trash and snapshot folders that the walk leaves out also become missing.
///   WalkSettings::include_trash brings them back.
/// - A given folder becomes a root. For a single given file, its folder does, unless it lies in a root already:
///   `apply` needs a place for its set-aside folder. Such a root has `scanned_at_s` 0.
/// - All fingerprints of a library have one `length`, stored in its metadata.
///
/// A requested stop ends the scan soon: what is done is kept, and nothing is marked missing.
/// Uses the threads of the calling task arena; ids and results do not depend on their number.
/// @throws Error  Fault::guard (nothing was changed) when a root that had tracks shows no file, has lost more than
///                half of at least 10 tracks, or has lost any and another file system is mounted there; Fault::usage
///                when the library was made with another `length`; Fault::full, Fault::io, Fault::damaged from the
///                store
ScanSummary scan(Store& store, const std::vector<std::string>& paths, const ScanSettings& settings,
                 const ScanEvents& events = {}, const std::stop_token& stop = {});

}  // namespace echofold
