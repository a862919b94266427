#include "server/space/ids.hpp"

namespace engage::server::space {

IdSource::IdSource(std::optional<std::uint64_t> seed) : random_(seed ? *seed : std::random_device{}()) {}

std::string IdSource::next() {
    constexpr const char* kDigits = "0123456789abcdef";
    std::uint64_t words[2];
    {
        const std::scoped_lock lock(mutex_);
        words[0] = random_();
        words[1] = random_();
    }
    std::string text(32, '0');
    for (std::size_t i = 0; i < text.size(); ++i) text[i] = kDigits[words[i / 16] >> (i % 16 * 4) & 15];
    return text;
}

}  // namespace engage::server::space
