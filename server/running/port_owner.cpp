#include "server/running/port_owner.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <system_error>

namespace engage::server::running {

namespace {

namespace fs = std::filesystem;

/// What /proc/PID/fd shows of the listening sockets of a port, e.g. `socket:[4711]`.
void add_sockets(const char* table, int port, std::set<std::string>& sockets) {
    constexpr const char* kListening = "0A";
    constexpr int kFieldsBetween = 5;
    constexpr int kHex = 16;
    std::ifstream file(table);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        std::string local, remote, state, skipped, inode;
        fields >> skipped >> local >> remote >> state;
        for (int i = 0; i < kFieldsBetween; ++i) fields >> skipped;
        fields >> inode;
        const auto colon = local.rfind(':');
        if (!fields || state != kListening || colon == std::string::npos) continue;
        if (std::strtol(local.c_str() + colon + 1, nullptr, kHex) == port) sockets.insert("socket:[" + inode + "]");
    }
}

bool holds_one(const fs::path& process, const std::set<std::string>& sockets) {
    std::error_code error;
    for (fs::directory_iterator file(process / "fd", error), end; !error && file != end; file.increment(error)) {
        std::error_code gone;
        if (sockets.contains(fs::read_symlink(file->path(), gone).string())) return true;
    }
    return false;
}

/// A process chooses its name, and it goes to a terminal.
std::string name_of(const fs::path& process) {
    std::string name;
    std::getline(std::ifstream(process / "comm"), name);
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return name;
}

}  // namespace

std::string port_owner(int port) {
    std::set<std::string> sockets;
    add_sockets("/proc/net/tcp", port, sockets);
    add_sockets("/proc/net/tcp6", port, sockets);
    if (sockets.empty()) return {};
    std::error_code error;
    for (fs::directory_iterator entry("/proc", error), end; !error && entry != end; entry.increment(error)) {
        const auto pid = entry->path().filename().string();
        const bool is_process =
            std::all_of(pid.begin(), pid.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
        if (is_process && holds_one(entry->path(), sockets)) return name_of(entry->path()) + " (process " + pid + ")";
    }
    return {};
}

}  // namespace engage::server::running
