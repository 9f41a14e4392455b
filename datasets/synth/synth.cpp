// synth: makes a large library of fingerprints that behave like those of music, with planted copies.
// datasets/README.md.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>

#include "datasets/synth/output.h"
#include "datasets/synth/statistics.h"
#include "index/base/error.h"

namespace echofold::synth {
namespace {

constexpr int styles = 12;

struct Options {
  LibrarySettings library;
  std::string model = ECHOFOLD_MUSIC_MODEL, out, format = "ndjson";
};

MusicModel load_model(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw system_error(errno, "can't read " + path);
  return MusicModel::load(in);
}

/// Fingerprints as `fpcalc -raw` prints them; other lines are skipped.
std::vector<std::vector<Item>> read_fingerprints(std::istream& in) {
  constexpr std::string_view head = "FINGERPRINT=";
  std::vector<std::vector<Item>> tracks;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(head)) continue;
    std::istringstream numbers(line.substr(head.size()));
    std::vector<Item>& items = tracks.emplace_back();
    for (std::string number; std::getline(numbers, number, ',');)
      items.push_back(static_cast<Item>(std::stoul(number)));
  }
  if (tracks.empty()) throw Error(Fault::usage, "no fingerprints on stdin: it takes what fpcalc -raw prints");
  return tracks;
}

void make(const Options& options) {
  const MusicModel model = load_model(options.model);
  const SyntheticLibrary library(model, options.library);
  if (options.format == "store") {
    Store store = Store::open(options.out);
    fill_store(store, library);
  } else {
    std::filesystem::create_directories(options.out);
    if (options.format == "ndjson") write_ndjson(library, options.out);
    if (options.format == "words") write_words(library, options.out);
  }
  write_truth(library, options.out);
}

void compare(const Options& options) {
  const auto real = read_fingerprints(std::cin);
  const MusicModel model = load_model(options.model);
  const SyntheticLibrary library(model, options.library);
  std::vector<std::vector<Item>> synthetic;
  for (std::uint32_t track = 0; track < library.size(); ++track)
    if (library.role(track).kind == Kind::original) synthetic.push_back(library.items(track));
  print_beside(std::cout, measure(without_related(real)), measure(without_related(synthetic)));
}

void add_library_options(CLI::App* verb, Options& options) {
  LibrarySettings& library = options.library;
  verb->add_option("--tracks", library.tracks, "tracks of music, a tenth of them copies")
      ->capture_default_str();
  verb->add_option("--items", library.items, "items a track, at least 400")->capture_default_str();
  verb->add_option("--seed", library.seed)->capture_default_str();
  verb->add_option("--silent", library.silent, "further tracks of near silence")->capture_default_str();
  verb->add_option("--clones", library.clones, "further copies of one track")->capture_default_str();
  verb->add_flag("--jingle", library.jingle, "the same second of sound in every third track");
  verb->add_option("--model", options.model, "the model of music");
}

int run(int argc, char** argv) {
  CLI::App app("A large library of fingerprints that behave like music's, with planted copies.");
  app.require_subcommand(1);
  Options options;
  CLI::App* making = app.add_subcommand("make", "write a library and its truth.csv");
  making->add_option("OUT", options.out, "the folder")->required();
  making
      ->add_option("--format", options.format,
                   "ndjson (for `echofold import`), words, or store (a library of echofold)")
      ->check(CLI::IsMember({"ndjson", "words", "store"}))
      ->capture_default_str();
  add_library_options(making, options);
  CLI::App* comparing = app.add_subcommand("compare", "statistics beside those of fpcalc -raw on stdin");
  add_library_options(comparing, options);
  CLI::App* learning = app.add_subcommand("learn", "fpcalc -raw on stdin, the model to stdout");
  CLI11_PARSE(app, argc, argv);
  if (*making) make(options);
  if (*comparing) compare(options);
  if (*learning) MusicModel::learn(read_fingerprints(std::cin), styles).save(std::cout);
  return std::cout.flush() ? 0 : 1;
}

}  // namespace
}  // namespace echofold::synth

int main(int argc, char** argv) {
  try {
    return echofold::synth::run(argc, argv);
  } catch (const std::exception& e) {
    std::cerr << "synth: " << e.what() << '\n';
    return 1;
  }
}
