#include "server/catalogue/evidence.hpp"

#include "server/catalogue/ledger.hpp"

namespace engage::server::catalogue {

namespace {

void append(std::string& list, std::string_view item) {
    if (!list.empty()) list += ", ";
    list += item;
}

}  // namespace

std::string Evidence::summary() const {
    std::string list;
    for (const auto& row : all_behaviours())
        if (behaviours_[static_cast<std::size_t>(row.behaviour)])
            append(list, std::string(row.name) + "=" + std::string(to_string(row.basis)));
    for (const auto& row : all_switches())
        if (used_switches_[static_cast<std::size_t>(row.id)])
            append(list, std::string(row.name) + "=" + std::string(to_string(switches_.chosen(row.id).basis)));
    return list;
}

std::string Evidence::assumed() const {
    std::string list;
    for (const auto& row : all_behaviours())
        if (behaviours_[static_cast<std::size_t>(row.behaviour)] && row.basis == Basis::kAssumed)
            append(list, row.name);
    for (const auto& row : all_switches())
        if (used_switches_[static_cast<std::size_t>(row.id)] && switches_.chosen(row.id).basis == Basis::kAssumed)
            append(list, row.name);
    return list;
}

}  // namespace engage::server::catalogue
