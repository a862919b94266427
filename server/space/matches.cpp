#include "server/space/matches.hpp"

#include <algorithm>
#include <numeric>

namespace engage::server::space {

std::vector<Place> Matches::places(std::size_t begin, std::size_t end) const {
    if (order)
        return {order->begin() + static_cast<std::ptrdiff_t>(begin), order->begin() + static_cast<std::ptrdiff_t>(end)};
    std::vector<Place> places;
    places.reserve(end - begin);
    const auto profiles = rows.size();
    for (const auto row : rows.slice(std::min(begin, profiles), std::min(end, profiles)))
        places.push_back(Place::profile(row));
    for (auto i = std::max(begin, profiles); i < end; ++i) places.push_back(Place::member(i - profiles));
    return places;
}

std::size_t Matches::bytes() const {
    const auto fixed = sizeof(Matches) + rows.bytes() + (order ? order->capacity() * sizeof(Place) : 0);
    return std::accumulate(
        without_profile.begin(), without_profile.end(), fixed,
        [](std::size_t sum, const std::string& id) { return sum + sizeof(std::string) + id.capacity(); });
}

}  // namespace engage::server::space
