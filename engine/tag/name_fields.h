// The fields of a naming template and their values for a track.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/tag/name_template.h"

namespace echofold {

/// Null for a name that is not a field.
using FieldValue = std::string (*)(const NameFields& fields);
FieldValue field_named(std::string_view name) noexcept;

/// The names of all fields, for a message.
std::string field_names();

/// Pads a whole number to at least `digits` digits. Any other value stays as it is, also "3/12".
std::string padded(const std::string& value, unsigned digits);

}  // namespace echofold
