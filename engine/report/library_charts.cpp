// See library_charts.h.
#include "engine/report/library_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <span>
#include <string_view>
#include <utility>

#include "engine/dedupe/quality_signs.h"
#include "index/base/fs/path.h"
#include "index/model/album.h"

namespace echofold {
namespace {

constexpr std::size_t kinds = 2;  // lossless, lossy

/// Where the last bin has no upper limit.
struct Bins {
  std::span<const double> limits;  ///< the highest value of each bin but the last
  std::size_t of(double value) const {
    return static_cast<std::size_t>(std::lower_bound(limits.begin(), limits.end(), value) - limits.begin());
  }
};

constexpr std::array<double, 9> bit_rate_limits = {64, 96, 128, 160, 192, 224, 256, 288, 320};  // kb/s
constexpr std::array<double, 11> length_limits = {1, 2, 3, 4, 5, 6, 8, 10, 15, 30, 60};         // minutes
constexpr std::size_t most_khz = 24;
constexpr std::size_t deepest = 3;  // levels of folders

/// "to 64", "64-96", ..., "over 320"
std::vector<Column> columns_of(std::span<const double> limits, std::size_t counts) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i <= limits.size(); ++i)
    columns.push_back({i == 0               ? fmt::format("to {:g}", limits[0])
                       : i == limits.size() ? fmt::format("over {:g}", limits[i - 1])
                                            : fmt::format("{:g}\u2013{:g}", limits[i - 1], limits[i]),
                       std::vector<std::uint64_t>(counts)});
  return columns;
}

std::optional<int> whole_year(std::string_view date) {
  constexpr int first_recording = 1860, last = 2100;
  const std::string_view text = year_of(date);
  int year = 0;
  std::from_chars(text.data(), text.data() + text.size(), year);
  return year >= first_recording && year <= last ? std::optional(year) : std::nullopt;
}

/// One column for each year between the first and the last one, or for each decade.
std::vector<Column> columns_of_years(const std::map<int, std::array<std::uint64_t, kinds>>& years) {
  if (years.empty()) return {};
  constexpr int most_years = 60;
  const int step = years.rbegin()->first - years.begin()->first < most_years ? 1 : 10;
  const auto start_of = [&](int year) { return year - year % step; };
  std::vector<Column> columns;
  for (int year = start_of(years.begin()->first); year <= years.rbegin()->first; year += step)
    columns.push_back({fmt::format("{}{}", year, step == 1 ? "" : "s"), std::vector<std::uint64_t>(kinds)});
  for (const auto& [year, counts] : years)
    for (std::size_t kind = 0; kind < kinds; ++kind)
      columns[static_cast<std::size_t>((year - start_of(years.begin()->first)) / step)].counts[kind] +=
          counts[kind];
  return columns;
}

class Counter {
 public:
  explicit Counter(std::vector<Root> roots) {
    for (Root& root : roots) {
      const auto is_around = [&](const std::string& other) { return is_inside(root.path, other); };
      if (std::any_of(roots_.begin(), roots_.end(), is_around)) continue;
      std::erase_if(roots_, [&](const std::string& other) { return is_inside(other, root.path); });
      roots_.push_back(std::move(root.path));
    }
  }

  void take(const TrackRecord& track) {
    if (track.place != TrackPlace::present || track.status == TrackStatus::failed) return;
    const AudioProperties& p = track.properties;
    const std::size_t kind = p.lossless ? 0 : 1;
    if (!p.lossless && p.bit_rate_bps > 0)
      ++charts_.bit_rates[Bins{bit_rate_limits}.of(std::round(p.bit_rate_bps / 1000.0))].counts[0];
    if (const auto year = whole_year(track.tags.date))
      ++years_[*year][kind];
    else
      ++charts_.without_year;
    if (p.duration_s > 0) ++charts_.lengths[Bins{length_limits}.of(p.duration_s / 60)].counts[kind];
    take_bandwidth(track, kind);
    for (std::size_t depth = 1; depth <= deepest; ++depth) {
      FolderSize& folder = folders_[depth - 1][folder_of(track.path, depth)];
      ++folder.files;
      (p.lossless ? folder.lossless_bytes : folder.lossy_bytes) += track.stamp.size_bytes;
    }
  }

  LibraryCharts finish() {
    charts_.years = columns_of_years(years_);
    // A single folder around everything says nothing.
    std::size_t depth = 0;
    while (depth + 1 < deepest && folders_[depth].size() == 1) ++depth;
    for (auto& [name, folder] : folders_[depth]) {
      folder.name = name;
      charts_.folders.push_back(std::move(folder));
    }
    std::stable_sort(charts_.folders.begin(), charts_.folders.end(),
                     [](const FolderSize& x, const FolderSize& y) { return x.bytes() > y.bytes(); });
    return std::move(charts_);
  }

 private:
  void take_bandwidth(const TrackRecord& track, std::size_t kind) {
    if (!spectrum_measured(track)) {
      ++charts_.without_bandwidth;
      return;
    }
    const auto khz = static_cast<std::size_t>(std::lround(reach_hz(track) / 1000.0));
    ++charts_.bandwidths[std::min(khz, most_khz)].counts[kind];
  }

  /// The first `depth` levels below the root.
  std::string folder_of(std::string_view path, std::size_t depth) const {
    for (const std::string& root : roots_) {
      if (!is_inside(path, root)) continue;
      std::string_view below = path.substr(std::min(path.size(), root.size() + 1));
      below = below.substr(0, below.rfind('/') == below.npos ? 0 : below.rfind('/'));
      std::size_t end = below.find('/');
      for (; depth > 1 && end != below.npos; --depth) end = below.find('/', end + 1);
      std::string name(below.empty() ? "." : below.substr(0, end));
      if (roots_.size() == 1) return name;
      return name == "." ? root : fmt::format("{}/{}", root, name);
    }
    return "elsewhere";
  }

  static std::vector<Column> columns_of_khz() {
    std::vector<Column> columns;
    for (std::size_t khz = 0; khz <= most_khz; ++khz)
      columns.push_back({khz == most_khz ? fmt::format("{}+", khz) : std::to_string(khz),
                         std::vector<std::uint64_t>(kinds)});
    return columns;
  }

  LibraryCharts charts_{
      columns_of(bit_rate_limits, 1), {}, 0, columns_of(length_limits, kinds), columns_of_khz(), 0, {}};
  std::vector<std::string> roots_;  ///< the outermost ones
  std::map<int, std::array<std::uint64_t, kinds>> years_;
  std::array<std::map<std::string, FolderSize>, deepest> folders_;  ///< by depth
};

}  // namespace

LibraryCharts library_charts(const Snapshot& snapshot) {
  Counter counter(snapshot.roots());
  snapshot.for_each_track([&](const TrackRecord& track) { counter.take(track); });
  return counter.finish();
}

}  // namespace echofold
