#include "index/base/fs/trash_folders.h"

#include <gtest/gtest.h>

namespace echofold::fs_trash_folders_test {
namespace {

TEST(TrashFolders, AreKnownOfEverySystemInWhateverCase) {
  for (const char* name : {"#recycle",
                           "#RECYCLE",
                           "@Recycle",
                           "@recycle",
                           ".@Recycle",
                           "$RECYCLE.BIN",
                           "$Recycle.Bin",
                           "RECYCLER",
                           "RECYCLED",
                           ".Trash",
                           ".Trash-1000",
                           ".Trash-0",
                           ".trash-1001",
                           ".Trashes",
                           ".Recycle.Bin",
                           ".recycle",
                           "Recycle Bin",
                           "Trashbox",
                           "Network Trash Folder",
                           "#snapshot",
                           "@snapshot",
                           ".snapshot",
                           ".snapshots",
                           "~snapshot",
                           ".zfs",
                           "@Recently-Snapshot",
                           ".timeshift",
                           "timeshift-btrfs",
                           "@GMT-2024.01.31-12.00.00",
                           "@eaDir",
                           "@EADIR",
                           "@tmp",
                           "@sharesnap",
                           "_gsdata_",
                           "_GSDATA_",
                           ".@__thumb",
                           ".AppleDouble",
                           "__MACOSX",
                           "lost+found",
                           "LOST+FOUND",
                           "System Volume Information",
                           "FOUND.000",
                           ".stversions",
                           "files_trashbin",
                           ".Spotlight-V100",
                           ".fseventsd"})
    EXPECT_TRUE(is_trash_folder("Music", name)) << name;
}

TEST(TrashFolders, AreNotWhatAnAlbumMayBeCalled) {
  for (const char* name :
       {"",         "a",         "Trash",          "Recycler", "Recycled",   "recycler",    "Snapshots",
        "Snapshot", "Timeshift", "Lost and Found", "Found.",   "found",      ".Trash-",     ".Trash-x",
        "#1's",     "@",         "Trash-1000",     "Recycle",  "#recycle 2", "my #recycle", ".hidden",
        "files",    "S-1-5-21-3"})
    EXPECT_FALSE(is_trash_folder("Music", name)) << name;
}

TEST(TrashFolders, AreKnownByWhatTheyHoldWhereTheNameIsAnAlbumsToo) {
  EXPECT_TRUE(is_trash_folder("Recycler", "S-1-5-21-3"));
  EXPECT_TRUE(is_trash_folder("trash", "files"));
  EXPECT_TRUE(is_trash_folder("timeshift", "snapshots-daily"));
  EXPECT_FALSE(is_trash_folder("Trash", "CD 1"));
}

TEST(TrashFolders, APathIsInOneAtAnyDepth) {
  EXPECT_TRUE(is_in_trash("/music/#recycle/a.flac"));
  EXPECT_TRUE(is_in_trash("/music/A/@eaDir/b/c/a.flac"));
  EXPECT_TRUE(is_in_trash("/home/u/.local/share/Trash/files/a.flac"));
  EXPECT_TRUE(is_in_trash("/.zfs/snapshot/daily/a.flac"));
  EXPECT_FALSE(is_in_trash("/music/#recycle"));  // the name of a file
  EXPECT_FALSE(is_in_trash("/music/Trash/a.flac"));
  EXPECT_FALSE(is_in_trash("a.flac"));
  EXPECT_FALSE(is_in_trash(""));
}

TEST(TrashFolders, OnlyWhatLiesBelowTheRootCounts) {
  EXPECT_FALSE(is_in_trash("/nas/#recycle/old/a.flac", "/nas/#recycle"));
  EXPECT_TRUE(is_in_trash("/nas/#recycle/old/@eaDir/a.flac", "/nas/#recycle"));
  EXPECT_TRUE(is_in_trash("/share/Trash/files/a.flac", "/share/Trash"));
  EXPECT_TRUE(is_in_trash("/#recycle/a.flac", "/"));
}

}  // namespace
}  // namespace echofold::fs_trash_folders_test
