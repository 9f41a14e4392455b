// The fields of a naming template and what each is worth for a track.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/tag/name_template.h"

namespace echofold {

/// Nothing for a name that is no field.
using FieldValue = std::string (*)(const NameFields& fields);
FieldValue field_named(std::string_view name) noexcept;

/// The names of all fields, for a message.
std::string field_names();

/// A value that is a whole number with at least `digits` digits; any other as it is, also "3/12".
std::string padded(const std::string& value, unsigned digits);

}  // namespace echofold
