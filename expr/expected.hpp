#pragma once

#include <tl/expected.hpp>

namespace engage {

/// A value, or the typed reason why there is none. The one alias to change for std::expected.
template <class T, class E>
using Expected = tl::expected<T, E>;
using tl::unexpected;

}  // namespace engage
