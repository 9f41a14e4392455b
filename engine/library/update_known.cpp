// Records are read and compared inside the transaction that writes them. Unchanged ones are not written.
#include "engine/library/update_known.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "index/base/error.h"
#include "index/base/fs/stamp.h"

namespace echofold {
namespace {

/// Whether `path` is still another name of the file. Without an inode, equal size and time and more than one link are
/// enough.
bool is_further_name(const std::string& path, const Stamp& stamp) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && stamp_of(status) == stamp &&
         (stamp.inode != 0 || status.st_nlink > 1);
}

/// The names found now, and names that earlier scans found elsewhere and that are still valid.
std::vector<std::string> all_links(const TrackRecord& record, const FoundFile& file) {
  std::vector<std::string> links = file.link_paths;
  if (file.path != record.path) links.push_back(file.path);
  for (const std::string& link : record.link_paths)
    if (is_further_name(link, file.stamp)) links.push_back(link);
  std::sort(links.begin(), links.end());
  links.erase(std::unique(links.begin(), links.end()), links.end());
  std::erase(links, record.path);
  return links;
}

/// @return whether the file has moved
bool update_record(Writer& writer, TrackId id, const FoundFile& file, KnownFile::How how) {
  const auto stored = writer.track(id);
  if (!stored) return false;
  // We set the file aside, and the walk found it there because that folder was given: it is where it should be.
  if (stored->place == TrackPlace::set_aside && stored->set_aside_path == file.path) return false;
  TrackRecord record = *stored;
  if (how == KnownFile::How::moved) record.path = file.path;
  record.stamp = file.stamp;
  record.place = TrackPlace::present;
  record.set_aside_path.clear();
  record.link_paths = all_links(record, file);
  if (!(record == *stored)) writer.update_track(record);
  return how == KnownFile::How::moved;
}

void check_stop(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error(Fault::interrupted, "interrupted while known files were compared");
}

}  // namespace

FileReport report_of_known(const FoundFile& file, const KnownTracks& known, KnownTracks::Number number,
                           bool moved) {
  const KnownTrack& track = known[number];
  FileReport report{file.path, moved ? FileStatus::moved : FileStatus::unchanged, track.duration_s, {}};
  if (track.status == TrackStatus::failed) {
    report.status = FileStatus::failed;
    report.known = true;
    report.error = known.failure(number);
  }
  return report;
}

void update_known(Store& store, const std::vector<FoundFile>& files, const KnownTracks& known,
                  std::span<const KnownFile> to_update, std::size_t batch_tracks, ScanTally& tally,
                  const std::stop_token& stop) {
  std::vector<KnownFile> to_write;
  for (const KnownFile& one : to_update)
    if (one.how == KnownFile::How::unchanged)
      tally.count_unread(report_of_known(files[one.file], known, one.track, false));
    else
      to_write.push_back(one);

  for (std::size_t from = 0; from < to_write.size(); from += batch_tracks) {
    check_stop(stop);
    const auto batch = std::span(to_write).subspan(from, std::min(batch_tracks, to_write.size() - from));
    std::vector<bool> moved(batch.size());
    store.write([&](Writer& writer) {
      for (std::size_t i = 0; i < batch.size(); ++i)
        moved[i] = update_record(writer, known[batch[i].track].id, files[batch[i].file], batch[i].how);
    });
    for (std::size_t i = 0; i < batch.size(); ++i)
      tally.count_unread(report_of_known(files[batch[i].file], known, batch[i].track, moved[i]));
  }
  check_stop(stop);
}

std::uint64_t mark_missing(Store& store, const KnownTracks& known, std::span<const KnownTracks::Number> gone,
                           std::size_t batch_tracks) {
  std::uint64_t marked = 0;
  for (std::size_t from = 0; from < gone.size(); from += batch_tracks) {
    const auto batch = gone.subspan(from, std::min(batch_tracks, gone.size() - from));
    std::uint64_t in_batch = 0;
    store.write([&](Writer& writer) {
      in_batch = 0;
      for (const KnownTracks::Number number : batch) {
        auto record = writer.track(known[number].id);
        if (!record || record->place != TrackPlace::present || record->path != known.path(known[number]))
          continue;
        record->place = TrackPlace::missing;
        writer.update_track(*record);
        ++in_batch;
      }
    });
    marked += in_batch;
  }
  return marked;
}

void remove_replaced(Store& store, const KnownTracks& known, std::span<const KnownTracks::Number> replaced) {
  if (replaced.empty()) return;
  store.write([&](Writer& writer) {
    for (const KnownTracks::Number number : replaced) writer.remove_track(known[number].id);
  });
}

}  // namespace echofold
