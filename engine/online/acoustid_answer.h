// An answer of AcoustID about a fingerprint, as plain data. Nothing in it is trusted: docs/TRUST.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace echofold {

/// One name of a credit, and the text between it and the next name (" feat. ").
struct CreditedArtist {
  std::string id, name, join;
  bool operator==(const CreditedArtist&) const = default;
};
using ArtistCredit = std::vector<CreditedArtist>;

/// The credit as it is printed: "A feat. B".
std::string text_of(const ArtistCredit& credit);

/// Zero: unknown.
struct PartialDate {
  unsigned year = 0, month = 0, day = 0;
  auto operator<=>(const PartialDate&) const = default;
};

struct ReleaseTrack {
  unsigned position = 0;
  std::string id, title;
  ArtistCredit artists;
  bool operator==(const ReleaseTrack&) const = default;
};

struct Medium {
  unsigned position = 0, track_count = 0;
  std::string format;
  std::vector<ReleaseTrack> tracks;
  bool operator==(const Medium&) const = default;
};

struct Release {
  std::string id, title, country;
  PartialDate date;
  unsigned track_count = 0, medium_count = 0;
  ArtistCredit artists;
  std::vector<Medium> mediums;
  bool operator==(const Release&) const = default;
};

struct ReleaseGroup {
  std::string id, title, type;  ///< type: "Album", "Single", "EP", ...
  std::vector<std::string> secondary_types;
  ArtistCredit artists;
  std::vector<Release> releases;
  bool operator==(const ReleaseGroup&) const = default;
};

struct Recording {
  std::string id, title;      ///< no title: the service only has the id
  double duration_s = 0;      ///< 0: not known
  std::uint64_t sources = 0;  ///< how many people sent the fingerprint with this recording; 0: not known
  ArtistCredit artists;
  std::vector<ReleaseGroup> groups;
  bool operator==(const Recording&) const = default;
};

struct AcoustidResult {
  std::string id;
  double score = 0;  ///< 0 .. 1
  std::vector<Recording> recordings;
  bool operator==(const AcoustidResult&) const = default;
};

struct AcoustidAnswer {
  std::vector<AcoustidResult> results;
  bool operator==(const AcoustidAnswer&) const = default;
};

/// {"status":"error"}
struct AcoustidRefusal {
  int code = 0;
  std::string message;
};

/// Reads an answer in plain or in compressed form (`meta=compress` omits what an enclosing object already says), and
/// returns it in plain form. Ids are UUIDs in lower case; texts are UTF-8 without control characters and at most 4,096
/// bytes; numbers are in their ranges.
/// @throws Error Fault::unsupported, in one sentence, for anything else
std::variant<AcoustidAnswer, AcoustidRefusal> parse_acoustid_answer(std::string_view json);

}  // namespace echofold
