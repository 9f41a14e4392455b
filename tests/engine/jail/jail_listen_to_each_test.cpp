// Several files compared with one that is decoded once: the results of each pair alone, and no harm to the others.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <thread>

#include "engine/audio/frame_message.h"
#include "engine/audio/stereo_reader.h"
#include "engine/jail/jail.h"
#include "index/base/error.h"
#include "tests/engine/audio/clips.h"
#include "tests/engine/jail/jailed.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::jail_jail_listen_to_each_test {
namespace {

using namespace std::chrono_literals;
using test::has;
using test::OpenClip;
using test::short_limits;
using test::TempDir;

constexpr JailLimits patient() {
  JailLimits limits;
  limits.wall = 120s;  // the machine may be busy
  return limits;
}

Jail jail_with(ListenFunction listener, JailLimits limits = patient(), ShareFunction share = share_frames) {
  return Jail({.limits = limits, .on_missing_protection = {}, .listen = listener, .share = share});
}

/// Listens to the clip beside itself, once for each extension.
std::vector<PartnerHeard> heard_of(Jail& jail, const std::vector<std::string>& extensions,
                                   std::stop_token stop = {}) {
  const OpenClip shared, other;
  std::vector<ListenPartner> partners;
  for (const std::string& extension : extensions) partners.push_back({other.fd(), extension, {}});
  std::vector<std::optional<PartnerHeard>> heard(partners.size());
  jail.listen_to_each(
      shared.fd(), "ogg", partners,
      [&](std::size_t i, PartnerHeard one) {
        EXPECT_FALSE(heard.at(i)) << "twice";
        heard[i] = std::move(one);
      },
      stop);
  std::vector<PartnerHeard> all;
  for (auto& one : heard) {
    EXPECT_TRUE(one) << "never";
    all.push_back(one ? *std::move(one) : PartnerHeard{Error(Fault::usage, "never")});
  }
  return all;
}

const Error& error_in(const PartnerHeard& heard) {
  static const Error none(Fault::usage, "no error");
  const Error* error = std::get_if<Error>(&heard.result);
  return error != nullptr ? *error : none;
}

#define LISTENER \
  [](const ListenFile& a, const ListenFile& b, const ListenSettings&, const std::stop_token&) -> Heard

/// Reads all that the pipe has, and measures how long it is.
Heard length_of(const ListenFile& file, int rate_hz) {
  StereoReader reader = file.is_pipe ? StereoReader::of_pipe(file.fd) : StereoReader(file.fd, "", {});
  reader.convert_to(rate_hz);
  std::size_t samples = 0;
  for (auto block = reader.read(); !block.empty(); block = reader.read()) samples += block.size();
  Heard heard;
  heard.compared_s = static_cast<double>(samples) / rate_hz;
  return heard;
}

TEST(JailListenToEach, EachPairIsHeardAsAlone) {
  if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  std::vector<std::unique_ptr<OpenClip>> files;
  std::vector<ListenPartner> partners;
  for (const auto& [name, options] : {std::pair{"a.mp3", "-b:a 128k"},
                                      {"b.m4a", "-c:a aac -b:a 96k"},
                                      {"c.opus", "-c:a libopus -b:a 64k"},
                                      {"d.flac", "-ar 96000 -sample_fmt s32"},
                                      {"e.mp3", "-ar 22050 -ac 1 -b:a 64k"},
                                      {"f.flac", ""}}) {
    test::make_clip(dir.path() / name, options);
    files.push_back(std::make_unique<OpenClip>(dir.path() / name));
    partners.push_back({files.back()->fd(), "", {}});
  }
  partners.push_back({files[0]->fd(), "mp3", {.offset_s = 1}});
  Jail jail({.limits = patient(), .on_missing_protection = {}});
  const OpenClip clip;
  // the clip itself, one of another rate, and the lossless copy, whose samples are compared as they are
  for (const int fd : {clip.fd(), files[3]->fd(), files[5]->fd()}) {
    std::size_t count = 0;
    jail.listen_to_each(
        fd, "", partners,
        [&](std::size_t i, const PartnerHeard& heard) {
          ++count;
          ASSERT_TRUE(std::holds_alternative<Heard>(heard.result)) << i << error_in(heard).what();
          const ListenPartner& partner = partners[i];
          EXPECT_EQ(std::get<Heard>(heard.result), jail.listen(fd, "", partner.fd, "", partner.settings, {}))
              << i;
        },
        {});
    EXPECT_EQ(count, partners.size());
  }
}

TEST(JailListenToEach, SixteenPartnersShareOneDecoder) {
  Jail jail = jail_with(LISTENER { return length_of(b.fd > 0 ? a : b, 8000); });
  const auto heard = heard_of(jail, std::vector<std::string>(most_partners, "ogg"));
  const OpenClip file;
  const Heard alone = length_of({file.fd(), ""}, 8000);
  for (const PartnerHeard& one : heard) EXPECT_EQ(std::get<Heard>(one.result), alone);
}

TEST(JailListenToEach, APartnerThatCrashesCostsItsPairAlone) {
  Jail jail = jail_with(LISTENER {
    if (b.extension == "bad") std::abort();
    if (b.extension == "late") {  // has read some
      StereoReader reader = StereoReader::of_pipe(a.fd);
      reader.convert_to(8000);
      reader.read();
      raise(SIGSEGV);
    }
    return length_of(a, 8000);
  });
  const auto heard = heard_of(jail, {"bad", "ogg", "late", "ogg"});
  EXPECT_STREQ(error_in(heard[0]).what(), "the decoder crashed on one of them (SIGABRT)");
  EXPECT_STREQ(error_in(heard[2]).what(), "the decoder crashed on one of them (SIGSEGV)");
  EXPECT_FALSE(heard[0].of_shared || heard[2].of_shared);
  for (const std::size_t i : {1, 3}) EXPECT_GT(std::get<Heard>(heard[i].result).compared_s, 1);
}

TEST(JailListenToEach, APartnerThatCannotBeDecodedCostsItsPairAlone) {
  const TempDir dir;
  test::write_bytes(dir.path() / "text.mp3", "hello, this is only text\n");
  const OpenClip music, text(dir.path() / "text.mp3");
  Jail jail({.limits = patient(), .on_missing_protection = {}});
  const std::array<ListenPartner, 2> partners{{{text.fd(), "mp3", {}}, {music.fd(), "ogg", {}}}};
  std::array<PartnerHeard, 2> heard{PartnerHeard{Heard{}}, PartnerHeard{Heard{}}};
  jail.listen_to_each(music.fd(), "ogg", partners,
                      [&](std::size_t i, PartnerHeard one) { heard[i] = std::move(one); }, {});
  EXPECT_EQ(error_in(heard[0]).fault(), Fault::unsupported);
  EXPECT_FALSE(heard[0].of_shared);
  EXPECT_TRUE(std::get<Heard>(heard[1].result).lined_up);
}

TEST(JailListenToEach, WhatTheSharedFileLacksIsSaidOfAllPairs) {
  const TempDir dir;
  test::write_bytes(dir.path() / "text.mp3", "hello, this is only text\n");
  const OpenClip music, text(dir.path() / "text.mp3");
  Jail jail({.limits = patient(), .on_missing_protection = {}});
  std::string alone;
  try {
    jail.listen(text.fd(), "mp3", music.fd(), "ogg", {}, {});
  } catch (const Error& error) {
    alone = error.what();
  }
  const std::array<ListenPartner, 3> partners{
      {{music.fd(), "ogg", {}}, {music.fd(), "ogg", {}}, {text.fd(), "mp3", {}}}};
  std::size_t count = 0;
  jail.listen_to_each(text.fd(), "mp3", partners,
                      [&](std::size_t, const PartnerHeard& heard) {
                        ++count;
                        EXPECT_TRUE(heard.of_shared);
                        EXPECT_EQ(error_in(heard).what(), alone);
                        EXPECT_EQ(error_in(heard).fault(), Fault::unsupported);
                      },
                      {});
  EXPECT_EQ(count, 3U);
  EXPECT_FALSE(alone.empty());
}

TEST(JailListenToEach, ACrashOfTheSharedDecoderIsItsOwn) {
  Jail jail = jail_with(
      LISTENER { return length_of(b.fd > 0 ? a : b, 8000); }, patient(),
      [](int, std::string_view, std::span<const int> pipes, const std::stop_token&) {
        FrameMessage start;
        start.rate_hz = 44'100;
        start.channels = 2;
        for (const int pipe : pipes) static_cast<void>(!write(pipe, &start, sizeof start));
        raise(SIGSEGV);
      });
  for (const PartnerHeard& one : heard_of(jail, {"ogg", "ogg", "ogg"})) {
    EXPECT_TRUE(one.of_shared);
    EXPECT_STREQ(error_in(one).what(), "the decoder crashed on it (SIGSEGV)");
  }
}

TEST(JailListenToEach, APartnerThatReadsNothingEndsAtTheWallClock) {
  JailLimits limits = short_limits();
  limits.wall = 1s;
  limits.bytes_a_wall_second = std::uint64_t{1} << 30;
  Jail jail = jail_with(
      LISTENER {
        while (b.extension == "asleep") std::this_thread::sleep_for(1s);
        return length_of(a, 8000);
      },
      limits,
      [](int, std::string_view, std::span<const int> pipes, const std::stop_token&) {
        std::array<char, 65536>
            nothing{};  // does what a pipe with a reader that is stuck makes share_frames() do
        for (;;)
          if (write(pipes[0], nothing.data(), nothing.size()) < 0) std::this_thread::sleep_for(10ms);
      });
  const auto before = std::chrono::steady_clock::now();
  const auto heard = heard_of(jail, {"asleep", "ogg"});
  EXPECT_LT(std::chrono::steady_clock::now() - before, 20s);
  for (const PartnerHeard& one : heard) {
    EXPECT_EQ(error_in(one).fault(), Fault::io);  // the caller listens to each alone
    EXPECT_FALSE(one.of_shared);
  }
  EXPECT_PRED2(has, error_in(heard[0]).what(), "took more than 3 s");
}

TEST(JailListenToEach, AStopEndsAllAtOnce) {
  Jail jail = jail_with(LISTENER {
    for (;;) std::this_thread::sleep_for(std::chrono::seconds(a.fd + b.fd));
  });
  std::stop_source stop;
  std::thread later([&] {
    std::this_thread::sleep_for(300ms);
    stop.request_stop();
  });
  const OpenClip file;
  const std::array<ListenPartner, 2> partners{{{file.fd(), "", {}}, {file.fd(), "", {}}}};
  const auto before = std::chrono::steady_clock::now();
  try {
    jail.listen_to_each(
        file.fd(), "", partners, [](std::size_t, const PartnerHeard&) { ADD_FAILURE(); }, stop.get_token());
    ADD_FAILURE() << "came back without an error";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::interrupted);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - before, 8s);
  later.join();
}

TEST(JailListenToEach, APartnerHasItsPipeAndItsFileAlone) {
  Jail jail = jail_with(LISTENER {
    Heard heard;
    for (int fd = 0; fd < 1024; ++fd) {
      if (lseek(fd, 0, SEEK_CUR) < 0 && errno == EBADF) continue;
      if (fd > 3 && fd != a.fd && fd != b.fd)
        heard.rate_hz += 1000;  // 0 to 2 are the null device, 3 the answer
      ++heard.rate_hz;
    }
    char byte = 0;
    if (write(a.fd, &byte, 1) >= 0 || write(b.fd, &byte, 1) >= 0) heard.rate_hz += 100;
    return heard;
  });
  for (const PartnerHeard& one : heard_of(jail, {"ogg", "ogg"}))
    EXPECT_EQ(std::get<Heard>(one.result).rate_hz, 6U);
}

TEST(JailListenToEach, TenHoursTakeBoundedMemory) {
  if (test::sanitized) GTEST_SKIP() << "a sanitizer needs more address space";
  const TempDir dir;
  constexpr std::uint32_t rate_hz = 8000, bytes = 10U * 3600 * rate_hz * 2;
  {
    // A file with a hole where its silence is.
    std::ofstream out(dir.path() / "long.wav", std::ios::binary);
    const auto number = [&](std::uint32_t value, int size) {
      out.write(reinterpret_cast<const char*>(&value), size);
    };
    out << "RIFF";
    number(bytes + 36, 4);
    out << "WAVEfmt ";
    for (const auto& [value, size] :
         {std::pair{16U, 4}, {1U, 2}, {1U, 2}, {rate_hz, 4}, {2 * rate_hz, 4}, {2U, 2}, {16U, 2}})
      number(value, size);
    out << "data";
    number(bytes, 4);
  }
  std::filesystem::resize_file(dir.path() / "long.wav", bytes + 44);
  JailLimits limits = patient();
  limits.memory_bytes = std::uint64_t{32} << 20;
  Jail jail = jail_with(
      LISTENER { return length_of(b.fd > 0 ? a : b, 8000); }, limits);
  const OpenClip file(dir.path() / "long.wav");
  const std::array<ListenPartner, 2> partners{{{file.fd(), "", {}}, {file.fd(), "", {}}}};
  std::size_t count = 0;
  jail.listen_to_each(file.fd(), "wav", partners,
                      [&](std::size_t, const PartnerHeard& heard) {
                        ++count;
                        ASSERT_TRUE(std::holds_alternative<Heard>(heard.result)) << error_in(heard).what();
                        EXPECT_EQ(std::get<Heard>(heard.result).compared_s, 10.0 * 3600);
                      },
                      {});
  EXPECT_EQ(count, 2U);
}

}  // namespace
}  // namespace echofold::jail_jail_listen_to_each_test
