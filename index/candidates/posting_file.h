// Maps the index on disk. Only this file and posting_file_writer use FAISS.
//
// The postings are FAISS's OnDiskInvertedLists: for each list its codes (the items, in the order of
// postings.h), then its ids. faiss::read_index_binary reads the index file; the bytes after FAISS's are echofold's
// (candidate_index_format.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "index/candidates/candidate_index.h"
#include "index/candidates/postings.h"

namespace echofold {

/// An opened index file. Everything is const and thread-safe.
class PostingFile {
 public:
  /// Null where CandidateIndex::open returns nothing.
  static std::unique_ptr<PostingFile> open(const std::filesystem::path& file, std::uint64_t library_hash,
                                           const KeySettings& keys, const IndexBounds& most);
  ~PostingFile();
  PostingFile(const PostingFile&) = delete;
  PostingFile& operator=(const PostingFile&) = delete;

  const IndexStamp& stamp() const noexcept { return stamp_; }
  std::uint64_t posting_count() const noexcept { return posting_count_; }
  /// Moves the ids out of this object. Ascending.
  std::vector<TrackId> take_track_ids() noexcept { return std::move(track_ids_); }

  /// Sets found[i].filed for each keys[i]; both have the same size.
  void find(std::span<const Key> keys, std::span<KeyPostings> found) const noexcept;
  bool intact() const;
  void expect_full_read() const noexcept;

 private:
  struct Lists;  ///< FAISS's objects
  PostingFile();
  PostingRun list(std::size_t number) const noexcept;

  std::unique_ptr<Lists> lists_;
  IndexStamp stamp_;
  std::uint64_t posting_count_ = 0, data_hash_ = 0;
  int list_bits_ = 0, bucket_bits_ = 0;
  std::vector<TrackId> track_ids_;
};

}  // namespace echofold
