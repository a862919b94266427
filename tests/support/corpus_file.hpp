#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/data_file.hpp"

namespace engage::test {

/// An expression that somebody really wrote.
struct CorpusRow {
    char profile;  ///< Smallest grammar that accepts it: H, E, A or L; '-' for none.
    std::string expression;
    std::string tree;  ///< "-" for none.
    Place at;
};

/// The rows of `corpus.tsv`: class, expression as a JSON string, tree and public source, parted by tabs, below a line
/// with these names. Throws DataError for anything else, for an expression that comes twice and for no row.
std::vector<CorpusRow> parse_corpus(std::string_view text, const std::string& file);

}  // namespace engage::test
