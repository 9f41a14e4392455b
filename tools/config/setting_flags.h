// Flags that are settings, too: declared from the table of settings.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>

#include "tools/options/all_options.h"

namespace echofold {

/// Declares the flag of a setting on `app`, with the name, value, range, words and help that its key has.
/// @param key   the name of a key that has one flag ("db")
/// @param all   gets the value; has to outlive `app`
/// @param help  replaces the key's; empty: does not
void add_setting(CLI::App* app, std::string_view key, AllOptions& all, const std::string& help = {});

}  // namespace echofold
