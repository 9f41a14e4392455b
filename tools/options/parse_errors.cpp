// See parse_errors.h.
#include "tools/options/parse_errors.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "tools/near_names.h"

namespace echofold {
namespace {

/// The verb that was given; null before one was understood.
const CLI::App* verb_of(const CLI::App& app) {
  const auto given = app.get_subcommands();
  return given.empty() ? nullptr : given.front();
}

std::string help_of(const CLI::App* verb) {
  return " (see `echofold " + (verb == nullptr ? std::string() : verb->get_name() + ' ') + "--help`)";
}

std::string maybe(const std::string& near) { return near.empty() ? near : "; did you mean `" + near + "`?"; }

std::vector<std::string> verbs_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(verb->get_name());
  return names;
}

std::vector<std::string> flags_of(const CLI::App& app, const CLI::App* verb) {
  std::vector<std::string> names;
  for (const CLI::App* level : {&app, verb})
    if (level != nullptr)
      for (const CLI::Option* option : level->get_options())
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

/// What was given and is neither a flag of the verb nor has a place among its arguments.
std::string unknown_text(const CLI::App& app, const CLI::App* verb) {
  const std::vector<std::string> left = app.remaining(true);
  const auto flag =
      std::find_if(left.begin(), left.end(), [](const std::string& word) { return word.starts_with('-'); });
  if (flag == left.end()) {
    if (left.empty()) return "too many arguments";
    if (verb != nullptr) return "`" + verb->get_name() + "` takes no further argument `" + left.front() + "`";
    return "there is no verb `" + left.front() + '`' + maybe(nearest_name(left.front(), verbs_of(app)));
  }
  const std::string name = flag->substr(0, flag->find('='));
  return (verb == nullptr ? "there is no" : '`' + verb->get_name() + "` has no") + " flag `" + name + '`' +
         maybe(nearest_name(name, flags_of(app, verb)));
}

/// "--threads: takes ..." as one sentence.
std::string without_colon(std::string text) {
  if (const std::size_t at = text.find(": takes "); at != std::string::npos) text.erase(at, 1);
  return text;
}

/// The option behind a message of CLI11, which begins with its name; null for none.
const CLI::Option* option_of(const std::string& message, const CLI::App& app, const CLI::App* verb) {
  const std::string name = message.substr(0, message.find_first_of(": "));
  for (const CLI::App* level : {verb, &app})
    if (level != nullptr)
      if (const CLI::Option* option = level->get_option_no_throw(name)) return option;
  return nullptr;
}

/// A flag without its value or given twice, or a verb without what it is about.
std::string missing_text(const std::string& message, const CLI::App& app, const CLI::App* verb) {
  const CLI::Option* option = option_of(message, app, verb);
  if (option == nullptr) return message;
  if (!option->get_positional()) {
    const bool takes_one = option->get_expected_max() == 1;
    if (takes_one && option->count() > 1) return option->get_name() + " is given more than once";
    return option->get_name() + (takes_one ? " needs a value, " : " needs ") + option->get_type_name();
  }
  if (verb == nullptr) return message;
  return '`' + verb->get_name() + "` needs " + option->get_type_name();
}

/// "--offline excludes --refresh"
std::string together_text(std::string message) {
  constexpr std::string_view excludes = " excludes ";
  const std::size_t at = message.find(excludes);
  if (at == std::string::npos) return message;
  return message.replace(at, excludes.size(), " and ") + " can't be used together";
}

std::string text_of(const CLI::ParseError& error, const CLI::App& app, const CLI::App* verb) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) return unknown_text(app, verb);
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    if (verb == nullptr) return app.remaining().empty() ? "a verb is missing" : unknown_text(app, verb);
    return missing_text(error.what(), app, verb);
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
    return missing_text(error.what(), app, verb);
  if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr) return together_text(error.what());
  return without_colon(error.what());
}

}  // namespace

std::string sentence_of(const CLI::ParseError& error, const CLI::App& app) {
  const CLI::App* verb = verb_of(app);
  return text_of(error, app, verb) + help_of(verb);
}

}  // namespace echofold
