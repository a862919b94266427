#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "expr/expected.hpp"

namespace engage::expr {

/// Longest pattern, in bytes.
inline constexpr std::size_t kMaxPatternLength = 5'000;
/// The steps that one match may take: an item of the pattern that is tried is one, so are some bytes that it ran over.
inline constexpr std::uint64_t kMaxMatchSteps = 1'000'000;
/// The groups that a match gives at most, the whole match included.
inline constexpr std::size_t kMaxGroups = 100;

/// A compiled regular expression of PCRE2: without regard to letter case unless it says `(?-i)`, in UTF-8. Immutable;
/// share it between threads.
class Regex {
public:
    /// The error is PCRE2's own message with the offset inside of the pattern, or names the limit of its length.
    static Expected<Regex, std::string> compile(std::string_view pattern);

    enum class Outcome : unsigned char {
        kMatch,
        kNoMatch,
        kGivenUp,  ///< It would have taken more steps or more memory than allowed.
    };
    struct Result {
        Outcome outcome = Outcome::kNoMatch;
        /// Begin and end of the whole match and of each group, `kUnset` for a group that took no part. Valid until the
        /// thread's next match.
        std::span<const std::size_t> ends;
    };
    static constexpr std::size_t kUnset = static_cast<std::size_t>(-1);

    /// The first match in `text` at or after `start`. Takes the steps it needs from `steps`.
    Result match(std::string_view text, std::size_t start, std::uint64_t& steps) const;

private:
    struct Free {
        void operator()(void* code) const;
    };
    explicit Regex(void* code) : code_(code) {}

    std::unique_ptr<void, Free> code_;
};

}  // namespace engage::expr
