#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace engage::server::http {

/// Opens once and stays open: what an answer waits for. Thread-safe.
class Gate {
public:
    void open();
    bool is_open() const;
    /// Calls `then` once the gate is open: at once if it is, otherwise from the thread that opens it. It must not throw
    /// and not wait.
    void when_open(std::function<void()> then);

private:
    mutable std::mutex mutex_;
    bool is_open_ = false;
    std::vector<std::function<void()>> waiting_;
};

/// Where the sending of an answer ends before its end.
struct Cut {
    enum class Part : unsigned char { kHead, kBody };
    Part part = Part::kBody;
    std::size_t at = 0;  ///< Bytes of that part that are sent; all of it when it has fewer.
};

/// How an answer travels: at once and whole unless something here says otherwise. Data of the answer; the connection
/// carries it out and holds no thread while it waits.
struct Delivery {
    std::shared_ptr<Gate> departure{};  ///< Nothing is sent before it is open. Null: at once.
    std::optional<Cut> cut{};           ///< The connection ends there.
    bool resets = false;                ///< It ends by a reset: after the cut, or instead of any byte without one.

    bool is_whole() const { return !cut && !resets; }
};

}  // namespace engage::server::http
