// The verbs about copies: pairs, plan, apply, dedupe, review.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tools/options/shared.h"

namespace echofold {

struct PairsOptions : MatchingOptions {
  static constexpr std::string_view verb = "pairs";
  static constexpr bool reads_music = true;
  double min_similarity = 0;         ///< 0 .. 1
  std::optional<Relation> relation;  ///< nothing: all
  bool listen_to_all = false;        ///< compares all copies by ear first
};

struct PlanOptions : PlanningOptions {
  static constexpr std::string_view verb = "plan";
  static constexpr bool reads_music = true;
  bool summary = false;  ///< only the totals of the table
};

struct ApplyOptions : ActingOptions {
  static constexpr std::string_view verb = "apply";
  static constexpr bool reads_music = true;
  std::string input;        ///< a plan in NDJSON, or "-" for stdin
  bool trust_plan = false;  ///< also moves what the library does not know as copies
};

struct DedupeOptions : ActingOptions, SourceOptions {
  static constexpr std::string_view verb = "dedupe";
  static constexpr bool reads_music = true;
  bool summary = false;   ///< only the totals of the table
  bool apply = false;     ///< acts on the plan
  bool only_new = false;  ///< nothing outside `paths` is moved
};

struct ReviewOptions : ActingOptions {
  static constexpr std::string_view verb = "review";
  static constexpr bool reads_music = true;
  bool redo = false;       ///< asks again about what was answered
  bool web = false;        ///< asks in a browser
  bool open = false;       ///< opens the browser
  std::uint16_t port = 0;  ///< of the page; 0: any free one
};

void declare(CLI::App& app, AllOptions& all, PairsOptions& options);
void declare(CLI::App& app, AllOptions& all, PlanOptions& options);
void declare(CLI::App& app, AllOptions& all, ApplyOptions& options);
void declare(CLI::App& app, AllOptions& all, DedupeOptions& options);
void declare(CLI::App& app, AllOptions& all, ReviewOptions& options);

void finish(DedupeOptions& options);
void finish(ReviewOptions& options);

}  // namespace echofold
