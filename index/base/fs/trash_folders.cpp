// Lists of names, each seen on such a system. A new name is a new line.
#include "index/base/fs/trash_folders.h"

#include <algorithm>
#include <array>

namespace echofold {
namespace {

constexpr std::array sure_names = std::to_array<std::string_view>({
    // Trash of desktops and of Windows.
    "$recycle.bin",
    ".trash",
    ".trashes",
    ".trash-can",
    "network trash folder",
    "recycled.bin",
    "recycler.bin",
    "recycle bin",
    "recycle.bin",
    ".recycle.bin",
    "recycled bin",
    ".recycled",
    ".recycler",
    ".trashbin",
    // Trash of Samba, Synology, QNAP, Asustor, TerraMaster, Buffalo, WD, ReadyNAS, unRAID, TrueNAS.
    "#recycle",
    "@recycle",
    ".@recycle",
    ".recycle",
    "_recycle",
    "$recycle",
    ".recycle_bin",
    "recycle_bin",
    ".recyclebin",
    "recyclebin",
    "trashbox",
    ".trashbox",
    ".deleted",
    "@deleted",
    // Trash and old versions of services that synchronise folders.
    "files_trashbin",
    "files_versions",
    ".stversions",
    ".dropbox.cache",
    ".tmp.drivedownload",
    "_gsdata_",
    // Snapshots: Synology, QNAP, Asustor, NetApp, ZFS, Btrfs (snapper, timeshift, btrbk), CephFS, UFS, Time Machine.
    "#snapshot",
    "#snapshots",
    "@snapshot",
    "@snapshots",
    ".@snapshot",
    "@recently-snapshot",
    ".snapshot",
    ".snapshots",
    "~snapshot",
    "~snapshots",
    ".zfs",
    ".timeshift",
    "timeshift-btrfs",
    ".btrbk_snapshots",
    "btrbk_snapshots",
    "_btrbk_snap",
    ".snap",
    ".ckpt",
    "backups.backupdb",
    ".mobilebackups",
    ".documentrevisions-v100",
    ".previousversions",
    // Systems' own files.
    "@eadir",
    "@tmp",
    "@syno",
    "@synoeastream",
    "@appstore",
    "@database",
    "@sharebin",
    "@sharesnap",
    "@synologydrive",
    "@synologycloudsync",
    "#synology",
    ".@__thumb",
    ".@__qini",
    ".@upload_cache",
    ".@qsync",
    ".@analytic",
    ".wdmc",
    ".wd_tv",
    ".wdphotos",
    ".appledouble",
    ".appledb",
    ".appledesktop",
    "__macosx",
    ".spotlight-v100",
    ".fseventsd",
    ".temporaryitems",
    "temporary items",
    "system volume information",
    "lost+found",
    "lost+found.000",
    ".streams",
    "msocache",
    ".systemfile",
    ".bzvol",
});

/// Names that begin with one of these.
constexpr std::array sure_beginnings = std::to_array<std::string_view>({
    "@gmt-",  // Samba's and Windows' shadow copies: @GMT-2024.01.31-12.00.00
    ".com.apple.timemachine",
    "@syno",
});

/// Folders whose names an album may have, and how the names inside begin when they are a system's.
struct Held {
  std::string_view folder, begins;
};
constexpr std::array held = std::to_array<Held>({
    {"recycler", "s-1-"},
    {"recycled", "s-1-"},
    {"timeshift", "snapshots"},
    {"snapshots", "@gmt-"},
});

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Compares without case. `b` must be in lower case.
bool is_same(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == y; });
}
bool begins(std::string_view text, std::string_view with) noexcept {
  return text.size() >= with.size() && is_same(text.substr(0, with.size()), with);
}

/// "prefix" and then nothing but digits, at least one.
bool is_numbered(std::string_view name, std::string_view prefix) noexcept {
  return name.size() > prefix.size() && begins(name, prefix) &&
         std::all_of(name.begin() + static_cast<std::ptrdiff_t>(prefix.size()), name.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_trash_folder(std::string_view parent, std::string_view name) noexcept {
  if (name.size() < 4) return false;
  // Windows uses capitals; an album is called "Recycler".
  if (name == "RECYCLER" || name == "RECYCLED") return true;
  if (is_numbered(name, ".trash-") || is_numbered(name, "found.")) return true;
  if (is_same(parent, "trash") && (is_same(name, "files") || is_same(name, "expunged"))) return true;
  return std::any_of(sure_names.begin(), sure_names.end(), [&](auto sure) { return is_same(name, sure); }) ||
         std::any_of(sure_beginnings.begin(), sure_beginnings.end(),
                     [&](auto sure) { return begins(name, sure); }) ||
         std::any_of(held.begin(), held.end(),
                     [&](const Held& h) { return is_same(parent, h.folder) && begins(name, h.begins); });
}

bool is_in_trash(std::string_view path, std::string_view root) noexcept {
  std::string_view parent = root.substr(root.rfind('/') + 1);
  for (std::size_t at = root.size();;) {
    const std::size_t slash = path.find('/', at);
    if (slash == std::string_view::npos) return false;  // the file's own name
    const std::string_view name = path.substr(at, slash - at);
    if (is_trash_folder(parent, name)) return true;
    if (!name.empty()) parent = name;
    at = slash + 1;
  }
}

}  // namespace echofold
