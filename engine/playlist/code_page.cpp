// Uses iconv(3) strictly: no letter is replaced by a similar one.
#include "engine/playlist/code_page.h"

#include <iconv.h>

#include <array>
#include <cstdint>
#include <map>
#include <utility>

namespace echofold {
namespace {

// Windows before Unicode, by region; Latin-1, Latin-2 and KOI8-R for other systems; DOS last.
constexpr std::array pages = {"CP1252", "ISO-8859-1", "CP1250", "CP1251", "CP1253", "CP1254", "CP1255",
                              "CP1256", "CP1257",     "CP1258", "CP932",  "CP936",  "CP949",  "BIG5",
                              "KOI8-R", "ISO-8859-2", "CP866",  "CP850",  "CP852",  "CP437"};

class Converter {
 public:
  Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {}
  ~Converter() {
    if (valid()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  bool valid() const noexcept { return reinterpret_cast<std::intptr_t>(handle_) != -1; }

  /// Requires valid().
  std::optional<std::string> convert(std::string text) const {
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);  // resets the state after a text that failed half-way
    std::string out(text.size() * 4 + 16, '\0');         // enough for any letter of these pages
    char* from = text.data();
    char* to = out.data();
    std::size_t left = text.size(), room = out.size();
    constexpr auto failed = static_cast<std::size_t>(-1);
    // A result above 0 counts letters that could not be converted one to one.
    if (iconv(handle_, &from, &left, &to, &room) != 0 || left != 0) return std::nullopt;
    if (iconv(handle_, nullptr, nullptr, &to, &room) == failed) return std::nullopt;
    out.resize(out.size() - room);
    return out;
  }

 private:
  iconv_t handle_;
};

/// glibc loads a library to open a converter, which takes longer than to convert a list, so each thread caches its
/// own. A converter that could not be opened is tried again next time.
std::optional<std::string> convert(const std::string& to, const std::string& from, const std::string& text) {
  thread_local std::map<std::pair<std::string, std::string>, Converter> opened;
  const auto converter = opened.try_emplace({to, from}, to.c_str(), from.c_str()).first;
  if (converter->second.valid()) return converter->second.convert(text);
  opened.erase(converter);
  return std::nullopt;
}

}  // namespace

std::span<const char* const> code_pages() noexcept { return pages; }

std::optional<std::string> from_code_page(const char* page, const std::string& bytes) {
  auto text = convert("UTF-8", page, bytes);
  return text && to_code_page(page, *text) == bytes ? text : std::nullopt;
}

std::optional<std::string> to_code_page(const char* page, const std::string& text) {
  return convert(page, "UTF-8", text);
}

}  // namespace echofold
