// Writes version, fields and checksum; checks version and checksum before it reads a field.
#include "index/base/bytes.h"

#include <xxhash.h>

#include <limits>

#include "index/base/error.h"

namespace echofold {
namespace {

using Checksum = std::uint64_t;

[[noreturn]] void throw_damaged(const std::string& what, const char* why) {
  throw Error(Fault::damaged, what + " is damaged: " + why);
}

Checksum checksum(std::string_view bytes) noexcept { return XXH3_64bits(bytes.data(), bytes.size()); }

}  // namespace

bool is_sealed(std::string_view bytes) noexcept {
  if (bytes.size() < 1 + sizeof(Checksum)) return false;
  Checksum stored = 0;
  std::memcpy(&stored, bytes.data() + bytes.size() - sizeof stored, sizeof stored);
  return stored == checksum(bytes.substr(0, bytes.size() - sizeof stored));
}

void ByteWriter::text(std::string_view value) {
  if (value.size() > std::numeric_limits<std::uint32_t>::max())
    throw Error(Fault::usage, "a text of 4 GiB and more can't be stored");
  number(static_cast<std::uint32_t>(value.size()));
  bytes_.append(value);
}

std::string ByteWriter::seal() {
  number(checksum(bytes_));
  return std::move(bytes_);
}

ByteReader::ByteReader(std::string_view sealed, std::uint8_t oldest, std::uint8_t newest,
                       const std::string& what)
    : what_(what) {
  if (sealed.size() < 1 + sizeof(Checksum)) throw_damaged(what, "it is cut short");
  // Before the checksum, since another version may have it elsewhere.
  const auto found = static_cast<std::uint8_t>(sealed[0]);
  if (found < oldest || found > newest)
    throw Error(Fault::version, what + " has version " + std::to_string(found) + ", this echofold knows " +
                                    std::to_string(newest) + ": use the echofold that wrote it");
  const std::string_view checked = sealed.substr(0, sealed.size() - sizeof(Checksum));
  Checksum stored = 0;
  std::memcpy(&stored, sealed.data() + checked.size(), sizeof stored);
  if (stored != checksum(checked)) throw_damaged(what, "its checksum is wrong");
  rest_ = checked.substr(1);
  version_ = found;
}

std::string_view ByteReader::take(std::size_t size) {
  if (size > rest_.size()) throw_damaged(what_, "a field runs past its end");
  const std::string_view taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

std::string ByteReader::text() { return std::string(take(number<std::uint32_t>())); }

std::uint32_t ByteReader::count(std::size_t element_bytes) {
  const auto value = number<std::uint32_t>();
  if (value > rest_.size() / element_bytes) throw_damaged(what_, "a list runs past its end");
  return value;
}

std::uint8_t ByteReader::number_up_to(std::uint8_t last) {
  const auto value = number<std::uint8_t>();
  if (value > last) throw_damaged(what_, "a field has a value that does not exist");
  return value;
}

void ByteReader::finish() const {
  if (!rest_.empty()) throw_damaged(what_, "it has bytes left over");
}

}  // namespace echofold
