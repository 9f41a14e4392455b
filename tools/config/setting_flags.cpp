// See setting_flags.h.
#include "tools/config/setting_flags.h"

#include <fmt/format.h>

#include <stdexcept>

#include "tools/config/keys.h"
#include "tools/options/flag_values.h"

namespace echofold {
namespace {

/// "Output: table, ndjson"
std::string help_of(const ConfigKey& key) {
  if (!key.flag.help.empty()) return std::string(key.flag.help);
  const auto words = words_of(key);
  return words.empty() ? std::string(key.does) : fmt::format("{}: {}", key.does, fmt::join(words, ", "));
}

/// One overload for each type of value.
struct Declare {
  CLI::App* app;
  const ConfigKey& key;
  std::string flag, help;

  CLI::Option* operator()(std::string* place) const { return app->add_option(flag, *place, help); }
  CLI::Option* operator()(int* place) const { return whole(place); }
  CLI::Option* operator()(long* place) const { return whole(place); }
  CLI::Option* operator()(double* place) const {
    return app->add_option(flag, *place, help)->transform(share_value(key.least, key.most));
  }
  CLI::Option* operator()(bool* place) const {
    return app->add_flag(flag.starts_with("--no-") ? flag + "{false}" : flag, *place, help);
  }
  CLI::Option* operator()(std::vector<std::string>* place) const {
    return app->add_option(flag, *place, help)
        ->allow_extra_args(false);  // one value a flag: what follows may be a path
  }
  template <class Choice>
  CLI::Option* operator()(Choice* place) const {
    return add_choice(app, flag, *place, help, words_of(key));
  }

 private:
  template <class Whole>
  CLI::Option* whole(Whole* place) const {
    return app->add_option(flag, *place, help)
        ->check(whole_number(static_cast<long>(key.least), static_cast<long>(key.most)));
  }
};

}  // namespace

void add_setting(CLI::App* app, std::string_view key, AllOptions& all, const std::string& help) {
  const ConfigKey* found = find_config_key(key);
  if (found == nullptr) throw std::logic_error("no such setting: " + std::string(key));
  const Declare declare{app, *found, std::string(found->flag.names), help.empty() ? help_of(*found) : help};
  CLI::Option* option = std::visit(declare, found->place(all));
  if (!found->flag.value.empty()) option->type_name(std::string(found->flag.value));
}

}  // namespace echofold
