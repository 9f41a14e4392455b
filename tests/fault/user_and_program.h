// A library in which a user and the program act in turn, and a mirror in which only the user acts.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/act/apply.h"
#include "index/store/store.h"
#include "tests/support/temp_dir.h"

namespace echofold::test {

/// One action; its numbers choose among what exists at that moment.
struct Step {
  int kind = 0;
  std::uint32_t a = 0, b = 0;
};
inline constexpr int step_kinds = 16;

class UserAndProgram {
 public:
  UserAndProgram();

  void take(const Step& step);

  /// Undoes everything that the program did.
  /// @return what went wrong, empty if everything was restored
  std::string take_all_back();

  /// The differences between the tree of the library and the mirror; empty if they are equal in paths, kinds, modes,
  /// bytes and times of files. Times of folders that the user did not touch are also compared, as long as runs were
  /// undone newest first and none was killed. Set-aside folders must be gone.
  std::string difference_of_trees() const;

  /// Contents that only one of library (with its set-aside folders) and mirror has, or has more often; empty if there
  /// are none. First recovers what a kill left open.
  std::string difference_of_contents();

  /// After a last scan: which file or present track has no counterpart; empty if library and store agree.
  std::string difference_of_store();

  /// How much was done: files moved and restored, and how often a run was killed before its end.
  std::uint64_t moves() const { return moves_; }
  std::uint64_t kills() const { return kills_; }

  static std::string name_of(const Step& step);

 private:
  // The user, on both trees. The user cannot reach files that are set aside.
  void add(const Step& step);
  void link(const Step& step);
  void rename(const Step& step);
  void retag(const Step& step);
  void replace(const Step& step);
  void touch(const Step& step);
  void change_mode(const Step& step);
  void remove(const Step& step);

  // The program, only on the library.
  void scan();
  void plan_and_apply(const Step& step);
  void apply_old_plan();
  void undo(const Step& step);
  void undo_a_part(const Step& step);
  void kill_apply(const Step& step);
  void kill_undo(const Step& step);
  template <class Job>
  void kill_during(long at, Job job);

  std::vector<PlanGroup> random_plan(const Step& step) const;
  std::vector<std::string> runs_to_take_back() const;
  std::string file_within_reach(std::uint32_t number) const;
  std::string fresh_name(std::uint32_t number);
  void note_change_in_folder_of(const std::string& name);
  void set_equal_times(const std::string& name);
  template <class Change>
  void on_both(Change change);

  Store open() const;
  void close() { Store gone(std::move(store_)); }

  TempDir dir_;
  std::string root_ = (dir_ / "music").native();
  std::string mirror_ = (dir_ / "mirror").native();
  Store store_;
  std::vector<PlanGroup> old_plan_;
  std::set<std::string> touched_folders_;  // by the user
  bool in_order_ = true;  // no kill, and runs were undone newest first: then folders get their times back
  std::uint64_t moves_ = 0, kills_ = 0;
  std::uint32_t names_ = 0;
  std::int64_t now_ = 1'600'000'000;
};

}  // namespace echofold::test
