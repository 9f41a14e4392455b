// What the values of flags have to be, as validators of CLI11 that refuse in sentences: "takes table, ndjson or csv, not
// `jsn`; did you mean `ndjson`?". parse_errors puts the name of the flag in front.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <vector>

namespace echofold {

CLI::Validator whole_number(long least, long most);

/// A share from `least` to `most`, which may be written as a percentage; the flag gets the number.
CLI::Validator share_value(double least, double most);

CLI::Validator one_of(std::vector<std::string> words);

/// "takes a, b or c, not `x`", with the nearest of the words; empty when `given` is one of them.
std::string refusal_of(const std::string& given, const std::vector<std::string>& words);

/// A word that stands for an enumerator; the flag gets the enumerator's number.
template <class Enum>
CLI::Validator named(const std::map<std::string, Enum>& values) {
  return CLI::Validator(
      [values](std::string& given) {
        std::vector<std::string> words;
        words.reserve(values.size());
        for (const auto& [word, value] : values) words.push_back(word);
        std::string refusal = refusal_of(given, words);
        if (refusal.empty()) given = std::to_string(static_cast<int>(values.at(given)));
        return refusal;
      },
      "");
}

}  // namespace echofold
