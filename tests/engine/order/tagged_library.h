// A library of files with tags, and the plan of their names.
#pragma once

#include <string>

#include "engine/act/rename.h"
#include "engine/order/organize.h"
#include "tests/engine/act/act_support.h"

namespace echofold::test {

inline Tags tags_of(const std::string& artist, const std::string& album, const std::string& track,
                    const std::string& title) {
  Tags tags;
  tags.artist = tags.album_artist = artist;
  tags.album = album;
  tags.track = track;
  tags.title = title;
  return tags;
}

struct TaggedLibrary : Library {
  OrganizeSettings settings;
  std::string name_template{default_name_template};

  /// A file with tags in the store. Its bytes are its name, so that all files differ.
  TrackId track(const std::string& name, const Tags& tags) {
    file(name, "bytes of " + name);
    return tagged(name, tags);
  }

  TrackId tagged(const std::string& name, const Tags& tags) {
    TrackRecord record = scanned(name);
    record.tags = tags;
    store.write([&](Writer& writer) { writer.update_track(record); });
    return record.id;
  }

  /// Gives each file and folder a time of its own, and updates the store.
  void age_all() {
    age(root);
    std::vector<TrackRecord> records;
    store.snapshot().for_each_track([&](const TrackRecord& track) { records.push_back(track); });
    store.write([&](Writer& writer) {
      for (TrackRecord& record : records) {
        record.stamp = stamp(record.path);
        writer.update_track(record);
      }
    });
  }

  /// Closes the library: only one program at a time can hold it.
  void close() { Store gone(std::move(store)); }

  OrganizePlan names() { return plan_names(store.snapshot(), NameTemplate::parse(name_template), settings); }

  ApplySummary organize() {
    const OrganizePlan plan = names();
    reported.clear();
    return rename_files(store, "organize", plan.renames, plan.turns,
                        [&](const MoveStep& step) { reported.push_back(step); });
  }

  std::string bytes(const std::string& name) const {
    return exists(path(name)) ? read_file(path(name)) : "nothing";
  }
  std::string name_of(TrackId id) const { return record(id).path.substr(root.size() + 1); }
};

}  // namespace echofold::test
