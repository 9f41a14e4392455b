// Parsing the system's list of mounts.
#include "index/base/fs/file_systems.h"

#include <gtest/gtest.h>
#include <sys/sysmacros.h>

#include "index/base/fs/stamp.h"

namespace echofold::fs_file_systems_test {
namespace {

constexpr const char* mountinfo =
    "22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
    "30 22 0:40 / /mnt/pool rw - fuse.mergerfs a:b rw,user_id=0\n"
    "31 22 254:1 /srv/My\\040Music /music rw shared:1 master:2 - ext4 /dev/vda rw\n"
    "32 22 0:41 / /nas rw - cifs //nas/music rw,serverino\n"
    "33 22 0:42 / /nas2 rw - cifs //nas/music rw,noserverino\n"
    "34 22 8:1 / /stick rw - exfat /dev/sda1 rw\n"
    "nonsense\n"
    "35 22 x:1 / /odd rw - ext4 /dev/x rw\n"
    "36 22 0:43 / /nfs rw - nfs4 host:/ rw";

TEST(FileSystems, AreReadFromTheListOfMounts) {
  const auto mounts = parse_mounts(mountinfo);
  ASSERT_EQ(mounts.size(), 7u);
  EXPECT_EQ(mounts[0].device, makedev(254, 1));
  EXPECT_EQ(mounts[1].inodes, InodeNumbers::made_up);
  EXPECT_EQ(mounts[2].root, "/srv/My Music");
  EXPECT_EQ(mounts[3].inodes, InodeNumbers::passing);
  EXPECT_EQ(mounts[4].inodes, InodeNumbers::made_up);
  EXPECT_EQ(mounts[5].inodes, InodeNumbers::made_up);
  EXPECT_EQ(mounts[6].inodes, InodeNumbers::passing);
  EXPECT_TRUE(parse_mounts("").empty());
}

TEST(FileSystems, OnlyKnownTypesAreTrusted) {
  for (const char* type : {"ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay"})
    EXPECT_EQ(inode_numbers_of_type(type, ""), InodeNumbers::lasting) << type;
  for (const char* type :
       {"fuse", "fuseblk", "fuse.sshfs", "fuse.mergerfs", "vfat", "msdos", "exfat", "9p", "shfs", "", "new"})
    EXPECT_EQ(inode_numbers_of_type(type, ""), InodeNumbers::made_up) << type;
}

TEST(FileSystems, APlaceIsOneHoweverItIsMounted) {
  const Mounts mounts(parse_mounts(mountinfo));
  EXPECT_EQ(mounts.place_in(22, "/srv/My Music/a"), mounts.place_in(31, "/music/a"));
  EXPECT_EQ(mounts.place_in(22, "/srv/My Music"), mounts.place_in(31, "/music"));
  EXPECT_NE(mounts.place_in(22, "/srv/My Music/a"), mounts.place_in(31, "/music/b"));
  EXPECT_NE(mounts.place_in(30, "/mnt/pool"), mounts.place_in(32, "/nas"));
  EXPECT_TRUE(mounts.place_in(30, "/mnt/pool"));
  EXPECT_FALSE(mounts.place_in(30, "/mnt/pools/a")) << "not below that mount";
  EXPECT_FALSE(mounts.place_in(99, "/a"));
}

TEST(FileStamp, WithoutAnInodePathSizeAndTimeTell) {
  const Stamp with{1, 5, 100, 7}, without{1, 0, 100, 7}, other{1, 6, 100, 7};
  EXPECT_TRUE(is_unchanged(with, without));
  EXPECT_TRUE(is_unchanged(without, with));
  EXPECT_FALSE(is_unchanged(with, other));
  EXPECT_FALSE(is_unchanged(without, Stamp{1, 0, 101, 7}));
  EXPECT_FALSE(is_unchanged(without, Stamp{1, 0, 100, 8}));
  EXPECT_FALSE(is_unchanged(Stamp{}, Stamp{1, 3, 0, 0})) << "a stamp of nothing is to be tried again";
}

}  // namespace
}  // namespace echofold::fs_file_systems_test
