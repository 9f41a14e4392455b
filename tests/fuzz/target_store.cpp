// Values of the store. Most are sealed first, since nearly all inputs of a fuzzer would have a wrong checksum.
#include <cstring>

#include "index/base/error.h"
#include "index/model/heard.h"
#include "index/model/record.h"
#include "index/store/items_value.h"
#include "tests/fuzz/seal.h"
#include "tests/fuzz/target.h"
#include "tests/support/sample_heard.h"
#include "tests/support/sample_tracks.h"
#include "tests/support/synthetic.h"

namespace echofold::fuzz {
namespace {

constexpr std::size_t page_bytes = 4096;

/// What was heard, always under one key.
struct FiledHeard {
  static constexpr HeardKey key{{1, 2}, {3, 4}};
  Heard heard;
};
std::string encode(const FiledHeard& filed) { return encode(FiledHeard::key, filed.heard); }

template <class Decode>
void survives(std::string_view bytes, const Decode& decode) {
  for (const bool as_it_is : {true, false}) try {
      const std::string value = as_it_is ? std::string(bytes) : sealed(bytes);
      const std::string once = encode(decode(value, "it"));
      require(encode(decode(once, "it")) == once, "what was read can be written and read again");
    } catch (const Error&) {
    }
}

/// The first byte selects the kind of record.
void run_records(std::string_view bytes) {
  if (bytes.size() < 2) return;
  const std::string_view value = bytes.substr(1);
  if (bytes[0] % 4 == 0) survives(value, [](auto v, auto what) { return decode_track(v, what); });
  if (bytes[0] % 4 == 1) survives(value, [](auto v, auto what) { return decode_root(v, what); });
  if (bytes[0] % 4 == 2) survives(value, [](auto v, auto what) { return decode_evidence(v, what); });
  if (bytes[0] % 4 == 3)
    survives(value, [](auto v, auto) { return FiledHeard{decode_heard(FiledHeard::key, v)}; });
}

std::vector<std::string> record_seeds() {
  TrackRecord linked = test::sample_track(7);
  linked.link_paths = {"/music/b", "/music/c"};
  linked.place = TrackPlace::set_aside;
  linked.set_aside_path = "/music/.echofold-duplicates/a";
  linked.failure = "no audio";
  Evidence evidence;
  evidence.strip = {0, 9, 254, 255};
  evidence.segments = {{-40, 8, 900}, {70, 1000, 30}};
  return {'\0' + opened(encode(test::sample_track(1))), '\0' + opened(encode(linked)),
          '\1' + opened(encode(Root{"/music", 77, 1'700'000'000})), '\2' + opened(encode(evidence)),
          '\3' + opened(encode(FiledHeard{test::sample_heard(1)}))};
}

void run_items(std::string_view bytes) {
  alignas(16) static char value[1 << 16];
  const std::size_t size = std::min(bytes.size(), sizeof value);
  std::memcpy(value, bytes.data(), size);
  try {
    const Items read = read_items_value({value, size}, 1, page_bytes);
    std::string again(items_value_bytes(read.size(), page_bytes), '\0');
    write_items_value(again.data(), 1, read, page_bytes);
    require(again.size() == size, "the length follows from the count");
  } catch (const Error&) {
  }
  // Also with as many items as fit, sealed.
  const std::vector<Item> items(size / sizeof(Item), static_cast<Item>(size));
  std::string written(items_value_bytes(items.size(), page_bytes), '\0');
  write_items_value(written.data(), 1, items, page_bytes);
  require(read_items_value(written, 1, page_bytes).size() == items.size(), "what was written can be read");
}

std::vector<std::string> items_seeds() {
  std::vector<std::string> seeds;
  for (const std::size_t count : {0u, 1u, 500u, 948u}) {
    const std::vector<Item> made = test::make_items(count, count);
    seeds.emplace_back(items_value_bytes(count, page_bytes), '\0');
    write_items_value(seeds.back().data(), 1, made, page_bytes);
  }
  return seeds;
}

}  // namespace

const Target records{"records", run_records, record_seeds};
const Target items{"items", run_items, items_seeds};

}  // namespace echofold::fuzz
