// Makes tracks in parallel, a few at a time, and writes them in order.
#include "datasets/synth/output.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <functional>
#include <iterator>

#include "index/base/error.h"
#include "index/base/parallel.h"

namespace echofold::synth {
namespace {

constexpr std::uint32_t at_a_time = 4096;

/// Calls make(track) for all tracks, a few at a time in parallel, then take(results) in order.
template <class Made>
void in_order(std::uint32_t count, const std::function<Made(std::uint32_t)>& make,
              const std::function<void(std::vector<Made>&)>& take) {
  for (std::uint32_t first = 0; first < count; first += at_a_time) {
    std::vector<Made> made(std::min(at_a_time, count - first));
    parallel_for(made.size(), [&](std::size_t i) { made[i] = make(first + static_cast<std::uint32_t>(i)); });
    take(made);
  }
}

class NewFile {
 public:
  explicit NewFile(const std::filesystem::path& path) : path_(path), out_(path, std::ios::binary) { check(); }
  void write(std::string_view bytes) {
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    check();
  }
  void close() {
    out_.close();
    check();
  }

 private:
  void check() const {
    if (!out_) throw system_error(errno, "can't write " + path_.string());
  }
  std::filesystem::path path_;
  std::ofstream out_;
};

void write_all(const std::filesystem::path& path, std::uint32_t count,
               const std::function<std::string(std::uint32_t)>& text_of) {
  NewFile file(path);
  in_order<std::string>(count, text_of, [&](std::vector<std::string>& texts) {
    for (const std::string& text : texts) file.write(text);
  });
  file.close();
}

}  // namespace

void write_ndjson(const SyntheticLibrary& library, const std::filesystem::path& dir) {
  write_all(dir / "fingerprints.ndjson", library.size(), [&](std::uint32_t track) {
    const std::vector<Item> items = library.items(track);
    std::string line = fmt::format(R"({{"path":"{}","duration":{:.2f},"fingerprint":[)", library.path(track),
                                   audio_seconds(items.size()));
    for (const Item item : items) fmt::format_to(std::back_inserter(line), "{},", item);
    line.back() = ']';
    return line + "}\n";
  });
}

void write_words(const SyntheticLibrary& library, const std::filesystem::path& dir) {
  write_all(dir / "fingerprints.bin", library.size(), [&](std::uint32_t track) {
    const std::vector<Item> items = library.items(track);
    const auto count = static_cast<std::uint32_t>(items.size());
    std::string bytes(reinterpret_cast<const char*>(&count), sizeof count);
    return bytes.append(reinterpret_cast<const char*>(items.data()), items.size() * sizeof(Item));
  });
}

void write_truth(const SyntheticLibrary& library, const std::filesystem::path& dir) {
  NewFile file(dir / "truth.csv");
  file.write("a,b,kind\n");
  for (const auto& pair : library.truth())
    file.write(fmt::format("{},{},{}\n", library.path(pair.a), library.path(pair.b), name_of(pair.kind)));
  file.close();
}

void fill_store(Store& store, const SyntheticLibrary& library) {
  std::uint32_t track = 0;
  in_order<std::vector<Item>>(
      library.size(), [&](std::uint32_t number) { return library.items(number); },
      [&](std::vector<std::vector<Item>>& made) {
        store.write([&](Writer& writer) {
          for (std::size_t i = 0; i < made.size(); ++i) {
            TrackRecord record;
            record.path = library.path(track + static_cast<std::uint32_t>(i));
            record.place = TrackPlace::imported;
            record.properties.duration_s = audio_seconds(made[i].size());
            writer.put_track(std::move(record), made[i]);
          }
        });
        track += static_cast<std::uint32_t>(made.size());
      });
}

}  // namespace echofold::synth
