#include "tests/wire/emulator_process.hpp"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace engage::test {

namespace {

constexpr int kPatience = 30'000;

/// Takes effect in this process and all that it executes, for good.
bool make_connect_fatal() {
    std::array<sock_filter, 4> rules{{
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_connect, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    }};
    const sock_fprog program{rules.size(), rules.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/// Between fork and exec: only async-signal-safe calls.
[[noreturn]] void run_child(char* const* arguments, int out, int err, bool connect_is_fatal) {
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    if (!connect_is_fatal || make_connect_fatal()) ::execv(ENGAGE_EMULATOR_BIN, arguments);
    ::_exit(127);
}

/// Appends what is there and closes the descriptor at its end.
void drain(int& descriptor, std::string& text) {
    std::array<char, 4096> buffer{};
    const auto got = ::read(descriptor, buffer.data(), buffer.size());
    if (got > 0)
        text.append(buffer.data(), static_cast<std::size_t>(got));
    else
        ::close(std::exchange(descriptor, -1));
}

}  // namespace

EmulatorProcess::EmulatorProcess(const std::vector<std::string>& arguments, bool connect_is_fatal) {
    std::vector<std::string> words{ENGAGE_EMULATOR_BIN};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> raw;
    for (auto& word : words) raw.push_back(word.data());
    raw.push_back(nullptr);
    std::array<int, 2> out{};
    std::array<int, 2> err{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("emulator: no pipe");
    pid_ = ::fork();
    if (pid_ == 0) run_child(raw.data(), out[1], err[1], connect_is_fatal);
    ::close(out[1]);
    ::close(err[1]);
    out_ = out[0];
    err_ = err[0];
}

EmulatorProcess::~EmulatorProcess() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    if (out_ >= 0) ::close(out_);
    if (err_ >= 0) ::close(err_);
}

bool EmulatorProcess::read_output() {
    std::array<pollfd, 2> watched{{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};
    if (::poll(watched.data(), watched.size(), kPatience) == 0)
        throw std::runtime_error("emulator: silent for too long; stderr: " + exit_.err);
    if (watched[0].revents != 0) drain(out_, exit_.out);
    if (watched[1].revents != 0) drain(err_, exit_.err);
    return out_ >= 0 || err_ >= 0;
}

std::string EmulatorProcess::ready_line() {
    while (exit_.out.find('\n') == std::string::npos)
        if (!read_output()) throw std::runtime_error("emulator: exited before it was ready; stderr: " + exit_.err);
    return exit_.out.substr(0, exit_.out.find('\n'));
}

int EmulatorProcess::port() {
    const auto line = ready_line();
    return std::stoi(line.substr(line.rfind(':') + 1));
}

std::size_t EmulatorProcess::peak_memory() const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    std::string word;
    std::size_t kilobytes = 0;
    while (status >> word)
        if (word == "VmHWM:") status >> kilobytes;
    return kilobytes;
}

void EmulatorProcess::signal(int number) const { ::kill(pid_, number); }

Exit EmulatorProcess::wait() {
    while (read_output()) {
    }
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    exit_.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return std::exchange(exit_, {});
}

TemporaryDirectory::TemporaryDirectory() {
    auto name = (std::filesystem::temp_directory_path() / "engage-wire-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryDirectory::write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name), std::ios::binary) << text;
    return file(name);
}

}  // namespace engage::test
