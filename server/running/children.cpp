#include "server/running/children.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <string_view>
#include <utility>

namespace engage::server::running {

namespace {

using Milliseconds = long;

constexpr Milliseconds kPatience = 5000;
// What cannot be killed either, as it waits for a device, is left.
constexpr Milliseconds kGiveUp = 2 * kPatience;
// An orphan becomes ours without a word.
constexpr Milliseconds kLook = 50;

Milliseconds now() {
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
}

}  // namespace

bool Pids::add(pid_t pid) {
    if (size_ == pids_.size() || contains(pid)) return false;
    pids_[size_++] = pid;
    return true;
}

bool Pids::contains(pid_t pid) const { return std::find(begin(), end(), pid) != end(); }

Pids children() {
    Pids found;
    const int file = ::open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    if (file < 0) return found;
    std::array<char, 4096> buffer{};
    pid_t pid = 0;
    for (ssize_t size = 0; (size = ::read(file, buffer.data(), buffer.size())) > 0;) {
        for (const char c : std::string_view(buffer.data(), static_cast<std::size_t>(size))) {
            if (c >= '0' && c <= '9') {
                pid = pid * 10 + (c - '0');
            } else if (pid > 0) {
                found.add(std::exchange(pid, 0));
            }
        }
    }
    ::close(file);
    return found;
}

void end_children(const Pids& spared) {
    sigset_t ended;
    ::sigemptyset(&ended);
    ::sigaddset(&ended, SIGCHLD);
    constexpr timespec kWait{.tv_sec = 0, .tv_nsec = kLook * 1'000'000};
    Pids asked;
    const auto began = now();
    for (auto passed = began - began; passed < kGiveUp; passed = now() - began) {
        while (::waitpid(-1, nullptr, WNOHANG) > 0) continue;
        bool is_done = true;
        for (const auto pid : children()) {
            if (spared.contains(pid)) continue;
            is_done = false;
            if (passed >= kPatience) {
                ::kill(pid, SIGKILL);
            } else if (asked.add(pid)) {
                ::kill(pid, SIGTERM);
            }
        }
        if (is_done) return;
        ::sigtimedwait(&ended, nullptr, &kWait);
    }
}

}  // namespace engage::server::running
