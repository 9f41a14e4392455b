// See help_examples.h.
#include "tools/options/help_examples.h"

#include <array>
#include <utility>

namespace echofold {
namespace {

constexpr auto examples = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"scan",
     "  echofold scan ~/Music                         fingerprint what is new or changed\n"
     "  echofold scan --exclude '*.wav' ~/Music       leave out some files\n"
     "  echofold scan --speed 4 ~/Music               also find copies that play up to 4 % faster or "
     "slower\n"},
    {"import", "  fpcalc -json a.mp3 | my-converter | echofold import -\n"},
    {"pairs",
     "  echofold pairs --min-similarity 98%           only close matches\n"
     "  echofold pairs --relation edit --format csv   edits, as a table for other programs\n"},
    {"plan",
     "  echofold plan                                 what would be kept, and what would go\n"
     "  echofold plan --summary                       only how much\n"
     "  echofold plan --format ndjson >plan.ndjson    for `echofold apply plan.ndjson`\n"
     "  echofold plan --format html >plan.html        charts, groups and filters for a browser\n"},
    {"apply",
     "  echofold plan --format ndjson >plan.ndjson\n"
     "  echofold apply plan.ndjson                    do what the plan says\n"},
    {"dedupe",
     "  echofold dedupe ~/Music                       show the duplicates; nothing is moved\n"
     "  echofold dedupe --apply ~/Music               set aside what is certain, ask about the rest\n"
     "  echofold dedupe ~/Downloads/new               new music against all that is known\n"
     "  echofold dedupe --speed 4 ~/Music             also copies that play up to 4 % faster or slower\n"},
    {"review",
     "  echofold review                               answer what was left open\n"
     "  echofold review --redo                        change earlier answers\n"
     "  echofold review --web --open                  the same on a page in the browser, with sound\n"},
    {"undo",
     "  echofold undo                                 take the newest run back\n"
     "  echofold undo 2026-11-23T07-38-43Z-166f       take a run of `echofold history` back\n"},
    {"history",
     "  echofold history                              what was moved, and what can be taken back\n"},
    {"config", "  echofold config show --origin                 every setting, and where it comes from\n"},
    {"query", "  echofold query song.mp3                       is this one in the library?\n"},
    {"compare", "  echofold compare a.flac b.mp3                 are these two the same recording?\n"},
    {"export",
     "  echofold export >library.csv                  every file, as a table for other programs\n"
     "  echofold export --which losers --format m3u   a playlist of what would go\n"},
    {"stats",
     "  echofold stats                                how large, what formats, what is double\n"
     "  echofold stats --format html >library.html    the same and more, drawn\n"},
    {"watch", "  echofold watch --policy auto ~/Music          set aside certain copies as they come\n"},
    {"tag", "  echofold tag --all                            what AcoustID knows about untagged files\n"},
    {"purge",
     "  echofold purge --older-than 30d -n            what would be deleted\n"
     "  echofold purge --older-than 6m                show it, ask, delete it for good\n"},
    {"verdicts",
     "  echofold verdicts                             what was answered in reviews\n"
     "  echofold verdicts --forget a.flac a.mp3       take one answer back\n"},
    {"organize",
     "  echofold organize                             which names the tags ask for\n"
     "  echofold organize --apply ~/Music/new         give them to the files in one folder\n"},
    {"tune",
     "  echofold tune labels.csv --html report.html   how the thresholds do on pairs you labelled\n"
     "  echofold tune --verdicts --write              use what you answered in reviews\n"},
    {"check", "  echofold check --repair                       save what is whole of a damaged library\n"},
});

}  // namespace

std::string examples_of(std::string_view verb) {
  for (const auto& [name, text] : examples)
    if (name == verb) return "Examples:\n" + std::string(text);
  return {};
}

}  // namespace echofold
