// What `keyfob …` means: the subcommands and their options.
#pragma once

namespace keyfob::server {

// Reads the command line, does what it says, and returns the exit status: 2 for a command that can't be read,
// 1 for one that failed.
int run_command_line(int argc, const char* const* argv);

}  // namespace keyfob::server
