#pragma once

#include <optional>
#include <span>
#include <string>

#include "expr/evaluation/program.hpp"
#include "server/catalogue/readings.hpp"
#include "server/definitions/behavior.hpp"

namespace engage::server::query::plan {

/// The first behavior that an expression of a query reads though it is not among those that the query declares, when
/// `behaviors.undeclared` makes an error of that.
std::optional<std::string> refused_behavior(const expr::evaluation::Program& program,
                                            std::span<const definitions::Behavior> declared,
                                            catalogue::Readings& readings);

}  // namespace engage::server::query::plan
