// Whether a sanitizer is in this build, as 0 or 1: g++ and clang report it in different ways.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define ECHOFOLD_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ECHOFOLD_ADDRESS_SANITIZER 1
#endif
#endif
#ifndef ECHOFOLD_ADDRESS_SANITIZER
#define ECHOFOLD_ADDRESS_SANITIZER 0
#endif

#if defined(__SANITIZE_THREAD__)
#define ECHOFOLD_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ECHOFOLD_THREAD_SANITIZER 1
#endif
#endif
#ifndef ECHOFOLD_THREAD_SANITIZER
#define ECHOFOLD_THREAD_SANITIZER 0
#endif
