// Text that users and other programs write: import lines, the configuration, labels.
#include <cmath>

#include "engine/library/import_line.h"
#include "engine/tune/labels.h"
#include "index/base/error.h"
#include "tests/fuzz/target.h"
#include "tools/config/file.h"

namespace echofold::fuzz {
namespace {

void run_import_line(std::string_view bytes) {
  try {
    const ImportedTrack track = parse_import_line(bytes);
    require(!track.items.empty() && !track.path.empty(), "a line without a fingerprint is refused");
    require(std::isfinite(track.duration_s) && track.duration_s >= 0, "a duration is a number of seconds");
    require(track.path.find('\0') == std::string::npos, "a path holds no NUL byte");
  } catch (const Error&) {
  }
}

std::vector<std::string> import_line_seeds() {
  return {
      R"({"path":"/m/a.flac","duration":213.4,"fingerprint":[627964279,1,4294967295]})",
      R"({"path_base64":"L20v/w==","duration":12,"fingerprint":[1,2,3],"more":{"a":[null,true,1e5,"\u00e9"]}})",
      R"({"path":"a\nb","fingerprint":"AQAAA0mUaEkSRZEGAA","duration":1})",
      R"({"path":"/m/a.flac","duration":9,"fingerprint":[1],"more":)" + repeated(deep_levels, "[") +
          repeated(deep_levels, "]") + "}",
      repeated(deep_levels, "{\"fingerprint\":")};
}

void run_config(std::string_view bytes) {
  const MemoryFile file(bytes);
  try {
    AllOptions options;
    for (const ConfigEntry& entry : read_config_file(file.path(), ConfigKind::user).entries)
      require(!set_option(*entry.key, entry.value, options), "what was read can be set");
    require(options.shared.threads >= 0 && options.shared.threads <= 1024, "threads are in their range");
    for (const double share : {options.shared.auto_similarity, options.shared.review_similarity})
      require(share >= 0 && share <= 1, "a similarity is a share");
  } catch (const Error&) {
  }
}

std::vector<std::string> config_seeds() {
  return {
      "# echofold\ndb = \"/data/echofold\"\nthreads = 4\nexclude = [\"*.tmp\", \"x\"]\nextensions = ['mka']\n"
      "protect = [\"/music/masters\"]\ndups = \"/music/aside\"\nauto_similarity = 0.98\nreview_similarity = "
      ".95\n",
      "threads = 0x10\nauto_similarity = 1e-1\n[table]\na = 2026-11-23T01:02:03Z\n[[list]]\nb = "
      "\"\"\"x\"\"\"\n",
      "'a' . \"b.c\" = { d.e = [ [ { f = '''[{a.b''' } ] ], g = \"\\\"{\" } # [[\n[ h . i ]\nj.k = 1\n",
      repeated(deep_levels, "a.") + "a = 1\n",
      "a = " + repeated(deep_levels, "[") + repeated(deep_levels, "]"),
      "a = " + repeated(deep_levels, "{a=") + "1" + repeated(deep_levels, "}"),
      "[" + repeated(deep_levels, "a.") + "a]\n"};
}

void run_labels(std::string_view bytes) {
  try {
    for (const LabelledPair& pair : parse_labels(bytes, "labels", "/nowhere/at/all"))
      require(pair.a != pair.b && pair.a.starts_with('/') && pair.b.starts_with('/'),
              "pairs are of two paths");
  } catch (const Error&) {
  }
}

std::vector<std::string> labels_seeds() {
  return {"a,b,label,treatment\nx.flac,y.mp3,same,mp3 128\n\"q \"\"1\"\".flac\",z.ogg,different,\r\n",
          "{\"a\":\"x\",\"b_base64\":\"L20v/"
          "w==\",\"label\":\"edit\"}\n{\"a\":\"p\",\"b\":\"q\",\"label\":\"version\"}\n",
          "{\"a\":\"x\",\"b\":\"y\",\"label\":\"same\",\"more\":" + repeated(deep_levels, "[") +
              repeated(deep_levels, "]") + "}"};
}

}  // namespace

const Target import_line{"import_line", run_import_line, import_line_seeds};
const Target config{"config", run_config, config_seeds};
const Target labels{"labels", run_labels, labels_seeds};

}  // namespace echofold::fuzz
