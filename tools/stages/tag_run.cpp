// For each piece: read what is known, look up the rest, store the answers; then choose and write file by file.
#include "tools/stages/tag_run.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "engine/report/figures.h"
#include "engine/tag/write_tags.h"
#include "index/base/text/printable.h"
#include "tools/console/output.h"
#include "tools/console/progress.h"
#include "tools/stages/decoding.h"
#include "tools/stages/tag_lookups.h"

namespace echofold {
namespace {

/// Files whose answers are stored together: some seconds of lookups.
constexpr std::size_t piece_files = 24;

TagChange change_of(const std::vector<FieldChange>& changes) {
  using Member = std::optional<std::string> TagChange::*;
  constexpr std::pair<std::string_view, Member> members[] = {
      {"artist", &TagChange::artist},
      {"title", &TagChange::title},
      {"album", &TagChange::album},
      {"album_artist", &TagChange::album_artist},
      {"track", &TagChange::track},
      {"disc", &TagChange::disc},
      {"date", &TagChange::date},
      {"acoustid_id", &TagChange::acoustid_id},
      {"musicbrainz_recording_id", &TagChange::musicbrainz_recording_id},
      {"musicbrainz_release_id", &TagChange::musicbrainz_release_id},
      {"musicbrainz_release_group_id", &TagChange::musicbrainz_release_group_id},
      {"musicbrainz_release_track_id", &TagChange::musicbrainz_release_track_id},
      {"musicbrainz_artist_id", &TagChange::musicbrainz_artist_id},
      {"musicbrainz_album_artist_id", &TagChange::musicbrainz_album_artist_id}};
  TagChange out;
  for (const FieldChange& change : changes)
    for (const auto& [field, member] : members)
      if (field == change.field) out.*member = change.to;
  return out;
}

class TagRun {
 public:
  TagRun(Store& store, const TagOptions& options, const std::stop_token& stop)
      : options_(options), stop_(stop), lookups_(store, options, stop), line_(options), run_(store, "tag") {}

  ExitCode run(const TagSelection& selection) {
    for (const std::string& path : selection.unknown)
      print({.path = path,
             .status = TagStatus::failed,
             .why = "the library does not know it: run `echofold scan` on it first"});
    total_ = selection.tracks.size();
    const std::span<const TrackId> all = selection.tracks;
    for (std::size_t from = 0; from < all.size() && !is_over(); from += piece_files)
      piece(all.subspan(from, std::min(piece_files, all.size() - from)));
    const RewriteSummary summary = close_rewrites(run_, stop_.stop_requested());
    line_.clear();
    if (lookups_.refused() && count(TagStatus::tagged) == 0) throw *lookups_.refused();
    print_summary(selection, summary.run);
    if (stop_.stop_requested()) return ExitCode::interrupted;
    const bool failed = count(TagStatus::failed) > 0 || !lookups_.given_up().empty();
    return failed ? ExitCode::some_failed : ExitCode::done;
  }

 private:
  bool is_over() const { return stop_.stop_requested() || !lookups_.given_up().empty(); }
  std::uint64_t& count(TagStatus status) { return counts_[static_cast<std::size_t>(status)]; }

  void piece(std::span<const TrackId> tracks) {
    const auto show = [&](std::size_t answers) { line_.show("looked up", done_ + answers, total_); };
    for (const LookedUpTrack& file : lookups_.of(tracks, show)) {
      // A file that was not looked up is left for the next run.
      if (stop_.stop_requested() || (!file.answer && file.why.empty())) continue;
      print(row_of(file));
      line_.show("tag", ++done_, total_);
    }
  }

  TagRow row_of(const LookedUpTrack& file) {
    TagRow row{.path = file.track.path,
               .status = file.failed ? TagStatus::failed : TagStatus::not_found,
               .why = file.why};
    if (!file.answer) return row;
    ChooseSettings settings;
    settings.replace_album = options_.overwrite;
    const Choice choice = choose(*file.answer, file.track.properties.duration_s, file.track.tags, settings);
    row.score = choice.score;
    row.why = choice.why;
    row.candidates = choice.candidates;
    row.found = choice.tags;
    if (choice.status != ChoiceStatus::chosen) {
      row.status = choice.status == ChoiceStatus::ambiguous ? TagStatus::ambiguous : TagStatus::not_found;
      return row;
    }
    row.changes = changes_to(file.track.tags, choice.tags, options_.overwrite);
    if (row.changes.empty())
      row.status = TagStatus::unchanged;
    else if (!options_.apply)
      row.status = TagStatus::would_tag;
    else
      write(file.track, row);
    return row;
  }

  void write(const TrackRecord& track, TagRow& row) {
    const Rewritten written = write_tags(rewriter_, track, change_of(row.changes), jailed_reader(),
                                         {.keep_mtime = options_.keep_mtime});
    row.status = written.done() ? TagStatus::tagged : TagStatus::failed;
    if (written.done()) return;
    row.why = written.failure->what();
    const std::string named = printable(track.path) + ": ";  // the row has the path
    if (row.why.starts_with(named)) row.why.erase(0, named.size());
    row.changes.clear();
  }

  void print(const TagRow& row) {
    ++count(row.status);
    line_.clear();
    if (options_.format == Format::ndjson) {
      data_out() << tag_row_to_line(row) << '\n';
      data_out().flush();
      return;
    }
    if (row.status == TagStatus::failed)
      spdlog::warn("{}: {}", printable(row.path), printable(row.why));
    else if (row.status != TagStatus::unchanged || options_.verbosity > Verbosity::normal)
      data_out() << tag_row_text(row, table_style(options_));
  }

  void print_summary(const TagSelection& selection, const std::string& run) {
    if (!lookups_.given_up().empty()) spdlog::error("{}", printable(lookups_.given_up()));
    if (const auto left = total_ - done_; left > 0) spdlog::warn("not looked up: {}", left);
    if (selection.tagged_already > 0)
      spdlog::info("left out: {} that have tags and no copies (`--every` looks them up, too)",
                   selection.tagged_already);
    if (selection.no_fingerprint > 0)
      spdlog::info("left out: {} without a fingerprint (too short, silent, or not readable)",
                   selection.no_fingerprint);
    if (options_.format == Format::ndjson) return;
    CountsText text;
    text.add(count(TagStatus::tagged), "tagged");
    text.add(count(TagStatus::would_tag), "would be tagged");
    text.add(count(TagStatus::unchanged), "unchanged");
    text.add(count(TagStatus::ambiguous), "ambiguous");
    text.add(count(TagStatus::not_found), "not found");
    text.add(count(TagStatus::failed), "failed");
    std::string sentence = text.or_else("nothing to tag");
    if (!run.empty()) sentence += "; `echofold undo " + run + "` takes it back";
    if (count(TagStatus::would_tag) > 0) sentence += "; nothing was written: `--apply` does it";
    print_sentence(options_, sentence);
  }

  const TagOptions& options_;
  const std::stop_token& stop_;
  TagLookups lookups_;
  ProgressLine line_;
  ActiveRun run_;
  Rewriter rewriter_{run_};
  std::array<std::uint64_t, 6> counts_{};
  std::uint64_t done_ = 0, total_ = 0;
};

}  // namespace

void require_lookup_settings(const TagOptions& options) {
  const AcoustidClient client(lookup_settings(options));
}

ExitCode run_tag_stage(Store& store, const TagOptions& options, const TagSelection& selection,
                       const std::stop_token& stop) {
  return TagRun(store, options, stop).run(selection);
}

}  // namespace echofold
