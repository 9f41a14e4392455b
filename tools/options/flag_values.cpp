// See flag_values.h.
#include "tools/options/flag_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "tools/near_names.h"
#include "tools/percent.h"

namespace echofold {
namespace {

/// "a, b or c"
std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return text;
}

}  // namespace

CLI::Validator whole_number(long least, long most) {
  return CLI::Validator(
      [least, most](std::string& given) {
        long number = 0;
        const auto [end, failure] = std::from_chars(given.data(), given.data() + given.size(), number);
        const bool is_whole = failure == std::errc() && end == given.data() + given.size();
        if (is_whole && number >= least && number <= most) return std::string();
        return fmt::format("takes a whole number from {} to {}, not `{}`", least, most, given);
      },
      "");
}

CLI::Validator share_value(double least, double most) {
  return CLI::Validator(
      [least, most](std::string& given) {
        const auto share = parse_share(given);
        if (!share || !(*share >= least && *share <= most))
          return fmt::format("takes a number from {} to {} or a percentage, not `{}`", least, most, given);
        given = fmt::format("{}", *share);
        return std::string();
      },
      "");
}

CLI::Validator one_of(std::vector<std::string> words) {
  return CLI::Validator([words = std::move(words)](std::string& given) { return refusal_of(given, words); },
                        "");
}

std::string refusal_of(const std::string& given, const std::vector<std::string>& words) {
  if (std::find(words.begin(), words.end(), given) != words.end()) return {};
  const std::string near = nearest_name(given, words);
  return fmt::format("takes {}, not `{}`{}", listed(words), given,
                     near.empty() ? "" : "; did you mean `" + near + "`?");
}

}  // namespace echofold
