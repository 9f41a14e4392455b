// Writes an index: sorts buckets in parallel and writes them to the lists file in order, then writes the small index
// file.
//
// A build writes the lists file under a temporary name, calls fsync, and renames it to the name with its hash. Then it
// does the same with the index file. The new index is in place when the index file is renamed; only then are older
// lists removed.
#include "index/candidates/posting_file_writer.h"

#include <faiss/IndexBinaryFlat.h>
#include <faiss/IndexBinaryIVF.h>
#include <faiss/impl/io.h>
#include <faiss/index_io.h>
#include <faiss/invlists/OnDiskInvertedLists.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "index/base/error.h"
#include "index/base/fd.h"
#include "index/base/parallel.h"
#include "index/base/ticker.h"
#include "index/candidates/candidate_index_format.h"

namespace echofold {
namespace {

namespace fs = std::filesystem;

/// A file that is being written, under a temporary name beside its place. It is removed unless it is published.
/// A lock on the file as long as this lives distinguishes it from the remains of a crash.
class NewFile {
 public:
  explicit NewFile(const fs::path& beside) : name_(beside.string() + ".XXXXXX.tmp") {
    fd_ = Fd(mkostemps(name_.data(), 4, O_CLOEXEC));
    if (!fd_.valid()) throw system_error(errno, "can't create " + name_);
    flock(fd_.get(), LOCK_EX | LOCK_NB);
  }
  ~NewFile() {
    if (!name_.empty()) unlink(name_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  /// Thread-safe.
  void write_at(const void* data, std::size_t size, std::uint64_t offset) const {
    const auto* bytes = static_cast<const char*>(data);
    while (size > 0) {
      const ssize_t written =
          uninterrupted([&] { return pwrite(fd_.get(), bytes, size, static_cast<off_t>(offset)); });
      if (written < 0) throw system_error(errno, "can't write " + name_);
      bytes += written;
      size -= static_cast<std::size_t>(written);
      offset += static_cast<std::uint64_t>(written);
    }
  }

  /// Renames the file to its own name. It is on disk when this returns.
  void publish(const fs::path& as) {
    if (fsync(fd_.get()) != 0) throw system_error(errno, "can't write " + name_);
    if (rename(name_.c_str(), as.c_str()) != 0) throw system_error(errno, "can't rename to " + as.string());
    name_.clear();
    sync_folder(as.has_parent_path() ? as.parent_path() : fs::path("."));
  }

 private:
  static void sync_folder(const fs::path& folder) {
    const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd.valid()) throw system_error(errno, "can't open " + folder.string());
    if (fsync(fd.get()) != 0 && errno != EINVAL) throw system_error(errno, "can't write " + folder.string());
  }

  std::string name_;
  Fd fd_;
};

/// Removes the files of other builds beside `file`, except those that a running process still writes.
/// A file that can't be removed stays: it does no harm, and the next build tries again.
void remove_other_builds(const fs::path& file, const std::string& keep) {
  const std::string prefix = file.filename().string() + ".";
  std::error_code ignored;
  for (const auto& entry :
       fs::directory_iterator(file.has_parent_path() ? file.parent_path() : ".", ignored)) {
    const std::string name = entry.path().filename().string();
    const bool ours = name.starts_with(prefix) && (name.ends_with(".lists") || name.ends_with(".tmp"));
    if (!ours || name == keep) continue;
    const Fd fd(::open(entry.path().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW));
    if (fd.valid() && flock(fd.get(), LOCK_EX | LOCK_NB) == 0) unlink(entry.path().c_str());
  }
}

int list_bits_for(const PostingBuckets& postings) {
  const auto lists = std::bit_ceil(std::max<std::uint64_t>(1, postings.total() / format::postings_per_list));
  return std::clamp(static_cast<int>(std::bit_width(lists)) - 1, postings.bucket_bits(), 28);
}

std::uint64_t padded_bytes(std::uint64_t postings) {
  return format::capacity_of(postings) * format::bytes_per_posting;
}

/// The bytes of one bucket's lists. Fills in the lists' entries of the table.
class Bucket {
 public:
  /// @param lists  of this bucket; their offsets are set relative to the start of the bucket
  Bucket(const PostingVectors& postings, std::uint32_t mask, int list_bits,
         std::span<faiss::OnDiskOneList> lists) {
    std::size_t first = 0;
    std::uint64_t offset = 0;
    for (auto& list : lists) list.size = 0;
    for (const Item item : postings.items)
      ++lists[list_of(order_of(item, mask), list_bits) % lists.size()].size;
    for (auto& list : lists) {
      list.capacity = format::capacity_of(list.size);
      list.offset = offset;
      offset += padded_bytes(list.size);
    }
    bytes_.resize(offset);
    for (const auto& list : lists) {
      if (list.size == 0) continue;
      std::memcpy(&bytes_[list.offset], &postings.items[first], list.size * sizeof(Item));
      std::memcpy(&bytes_[list.offset + list.capacity * sizeof(Item)], &postings.ids[first],
                  list.size * sizeof(std::int64_t));
      first += list.size;
    }
  }
  const std::vector<char>& bytes() const noexcept { return bytes_; }

 private:
  std::vector<char> bytes_;
};

/// Sorts all buckets and writes them to the lists file, after its head.
///
/// Where a bucket starts depends on the padding of all lists before it, so buckets are sorted some at a time
/// and then placed in order.
class ListsWriter {
 public:
  ListsWriter(const NewFile& file, const PostingBuckets& postings, std::uint32_t mask, int list_bits)
      : file_(file), postings_(postings), mask_(mask), list_bits_(list_bits) {
    table_.resize(std::size_t{1} << list_bits);
    hashes_.resize(postings.bucket_count());
  }

  void write(const Progress& progress) {
    Ticker ticker(progress, "index", postings_.bucket_count());
    for (std::size_t first = 0; first < postings_.bucket_count(); first += at_a_time)
      write_some(first, std::min(at_a_time, postings_.bucket_count() - first), ticker);
    const format::ListsHead head{
        .lists_hash = hash(), .lists_bytes = end_, .posting_count = postings_.total()};
    file_.write_at(&head, sizeof head, 0);
  }

  std::vector<faiss::OnDiskOneList> take_table() { return std::move(table_); }
  std::uint64_t size_bytes() const noexcept { return end_; }
  std::uint64_t hash() const { return XXH3_64bits(hashes_.data(), hashes_.size() * sizeof hashes_[0]); }

 private:
  static constexpr std::size_t at_a_time = 16;

  std::span<faiss::OnDiskOneList> lists_of(std::size_t bucket) {
    const std::size_t lists = table_.size() / postings_.bucket_count();
    return std::span(table_).subspan(bucket * lists, lists);
  }

  void write_some(std::size_t first, std::size_t count, Ticker& ticker) {
    std::vector<std::vector<char>> bytes(count);
    parallel_for(count, [&](std::size_t i) {
      PostingVectors sorted;
      postings_.sort_bucket(first + i, sorted);
      bytes[i] = Bucket(sorted, mask_, list_bits_, lists_of(first + i)).bytes();
      hashes_[first + i] = XXH3_64bits(bytes[i].data(), bytes[i].size());
    });
    for (std::size_t i = 0; i < count; ++i) {
      for (auto& list : lists_of(first + i)) list.offset += end_;
      file_.write_at(bytes[i].data(), bytes[i].size(), end_);
      end_ += bytes[i].size();
    }
    ticker.add(count);
  }

  const NewFile& file_;
  const PostingBuckets& postings_;
  std::uint32_t mask_;
  int list_bits_;
  std::uint64_t end_ = sizeof(format::ListsHead);
  std::vector<faiss::OnDiskOneList> table_;
  std::vector<std::uint64_t> hashes_;
};

/// The bytes that FAISS writes for an IndexBinaryIVF over these lists.
std::vector<std::uint8_t> faiss_bytes(std::vector<faiss::OnDiskOneList> table, const std::string& lists_name,
                                      std::uint64_t lists_bytes, std::uint64_t postings) {
  faiss::OnDiskInvertedLists lists;
  lists.nlist = table.size();
  lists.code_size = sizeof(Item);
  lists.lists = std::move(table);
  lists.filename = lists_name;
  lists.totsize = lists_bytes;
  lists.read_only = true;

  // List numbers come from mix(key), so the coarse quantizer is empty. FAISS requires one.
  faiss::IndexBinaryFlat quantizer(item_bits);
  faiss::IndexBinaryIVF index;
  index.d = item_bits;
  index.code_size = sizeof(Item);
  index.ntotal = static_cast<faiss::Index::idx_t>(postings);
  index.is_trained = true;
  index.nlist = lists.nlist;
  index.quantizer = &quantizer;
  index.own_fields = false;
  index.invlists = &lists;
  index.own_invlists = false;

  faiss::VectorIOWriter writer;
  faiss::write_index_binary(&index, &writer);
  return std::move(writer.data);
}

void append(std::vector<std::uint8_t>& to, const void* data, std::size_t size) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  to.insert(to.end(), bytes, bytes + size);
}

}  // namespace

void write_posting_file(const fs::path& file, const PostingBuckets& postings,
                        const std::vector<TrackId>& track_ids, const IndexStamp& stamp,
                        const Progress& progress) {
  const int list_bits = list_bits_for(postings);
  NewFile lists_file(file);
  ListsWriter lists(lists_file, postings, stamp.keys.mask, list_bits);
  lists.write(progress);
  const std::string name = format::lists_name(file, lists.hash());
  lists_file.publish(file.parent_path() / name);

  auto bytes = faiss_bytes(lists.take_table(), name, lists.size_bytes(), postings.total());
  format::Trailer trailer{.list_bits = static_cast<std::uint32_t>(list_bits),
                          .bucket_bits = static_cast<std::uint32_t>(postings.bucket_bits()),
                          .faiss_bytes = bytes.size(),
                          .track_count = track_ids.size(),
                          .posting_count = postings.total(),
                          .lists_bytes = lists.size_bytes(),
                          .lists_hash = lists.hash(),
                          .library_hash = stamp.library_hash,
                          .built_through = stamp.built_through,
                          .mask = stamp.keys.mask,
                          .sampling = stamp.keys.sampling,
                          .max_per_track = stamp.keys.max_per_track,
                          .min_keys = stamp.keys.min_keys};
  append(bytes, track_ids.data(), track_ids.size() * sizeof(TrackId));
  append(bytes, &trailer, offsetof(format::Trailer, checksum));
  trailer.checksum = XXH3_64bits(bytes.data(), bytes.size());
  append(bytes, &trailer.checksum, sizeof trailer.checksum);

  NewFile index_file(file);
  index_file.write_at(bytes.data(), bytes.size(), 0);
  index_file.publish(file);
  remove_other_builds(file, name);
}

}  // namespace echofold
