#include "server/catalogue/readings.hpp"

namespace engage::server::catalogue {

namespace {

void append(std::string& list, std::string_view item) {
    if (!list.empty()) list += ", ";
    list += item;
}

}  // namespace

Readings::Readings(const Switches& switches)
    : switches_(switches), facts_(all_facts().size()), asked_(all_switches().size()) {}

std::string Readings::summary() const {
    std::string list;
    const auto add = [&](std::string_view name, Basis basis) {
        append(list, std::string(name) + "=" + std::string(to_string(basis)));
    };
    for (const auto* row : all_facts())
        if (facts_[row->position]) add(row->name, row->basis);
    for (const auto* row : all_switches())
        if (asked_[row->position]) add(row->name, switches_.chosen(*row).basis);
    return list;
}

std::string Readings::assumed() const {
    std::string list;
    for (const auto* row : all_facts())
        if (facts_[row->position] && row->basis == Basis::kAssumed) append(list, row->name);
    for (const auto* row : all_switches())
        if (asked_[row->position] && switches_.chosen(*row).basis == Basis::kAssumed) append(list, row->name);
    return list;
}

}  // namespace engage::server::catalogue
