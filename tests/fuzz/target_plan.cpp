// Plans as `apply` and `review` read them.
#include <sstream>

#include "engine/dedupe/plan_ndjson.h"
#include "index/base/error.h"
#include "tests/fuzz/target.h"
#include "tests/support/sample_tracks.h"

namespace echofold::fuzz {
namespace {

Plan read(const std::string& text) {
  std::istringstream in(text);
  return read_plan(in);
}

std::string written(const Plan& plan) {
  std::string text;
  for (const PlanGroup& group : plan.groups) text += group_to_line(group, plan.library_id) + '\n';
  return text;
}

void run_plan(std::string_view bytes) {
  try {
    const std::string once = written(read(std::string(bytes)));
    require(written(read(once)) == once, "a plan that was read can be written and read again");
  } catch (const Error&) {
  }
}

std::vector<std::string> plan_seeds() {
  PlanGroup group;
  group.number = 1;
  group.keep.track = test::sample_track(1);
  group.keep.track.id = 1;
  group.why = "lossless";
  PlanDrop drop;
  drop.file.track = test::sample_track(2);
  drop.file.track.id = 2;
  drop.file.track.path = "/music/\xff\xfe.mp3";
  drop.similarity = 0.9961;
  drop.relation = Relation::same_recording;
  drop.band = Band::automatic;
  drop.action = Action::move;
  drop.why = "lossy";
  group.drops.push_back(drop);
  std::string line = group_to_line(group, "7d0c9a4e-0000-4000-8000-000000000000");
  std::string deep = line.substr(0, line.size() - 1) + ",\"more\":" + repeated(deep_levels, "[") +
                     repeated(deep_levels, "]") + "}\n";
  return {line + '\n', std::move(deep), repeated(deep_levels, "{\"keep\":")};
}

}  // namespace

const Target plan{"plan", run_plan, plan_seeds};

}  // namespace echofold::fuzz
