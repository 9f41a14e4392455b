// Opens an index: checks every byte of the index file, then lets FAISS read it and map the lists.
#include "index/candidates/posting_file.h"

#include <faiss/IndexBinaryIVF.h>
#include <faiss/impl/io.h>
#include <faiss/index_io.h>
#include <faiss/invlists/OnDiskInvertedLists.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <fstream>
#include <optional>
#include <span>

#include "index/base/fd.h"
#include "index/base/fs/stamp.h"
#include "index/candidates/candidate_index_format.h"

namespace echofold {

struct PostingFile::Lists {
  std::unique_ptr<faiss::IndexBinary> index;  // owns on_disk
  faiss::OnDiskInvertedLists* on_disk = nullptr;
};

namespace {

namespace fs = std::filesystem;

IndexStamp stamp_of(const format::Trailer& t) {
  return {t.library_hash, t.built_through, {t.mask, t.sampling, t.max_per_track, t.min_keys}};
}

/// Whether a file with this trailer and size can be an index of this library, as far as the trailer alone shows.
///
/// A file may claim any size, and a sparse file has any size without using space. So a file is only mapped, and read to
/// compare its checksum, when it is no larger than an index of this library can be.
bool can_be_of(const format::Trailer& trailer, std::uint64_t file_bytes, std::uint64_t library_hash,
               const KeySettings& keys, const IndexBounds& most) {
  const std::uint64_t rest = file_bytes - sizeof trailer;
  return trailer.magic == format::index_magic && trailer.format_version == format::version &&
         trailer.library_hash == library_hash && stamp_of(trailer).keys == keys &&
         trailer.track_count <= most.tracks && trailer.posting_count <= most.postings &&
         trailer.faiss_bytes <= rest &&
         trailer.track_count == (rest - trailer.faiss_bytes) / sizeof(TrackId) && trailer.list_bits <= 28 &&
         trailer.bucket_bits <= trailer.list_bits &&
         std::uint64_t{1} << trailer.list_bits <= format::most_lists(trailer) &&
         trailer.faiss_bytes <= format::most_faiss_bytes(trailer) &&
         trailer.lists_bytes <= format::most_lists_bytes(trailer);
}

/// All bytes of a file, mapped: an index file is never changed in place. Empty when the file is not there, can't be
/// read, or can't be an index of this library: then the index is built again.
class MappedFile {
 public:
  MappedFile(const fs::path& file, std::uint64_t library_hash, const KeySettings& keys,
             const IndexBounds& most) {
    // O_NONBLOCK: opening must not wait where a pipe has that name.
    const Fd fd(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!fd.valid()) return;
    struct stat status {};
    format::Trailer trailer;
    constexpr auto trailer_bytes = static_cast<off_t>(sizeof trailer);
    if (fstat(fd.get(), &status) == 0 && S_ISREG(status.st_mode) && status.st_size >= trailer_bytes &&
        pread(fd.get(), &trailer, sizeof trailer, status.st_size - trailer_bytes) == trailer_bytes &&
        can_be_of(trailer, static_cast<std::uint64_t>(status.st_size), library_hash, keys, most)) {
      const auto size = static_cast<std::size_t>(status.st_size);
      void* start = mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd.get(), 0);
      if (start != MAP_FAILED) bytes_ = {static_cast<const std::uint8_t*>(start), size};
    }
  }
  ~MappedFile() {
    if (!bytes_.empty()) munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::span<const std::uint8_t> bytes() const noexcept { return bytes_; }

 private:
  std::span<const std::uint8_t> bytes_;
};

/// The trailer, if it agrees with all bytes before it.
std::optional<format::Trailer> checked_trailer(std::span<const std::uint8_t> bytes) {
  format::Trailer trailer;
  if (bytes.size() < sizeof trailer) return std::nullopt;
  std::memcpy(&trailer, bytes.data() + (bytes.size() - sizeof trailer), sizeof trailer);
  if (XXH3_64bits(bytes.data(), bytes.size() - sizeof trailer.checksum) != trailer.checksum)
    return std::nullopt;
  return trailer;
}

/// Is the lists file there, with its whole length, and of this build?
bool has_its_lists(const fs::path& lists_file, const format::Trailer& trailer) {
  std::error_code failed;
  if (fs::file_size(lists_file, failed) != trailer.lists_bytes || failed) return false;
  format::ListsHead head;
  std::ifstream in(lists_file, std::ios::binary);
  if (!in.read(reinterpret_cast<char*>(&head), sizeof head)) return false;
  return head == format::ListsHead{.lists_hash = trailer.lists_hash,
                                   .lists_bytes = trailer.lists_bytes,
                                   .posting_count = trailer.posting_count};
}

/// Are all lists inside the mapping, one after the other? Then no lookup can leave the mapping.
bool are_in_place(const faiss::OnDiskInvertedLists& lists, const format::Trailer& trailer) {
  if (lists.nlist != std::size_t{1} << trailer.list_bits || lists.lists.size() != lists.nlist ||
      lists.code_size != sizeof(Item) || lists.totsize != trailer.lists_bytes) {
    return false;
  }
  std::uint64_t end = sizeof(format::ListsHead), postings = 0;
  for (const faiss::OnDiskOneList& list : lists.lists) {
    if (list.offset != end || list.size > trailer.posting_count ||
        list.capacity != format::capacity_of(list.size)) {
      return false;
    }
    end += list.capacity * format::bytes_per_posting;
    postings += list.size;
  }
  return end == trailer.lists_bytes && postings == trailer.posting_count;
}

struct BytesReader : faiss::IOReader {
  std::span<const std::uint8_t> rest;

  explicit BytesReader(std::span<const std::uint8_t> bytes) : rest(bytes) {}
  std::size_t operator()(void* to, std::size_t size, std::size_t count) override {
    count = size == 0 ? 0 : std::min(count, rest.size() / size);
    if (count > 0) std::memcpy(to, rest.data(), count * size);
    rest = rest.subspan(count * size);
    return count;
  }
};

/// Lets FAISS read its bytes. The flag leaves out the mapping: FAISS would look for the lists in the current folder.
std::unique_ptr<faiss::IndexBinary> read_by_faiss(std::span<const std::uint8_t> bytes) {
  BytesReader reader(bytes);
  return std::unique_ptr<faiss::IndexBinary>(
      faiss::read_index_binary(&reader, faiss::IO_FLAG_READ_ONLY | faiss::IO_FLAG_SKIP_IVF_DATA));
}

}  // namespace

PostingFile::PostingFile() : lists_(std::make_unique<Lists>()) {}
PostingFile::~PostingFile() = default;

std::unique_ptr<PostingFile> PostingFile::open(const fs::path& file, std::uint64_t library_hash,
                                               const KeySettings& keys, const IndexBounds& most) try {
  const MappedFile mapped(file, library_hash, keys, most);
  const std::span<const std::uint8_t> bytes = mapped.bytes();
  const auto trailer = checked_trailer(bytes);
  if (!trailer) return nullptr;
  const fs::path lists_file = file.parent_path() / format::lists_name(file, trailer->lists_hash);
  if (!has_its_lists(lists_file, *trailer)) return nullptr;

  std::unique_ptr<PostingFile> opened(new PostingFile);
  opened->track_ids_.resize(trailer->track_count);
  if (trailer->track_count > 0) {
    std::memcpy(opened->track_ids_.data(), bytes.data() + trailer->faiss_bytes,
                trailer->track_count * sizeof(TrackId));
  }
  opened->stamp_ = stamp_of(*trailer);
  opened->posting_count_ = trailer->posting_count;
  opened->data_hash_ = trailer->lists_hash;
  opened->list_bits_ = static_cast<int>(trailer->list_bits);
  opened->bucket_bits_ = static_cast<int>(trailer->bucket_bits);

  opened->lists_->index = read_by_faiss(bytes.first(trailer->faiss_bytes));
  auto* ivf = dynamic_cast<faiss::IndexBinaryIVF*>(opened->lists_->index.get());
  auto* on_disk = ivf != nullptr ? dynamic_cast<faiss::OnDiskInvertedLists*>(ivf->invlists) : nullptr;
  if (on_disk == nullptr || !are_in_place(*on_disk, *trailer)) return nullptr;
  on_disk->filename = lists_file.string();
  on_disk->do_mmap();
  opened->lists_->on_disk = on_disk;
  return opened;
} catch (const std::exception&) {  // from FAISS, for bytes that it did not write
  return nullptr;
}

PostingRun PostingFile::list(std::size_t number) const noexcept {
  const faiss::OnDiskOneList& list = lists_->on_disk->lists[number];
  const std::uint8_t* start = lists_->on_disk->ptr + list.offset;
  return {reinterpret_cast<const Item*>(start),
          reinterpret_cast<const std::int64_t*>(start + list.capacity * sizeof(Item)), list.size};
}

// Works in rounds over all keys, so that the waits for memory overlap: a lookup is three dependent cache misses.
void PostingFile::find(std::span<const Key> keys, std::span<KeyPostings> found) const noexcept {
  const faiss::OnDiskOneList* table = lists_->on_disk->lists.data();
  for (const Key key : keys) __builtin_prefetch(&table[list_of(mix(key), list_bits_)]);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::uint32_t order = mix(keys[i]);
    const PostingRun run = list(list_of(order, list_bits_));
    // Orders are spread evenly over a list, so the place of the key in it is nearly known.
    const std::uint64_t share = std::uint64_t{order} << list_bits_ & 0xFFFFFFFFu;
    __builtin_prefetch(run.items + (share * run.size >> 32));
    found[i].filed = run;
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    PostingRun& run = found[i].filed;
    run = find_in_run(run, mix(keys[i]), stamp_.keys.mask);
    if (run.size > 0) __builtin_prefetch(run.ids);
  }
}

bool PostingFile::intact() const {
  const std::size_t buckets = std::size_t{1} << bucket_bits_;
  const auto& table = lists_->on_disk->lists;
  const std::size_t per_bucket = table.size() / buckets;
  std::vector<std::uint64_t> hashes(buckets);
  for (std::size_t i = 0; i < buckets; ++i) {
    const auto& first = table[i * per_bucket];
    const auto& last = table[(i + 1) * per_bucket - 1];
    const std::size_t end = last.offset + last.capacity * format::bytes_per_posting;
    hashes[i] = XXH3_64bits(lists_->on_disk->ptr + first.offset, end - first.offset);
  }
  return XXH3_64bits(hashes.data(), hashes.size() * sizeof hashes[0]) == data_hash_;
}

void PostingFile::expect_full_read() const noexcept {
  madvise(lists_->on_disk->ptr, lists_->on_disk->totsize, MADV_WILLNEED);
}

}  // namespace echofold
