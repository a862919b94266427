#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/space/row_set.hpp"

namespace engage::server::space {

/// One row of an answer: a profile, or a cohort member that has none. Four bytes.
class Place {
public:
    static Place profile(fixtures::profiles::RowIndex row) { return Place(row); }
    /// By its position in `Matches::without_profile`.
    static Place member(std::size_t position) { return Place(static_cast<std::uint32_t>(position) | kMember); }

    bool is_member() const { return (code_ & kMember) != 0; }
    fixtures::profiles::RowIndex row() const { return code_; }
    std::size_t member() const { return code_ & ~kMember; }

private:
    static constexpr std::uint32_t kMember = std::uint32_t{1} << 31;
    explicit Place(std::uint32_t code) : code_(code) {}
    std::uint32_t code_;
};

/// Which profiles a query selects, in the order of the fixtures, then the members without a profile.
struct Matches {
    RowSet rows;
    std::vector<std::string> without_profile;
    /// When they follow each other in another order, or not all of them count: all that there is to show. `rows` is
    /// empty then.
    std::optional<std::vector<Place>> order;

    std::size_t total() const { return order ? order->size() : rows.size() + without_profile.size(); }
    /// What pages show from position `begin` to before `end`, which is at most `total()`. Costs O(end - begin).
    std::vector<Place> places(std::size_t begin, std::size_t end) const;
    /// Roughly, for bounds.
    std::size_t bytes() const;
};

}  // namespace engage::server::space
