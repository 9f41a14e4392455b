// Reads blocks of lines, parses them in parallel, and writes them in order. The number of blocks in flight bounds
// memory.
#include "engine/library/import.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "engine/library/import_line.h"
#include "engine/library/line_blocks.h"
#include "index/base/error.h"
#include "index/base/parallel.h"

namespace echofold {
namespace {

constexpr std::size_t batch_tracks = 4000;
constexpr std::size_t batch_items = std::size_t{16} << 20;  // 64 MB

struct ParsedLine {
  std::uint64_t line = 0;
  std::variant<ImportedTrack, Error> result;  ///< or what is wrong with it
};

struct ParsedBlock {
  std::vector<ParsedLine> lines;
  std::uint64_t last_line = 0;
};

ParsedLine parse(std::uint64_t number, std::string_view line) {
  try {
    return {number, parse_import_line(line)};
  } catch (const Error& e) {
    return {number, e};
  }
}

ParsedBlock parse(const LineBlock& block) {
  ParsedBlock parsed;
  std::uint64_t number = block.first_line;
  if (block.too_long) {
    parsed.lines.push_back({number, Error(Fault::usage, "the line is too long: more than 64 MB")});
    parsed.last_line = number;
    return parsed;
  }
  for (std::string_view text = block.text; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.find_first_not_of(" \t\r") != std::string_view::npos)
      parsed.lines.push_back(parse(number, line));
  }
  parsed.last_line = number - 1;
  return parsed;
}

TrackRecord record_of(const ImportedTrack& track) {
  TrackRecord record;
  record.path = track.path;
  record.place = TrackPlace::imported;
  record.properties.duration_s = track.duration_s;
  const bool silent =
      std::all_of(track.items.begin(), track.items.end(), [](Item i) { return i == silence_item; });
  record.status = silent ? TrackStatus::silent : TrackStatus::fingerprinted;
  return record;
}

/// Has the interface of a Writer, but writes nothing.
class DryWriter {
 public:
  explicit DryWriter(const Store* library) {
    if (library != nullptr) snapshot_.emplace(library->snapshot());
  }
  std::optional<TrackId> find_path(std::string_view path) const {
    return snapshot_ ? snapshot_->find_path(path) : std::nullopt;
  }
  std::optional<TrackRecord> track(TrackId id) const { return snapshot_->track(id); }
  void put_track(const TrackRecord&, Items) {}

 private:
  std::optional<Snapshot> snapshot_;
};

/// Collects parsed lines and writes many in one durable transaction.
class ImportBatch {
 public:
  /// @param store  null: nothing is written, and `library` is used to look up known paths
  ImportBatch(Store* store, const Store* library, const std::function<void(const ImportFailure&)>& on_failure)
      : store_(store), library_(library), on_failure_(on_failure) {}

  void add(ParsedLine line) {
    if (const auto* track = std::get_if<ImportedTrack>(&line.result)) items_ += track->items.size();
    lines_.push_back(std::move(line));
    if (lines_.size() >= batch_tracks || items_ >= batch_items) commit();
  }

  void commit() {
    if (lines_.empty()) return;
    Outcome outcome;
    const auto is_track = [](const ParsedLine& line) {
      return std::holds_alternative<ImportedTrack>(line.result);
    };
    if (store_ == nullptr) {
      DryWriter dry(library_);
      outcome = write(dry);
    } else if (std::any_of(lines_.begin(), lines_.end(), is_track)) {
      // may run twice, so it starts from scratch
      store_->write([&](Writer& writer) { outcome = write(writer); });
    } else {
      outcome = write_nothing();
    }
    summary_.imported += outcome.imported;
    summary_.unchanged += outcome.unchanged;
    summary_.failed += outcome.failures.size();
    if (on_failure_)
      for (const ImportFailure& failure : outcome.failures) on_failure_(failure);
    lines_.clear();
    items_ = 0;
  }

  const ImportSummary& summary() const noexcept { return summary_; }

 private:
  struct Outcome {
    std::uint64_t imported = 0, unchanged = 0;
    std::vector<ImportFailure> failures;
  };

  template <class Library>
  Outcome write(Library& writer) const {
    Outcome outcome;
    for (const ParsedLine& line : lines_)
      if (const auto* track = std::get_if<ImportedTrack>(&line.result))
        put(writer, *track, line.line, outcome);
      else
        outcome.failures.push_back({line.line, std::get<Error>(line.result)});
    return outcome;
  }

  Outcome write_nothing() const {
    Outcome outcome;
    for (const ParsedLine& line : lines_)
      outcome.failures.push_back({line.line, std::get<Error>(line.result)});
    return outcome;
  }

  template <class Library>
  static void put(Library& writer, const ImportedTrack& track, std::uint64_t line, Outcome& outcome) {
    TrackRecord record = record_of(track);
    if (const auto id = writer.find_path(track.path)) {
      const auto known = writer.track(*id);
      if (known && known->place != TrackPlace::imported) {
        outcome.failures.push_back(
            {line, Error(Fault::guard, "the path is known as a scanned file; an import never replaces one")});
        return;
      }
      if (known && known->properties.duration_s == track.duration_s &&
          known->items_hash == hash_items(track.items)) {
        ++outcome.unchanged;
        return;
      }
      record.id = *id;
    }
    writer.put_track(std::move(record), track.items);
    ++outcome.imported;
  }

  Store* store_;
  const Store* library_;
  const std::function<void(const ImportFailure&)>& on_failure_;
  std::vector<ParsedLine> lines_;
  std::size_t items_ = 0;
  ImportSummary summary_;
};

ImportSummary take_all(ImportBatch& batch, std::istream& in,
                       const std::function<void(std::uint64_t lines)>& on_progress,
                       const std::stop_token& stop) {
  LineBlocks blocks(in);
  bool ended = false;
  // What was read before a stop is still imported. A stop may end the stream within a line
  // (index/base/fs/input_stream.h); that line is dropped.
  const auto take = [&]() -> std::optional<LineBlock> {
    LineBlock block;
    if (ended || !blocks.next(block)) return std::nullopt;
    ended = stop.stop_requested();
    if (ended) block.text.resize(block.text.rfind('\n') + 1);
    if (block.text.empty() && !block.too_long) return std::nullopt;
    return block;
  };
  const auto write = [&](ParsedBlock block) {
    for (ParsedLine& line : block.lines) batch.add(std::move(line));
    if (on_progress) on_progress(block.last_line);
  };
  const auto work = [](const LineBlock& block) { return parse(block); };
  parallel_pipeline(2 * parallelism(), take, work, write);
  batch.commit();
  if (stop.stop_requested())
    throw Error(Fault::interrupted, "the import was interrupted; what was read is kept");
  return batch.summary();
}

}  // namespace

ImportSummary import_fingerprints(Store& store, std::istream& in,
                                  const std::function<void(const ImportFailure&)>& on_failure,
                                  const std::function<void(std::uint64_t lines)>& on_progress,
                                  const std::stop_token& stop) {
  ImportBatch batch(&store, nullptr, on_failure);
  return take_all(batch, in, on_progress, stop);
}

ImportSummary check_import(const Store* library, std::istream& in,
                           const std::function<void(const ImportFailure&)>& on_failure,
                           const std::function<void(std::uint64_t lines)>& on_progress,
                           const std::stop_token& stop) {
  ImportBatch batch(nullptr, library, on_failure);
  return take_all(batch, in, on_progress, stop);
}

}  // namespace echofold
