#include "expr/values/arena.hpp"

#include <algorithm>

namespace engage::expr::values {

void* Arena::raw(std::size_t size, std::size_t alignment) {
    allocated_ += size;
    for (; block_ < blocks_.size(); ++block_, used_ = 0) {
        const auto start = (used_ + alignment - 1) / alignment * alignment;
        if (start + size > blocks_[block_].size) continue;
        used_ = start + size;
        return blocks_[block_].bytes.get() + start;
    }
    // A fresh block comes from operator new and is aligned for every scalar type.
    const auto bytes = std::max(size, kBlockSize);
    blocks_.push_back({std::make_unique<std::byte[]>(bytes), bytes});
    used_ = size;
    return blocks_.back().bytes.get();
}

}  // namespace engage::expr::values
