// XXH3-128 over bytes that come in pieces.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct XXH3_state_s;

namespace echofold {

class ByteHash {
 public:
  ByteHash();
  void add(std::string_view bytes) noexcept;
  std::string hex() const;  ///< 32 digits

 private:
  struct Frees {
    void operator()(XXH3_state_s* state) const noexcept;
  };
  std::unique_ptr<XXH3_state_s, Frees> state_;
};

}  // namespace echofold
