// A small library of real files with a real store, and a full picture of a tree of files to compare.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "engine/act/apply.h"
#include "engine/act/files/guard_files.h"
#include "engine/act/journal/run_info.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/undo.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/stamp.h"
#include "index/store/store.h"
#include "tests/support/plan_group.h"
#include "tests/support/read_file.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::test {

inline void write_file(const std::string& path, const std::string& bytes) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  if (!out.flush()) throw std::runtime_error("can't write " + path);
}

inline void set_mtime(const std::string& path, std::int64_t seconds, std::int64_t ns) {
  const timespec times[2] = {{0, UTIME_OMIT}, {static_cast<time_t>(seconds), static_cast<long>(ns)}};
  if (utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW) != 0)
    throw std::runtime_error("can't set the time of " + path);
}

inline bool exists(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0;
}

/// Of a pair that may be moved unasked.
inline Evidence evidence_of_copies() {
  Evidence evidence;
  evidence.corrected_ber = evidence.ber = evidence.short_ber = 0;
  evidence.overlap_items = evidence.informative_items = 1000;
  evidence.coverage_shorter = evidence.coverage_longer = 1;
  evidence.contrast = 0.4;
  return evidence;
}

inline Stamp stamp(const std::string& path) { return stamp_of(look_at(path).value()); }

/// Path -> kind, mode, owner, mtime in ns and bytes of all below `root` and of itself.
inline std::map<std::string, std::string> tree(const std::string& root, bool folder_times = true) {
  std::map<std::string, std::string> out;
  const auto add = [&](const std::string& path) {
    struct stat s {};
    if (lstat(path.c_str(), &s) != 0) throw std::runtime_error("can't see " + path);
    std::ostringstream line;
    line << s.st_mode << " " << s.st_uid << ":" << s.st_gid;
    if (!S_ISDIR(s.st_mode) || folder_times) line << " " << mtime_ns_of(s);
    if (S_ISREG(s.st_mode)) line << " " << read_file(path);
    out[path] = line.str();
  };
  add(root);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) add(entry.path().native());
  return out;
}

/// The bytes of all files below the folders but guard files, sorted: nothing may be missing or doubled.
inline std::vector<std::string> contents(const std::vector<std::string>& folders) {
  std::vector<std::string> out;
  for (const std::string& folder : folders)
    if (exists(folder))
      for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && !is_guard_name(entry.path().filename().native()))
          out.push_back(read_file(entry.path().native()));
  std::sort(out.begin(), out.end());
  return out;
}

/// Each folder and file gets a time of its own, so that any touch shows.
inline void age(const std::string& root) {
  std::vector<std::string> paths{root};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
    paths.push_back(entry.path().native());
  std::sort(paths.begin(), paths.end());
  for (std::size_t i = 0; i < paths.size(); ++i)
    set_mtime(paths[i], 1'500'000'000 + static_cast<std::int64_t>(i), 123'456'789);
}

/// A folder with a store beside a folder `music` that is its root.
struct Library {
  TempDir dir;
  std::string root = (dir / "music").native();
  Store store = open();

  Store open() const {
    std::filesystem::create_directories(root);
    StoreOptions options;
    options.map_bytes = std::size_t{1} << 22;
    return Store::open(dir / "db", options);
  }

  std::string path(const std::string& name) const { return root + "/" + name; }

  void add_root() {
    store.write([&](Writer& writer) { writer.put_root({root, 0, 1}); });
  }

  void file(const std::string& name, const std::string& bytes) const { write_file(path(name), bytes); }

  /// Takes the file into the store as it is now.
  TrackRecord scanned(const std::string& name) {
    TrackRecord record;
    record.path = path(name);
    record.stamp = stamp(record.path);
    const auto items = make_items(std::hash<std::string>{}(name), 20);
    store.write([&](Writer& writer) {
      record.id = 0;
      record.id = writer.put_track(record, items);
    });
    return store.snapshot().track(record.id).value();
  }

  PlanGroup group(std::uint32_t number, const std::string& keep, const std::vector<std::string>& drop) {
    PlanGroup group = certain_group(number, scanned(keep));
    for (const std::string& name : drop) group.drops.push_back(certain_loser(scanned(name)));
    return group;
  }

  ApplySummary apply(const std::vector<PlanGroup>& groups, const ApplySettings& settings = {}) {
    reported.clear();
    return echofold::apply(store, {store.library_id(), groups}, settings,
                           [&](const PlanGroup& group, const echofold::Step& step) {
                             if (reported.empty()) first_group = group.number;
                             reported.push_back(step);
                           });
  }

  UndoSummary undo(const std::string& run = "") {
    reported.clear();
    return echofold::undo(store, run, [&](const echofold::Step& step) { reported.push_back(step); });
  }

  TrackRecord record(TrackId id) const { return store.snapshot().track(id).value(); }
  std::string set_aside(const std::string& run, const std::string& name) const {
    return root + "/.echofold-duplicates/" + run + "/" + name;
  }

  Steps reported;                 ///< by the last apply() or undo()
  std::uint32_t first_group = 0;  ///< of the first step that apply() reported
};

/// Takes all runs back, newest first, and forgets them. Nothing in them may be open: recover() comes first.
inline void take_all_back(Store& store, const std::string& when) {
  for (const RunInfo& run : history(store)) {
    ASSERT_FALSE(run.problem) << when;
    ASSERT_EQ(run.moves_open + run.rewrites_open, 0u) << when;
    if (run.outstanding() > 0) {
      ASSERT_EQ(undo(store, run.run).skipped, 0u) << when;
    }
  }
  std::filesystem::remove_all(store.dir() / "runs");
}

/// A folder on another file system than `here`, where the machine has one.
class OtherFileSystem {
 public:
  explicit OtherFileSystem(const std::string& here) {
    for (const std::string base : {"/dev/shm", "/tmp", "/var/tmp"}) {
      if (device(base) == 0 || device(base) == device(here)) continue;
      std::string name = base + "/echofold-test-XXXXXX";
      if (mkdtemp(name.data()) == nullptr) continue;
      path_ = name;
      return;
    }
  }
  ~OtherFileSystem() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  OtherFileSystem(const OtherFileSystem&) = delete;
  OtherFileSystem& operator=(const OtherFileSystem&) = delete;

  explicit operator bool() const { return !path_.empty(); }
  const std::string& path() const { return path_; }

 private:
  static dev_t device(const std::string& path) {
    struct stat status {};
    return stat(path.c_str(), &status) == 0 ? status.st_dev : 0;
  }
  std::string path_;
};

}  // namespace echofold::test
