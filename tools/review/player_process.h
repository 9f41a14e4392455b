// A player that runs beside the program, with no terminal and no output of its own.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace echofold {

/// A running player. The destructor ends it.
class PlayerProcess {
 public:
  /// @param command  program, looked for in $PATH, and its arguments
  /// @param channel  a descriptor that the player gets under this number, too; -1: none
  explicit PlayerProcess(const std::vector<std::string>& command, int channel = -1);
  ~PlayerProcess();
  PlayerProcess(const PlayerProcess&) = delete;
  PlayerProcess& operator=(const PlayerProcess&) = delete;

  bool is_running();
  /// Only for one that has ended by itself.
  bool has_failed() const;

 private:
  pid_t id_ = -1;  ///< 0: ended, -1: never began
  int status_ = 0;
};

}  // namespace echofold
