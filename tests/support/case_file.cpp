#include "tests/support/case_file.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace engage::test {
namespace {

constexpr std::string_view kFence = "```";
constexpr std::string_view kBlock = "```case";
/// What else a block of Markdown may hold; one that is misspelled would not be read.
constexpr std::array<std::string_view, 4> kOtherBlocks{"```console", "```ebnf", "```json", "```sh"};

class CaseReader {
public:
    CaseReader(std::string_view text, std::string file, const CaseForm& form)
        : lines_(lines_of(text)), file_(std::move(file)), form_(form) {}

    std::vector<Case> read() {
        file_.ends_with(".md") ? read_blocks() : read_block(lines_.size());
        if (cases_.empty()) end().refuse("expected a case, found the end");
        return std::move(cases_);
    }

private:
    /// Of the line to read.
    Place here() const { return {file_, at_ + 1}; }
    Place end() const { return {file_, std::max<std::size_t>(lines_.size(), 1)}; }

    void read_blocks() {
        for (; at_ < lines_.size(); ++at_) {
            const auto& opening = lines_[at_];
            if (!opening.starts_with(kFence)) continue;
            const auto begin = lines_.begin() + static_cast<std::ptrdiff_t>(at_) + 1;
            const auto close = static_cast<std::size_t>(std::find(begin, lines_.end(), kFence) - lines_.begin());
            if (close == lines_.size()) here().refuse("expected the end of this block: " + opening);
            if (opening == kBlock) {
                const auto place = here();
                const auto before = cases_.size();
                ++at_;
                read_block(close);
                if (cases_.size() == before) place.refuse("expected a case in this block");
            } else if (std::find(kOtherBlocks.begin(), kOtherBlocks.end(), opening) == kOtherBlocks.end()) {
                here().refuse("a block of case, console, ebnf, json or sh", opening);
            }
            at_ = close;
        }
    }

    void read_block(std::size_t end) {
        directives_.clear();
        given_.clear();
        while (at_ < end) {
            const auto& line = lines_[at_];
            if (line.starts_with('@'))
                read_directive(line);
            else if (!line.empty() && !line.starts_with('#'))
                read_case(end);
            ++at_;
        }
        if (!given_.empty()) given_.begin()->second.refuse("expected a case below @" + given_.begin()->first);
    }

    void read_directive(const std::string& line) {
        const auto space = std::min(line.find(' '), line.size());
        const auto name = line.substr(1, space - 1);
        const auto value = line.substr(std::min(space + 1, line.size()));
        if (!form_.check_directive) here().refuse("a case", line);
        form_.check_directive(name, value, here());
        if (!given_.emplace(name, here()).second) here().refuse("a second @" + name + " above one case");
        directives_[name] = value;
    }

    /// Leaves the last of its lines as the one to read.
    void read_case(std::size_t end) {
        Case one{lines_[at_], "", "", directives_, here()};
        const auto line = [&](std::size_t i) { return at_ + i < end ? lines_[at_ + i] : std::string(); };
        one.properties = line(1);
        one.expected = line(2);
        if (one.properties.empty() || one.expected.empty() || !line(3).empty())
            here().refuse("a case has three lines, and a blank one below");
        if (form_.second_line == SecondLine::kProperties &&
            !nlohmann::json::parse(one.properties, nullptr, false).is_object())
            Place{file_, at_ + 2}.refuse("a JSON object of properties", one.properties);
        cases_.push_back(std::move(one));
        given_.clear();
        at_ += 2;
    }

    std::vector<std::string> lines_;
    std::string file_;
    CaseForm form_;
    std::size_t at_ = 0;
    std::map<std::string, std::string> directives_;
    std::map<std::string, Place> given_;  ///< Those that no case stands below yet.
    std::vector<Case> cases_;
};

}  // namespace

std::string Case::directive(const std::string& name, const std::string& otherwise) const {
    const auto found = directives.find(name);
    return found == directives.end() ? otherwise : found->second;
}

std::vector<Case> read_cases(const std::filesystem::path& file, const CaseForm& form) {
    return parse_cases(read_data(file), file.filename().string(), form);
}

std::vector<Case> parse_cases(std::string_view text, const std::string& file, const CaseForm& form) {
    return CaseReader(text, file, form).read();
}

void check_one_of(std::initializer_list<std::string_view> values, const std::string& name, const std::string& value,
                  const Place& at) {
    if (std::find(values.begin(), values.end(), value) != values.end()) return;
    std::string expected;
    for (const auto& one : values) expected += (expected.empty() ? "@" + name + " " : ", ") + std::string(one);
    at.refuse(expected, value);
}

void check_count(const std::string& name, const std::string& value, const Place& at) {
    if (count_of(value) == 0) at.refuse("@" + name + " and a number above 0", value);
}

}  // namespace engage::test
