#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

namespace engage::test {

struct Exit {
    int code = 0;  ///< Negative: the number of the signal that ended it.
    std::string out;
    std::string err;
};

/// The program that this build made, as a child process. Whatever takes longer than half a minute throws
/// std::runtime_error.
class EmulatorProcess {
public:
    /// Started without a shell. `connect_is_fatal`: the kernel kills it when it tries to open an outgoing connection.
    explicit EmulatorProcess(const std::vector<std::string>& arguments, bool connect_is_fatal = false);
    /// Kills it when it still runs.
    ~EmulatorProcess();
    EmulatorProcess(const EmulatorProcess&) = delete;

    /// Its first line on stdout, without the line end. Throws what stderr says when it exits first.
    std::string ready_line();
    /// Waits for the text ready line and returns its port.
    int port();
    pid_t pid() const { return pid_; }
    /// The most memory that it has held so far, in kilobytes.
    std::size_t peak_memory() const;

    void signal(int number) const;
    /// Waits for its end.
    Exit wait();

private:
    /// Reads stdout and stderr once. False when both have ended.
    bool read_output();

    pid_t pid_ = -1;
    int out_ = -1;
    int err_ = -1;
    Exit exit_;
};

/// A new empty directory that is removed with all that is in it.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;

    const std::string& path() const { return path_; }
    std::string file(const std::string& name) const { return path_ + "/" + name; }
    /// Writes a file and returns its path.
    std::string write(const std::string& name, const std::string& text) const;

private:
    std::string path_;
};

}  // namespace engage::test
