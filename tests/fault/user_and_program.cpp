// Implements the steps of user and program, and the comparisons after them.
#include "tests/fault/user_and_program.h"

#include <algorithm>
#include <sstream>

#include "engine/act/journal/run_info.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/recover.h"
#include "engine/act/recovery/undo.h"
#include "engine/library/scan.h"
#include "index/base/error.h"
#include "tests/engine/act/act_support.h"
#include "tests/engine/library/files.h"
#include "tests/support/kill.h"

namespace echofold::test {
namespace {

namespace fs = std::filesystem;

constexpr int first_files = 8;
constexpr int folders = 4;
constexpr const char* step_names[step_kinds] = {
    "add",  "link",       "rename",     "retag",    "replace", "touch",       "chmod",      "remove",
    "scan", "plan+apply", "plan+apply", "old plan", "undo",    "undo partly", "kill apply", "kill undo"};

bool is_set_aside(const std::string& path) { return path.find(".echofold-duplicates") != std::string::npos; }

/// Name below `root` -> kind, mode, and for files time and bytes, for some folders the time.
std::map<std::string, std::string> picture(const std::string& root,
                                           const std::set<std::string>& without_time) {
  std::map<std::string, std::string> out;
  const auto add = [&](const std::string& path) {
    const std::string name = path.substr(root.size());
    struct stat s {};
    if (lstat(path.c_str(), &s) != 0) return;
    std::ostringstream line;
    line << std::oct << s.st_mode << std::dec;
    if (!S_ISDIR(s.st_mode) || !without_time.contains(name)) line << " " << mtime_ns_of(s);
    if (S_ISREG(s.st_mode)) line << " " << std::hash<std::string>{}(read_file(path));
    out[name] = line.str();
  };
  add(root);
  for (const auto& entry : fs::recursive_directory_iterator(root)) add(entry.path().native());
  return out;
}

std::string first_difference(const std::map<std::string, std::string>& a,
                             const std::map<std::string, std::string>& b) {
  for (const auto& [name, line] : a)
    if (const auto found = b.find(name); found == b.end() || found->second != line)
      return name + ": " + line + ", in the mirror " + (found == b.end() ? "not there" : found->second);
  for (const auto& [name, line] : b)
    if (!a.contains(name)) return name + ": missing, in the mirror " + line;
  return "";
}

}  // namespace

template <class Change>
void UserAndProgram::on_both(Change change) {
  for (const std::string& top : {root_, mirror_}) change(top);
}

UserAndProgram::UserAndProgram() : store_(open()) {
  for (int i = 0; i < folders; ++i)
    on_both([&](const std::string& top) { fs::create_directories(top + "/" + std::to_string(i)); });
  for (std::uint32_t i = 0; i < first_files; ++i) add({0, i, i});
  for (const auto& entry : picture(root_, {}))
    on_both([&](const std::string& top) { set_mtime(top + entry.first, now_, 5); });
  touched_folders_.clear();
  scan();
}

Store UserAndProgram::open() const { return Store::open(dir_ / "db", {std::size_t{1} << 22}); }

std::string UserAndProgram::name_of(const Step& step) { return step_names[step.kind]; }

void UserAndProgram::take(const Step& step) {
  switch (step.kind) {
    case 0:
      return add(step);
    case 1:
      return link(step);
    case 2:
      return rename(step);
    case 3:
      return retag(step);
    case 4:
      return replace(step);
    case 5:
      return touch(step);
    case 6:
      return change_mode(step);
    case 7:
      return remove(step);
    case 8:
      return scan();
    case 9:
    case 10:
      return plan_and_apply(step);
    case 11:
      return apply_old_plan();
    case 12:
      return undo(step);
    case 13:
      return undo_a_part(step);
    case 14:
      return kill_apply(step);
    default:
      return kill_undo(step);
  }
}

// --- The user -------------------------------------------------------------------------------------------------

std::string UserAndProgram::file_within_reach(std::uint32_t number) const {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(root_))
    if (entry.is_regular_file() && !is_set_aside(entry.path().native()))
      names.push_back(entry.path().native().substr(root_.size()));
  std::sort(names.begin(), names.end());
  return names.empty() ? "" : names[number % names.size()];
}

std::string UserAndProgram::fresh_name(std::uint32_t number) {
  std::ostringstream name;
  name << '/' << number % folders << '/' << ++names_ << ".wav";
  return name.str();
}

void UserAndProgram::note_change_in_folder_of(const std::string& name) {
  touched_folders_.insert(name.substr(0, name.rfind('/')));
}

/// Sets equal times in both trees instead of reading the clock.
void UserAndProgram::set_equal_times(const std::string& name) {
  ++now_;
  on_both([&](const std::string& top) { set_mtime(top + name, now_, 7); });
}

void UserAndProgram::add(const Step& step) {
  const std::string name = fresh_name(step.a);
  on_both([&](const std::string& top) { write_music(top + name, names_ * 7919 + step.b, 0.4); });
  note_change_in_folder_of(name);
  set_equal_times(name);
}

void UserAndProgram::link(const Step& step) {
  const std::string from = file_within_reach(step.a);
  if (from.empty()) return;
  const std::string to = fresh_name(step.b);
  on_both([&](const std::string& top) { fs::create_hard_link(top + from, top + to); });
  note_change_in_folder_of(to);
}

void UserAndProgram::rename(const Step& step) {
  const std::string from = file_within_reach(step.a);
  if (from.empty()) return;
  const std::string to = fresh_name(step.b);
  on_both([&](const std::string& top) { fs::rename(top + from, top + to); });
  note_change_in_folder_of(from);
  note_change_in_folder_of(to);
}

void UserAndProgram::retag(const Step& step) {
  const std::string name = file_within_reach(step.a);
  if (name.empty()) return;
  on_both([&](const std::string& top) {
    std::ofstream out(top + name, std::ios::binary | std::ios::app);
    out << "tag " << names_ << step.b;
  });
  set_equal_times(name);
}

void UserAndProgram::replace(const Step& step) {
  const std::string name = file_within_reach(step.a);
  if (name.empty()) return;
  on_both([&](const std::string& top) {
    write_music(top + name + ".new", names_ * 104729 + step.b, 0.3);
    fs::rename(top + name + ".new", top + name);
  });
  note_change_in_folder_of(name);
  set_equal_times(name);
}

void UserAndProgram::touch(const Step& step) {
  const std::string name = file_within_reach(step.a);
  if (!name.empty()) set_equal_times(name);
}

void UserAndProgram::change_mode(const Step& step) {
  const std::string name = file_within_reach(step.a);
  if (name.empty()) return;
  on_both([&](const std::string& top) { chmod((top + name).c_str(), 0600 + step.b % 0200); });
}

void UserAndProgram::remove(const Step& step) {
  const std::string name = file_within_reach(step.a);
  if (name.empty()) return;
  on_both([&](const std::string& top) { fs::remove(top + name); });
  note_change_in_folder_of(name);
}

// --- The program ----------------------------------------------------------------------------------------------

void UserAndProgram::scan() {
  ScanSettings settings;
  settings.allow_vanished = true;
  echofold::scan(store_, {root_}, settings);
}

/// Keepers and losers among the files that the store lists as present, whether they are copies or not.
std::vector<PlanGroup> UserAndProgram::random_plan(const Step& step) const {
  std::vector<TrackRecord> tracks;
  store_.snapshot().for_each_track([&](const TrackRecord& track) {
    if (track.place == TrackPlace::present) tracks.push_back(track);
  });
  std::mt19937 random(step.a * 1000 + step.b);
  std::shuffle(tracks.begin(), tracks.end(), random);
  std::vector<PlanGroup> groups;
  for (std::size_t i = 0; i + 1 < tracks.size() && groups.size() < 3;) {
    PlanGroup group = test::certain_group(static_cast<std::uint32_t>(groups.size() + 1), tracks[i++]);
    for (std::size_t drops = 1 + random() % 2; drops > 0 && i < tracks.size(); --drops)
      group.drops.push_back(test::certain_loser(tracks[i++]));
    groups.push_back(std::move(group));
  }
  return groups;
}

void UserAndProgram::plan_and_apply(const Step& step) {
  old_plan_ = random_plan(step);
  apply_old_plan();
}

void UserAndProgram::apply_old_plan() { moves_ += apply(store_, {store_.library_id(), old_plan_}, {}).moved; }

std::vector<std::string> UserAndProgram::runs_to_take_back() const {
  std::vector<std::string> runs;
  for (const RunInfo& run : history(store_))
    if (run.moves_done + run.moves_open > 0) runs.push_back(run.run);
  return runs;
}

void UserAndProgram::undo(const Step& step) {
  recover(store_);
  const auto runs = runs_to_take_back();
  if (runs.empty()) return;
  in_order_ = in_order_ && step.a % runs.size() == 0;
  moves_ += echofold::undo(store_, runs[step.a % runs.size()]).restored;
}

/// One of the files is unavailable during the undo, as on an absent drive.
void UserAndProgram::undo_a_part(const Step& step) {
  std::vector<std::string> aside;
  for (const auto& entry : fs::recursive_directory_iterator(root_))
    if (entry.is_regular_file() && is_set_aside(entry.path().native()) &&
        !is_guard_name(entry.path().filename().native()))
      aside.push_back(entry.path().native());
  std::sort(aside.begin(), aside.end());
  if (aside.empty()) return;
  const std::string hidden = aside[step.b % aside.size()];
  fs::rename(hidden, dir_ / "hidden");
  undo(step);
  fs::create_directories(fs::path(hidden).parent_path());
  fs::rename(dir_ / "hidden", hidden);
}

template <class Job>
void UserAndProgram::kill_during(long at, Job job) {
  close();
  const long calls = killed_at(
      at, [&] { store_ = open(); }, [&] { job(); });
  if (calls >= at) {
    ++kills_;
    in_order_ = false;
  }
  store_ = open();
}

void UserAndProgram::kill_apply(const Step& step) {
  const auto plan = random_plan(step);
  kill_during(1 + step.b * 3L, [&] { apply(store_, {store_.library_id(), plan}, {}); });
}

void UserAndProgram::kill_undo(const Step& step) {
  recover(store_);
  const auto runs = runs_to_take_back();
  if (!runs.empty())
    kill_during(1 + step.b * 3L, [&] { echofold::undo(store_, runs[step.a % runs.size()]); });
}

// --- What must hold -------------------------------------------------------------------------------------------

std::string UserAndProgram::take_all_back() {
  recover(store_);
  for (const std::string& run : runs_to_take_back()) {
    std::string why;
    const auto on_step = [&](const echofold::Step& step) {
      if (outcome(step).state != StepState::undone) why += outcome(step).note;
    };
    moves_ += echofold::undo(store_, run, on_step).restored;
    if (!why.empty()) return "run " + run + ": " + why;
  }
  return "";
}

std::string UserAndProgram::difference_of_trees() const {
  std::set<std::string> without_time = touched_folders_;
  if (!in_order_)
    for (const auto& [name, line] : picture(mirror_, {})) without_time.insert(name);
  return first_difference(picture(root_, without_time), picture(mirror_, without_time));
}

std::string UserAndProgram::difference_of_contents() {
  recover(store_);
  const auto here = contents({root_});
  const auto there = contents({mirror_});
  if (here == there) return "";
  return std::to_string(here.size()) + " contents instead of " + std::to_string(there.size());
}

std::string UserAndProgram::difference_of_store() {
  scan();
  std::set<std::string> known;
  store_.snapshot().for_each_track([&](const TrackRecord& track) {
    if (track.place == TrackPlace::set_aside) known.insert("set aside: " + track.path);
    if (track.place != TrackPlace::present) return;
    known.insert(track.path);
    known.insert(track.link_paths.begin(), track.link_paths.end());
  });
  std::set<std::string> there;
  for (const auto& entry : fs::recursive_directory_iterator(root_))
    if (entry.is_regular_file()) there.insert(entry.path().native());
  std::vector<std::string> differ;
  std::set_symmetric_difference(known.begin(), known.end(), there.begin(), there.end(),
                                std::back_inserter(differ));
  return differ.empty() ? "" : differ.front();
}

}  // namespace echofold::test
