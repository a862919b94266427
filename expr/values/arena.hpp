#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace engage::expr::values {

/// Memory for the strings and lists that arise while one expression is evaluated. Views into it live until
/// `reset()`, which keeps the memory: a loop over a million profiles allocates once. Not thread-safe.
class Arena {
public:
    Arena() = default;
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;
    Arena(Arena&&) = default;  ///< Views into it stay valid.
    Arena& operator=(Arena&&) = default;

    /// Uninitialised room for `count` trivial values, aligned for T.
    template <class T>
    std::span<T> allocate(std::size_t count) {
        static_assert(std::is_trivially_destructible_v<T>);
        return {static_cast<T*>(raw(count * sizeof(T), alignof(T))), count};
    }

    std::string_view copy(std::string_view text) {
        if (text.empty()) return {};
        const auto room = allocate<char>(text.size());
        std::memcpy(room.data(), text.data(), text.size());
        return {room.data(), text.size()};
    }

    /// Bytes given out since the last reset: what an evaluation's memory is limited by.
    std::size_t allocated() const { return allocated_; }

    /// Forgets all that was allocated.
    void reset() {
        block_ = 0;
        used_ = 0;
        allocated_ = 0;
    }

private:
    static constexpr std::size_t kBlockSize = 16 * 1024;
    struct Block {
        std::unique_ptr<std::byte[]> bytes;
        std::size_t size = 0;
    };

    void* raw(std::size_t size, std::size_t alignment);

    std::vector<Block> blocks_;
    std::size_t block_ = 0;  ///< Index of the block in use.
    std::size_t used_ = 0;   ///< Bytes used of it.
    std::size_t allocated_ = 0;
};

}  // namespace engage::expr::values
