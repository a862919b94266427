#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>

#include "server/running/log_line.hpp"

namespace engage::server::running {

/// Writes a line for each request to a file descriptor, from a thread of its own. Who answers requests never waits for
/// it: what the descriptor does not take is kept up to a bound, and what exceeds that is counted and told of later.
class RequestLog final : public space::ExchangeObserver {
public:
    /// `is_quiet`: only of what went wrong inside. The descriptor must stay open.
    RequestLog(int descriptor, LogForm form, bool is_quiet);
    /// Writes what is left, for as long as the descriptor takes it.
    ~RequestLog() override;
    RequestLog(const RequestLog&) = delete;
    RequestLog& operator=(const RequestLog&) = delete;

    void answered(const space::Exchange& exchange) noexcept override;
    /// Returns once everything up to now is written, or the descriptor has taken nothing for two seconds.
    void drain();

private:
    void take(std::string line);
    void run();
    /// What is to be written next, with a word about what was dropped; waits for it.
    std::string next();
    void write(std::string_view text);
    bool is_writable() const;

    const int descriptor_;
    const LogForm form_;
    const bool is_quiet_;
    const bool never_blocks_;  ///< It is a file.
    std::mutex mutex_;
    std::condition_variable come_;
    std::condition_variable gone_;
    std::string pending_;
    std::size_t dropped_ = 0;
    bool is_writing_ = false;  ///< The writer is busy, or pauses between two writes: it need not be woken.
    bool is_ending_ = false;
    std::thread writer_;
};

}  // namespace engage::server::running
