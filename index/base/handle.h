// Owners of C objects: each type of object has one alias.
#pragma once

#include <memory>

namespace echofold {

template <auto Free>
struct Frees {  // void f(T*)
  template <class T>
  void operator()(T* p) const noexcept {
    Free(p);
  }
};
template <auto Free>
struct FreesByAddress {  // void f(T**), as libav has them
  template <class T>
  void operator()(T* p) const noexcept {
    Free(&p);
  }
};

template <class T, auto Free>
using Handle = std::unique_ptr<T, Frees<Free>>;
template <class T, auto Free>
using HandleByAddress = std::unique_ptr<T, FreesByAddress<Free>>;

}  // namespace echofold
