// See labelled_set.h.
#include "engine/tune/labelled_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "engine/tune/csv_rows.h"
#include "index/base/error.h"
#include "index/base/fs/input_file.h"
#include "index/base/fs/input_stream.h"
#include "index/base/fs/path.h"

namespace echofold {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 30;

/// Reads a pipe, too: the labels may be the output of another program.
std::string read_text(const std::string& path, const std::stop_token& stop) {
  InputStream in(path, stop);
  std::string text;
  std::vector<char> block(std::size_t{1} << 16);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
    text.append(block.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() > most_bytes)
      throw Error(Fault::usage,
                  fmt::format("{}: labels of more than {} MB are refused", path, most_bytes >> 20));
  }
  if (stop.stop_requested()) throw Error(Fault::interrupted, "interrupted");
  return text;
}

std::string read_manifest(const std::string& path) {
  try {
    return read_regular(path, most_bytes);
  } catch (const Error& e) {
    throw Error(Fault::usage, e.what());
  }
}

std::vector<std::string> names_in(std::string_view joined) {
  std::set<std::string> names;
  while (!joined.empty()) {
    const std::size_t end = std::min(joined.find('+'), joined.size());
    if (end > 0) names.emplace(joined.substr(0, end));
    joined.remove_prefix(std::min(end + 1, joined.size()));
  }
  return {names.begin(), names.end()};
}

/// Without this check a file that the manifest lacks would silently share originals with all others.
void require_known_files(const LabelledSet& set, const std::string& manifest) {
  for (const LabelledPair& pair : set.pairs)
    for (const std::string& path : {pair.a, pair.b})
      if (!set.manifest->has(path))
        throw Error(Fault::usage, fmt::format("{}: {} is not in {}", set.source, path, manifest));
}

}  // namespace

std::optional<Manifest> Manifest::parse(std::string_view text, const std::string& name,
                                        const std::string& folder) {
  const std::vector<CsvRow> rows = parse_csv(text, name);
  if (rows.empty()) return std::nullopt;
  const auto file = column_of(rows.front(), "file"), track = column_of(rows.front(), "track");
  if (!file || !track) return std::nullopt;
  Manifest manifest;
  PathResolver resolver;
  std::map<std::vector<std::string>, std::size_t> numbers;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& cells = rows[i].cells;
    if (cells.size() != rows.front().cells.size())
      throw Error(Fault::usage, fmt::format("{}:{}: {} cells, where the header has {}", name, rows[i].line,
                                            cells.size(), rows.front().cells.size()));
    const auto [number, is_new] = numbers.try_emplace(names_in(cells[*track]), manifest.names_.size());
    if (number->first.empty())
      throw Error(Fault::usage, fmt::format("{}:{}: `track` is empty", name, rows[i].line));
    if (is_new) manifest.names_.push_back(number->first);
    const std::string path = resolver.absolute(join_path(folder, cells[*file]));
    if (!manifest.sets_.emplace(path, number->second).second)
      throw Error(Fault::usage, fmt::format("{}:{}: {} is named twice", name, rows[i].line, cells[*file]));
  }
  return manifest;
}

bool Manifest::strangers(std::size_t set_a, std::size_t set_b) const {
  const auto &a = names_[set_a], &b = names_[set_b];
  return std::none_of(a.begin(), a.end(),
                      [&](const std::string& name) { return std::binary_search(b.begin(), b.end(), name); });
}

std::uint64_t Manifest::stranger_pairs(const std::vector<std::size_t>& sets_of_files) const {
  std::vector<std::uint64_t> files(names_.size());
  for (const std::size_t set : sets_of_files) ++files[set];
  std::uint64_t pairs = 0;
  for (std::size_t a = 0; a < names_.size(); ++a)
    for (std::size_t b = a + 1; b < names_.size(); ++b)
      if (strangers(a, b)) pairs += files[a] * files[b];
  return pairs;
}

std::vector<std::string> Manifest::paths() const {
  std::vector<std::string> paths;
  for (const auto& [path, set] : sets_) paths.push_back(path);
  return paths;
}

std::vector<std::string> LabelledSet::paths() const {
  std::vector<std::string> paths;
  if (manifest) paths = manifest->paths();
  for (const LabelledPair& pair : pairs) paths.insert(paths.end(), {pair.a, pair.b});
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

LabelledSet read_labelled_set(const std::string& path, const std::stop_token& stop) {
  std::error_code ignored;
  LabelledSet set;
  set.source = std::filesystem::is_directory(path, ignored) ? join_path(path, "labels.csv") : path;
  const std::string folder(folder_of(absolute_path(set.source)));
  set.pairs = parse_labels(read_text(set.source, stop), set.source, folder);
  const std::string manifest = join_path(folder, "manifest.csv");
  if (std::filesystem::exists(manifest, ignored))
    set.manifest = Manifest::parse(read_manifest(manifest), manifest, folder);
  if (set.manifest) require_known_files(set, manifest);
  if (set.pairs.empty() && !set.manifest) throw Error(Fault::usage, set.source + ": holds no labelled pair");
  return set;
}

}  // namespace echofold
