#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "expr/expected.hpp"

namespace engage::expr::text {

/// Longest pattern, in bytes.
inline constexpr std::size_t kMaxPatternLength = 5'000;
/// Ranges of a pattern that end beyond ASCII, as in `[а-я]`. PCRE2 looks at each character of one, so that a range
/// takes up to some milliseconds to compile.
inline constexpr std::size_t kMaxWideRanges = 16;
/// What all constant patterns of an expression may cost together, by `compile_cost`.
inline constexpr std::size_t kMaxPatternsCost = 20'000;
/// The steps that one match may take. An item of the pattern that is tried is one; so are some bytes that it ran over
/// or may have to, by the largest repeat count of the pattern, and more bytes of the text behind the start.
inline constexpr std::uint64_t kMaxMatchSteps = 1'000'000;
/// The groups that a match gives at most, the whole match included.
inline constexpr std::size_t kMaxGroups = 100;

/// The bytes of a pattern, and some hundred for each wide range.
std::size_t compile_cost(std::string_view pattern);

/// A text to search, which was looked through for what is not UTF-8. It must outlive this.
class Subject {
public:
    explicit Subject(std::string_view text);
    std::string_view text() const { return text_; }
    bool is_utf8() const { return is_utf8_; }

private:
    std::string_view text_;
    bool is_utf8_;
};

/// A compiled regular expression of PCRE2: without regard to letter case unless it says `(?-i)`, in UTF-8. Immutable;
/// share it between threads.
class Regex {
public:
    /// The error is PCRE2's own message with the offset inside of the pattern, or says which limit it exceeds.
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

    /// The first match at or after `start`, where a character begins. Takes the steps it needs from `steps`. What is
    /// not UTF-8 is part of no match.
    Result match(const Subject& subject, std::size_t start, std::uint64_t& steps) const;

private:
    class Code;
    struct Free {
        void operator()(const Code* code) const;
    };
    explicit Regex(const Code* code) : code_(code) {}

    std::unique_ptr<const Code, Free> code_;
};

}  // namespace engage::expr::text
