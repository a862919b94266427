#pragma once

#include "expr/columns/bitmap.hpp"
#include "expr/evaluation/program.hpp"
#include "expr/expected.hpp"
#include "server/space/event_store.hpp"

namespace engage::server::query::execution {

/// The events that such a condition keeps. It is evaluated for each of the users, not for each of the events.
Expected<expr::columns::Bitmap, expr::evaluation::LogicalFault> filter_by_user(
    const expr::evaluation::Program& condition, const space::EventStore& store,
    const expr::evaluation::Context& context, const expr::columns::Bitmap& events);

}  // namespace engage::server::query::execution
