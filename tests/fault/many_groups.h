// A library of many groups of tiny files and its plan, for the real program. It is made without decoding, and undone
// and reused for one fault after the other.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/act/apply.h"
#include "engine/dedupe/plan_ndjson.h"
#include "index/store/store.h"
#include "tests/engine/act/act_support.h"
#include "tests/support/mounts.h"
#include "tests/support/plan_text.h"

namespace echofold::test {

/// Another file system than that of `top`: in memory if mounting is allowed, otherwise one that the machine has.
class OtherPlace {
 public:
  explicit OtherPlace(const std::string& top) {
    if (may_mount()) mount_.emplace(Mount::in_memory(top + "/other", "64m"));
    if (mount_ && *mount_)
      path_ = mount_->at();
    else
      path_ = other_.emplace(top).path();
  }
  explicit operator bool() const { return !path_.empty(); }
  const std::string& path() const { return path_; }

 private:
  std::optional<Mount> mount_;
  std::optional<OtherFileSystem> other_;
  std::string path_;
};

class ManyGroups {
 public:
  /// Ten groups per folder; every seventh group has a second loser, in the next folder.
  explicit ManyGroups(int count) {
    std::vector<Names> named;
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(i);
      const std::string folder = root() + "/album " + std::to_string(i / 10) + "/";
      std::vector<std::string> losers{folder + number + " copy.mp3"};
      if (i % 7 == 0)
        losers.push_back(root() + "/album " + std::to_string(i / 10 + 1) + "/" + number + " b.mp3");
      write_file(folder + number + ".flac", "keeper " + number);
      for (const std::string& path : losers) write_file(path, "bytes of " + path);
      named.push_back({folder + number + ".flac", losers});
    }
    age(root());
    fill_store(named);
    write_plan();
    files_ = contents(places());
    tree_ = tree(root(), false);
  }

  std::string root() const { return (dir_ / "music").native(); }
  std::string db() const { return (dir_ / "db").native(); }
  std::string plan() const { return (dir_ / "plan.ndjson").native(); }
  std::string log() const { return (dir_ / "log").native(); }
  std::string top() const { return dir_.path().native(); }
  const std::vector<PlanGroup>& groups() const { return groups_; }

  /// Sets losers aside here instead of in the root: on another file system.
  void set_aside_in(const std::string& folder) { settings_.set_aside_dir = folder; }
  const ApplySettings& settings() const { return settings_; }

  Store open() const { return Store::open(db(), {std::size_t{1} << 24}); }

  /// All contents exist, each once.
  void expect_nothing_lost_or_doubled(const std::string& when) const {
    ASSERT_EQ(contents(places()), files_) << when;
  }
  /// The files' bytes, modes and times are what they were before any run.
  void expect_as_before(const std::string& when) const { ASSERT_EQ(tree(root(), false), tree_) << when; }

  /// The groups that have a loser still in its place, as a new plan would list them.
  std::vector<PlanGroup> left(const Store& store) const {
    const Snapshot snapshot = store.snapshot();
    std::vector<PlanGroup> left;
    for (PlanGroup group : groups_) {
      std::erase_if(group.drops, [](const PlanDrop& drop) { return !exists(drop.file.track.path); });
      look_up(group, snapshot);
      if (!group.drops.empty()) left.push_back(std::move(group));
    }
    return left;
  }

  /// Makes a new plan: across file systems, restored files have new inodes.
  void plan_again() {
    {
      const Store store = open();
      const Snapshot snapshot = store.snapshot();
      for (PlanGroup& group : groups_) look_up(group, snapshot);
    }
    write_plan();
  }

  /// For each file the store says that it is in its place, with its current stamp.
  void expect_store_agrees(const Store& store, const std::string& when) const {
    const Snapshot snapshot = store.snapshot();
    for (const PlanGroup& group : groups_)
      for (const TrackRecord& drop : tracks_of(group.drops)) {
        const TrackRecord record = snapshot.track(drop.id).value();
        ASSERT_EQ(record.place, TrackPlace::present) << when << ": " << drop.path;
        ASSERT_EQ(record.stamp.mtime_ns, drop.stamp.mtime_ns) << when;
      }
  }

 private:
  struct Names {
    std::string keep;
    std::vector<std::string> drop;
  };

  std::vector<std::string> places() const { return {root(), settings_.set_aside_dir}; }

  TrackRecord put(Writer& writer, const std::string& path) const {
    TrackRecord record;
    record.path = path;
    record.stamp = stamp(path);
    const auto items = make_items(std::hash<std::string>{}(path), 8);
    record.id = writer.put_track(record, items);
    return record;
  }

  /// Gives the losers the records that the store has of them now.
  static void look_up(PlanGroup& group, const Snapshot& snapshot) {
    for (PlanDrop& drop : group.drops) drop.file.track = snapshot.track(drop.file.track.id).value();
  }

  /// `apply` moves only files that the library knows as copies.
  static void put_copies(Writer& writer, const PlanGroup& group) {
    for (const TrackRecord& drop : tracks_of(group.drops))
      writer.put_pair(std::min(group.keep.track.id, drop.id), std::max(group.keep.track.id, drop.id),
                      evidence_of_copies());
  }

  void fill_store(const std::vector<Names>& named) {
    open().write([&](Writer& writer) {
      groups_.clear();  // a write may run twice
      writer.put_root({root(), 0, 1});
      for (const Names& names : named) {
        PlanGroup group =
            certain_group(static_cast<std::uint32_t>(groups_.size() + 1), put(writer, names.keep));
        for (const std::string& path : names.drop) group.drops.push_back(certain_loser(put(writer, path)));
        put_copies(writer, group);
        groups_.push_back(std::move(group));
      }
    });
  }

  void write_plan() const {
    std::ofstream(plan(), std::ios::binary) << plan_text(groups_, open().library_id());
  }

  TempDir dir_;
  ApplySettings settings_;
  std::vector<PlanGroup> groups_;
  std::vector<std::string> files_;
  std::map<std::string, std::string> tree_;
};

}  // namespace echofold::test
